"""The desk as Django starts it."""

from django.apps import AppConfig
from django.utils.translation import gettext_lazy as _


class HelpdeskConfig(AppConfig):
    name = "contempo.helpdesk"
    label = "helpdesk"
    verbose_name = _("Desk and catalogue")

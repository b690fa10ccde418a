"""The registry of norms as Django starts it."""

from django.apps import AppConfig
from django.utils.translation import gettext_lazy as _


class NormsConfig(AppConfig):
    name = "contempo.norms"
    label = "norms"
    verbose_name = _("Norms")

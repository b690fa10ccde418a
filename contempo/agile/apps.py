"""Agile work as Django starts it."""

from django.apps import AppConfig
from django.utils.translation import gettext_lazy as _


class AgileConfig(AppConfig):
    name = "contempo.agile"
    label = "agile"
    verbose_name = _("Agile work")

"""Programmes as Django starts them."""

from django.apps import AppConfig
from django.utils.translation import gettext_lazy as _


class ProgrammesConfig(AppConfig):
    name = "contempo.programmes"
    label = "programmes"
    verbose_name = _("Plans, indicators and money")

    def ready(self) -> None:
        from contempo.programmes.actions.claims.story import register_kinds

        register_kinds()

"""The registry of norms as Django starts it."""

from django.apps import AppConfig
from django.http import HttpRequest
from django.utils.translation import gettext_lazy as _


class NormsConfig(AppConfig):
    name = "contempo.norms"
    label = "norms"
    verbose_name = _("Norms")

    def ready(self) -> None:
        from contempo.norms.access import may_keep_norms
        from contempo.web.navigation import NavItem, register

        def keeps(request: HttpRequest) -> bool:
            return bool(may_keep_norms(request.actor))

        register(NavItem(_("Norms"), "norms:registry", 35, visible=keeps, group="desk"))

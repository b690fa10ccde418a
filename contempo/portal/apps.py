from django.apps import AppConfig
from django.http import HttpRequest
from django.urls import reverse
from django.utils.translation import gettext_lazy as _

from contempo.web.navigation import NavItem, register


def _signed_in(request: HttpRequest) -> bool:
    return request.user.is_authenticated


def _desk(slug: str) -> str:
    return reverse("portal:desk", args=[slug])


class PortalConfig(AppConfig):
    name = "contempo.portal"
    label = "portal"

    def ready(self) -> None:
        from contempo.people.public import register_landing

        register_landing(_desk)
        register(NavItem(_("Home"), "portal:home", 0))
        register(NavItem(_("About us"), "portal:about", 10))
        register(NavItem(_("Contacts"), "portal:contacts", 90))
        register(NavItem(_("My desk"), "portal:desk", 0, visible=_signed_in, group="desk"))

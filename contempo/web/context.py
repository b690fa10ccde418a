"""What the frame of every page needs to know."""

from typing import Any

from django.http import HttpRequest
from django.utils.functional import SimpleLazyObject

from contempo.web import navigation

ACCENTS = ("blue", "teal", "green", "violet", "bordeaux", "slate")


def page(request: HttpRequest) -> dict[str, Any]:
    """Context processor: network, actor, accent, navigation and person menu, the last two made only when shown."""
    network = getattr(request, "network", None)
    accent = getattr(network, "accent", "")
    return {
        "network": network,
        "actor": getattr(request, "actor", None),
        "accent": accent if accent in ACCENTS else ACCENTS[0],
        "main_links": SimpleLazyObject(lambda: navigation.links(request, "main")),
        "desk_links": SimpleLazyObject(lambda: navigation.links(request, "desk")),
        "person_menu": SimpleLazyObject(lambda: navigation.person_menu(request)),
    }

"""Two networks and three organisations as plain numbers: people stands below the context that keeps real ones."""

from collections.abc import Callable, Iterable
from dataclasses import dataclass
from typing import Any

from django.http import Http404, HttpRequest, HttpResponse

from contempo.people.public import actor_for, actor_of
from contempo.people.rules import NetworkBrief
from contempo.people.tests.factories import BERGAMO, FORNO, GIRASOLE, MILANO, TREVIGLIO


@dataclass(frozen=True)
class Network:
    """A network as the pages want it."""

    id: int
    slug: str
    name: str
    accent: str = "blue"
    logo_url: str = ""
    lead_name: str = ""
    contact_email: str = ""
    contact_phone: str = ""

    @property
    def home_url(self) -> str:
        return f"/{self.slug}/"


NETWORKS = {
    MILANO: Network(MILANO, "milano", "Rete di Milano"),
    BERGAMO: Network(BERGAMO, "bergamo", "Rete di Bergamo"),
}
ORGANISATIONS = {
    FORNO: (MILANO, "Forno Bianchi"),
    GIRASOLE: (MILANO, "Cooperativa Girasole"),
    TREVIGLIO: (BERGAMO, "Comune di Treviglio"),
}


def networks(ids: Iterable[int]) -> dict[int, NetworkBrief]:
    return {key: NetworkBrief(key, NETWORKS[key].slug, NETWORKS[key].name) for key in ids if key in NETWORKS}


def organisation_names(ids: Iterable[int]) -> dict[int, str]:
    return {key: ORGANISATIONS[key][1] for key in ids if key in ORGANISATIONS}


def organisation_networks(ids: Iterable[int]) -> dict[int, int]:
    return {key: ORGANISATIONS[key][0] for key in ids if key in ORGANISATIONS}


class Middleware:
    """Which network the address names, and who asks."""

    def __init__(self, get_response: Callable[[HttpRequest], HttpResponse]) -> None:
        self.get_response = get_response

    def __call__(self, request: HttpRequest) -> HttpResponse:
        request.network = None
        request.actor = actor_for(request.user, None)
        return self.get_response(request)

    def process_view(self, request: HttpRequest, view: object, args: tuple[Any, ...], kwargs: dict[str, Any]) -> None:
        slug = kwargs.pop("network", None)
        if slug is None:
            return
        request.network = next((network for network in NETWORKS.values() if network.slug == slug), None)
        if request.network is None:
            raise Http404
        request.actor = actor_of(request, request.network.id)

"""Which network a request is about, and who asks."""

from collections.abc import Callable
from typing import Any

from django.http import Http404, HttpRequest, HttpResponse

from contempo.network.queries.networks import network_by_slug
from contempo.people.public import actor_for, actor_of


class NetworkMiddleware:
    """Sets `request.network` (None outside a network) and `request.actor` before any view runs.

    A person without roles in the network of the address is a plain visitor there, whatever they are elsewhere.
    """

    def __init__(self, get_response: Callable[[HttpRequest], HttpResponse]) -> None:
        self.get_response = get_response

    def __call__(self, request: HttpRequest) -> HttpResponse:
        request.network = None
        request.actor = actor_for(request.user, None)
        return self.get_response(request)

    def process_view(
        self, request: HttpRequest, view: Callable[..., Any], args: tuple[Any, ...], kwargs: dict[str, Any]
    ) -> None:
        slug = kwargs.pop("network", None)
        if slug is None:
            return
        request.network = network_by_slug(slug)
        if request.network is None:
            raise Http404
        request.actor = actor_of(request, request.network.id)

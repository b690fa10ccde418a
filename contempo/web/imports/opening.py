"""The door of every page of imports: the kind, the thing it is about, and whether this person may."""

from collections.abc import Callable
from dataclasses import dataclass
from functools import wraps
from typing import Any

from django.contrib.auth.decorators import login_required
from django.http import Http404, HttpRequest
from django.http.response import HttpResponseBase
from django.urls import reverse
from django.utils.translation import gettext

from contempo.core.imports import About, Kind, kind_called
from contempo.core.verdict import require


@dataclass(frozen=True)
class Opened:
    """What the pages are about. `title` is the kind's, in the reader's words."""

    network: str
    kind: Kind
    about_id: int
    about: About
    actor: Any

    @property
    def title(self) -> str:
        return gettext(self.kind.title)

    @property
    def help(self) -> str:
        return gettext(self.kind.help) if self.kind.help else ""

    @property
    def home(self) -> str:
        return self.address("runs")

    def address(self, name: str, *args: object) -> str:
        """The address of the page `name` of these imports."""
        return reverse(f"imports:{name}", args=[self.network, self.kind.key, self.about_id, *args])


def with_kind(view: Callable[..., HttpResponseBase]) -> Callable[..., HttpResponseBase]:
    """Decorator: call `view(request, opened, …)`; 404 for a kind or a thing that is not there, 403 for who may not."""

    @login_required
    @wraps(view)
    def opening(request: HttpRequest, kind: str, about: int, **rest: object) -> HttpResponseBase:
        actor = request.actor  # type: ignore[attr-defined]
        found = kind_called(kind)
        thing = found.about(actor, about) if found else None
        if found is None or thing is None:
            raise Http404
        require(found.may(actor, about))
        network = request.network.slug  # type: ignore[attr-defined]
        return view(request, Opened(network, found, about, thing, actor), **rest)

    return opening

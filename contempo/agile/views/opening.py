"""Giving a view the employer its address names."""

from collections.abc import Callable
from functools import wraps
from typing import Any

from django.contrib.auth.views import redirect_to_login
from django.http import Http404, HttpRequest, HttpResponseBase

from contempo.agile.access import Part
from contempo.agile.queries.opened import opened
from contempo.core.verdict import Verdict, require

View = Callable[..., HttpResponseBase]


def with_employer(current: str, may: Callable[[Part], Verdict] | None = None) -> Callable[[View], View]:
    """Give a view the employer of its address as an `OpenedEmployer`, `current` being the page shown.

    404 when the network has no such employer. With `may` a visitor is asked to sign in, and who is not allowed gets its
    reason (403).
    """

    def give(view: View) -> View:
        @wraps(view)
        def with_it(request: HttpRequest, employer: str, **parts: Any) -> HttpResponseBase:
            if (found := opened(request.actor, employer, current=current)) is None:
                raise Http404
            if may is not None:
                if request.actor.is_visitor:
                    return redirect_to_login(request.get_full_path())
                require(may(found.part))
            return view(request, found, **parts)

        return with_it

    return give

"""Giving a view the plan its address names."""

from collections.abc import Callable
from functools import wraps
from typing import Any

from django.http import Http404, HttpRequest, HttpResponseBase

from contempo.programmes.queries.opened import opened

View = Callable[..., HttpResponseBase]


def with_plan(current: str) -> Callable[[View], View]:
    """Give a view the plan of its address as an `OpenedPlan`, `current` being the page shown; 404 when it is not for
    its reader."""

    def give(view: View) -> View:
        @wraps(view)
        def with_it(request: HttpRequest, plan: str, **parts: Any) -> HttpResponseBase:
            if (found := opened(request.actor, plan, current=current)) is None:
                raise Http404
            return view(request, found, **parts)

        return with_it

    return give

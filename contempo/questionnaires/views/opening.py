"""Giving a view the campaign its address names."""

from collections.abc import Callable
from functools import wraps
from typing import Any

from django.contrib.auth.views import redirect_to_login
from django.http import Http404, HttpRequest, HttpResponseBase

from contempo.core.verdict import Verdict, require
from contempo.questionnaires.access import Part
from contempo.questionnaires.queries.opened import opened

View = Callable[..., HttpResponseBase]


def with_campaign(current: str, may: Callable[[Part], Verdict]) -> Callable[[View], View]:
    """Give a view the campaign of its address as an `OpenedCampaign`, `current` being the page shown.

    404 when the network has no such campaign. Who is not allowed gets the reason (403), a visitor is asked to sign in.
    """

    def give(view: View) -> View:
        @wraps(view)
        def with_it(request: HttpRequest, campaign: int, **parts: Any) -> HttpResponseBase:
            if (found := opened(request.actor, campaign, current=current)) is None:
                raise Http404
            verdict = may(found.part)
            if not verdict and request.actor.is_visitor:
                return redirect_to_login(request.get_full_path())
            require(verdict)
            return view(request, found, **parts)

        return with_it

    return give

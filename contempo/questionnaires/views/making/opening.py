"""Giving a view the questionnaire its address names."""

from collections.abc import Callable
from functools import wraps
from typing import Any

from django.contrib.auth.views import redirect_to_login
from django.http import Http404, HttpRequest, HttpResponseBase
from django.shortcuts import redirect

from contempo.core.verdict import because, require
from contempo.core.words import N_
from contempo.people.public import Actor
from contempo.questionnaires.access import makes_for
from contempo.questionnaires.queries.making.opened import opened_form

View = Callable[..., HttpResponseBase]
_NOBODY = N_("Only who coordinates the network, or the human resources of an organisation, may do this.")


def require_maker(actor: Actor) -> None:
    """Raise `NotPermitted` for who may make no questionnaires at all."""
    if not makes_for(actor):
        require(because(_NOBODY))


def for_makers(view: View) -> View:
    """Let in who may make questionnaires; a visitor is asked to sign in, others get the reason (403)."""

    @wraps(view)
    def let_in(request: HttpRequest, **parts: Any) -> HttpResponseBase:
        if request.actor.is_visitor:
            return redirect_to_login(request.get_full_path())
        require_maker(request.actor)
        return view(request, **parts)

    return let_in


def with_form(current: str, *, draft: bool = False) -> Callable[[View], View]:
    """Give a view the questionnaire of its address as an `OpenedForm`, `current` being the page shown.

    404 when its reader may see no such questionnaire. With `draft` the page is about a version being written: where
    none is, the page of the questionnaire is shown instead.
    """

    def give(view: View) -> View:
        @wraps(view)
        def with_it(request: HttpRequest, form: int, **parts: Any) -> HttpResponseBase:
            if (found := opened_form(request.actor, form, current=current)) is None:
                raise Http404
            if draft and found.draft is None:
                return redirect(found.url("form"))
            return view(request, found, **parts)

        return for_makers(with_it)

    return give

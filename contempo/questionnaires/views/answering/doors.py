"""Giving a view what its door leads to, in the language of who was invited."""

from collections.abc import Callable
from functools import wraps
from typing import Any

from django.conf import settings
from django.http import HttpRequest, HttpResponse, HttpResponseBase
from django.shortcuts import redirect, render
from django.utils import translation
from django.views.decorators.cache import never_cache

from contempo.core import clock
from contempo.questionnaires.queries.answering.opened import Answering, opened
from contempo.questionnaires.rules.doors import Door

View = Callable[..., HttpResponseBase]


def with_door(view: View) -> View:
    """Give a view the `Answering` of its door; a link that is none, or holds no more, is told kindly (404)."""

    @never_cache
    @wraps(view)
    def with_it(request: HttpRequest, door: Door, **parts: Any) -> HttpResponseBase:
        found = opened(request.actor, door, clock.now())
        if found is None:
            return render(request, "questionnaires/answering/no_link.html", status=404)
        with translation.override(_language(request, found)):
            return view(request, found, **parts)

    return with_it


def with_response(view: View) -> View:
    """The same for pages of a response that has begun; else one begins at the door."""

    @with_door
    @wraps(view)
    def with_it(request: HttpRequest, answering: Answering, **parts: Any) -> HttpResponseBase:
        if answering.response is None or answering.state == "replaced":
            return redirect(answering.url("answer"))
        return view(request, answering, **parts)

    return with_it


def _language(request: HttpRequest, found: Answering) -> str:
    """The language chosen on this site, else that of the invitation, else that of the browser."""
    current = translation.get_language() or "it"
    if settings.LANGUAGE_COOKIE_NAME in request.COOKIES or found.invitation is None:
        return current
    known = {code for code, _name in settings.LANGUAGES}
    return found.invitation.language if found.invitation.language in known else current


def closed_page(request: HttpRequest, answering: Answering) -> HttpResponse:
    """What is told where answers are taken no more, or not yet."""
    return render(request, "questionnaires/answering/closed.html", {"answering": answering})

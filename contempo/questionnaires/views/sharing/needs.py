"""Pages of the needs told in the campaigns of a network."""

from collections.abc import Callable
from functools import wraps
from typing import Any

from django.contrib.auth.views import redirect_to_login
from django.http import Http404, HttpRequest, HttpResponseBase
from django.shortcuts import render
from django.utils.translation import gettext as _
from django.views.decorators.http import require_safe

from contempo.core import clock
from contempo.core.verdict import require
from contempo.questionnaires.access import may_read_needs
from contempo.questionnaires.queries.needs import page as queries
from contempo.web import lists

View = Callable[..., HttpResponseBase]


def _for_readers(view: View) -> View:
    """Who is not allowed gets the reason (403), a visitor is asked to sign in."""

    @wraps(view)
    def with_reader(request: HttpRequest, **parts: Any) -> HttpResponseBase:
        verdict = may_read_needs(request.actor)
        if not verdict and request.actor.is_visitor:
            return redirect_to_login(request.get_full_path())
        require(verdict)
        return view(request, **parts)

    return with_reader


@require_safe
@_for_readers
def needs(request: HttpRequest) -> HttpResponseBase:
    """The needs of a year by type and municipality, or the same as a file."""
    asked = (request.actor, request.network.slug, request.GET, clock.today())
    if wanted := lists.export_format(request):
        return lists.export(queries.need_lines(*asked), queries.FILE_COLUMNS, wanted, _("needs"))
    return render(request, "questionnaires/sharing/needs.html", {"page": queries.needs_page(*asked)})


@require_safe
@_for_readers
def need_answers(request: HttpRequest) -> HttpResponseBase:
    """The answers behind a figure."""
    page = queries.need_answers(request.actor, request.network.slug, request.GET, clock.today())
    if page is None:
        raise Http404
    context = {"page": page, "figure": queries.figure_words(request.GET)}
    return render(request, "questionnaires/sharing/need_answers.html", context)

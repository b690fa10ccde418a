"""The page of one question, what is like it, its files; taking it."""

from collections.abc import Callable
from functools import wraps
from typing import Any
from uuid import UUID

from django.contrib import messages
from django.contrib.auth.decorators import login_required
from django.http import Http404, HttpRequest, HttpResponse, HttpResponseBase
from django.shortcuts import redirect, render
from django.utils.translation import gettext as _
from django.views.decorators.cache import never_cache
from django.views.decorators.http import require_POST, require_safe

from contempo.core import files
from contempo.core.verdict import require
from contempo.helpdesk.access import may_work_at_desk
from contempo.helpdesk.actions.taking import take
from contempo.helpdesk.queries import similar, working
from contempo.helpdesk.queries.working import Brief


def with_question(view: Callable[..., HttpResponse]) -> Callable[..., HttpResponse]:
    """Give a view the question of its address: 403 for who is not the desk, 404 for who may not see this one."""

    @wraps(view)
    @never_cache
    @login_required
    def found(request: HttpRequest, number: int, **kwargs: Any) -> HttpResponse:
        require(may_work_at_desk(request.actor))
        if (question := working.brief(request.actor, number)) is None:
            raise Http404
        return view(request, question, **kwargs)

    return found


def to_question(request: HttpRequest, number: str, told: str = "") -> HttpResponse:
    """To the page of the question, with a message of what was done."""
    if told:
        messages.success(request, told)
    return redirect("helpdesk:desk_question", network=request.network.slug, number=number)


@never_cache
@login_required
@require_safe
def question_page(request: HttpRequest, number: int) -> HttpResponse:
    """Where a question stands, who asked it, what was said, what may be done."""
    require(may_work_at_desk(request.actor))
    page = working.working(request.actor, network=request.network.slug, number=number)
    if page is None:
        raise Http404
    return render(request, "helpdesk/desk/question.html", {"page": page, "number": number})


@never_cache
@login_required
@require_safe
def similar_page(request: HttpRequest, number: int) -> HttpResponse:
    """Catalogue entries and earlier questions that resemble it; a part of the page for scripts, a page without them."""
    require(may_work_at_desk(request.actor))
    found = similar.similar(request.actor, network=request.network.slug, number=number)
    if found is None:
        raise Http404
    template = "helpdesk/desk/similar_part.html" if request.htmx else "helpdesk/desk/similar.html"
    return render(request, template, {"similar": found})


@login_required
@require_safe
def document(request: HttpRequest, number: int, attachment: UUID) -> HttpResponseBase:
    """A file of the conversation."""
    require(may_work_at_desk(request.actor))
    if (found := working.document(request.actor, number=number, key=attachment)) is None:
        raise Http404
    return files.serve(found)


@require_POST
@with_question
def take_question(request: HttpRequest, question: Brief) -> HttpResponse:
    """Take the question, and go on to its answer."""
    take(request.actor, question_id=question.id)
    messages.success(request, _("Question %(number)s is yours.") % {"number": question.number})
    return redirect("helpdesk:desk_answer", network=request.network.slug, number=question.number)

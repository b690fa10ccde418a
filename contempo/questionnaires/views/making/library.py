"""The library: whole questionnaires to begin with, and single questions to take into a draft."""

from django.contrib import messages
from django.contrib.auth.decorators import login_required
from django.http import HttpRequest, HttpResponse, HttpResponseBase
from django.shortcuts import redirect, render
from django.utils.translation import gettext as _
from django.views.decorators.http import require_http_methods, require_safe

from contempo.core.verdict import Refusal
from contempo.core.words import N_
from contempo.questionnaires.actions.making.drafting import change_draft
from contempo.questionnaires.forms.making.searching import SearchForm
from contempo.questionnaires.queries.making.builder import builder_page, part_url
from contempo.questionnaires.queries.making.opened import OpenedForm
from contempo.questionnaires.queries.making.shelf import question_on_shelf, shelf, shelves_of
from contempo.questionnaires.queries.making.sources import library_shown
from contempo.questionnaires.rules.editing import InsertQuestions, Ref
from contempo.questionnaires.views.making.opening import for_makers, with_form


@require_safe
@for_makers
def library(request: HttpRequest) -> HttpResponseBase:
    """The questionnaires of the library, and a search among single questions."""
    shelves = shelves_of(request.actor)
    form = SearchForm(request.GET, sources=[(key, title) for key, title, _document in shelves])
    found = shelf(shelves, *form.wanted()) if form.is_valid() and any(form.wanted()) else None
    context = {"forms": library_shown(), "form": form, "shelf": found}
    return render(request, "questionnaires/making/library.html", context)


@require_http_methods(["GET", "HEAD", "POST"])
@login_required
@with_form("builder", draft=True)
def insert(request: HttpRequest, opened: OpenedForm) -> HttpResponseBase:
    """Look for a question and take it into the draft, after what was being written."""
    near = request.GET.get("vicino", "") or builder_page(opened, None, opened.drafted).here_page
    if request.method == "POST":
        return _take(request, opened, near)
    shelves = shelves_of(request.actor)
    form = SearchForm(request.GET, sources=[(key, title) for key, title, _document in shelves])
    found = shelf(shelves, *(form.wanted() if form.is_valid() else ()))
    context = {"opened": opened, "form": form, "shelf": found, "near": near}
    return render(request, "questionnaires/making/insert.html", context)


def _take(request: HttpRequest, opened: OpenedForm, near: str) -> HttpResponse:
    question = question_on_shelf(request.actor, request.POST.get("question", ""))
    if question is None:
        raise Refusal(N_("This question is no longer to be taken."))
    edit = InsertQuestions(Ref.parse(near), (question,))
    changed = change_draft(request.actor, questionnaire_id=opened.form.pk, edit=edit)
    messages.success(request, _("The question is in. What it depended on elsewhere was left behind."))
    return redirect(part_url(opened, changed.shown) if changed.shown else opened.url("builder"))

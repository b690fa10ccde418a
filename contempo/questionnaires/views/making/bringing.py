"""Bringing an XLSForm: read it, tell what is taken and what is not, and only then write."""

from django.contrib import messages
from django.contrib.auth.decorators import login_required
from django.http import HttpRequest, HttpResponse, HttpResponseBase
from django.shortcuts import redirect, render
from django.utils.translation import gettext as _
from django.views.decorators.http import require_http_methods

from contempo.core.verdict import require
from contempo.questionnaires.actions.making.beginning import EMPTY, begin_questionnaire
from contempo.questionnaires.actions.making.drafting import replace_draft
from contempo.questionnaires.forms.making.beginning import BeginForm, FileForm
from contempo.questionnaires.forms.making.bringing import PartialForm, opened_seal, sealed
from contempo.questionnaires.forms.making.workbook import read_workbook
from contempo.questionnaires.queries.making.brought import brought
from contempo.questionnaires.queries.making.listed import keepers_of
from contempo.questionnaires.queries.making.opened import OpenedForm
from contempo.questionnaires.rules.xlsform.reading import ReadForm
from contempo.questionnaires.views.making.opening import for_makers, with_form
from contempo.web.forms import done


@require_http_methods(["GET", "HEAD", "POST"])
@login_required
@for_makers
def bring(request: HttpRequest) -> HttpResponseBase:
    """A new questionnaire from a workbook."""
    keepers = keepers_of(request.actor)
    if (found := opened_seal(request.POST.get("read", ""))) is None:
        if (found := _read(request)) is None:
            return _ask(request, None)
        kept = {"title": found.title[:160], "title_en": found.title_en[:160]}
        return _report(request, found, None, BeginForm(keepers=keepers, initial=kept))
    form = BeginForm(request.POST, keepers=keepers)
    made: list[int] = []
    if _agreed(request, found) and done(form, lambda: made.append(_begin(request, form, found))):
        return _go_on(request, made[0])
    return _report(request, found, None, form)


@require_http_methods(["GET", "HEAD", "POST"])
@login_required
@with_form("form")
def bring_into(request: HttpRequest, opened: OpenedForm) -> HttpResponseBase:
    """The version being written from a workbook, in the place of what is in it; a new version where none is."""
    require(opened.may)
    found = opened_seal(request.POST.get("read", ""))
    if found is None or found.document is None or not _agreed(request, found):
        found = found or _read(request)
        return _report(request, found, opened, None) if found else _ask(request, opened)
    typed = request.POST.get("revision", "")
    revision = int(typed) if typed.isdecimal() else None
    replace_draft(request.actor, questionnaire_id=opened.form.pk, document=found.document, revision=revision)
    return _go_on(request, opened.form.number)


def _read(request: HttpRequest) -> ReadForm | None:
    """The workbook sent, read; None when there is none."""
    form = FileForm(request.POST or None, request.FILES or None)
    return read_workbook(form.cleaned_data["file"].read()) if form.is_valid() else None


def _agreed(request: HttpRequest, found: ReadForm) -> bool:
    """Whether who takes a workbook with rows left out has said so."""
    return PartialForm(request.POST, partial=found.partial).is_valid()


def _begin(request: HttpRequest, form: BeginForm, found: ReadForm) -> int:
    """The number of the questionnaire begun."""
    keeper, document = form.organisation_id, found.document or EMPTY
    made = begin_questionnaire(request.actor, organisation_id=keeper, titled=form.titled(), document=document)
    return made.number


def _go_on(request: HttpRequest, number: int) -> HttpResponse:
    messages.success(request, _("The workbook is in: read it again here, then publish it."))
    return redirect("questionnaires:builder", request.network.slug, number)


def _ask(request: HttpRequest, opened: OpenedForm | None) -> HttpResponse:
    form = FileForm(request.POST or None, request.FILES or None)
    return render(request, "questionnaires/making/bring.html", {"form": form, "opened": opened})


def _report(request: HttpRequest, found: ReadForm, opened: OpenedForm | None, form: BeginForm | None) -> HttpResponse:
    sent = request.POST if request.POST.get("read") else None
    context = {
        "report": brought(found.document, found.findings, opened),
        "read": sealed(found),
        "partial": found.partial,
        "agree": PartialForm(sent, partial=found.partial),
        "form": form,
        "opened": opened,
    }
    return render(request, "questionnaires/making/brought.html", context)

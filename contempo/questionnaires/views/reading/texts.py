"""Free texts, and the codes by which they are sorted."""

from typing import Any
from uuid import UUID

from django.contrib import messages
from django.http import Http404, HttpRequest, HttpResponseBase
from django.shortcuts import redirect
from django.utils.translation import gettext as _
from django.utils.translation import ngettext
from django.views.decorators.http import require_POST, require_safe

from contempo.questionnaires.access import may_read_texts
from contempo.questionnaires.actions.reading import codes
from contempo.questionnaires.forms.reading.texts import MOST, CodesForm
from contempo.questionnaires.queries.opened import OpenedCampaign
from contempo.questionnaires.queries.reading.texts import responses_behind, text_rows, texts_page, workbook
from contempo.questionnaires.views.opening import with_campaign
from contempo.questionnaires.views.reading.page import shown
from contempo.web.forms import done
from contempo.web.lists import export, export_format, export_sheets


@require_safe
@with_campaign("results", may_read_texts)
def texts(request: HttpRequest, opened: OpenedCampaign, question: str = "") -> HttpResponseBase:
    """The texts of one question, of the first one when none is named; or the same as a file."""
    wanted = export_format(request)
    if wanted and (found := text_rows(opened, question, request.GET)):
        columns, rows = found
        if wanted == "xlsx":
            return export_sheets(workbook(texts_page(opened, question, request.GET), columns, rows), _("texts"))
        return export(rows, columns, wanted, _("texts"))
    return _page(request, opened, question, CodesForm())


def _page(request: HttpRequest, opened: OpenedCampaign, question: str, form: CodesForm) -> HttpResponseBase:
    page = texts_page(opened, question, request.GET)
    if page is None and question:
        raise Http404
    here = opened.url("text", question=page.question.key) if page else ""
    return shown(request, opened, "texts", here=here, page=page, form=form)


@require_POST
@with_campaign("results", may_read_texts)
def give(request: HttpRequest, opened: OpenedCampaign, question: str) -> HttpResponseBase:
    """Give codes to the texts chosen, or take one from them; what cannot be is told on the page, as it was typed."""
    form = CodesForm(request.POST)
    told: list[str] = []

    def sort() -> None:
        chosen = responses_behind(opened.campaign, question, form.chosen)
        told.append(_sort(request, opened, question, chosen, form.cleaned_data))

    if not done(form, sort):
        return _page(request, opened, question, form)
    messages.success(request, told[0])
    return _back(request, opened, question)


def _sort(request: HttpRequest, opened: OpenedCampaign, question: str, chosen: list[UUID], said: dict[str, Any]) -> str:
    """Do what the form says; what became of it."""
    actor, number = request.actor, opened.campaign.pk
    if said["away"]:
        count = codes.take_code(actor, campaign_id=number, code_id=said["take"], responses=chosen)
        return ngettext("The code is gone from %(count)s text.", "The code is gone from %(count)s texts.", count) % {
            "count": count
        }
    count, _given = codes.give_codes(
        actor, campaign_id=number, question=question, responses=chosen, codes=said["codes"]
    )
    return ngettext("%(count)s text has its codes.", "%(count)s texts have their codes.", count) % {"count": count}


@require_POST
@with_campaign("results", may_read_texts)
def code(request: HttpRequest, opened: OpenedCampaign, question: str, code: int) -> HttpResponseBase:
    """Rename a code, bring others into it, or forget it."""
    number, wanted, given = opened.campaign.pk, request.POST.get("fai", ""), request.POST
    if wanted == "unisci":
        others = [int(one) for one in given.getlist("altro")[:MOST] if one.isdecimal() and len(one) < 18]
        codes.merge_codes(request.actor, campaign_id=number, codes=others, into=code)
    elif wanted == "elimina":
        codes.drop_code(request.actor, campaign_id=number, code_id=code)
    else:
        codes.rename_code(request.actor, campaign_id=number, code_id=code, label=given.get("nome", ""))
    return redirect(f"{opened.url('text', question=question)}#codes")


def _back(request: HttpRequest, opened: OpenedCampaign, question: str) -> HttpResponseBase:
    """The page of texts the form was sent from, with its search."""
    query = request.GET.urlencode()
    return redirect(f"{opened.url('text', question=question)}{'?' if query else ''}{query}#texts")

"""Free texts, and the codes by which they are sorted."""

from django.contrib import messages
from django.http import Http404, HttpRequest, HttpResponseBase
from django.shortcuts import redirect
from django.utils.translation import ngettext
from django.views.decorators.http import require_POST, require_safe

from contempo.questionnaires.access import may_read_texts
from contempo.questionnaires.actions.reading import codes
from contempo.questionnaires.queries.opened import OpenedCampaign
from contempo.questionnaires.queries.reading.texts import responses_behind, texts_page
from contempo.questionnaires.views.opening import with_campaign
from contempo.questionnaires.views.reading.page import shown

MOST = 100
"""Texts that one form may name: those of a page, and some."""


@require_safe
@with_campaign("results", may_read_texts)
def texts(request: HttpRequest, opened: OpenedCampaign, question: str = "") -> HttpResponseBase:
    """The texts of one question; of the first one when none is named."""
    page = texts_page(opened, question, request.GET)
    if page is None and question:
        raise Http404
    return shown(request, opened, "texts", page=page)


@require_POST
@with_campaign("results", may_read_texts)
def give(request: HttpRequest, opened: OpenedCampaign, question: str) -> HttpResponseBase:
    """Give codes to the texts chosen, or take one from them."""
    number, actor, given = opened.campaign.pk, request.actor, request.POST
    chosen = responses_behind(opened.campaign, question, given.getlist("testo")[:MOST])
    if (taken := given.get("togli", "")).isdecimal() and not given.get("codici"):
        codes.take_code(actor, campaign_id=number, code_id=int(taken), responses=chosen)
    else:
        wanted = given.get("codici", "")
        texts, _n = codes.give_codes(actor, campaign_id=number, question=question, responses=chosen, codes=wanted)
        told = ngettext("%(count)s text has its codes.", "%(count)s texts have their codes.", texts)
        messages.success(request, told % {"count": texts})
    return _back(request, opened, question)


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

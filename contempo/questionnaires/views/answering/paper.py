"""Typing in paper forms, one after the other."""

from typing import Any

from django.contrib import messages
from django.http import HttpRequest, HttpResponse
from django.shortcuts import redirect, render
from django.utils.translation import gettext as _
from django.views.decorators.http import require_http_methods

from contempo.core import clock
from contempo.core.verdict import NotPermitted, Refusal
from contempo.questionnaires.access import may_enter_paper, may_read_responses
from contempo.questionnaires.actions.answering.paper import Entered, correct_paper, enter_paper
from contempo.questionnaires.forms.answering.paper import PaperForm
from contempo.questionnaires.forms.answering.reading import PageRead, read_page, sentences
from contempo.questionnaires.queries.answering.opened import Answering
from contempo.questionnaires.queries.answering.pages import Typed
from contempo.questionnaires.queries.answering.paper import (
    form_numbered,
    name_invited,
    on_paper,
    paper_page,
    shown_again,
)
from contempo.questionnaires.queries.opened import OpenedCampaign
from contempo.questionnaires.views.opening import with_campaign
from contempo.web.forms import add_refusal


@require_http_methods(["GET", "HEAD", "POST"])
@with_campaign("paper", may_enter_paper)
def enter(request: HttpRequest, opened: OpenedCampaign) -> HttpResponse:
    """The whole questionnaire on one page; once a form is entered the next one waits. `correggi` in the address is the
    number of a form to enter again."""
    answering, number = on_paper(opened, clock.now()), request.GET.get("numero", "")[:30]
    former = request.GET.get("correggi", "").strip()[:30]
    known = form_numbered(opened, former) if former else None
    if former and known is None:
        messages.warning(request, _("No form with the number %(number)s has been entered.") % {"number": former})
        return redirect(opened.url("paper"))
    asked = {"paper": former or number, "invitation": name_invited(opened, request.GET.get("invito", ""))}
    form = PaperForm(request.POST or None, opened=opened, corrects=bool(known), initial=asked)
    if request.method != "POST":
        return _show(request, opened, answering, form, shown_again(opened, known) if known else None)
    read = _read(request, answering)
    typed = Typed(read.values, read.texts, read.offered, sentences(read.wrongs))
    if not form.is_valid() or read.wrongs:
        return _show(request, opened, answering, form, typed)
    entered = _entered(request, opened, form, read)
    if entered is not None and entered.response is not None and not entered.wrongs:
        return _next(request, opened, answering, form, entered)
    wrongs = sentences(entered.wrongs) if entered else {}
    return _show(request, opened, answering, form, Typed(read.values, read.texts, read.offered, wrongs))


def _read(request: HttpRequest, answering: Answering) -> PageRead:
    """Every page of the form as one."""
    whole = PageRead()
    for page in answering.document.pages:
        read = read_page(page, request.POST, request.FILES, network_id=request.network.id)
        whole.values |= read.values
        whole.texts |= read.texts
        whole.offered |= read.offered
        whole.wrongs += read.wrongs
    return whole


def _entered(request: HttpRequest, opened: OpenedCampaign, form: PaperForm, read: PageRead) -> Entered | None:
    facts = {
        "campaign_id": opened.campaign.pk,
        "paper": form.cleaned_data["paper"],
        "invitation_id": form.invitation_id,
        "values": read.values,
        "language": "it",
    }
    former = request.GET.get("correggi", "").strip()[:30]
    try:
        if former:
            return correct_paper(request.actor, former=former, **facts)
        return enter_paper(request.actor, **facts)
    except NotPermitted:
        raise
    except Refusal as refusal:
        add_refusal(form, refusal)
        return None


def _next(
    request: HttpRequest, opened: OpenedCampaign, answering: Answering, form: PaperForm, entered: Entered
) -> HttpResponse:
    number = form.cleaned_data["paper"]
    corrected = "correggi" in request.GET
    told = _("Form %(number)s has been corrected.") if corrected else _("Form %(number)s has been entered.")
    messages.success(request, told % {"number": number})
    if entered.left_out:
        labels = {placed.question.key: placed.question.label.it for placed in answering.document.questions()}
        told = "; ".join(labels[key] for key in entered.left_out if key in labels)
        text = _("Left out, because earlier answers do not lead there: %(questions)s")
        messages.warning(request, text % {"questions": told})
    counts = number.isdecimal() and len(number) < 10 and not corrected
    following = f"?numero={int(number) + 1}" if counts else ""
    return redirect(f"{opened.url('paper')}{following}")


def _show(
    request: HttpRequest, opened: OpenedCampaign, answering: Answering, form: PaperForm, typed: Typed | None
) -> HttpResponse:
    page: Any = paper_page(answering, request.GET.get("numero", ""), typed)
    former = request.GET.get("correggi", "").strip()[:30]
    context = {
        "opened": opened,
        "answering": answering,
        "form": form,
        "page": page,
        "former": former,
        "hidden": bool(former) and not may_read_responses(opened.part),
    }
    return render(request, "questionnaires/answering/paper.html", context)

"""The summary, sending, and what one can do with sent answers."""

from django.http import HttpRequest, HttpResponse
from django.shortcuts import redirect, render
from django.utils.translation import gettext as _
from django.views.decorators.http import require_http_methods, require_safe

from contempo.core.verdict import Refusal
from contempo.questionnaires.actions.answering.sending import mail_copy, send, withdraw
from contempo.questionnaires.forms.answering.leaving import CopyForm
from contempo.questionnaires.queries.answering.copy import copy_of
from contempo.questionnaires.queries.answering.opened import Answering
from contempo.questionnaires.queries.answering.summary import problems, summary
from contempo.questionnaires.queries.answering.units import own_unit, units_named, units_to_name
from contempo.questionnaires.views.answering.browsers import remember_answered
from contempo.questionnaires.views.answering.doors import closed_page, with_door, with_response
from contempo.web.documents import pdf_response
from contempo.web.forms import done as did
from contempo.web.sentences import sentence


@require_http_methods(["GET", "HEAD", "POST"])
@with_response
def summary_page(request: HttpRequest, answering: Answering) -> HttpResponse:
    """Every answer before it is sent, and what is still to be mended; sending."""
    if answering.sent and not answering.may_change:
        return redirect(answering.url("answer_done"))
    if not answering.takes:
        return closed_page(request, answering)
    if request.method == "POST":
        return _send(request, answering)
    return _show(request, answering)


def _send(request: HttpRequest, answering: Answering) -> HttpResponse:
    try:
        send(request.actor, door=answering.door, language=answering.language)
    except Refusal as refusal:
        return _show(request, answering, sentence(refusal))
    response = redirect(answering.url("answer_done"))
    remember_answered(response, answering)
    return response


def _show(request: HttpRequest, answering: Answering, refused: str = "") -> HttpResponse:
    pages = summary(answering)
    asks = units_to_name(answering)
    own = own_unit(answering) if asks else None
    context = {
        "answering": answering,
        "pages": pages,
        "problems": problems(pages),
        "own": own,
        "others": units_named(answering, own) if asks else (),
        "asks_units": asks,
        "refused": refused,
    }
    return render(request, "questionnaires/answering/summary.html", context)


@require_http_methods(["GET", "HEAD", "POST"])
@with_door
def done(request: HttpRequest, answering: Answering) -> HttpResponse:
    """The answers have arrived: a copy, changing them, taking them back. Sending it asks for a letter."""
    if not answering.sent and not answering.spent:
        return redirect(answering.url("answer"))
    form, mailed = CopyForm(request.POST or None), False
    if request.method == "POST":
        link = request.build_absolute_uri(answering.url("answer_done"))
        mailed = did(
            form, lambda: mail_copy(request.actor, door=answering.door, email=form.cleaned_data["email"], link=link)
        )
    context = {"answering": answering, "form": form, "mailed": mailed}
    return render(request, "questionnaires/answering/done.html", context)


@require_safe
@with_response
def copy(request: HttpRequest, answering: Answering) -> HttpResponse:
    """The answers as PDF, for who gave them."""
    if not answering.sent:
        return redirect(answering.url("answer_summary"))
    return pdf_response(copy_of(answering), _("my-answers"))


@require_http_methods(["GET", "HEAD", "POST"])
@with_response
def take_back(request: HttpRequest, answering: Answering) -> HttpResponse:
    """Take sent answers back, after asking once more."""
    if not answering.sent or not answering.may_change:
        return redirect(answering.url("answer"))
    if request.method == "POST":
        withdraw(request.actor, door=answering.door)
        return redirect(answering.url("answer"))
    return render(request, "questionnaires/answering/withdraw.html", {"answering": answering})

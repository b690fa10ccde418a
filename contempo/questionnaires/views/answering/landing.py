"""Where a link leads: who asks, why, how long it takes, what the network will know; and for which units one answers."""

from dataclasses import replace

from django.http import HttpRequest, HttpResponse
from django.shortcuts import redirect, render
from django.utils.translation import get_language
from django.views.decorators.http import require_http_methods

from contempo.core.verdict import Refusal
from contempo.questionnaires.actions.answering.beginning import begin, note_opened
from contempo.questionnaires.actions.answering.saving import save_units
from contempo.questionnaires.forms.answering.units import UnitsForm
from contempo.questionnaires.queries.answering.opened import Answering, is_full
from contempo.questionnaires.queries.answering.units import found_units, own_unit, units_named, units_to_name
from contempo.questionnaires.rules.states import InvitationState
from contempo.questionnaires.views.answering.browsers import answered_here, too_many
from contempo.questionnaires.views.answering.doors import closed_page, with_door, with_response
from contempo.web.forms import done
from contempo.web.sentences import sentence

_FRESH = (InvitationState.PREPARED, InvitationState.SENT, InvitationState.BOUNCED)
_DECLINED = (InvitationState.REFUSED, InvitationState.NOT_ELIGIBLE)


@require_http_methods(["GET", "HEAD", "POST"])
@with_door
def landing(request: HttpRequest, answering: Answering) -> HttpResponse:
    """The first page of a link; sending it begins, or goes on."""
    if answering.state == InvitationState.REPLACED:
        return render(request, "questionnaires/answering/passed.html", {"answering": answering})
    if answering.sent or answering.spent:
        return redirect(answering.url("answer_done"))
    if not answering.takes:
        return closed_page(request, answering)
    if request.method == "POST":
        return _begin(request, answering)
    if request.method == "GET" and answering.state in _FRESH and not answering.anonymous:
        note_opened(request.actor, door=answering.door)
    return _show(request, answering)


def _begin(request: HttpRequest, answering: Answering) -> HttpResponse:
    if answering.response is not None and answering.state not in _DECLINED:
        return redirect(answering.resume_url)
    if answering.invitation is None and too_many(request):
        return _show(request, answering, busy=True, status=429)
    anew = "anew" in request.POST
    if answering.taken and not anew:
        return _show(request, answering, status=409)
    try:
        door = begin(request.actor, door=answering.door, language=(get_language() or "it")[:2], anew=anew)
    except Refusal as refusal:
        return _show(request, answering, refused=sentence(refusal), status=409)
    begun = replace(answering, door=door)
    return redirect(begun.url("answer_units") if units_to_name(answering) else begun.page_url(0))


def _show(
    request: HttpRequest, answering: Answering, *, refused: str = "", busy: bool = False, status: int = 200
) -> HttpResponse:
    context = {
        "answering": answering,
        "refused": refused,
        "busy": busy,
        "full": answering.invitation is None and answering.response is None and is_full(answering.campaign),
        "again": answering.invitation is None and answering.response is None and answered_here(request, answering),
    }
    return render(request, "questionnaires/answering/landing.html", context, status=status)


@require_http_methods(["GET", "HEAD", "POST"])
@with_response
def units(request: HttpRequest, answering: Answering) -> HttpResponse:
    """For which organisations one answers: the own one, and others it speaks for."""
    if not units_to_name(answering):
        return redirect(answering.resume_url)
    own = own_unit(answering)
    form = UnitsForm(request.POST if request.method == "POST" else None, own=own, named=units_named(answering, own))
    if request.method == "POST" and form.is_valid() and _units_saved(request, answering, form):
        if request.POST.get("go") != "search":
            return redirect(answering.resume_url)
        form.show(found_units(answering, form.cleaned_data["words"]))
    return render(request, "questionnaires/answering/units.html", {"answering": answering, "form": form, "own": own})


def _units_saved(request: HttpRequest, answering: Answering, form: UnitsForm) -> bool:
    picked = form.picked()
    return done(form, lambda: save_units(request.actor, door=answering.door, own=picked.own, others=picked.others))

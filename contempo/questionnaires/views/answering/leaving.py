"""Not answering: it is none of our concern, I do not want to, somebody else should. One click, and one to confirm."""

from django.http import HttpRequest, HttpResponse
from django.shortcuts import redirect, render
from django.views.decorators.http import require_http_methods

from contempo.questionnaires.actions.answering.leaving import decline, hand_on, say_not_concerned
from contempo.questionnaires.forms.answering.leaving import DeclineForm, HandOnForm
from contempo.questionnaires.queries.answering.opened import Answering
from contempo.questionnaires.rules.states import InvitationState
from contempo.questionnaires.views.answering.doors import with_door
from contempo.web.forms import done

_OVER = (InvitationState.COMPLETED, InvitationState.REPLACED)


def _elsewhere(answering: Answering) -> HttpResponse | None:
    """Back to the door where there is nothing to leave: a public link, answers sent, a campaign closed."""
    if answering.invitation is None or answering.state in _OVER or not answering.takes:
        return redirect(answering.url("answer"))
    return None


@require_http_methods(["GET", "HEAD", "POST"])
@with_door
def not_concerned(request: HttpRequest, answering: Answering) -> HttpResponse:
    """Say that the questionnaire is for somebody else, or about nothing one does."""
    if elsewhere := _elsewhere(answering):
        return elsewhere
    context = {"answering": answering, "done": False}
    if request.method == "POST":
        say_not_concerned(request.actor, door=answering.door)
        context["done"] = True
    return render(request, "questionnaires/answering/not_concerned.html", context)


@require_http_methods(["GET", "HEAD", "POST"])
@with_door
def no_wish(request: HttpRequest, answering: Answering) -> HttpResponse:
    """Say that one does not want to answer, and why if one likes."""
    if elsewhere := _elsewhere(answering):
        return elsewhere
    form = DeclineForm(request.POST if request.method == "POST" else None)
    ended = request.method == "POST" and done(
        form, lambda: decline(request.actor, door=answering.door, reason=form.cleaned_data["reason"])
    )
    context = {"answering": answering, "form": form, "done": ended}
    return render(request, "questionnaires/answering/decline.html", context)


@require_http_methods(["GET", "HEAD", "POST"])
@with_door
def pass_on(request: HttpRequest, answering: Answering) -> HttpResponse:
    """Pass the questionnaire on to somebody else, who gets a link of their own."""
    if elsewhere := _elsewhere(answering):
        return elsewhere
    form = HandOnForm(request.POST or None, has_answers=answering.response is not None and not answering.own_address)
    if request.method == "POST" and done(
        form, lambda: hand_on(request.actor, door=answering.door, **form.cleaned_data)
    ):
        context = {"answering": answering, "name": form.cleaned_data["name"]}
        return render(request, "questionnaires/answering/passed.html", context)
    return render(request, "questionnaires/answering/hand_on.html", {"answering": answering, "form": form})

"""What the agency decides on a request: one address for each decision."""

from collections.abc import Callable, Mapping
from dataclasses import dataclass

from django.contrib import messages
from django.http import HttpRequest, HttpResponse, QueryDict
from django.shortcuts import render
from django.urls import reverse
from django.utils.functional import Promise
from django.utils.translation import gettext as _
from django.utils.translation import gettext_lazy
from django.views.decorators.http import require_http_methods, require_POST

from contempo.core.verdict import require
from contempo.network.actions.accession import decisions
from contempo.network.forms.decisions import AdmissionForm, ReasonForm
from contempo.network.queries.examinations import Examination, letter_about
from contempo.network.views.queue import to_request, with_examination
from contempo.web.forms import done


@require_POST
@with_examination
def examine(request: HttpRequest, page: Examination) -> HttpResponse:
    """Take the request into examination."""
    require(page.may_act)
    decisions.examine(request.actor, request_id=page.id)
    return to_request(request, page, _("You examine this request: “%(name)s” has been told."))


@require_POST
@with_examination
def remind(request: HttpRequest, page: Examination) -> HttpResponse:
    """Remind the organisation of its step."""
    decisions.remind(request.actor, request_id=page.id)
    return to_request(request, page, _("The reminder to “%(name)s” has left."))


@require_POST
@with_examination
def confirm(request: HttpRequest, page: Examination) -> HttpResponse:
    """Confirm the signed copy."""
    require(page.may_act)
    decisions.confirm_signed_copy(request.actor, request_id=page.id)
    return to_request(request, page, _("Confirmed: “%(name)s” is a member of the network from today."))


@require_http_methods(["GET", "HEAD", "POST"])
@with_examination
def admit(request: HttpRequest, page: Examination) -> HttpResponse:
    """Admit the organisation; when the registry has others of a like name, after saying whether it is one of them."""
    if closed := _step_closed(request, page, "admit"):
        return closed
    form = AdmissionForm(_sent(request), possible=page.possible)
    if request.method == "POST" and _admitted(request, page, form):
        return to_request(request, page, _("“%(name)s” is admitted and has been told: now it signs the agreement."))
    back = reverse("network:examine", kwargs={"network": request.network.slug, "number": page.number})
    return render(request, "network/agency/admit.html", {"page": page, "form": form, "back": back})


def _admitted(request: HttpRequest, page: Examination, form: AdmissionForm) -> bool:
    admit = decisions.admit
    return done(form, lambda: admit(request.actor, request_id=page.id, organisation_id=form.organisation_id))


@dataclass(frozen=True)
class Decision:
    """A decision that needs a reason: its action, and the words of its page."""

    action: Callable[..., object]
    title: Promise
    lead: Promise
    label: Promise
    hint: Promise
    tone: str
    told: Promise


_HINT = gettext_lazy("In plain words: the organisation reads it as you write it.")
_DECISIONS: Mapping[str, Decision] = {
    "ask_changes": Decision(
        decisions.ask_changes,
        title=gettext_lazy("Ask for changes"),
        lead=gettext_lazy(
            "The organisation changes its answers and sends them again. The first time, the days for the answer "
            "stand still meanwhile."
        ),
        label=gettext_lazy("What is to be changed"),
        hint=gettext_lazy("Say which answer and how: the organisation reads it as you write it."),
        tone="primary",
        told=gettext_lazy("You asked “%(name)s” for changes: it has been told."),
    ),
    "refuse": Decision(
        decisions.refuse,
        title=gettext_lazy("Refuse the request"),
        lead=gettext_lazy("The request ends here. The organisation may ask again with a new one."),
        label=gettext_lazy("Why it is refused"),
        hint=_HINT,
        tone="danger",
        told=gettext_lazy("The request of “%(name)s” is refused, and the organisation has been told why."),
    ),
    "cease": Decision(
        decisions.cease,
        title=gettext_lazy("End the membership"),
        lead=gettext_lazy("From today the organisation is a member no longer and its public page is closed."),
        label=gettext_lazy("Why the membership ends"),
        hint=_HINT,
        tone="danger",
        told=gettext_lazy("“%(name)s” is a member no longer, and has been told why."),
    ),
}


@require_http_methods(["GET", "HEAD", "POST"])
@with_examination
def decide(request: HttpRequest, page: Examination, transition: str) -> HttpResponse:
    """Ask for changes, refuse or end: with a reason, shown as the organisation will read it."""
    if closed := _step_closed(request, page, transition):
        return closed
    decision, form = _DECISIONS[transition], ReasonForm(_sent(request))
    form.explain(decision.label, decision.hint)
    if "decide" in request.POST and _decided(request, page, decision, form):
        return to_request(request, page, str(decision.told))
    reason = request.POST.get("reason", "").strip() or "…"
    letter = letter_about(transition, network=request.network.name, name=page.name, reason=reason)
    context = {"page": page, "form": form, "decision": decision, "letter": letter}
    return render(request, "network/agency/decide.html", context)


def _decided(request: HttpRequest, page: Examination, decision: Decision, form: ReasonForm) -> bool:
    act = decision.action
    return done(form, lambda: act(request.actor, request_id=page.id, reason=form.cleaned_data["reason"]))


def _step_closed(request: HttpRequest, page: Examination, transition: str) -> HttpResponse | None:
    """None while the step is open; back to the request, with a sentence, when somebody else was quicker.

    A decision that was sent is not stopped here: the action answers, and what was typed stays on the page.
    """
    require(page.may_act)
    if transition in page.moves or request.method == "POST":
        return None
    messages.warning(request, _("This step is no longer possible: the request has moved on. Here is where it stands."))
    return to_request(request, page)


def _sent(request: HttpRequest) -> QueryDict | None:
    return request.POST if request.method == "POST" else None

"""The service "join the network": what it is, beginning, one's own requests."""

from uuid import UUID

from django.http import Http404, HttpRequest, HttpResponse
from django.shortcuts import redirect, render
from django.utils.translation import get_language
from django.views.decorators.http import require_POST, require_safe

from contempo.core import clock
from contempo.network.actions.accession.drafts import begin_draft
from contempo.network.queries.applicants import draft_for, my_requests
from contempo.network.queries.municipalities import suggest_places
from contempo.network.queries.networks import agreement_texts
from contempo.network.rules.accession import STEP_LABELS, TERM, Step
from contempo.network.views.accession.drafts import remember, secrets_of


@require_safe
def join(request: HttpRequest) -> HttpResponse:
    """What joining is, whom it is for, what it takes; and the way back to what was begun."""
    versions = agreement_texts(request.network.id, get_language(), clock.today())
    context = {
        "mine": my_requests(request.actor, secrets_of(request)),
        "agreement": next((version for version in versions if version.in_force), None),
        "steps": STEP_LABELS.values(),
        "days": TERM.days,
    }
    return render(request, "network/accession/join.html", context)


@require_POST
def join_begin(request: HttpRequest) -> HttpResponse:
    """Begin a draft and open its first step."""
    draft, secret = begin_draft(request.actor, language=get_language())
    if request.user.is_anonymous:
        remember(request, draft.key, secret)
    return redirect("network:step", network=request.network.slug, key=draft.key, step=Step.ORGANISATION)


@require_safe
def mine(request: HttpRequest) -> HttpResponse:
    """One's own drafts and requests."""
    return render(request, "network/accession/mine.html", {"mine": my_requests(request.actor, secrets_of(request))})


@require_safe
def resume(request: HttpRequest, key: UUID, secret: str) -> HttpResponse:
    """The mailed link: this browser may open the draft from now on, unless an account has it."""
    draft = draft_for(request.actor, key, secret)
    if draft is not None and not draft.claimed:
        remember(request, key, secret)
    elif draft is None and request.user.is_authenticated:
        raise Http404
    return redirect("network:go_on", network=request.network.slug, key=key)


@require_safe
def municipalities(request: HttpRequest) -> HttpResponse:
    """Names that begin as typed, as options of a control; the name of the field is the form's affair."""
    typed = next((values[-1] for _name, values in request.GET.lists()), "")
    return render(request, "network/forms/municipalities.html", {"places": suggest_places(typed)})

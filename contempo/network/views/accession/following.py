"""Following a request that was sent: where it stands, taking it back, signing, handing in the signed copy."""

from collections.abc import Callable
from functools import wraps
from typing import Any
from uuid import UUID

from django.contrib import messages
from django.contrib.auth.views import redirect_to_login
from django.http import Http404, HttpRequest, HttpResponse
from django.shortcuts import redirect, render
from django.utils.translation import get_language
from django.utils.translation import gettext as _
from django.views.decorators.http import require_http_methods, require_safe

from contempo.core import clock
from contempo.core.verdict import NotPermitted, Refusal
from contempo.core.words import N_
from contempo.network.actions.accession.decisions import SIGN_STATEMENT, sign, withdraw
from contempo.network.actions.accession.drafts import upload_signed_copy
from contempo.network.forms.accession import SignatureForm, SignedCopyForm, WithdrawalForm
from contempo.network.queries.applicants import RequestPage, draft_for, request_page
from contempo.network.queries.networks import AgreementText, agreement_texts
from contempo.network.views.accession.drafts import secrets_of, to_request
from contempo.web.forms import add_refusal
from contempo.web.sentences import sentence


def with_request(view: Callable[..., HttpResponse]) -> Callable[..., HttpResponse]:
    """Give a view the page of its request: 404 for who may not know of it, sign-in for visitors, drafts go on."""

    @wraps(view)
    def opened(request: HttpRequest, key: UUID, **kwargs: Any) -> HttpResponse:
        page = request_page(request.actor, key)
        if page is not None:
            return view(request, page, **kwargs)
        if draft_for(request.actor, key, secrets_of(request).get(str(key), "")):
            return redirect("network:go_on", network=request.network.slug, key=key)
        if request.user.is_anonymous:
            return redirect_to_login(request.get_full_path())
        raise Http404

    return opened


@require_safe
@with_request
def follow(request: HttpRequest, page: RequestPage) -> HttpResponse:
    """Where a request stands, what comes next, what was said and answered."""
    return render(request, "network/accession/request.html", {"page": page})


def _step_closed(request: HttpRequest, page: RequestPage, step: str) -> HttpResponse | None:
    """None while the actor may take `step`. Back to the request when it is past; NotPermitted when it is not theirs."""
    if step in page.may:
        return None
    if step in page.possible:
        raise NotPermitted(N_("This step is up to somebody else."))
    return to_request(request, page.key)


@require_http_methods(["GET", "HEAD", "POST"])
@with_request
def take_back(request: HttpRequest, page: RequestPage) -> HttpResponse:
    """Withdraw a request, after asking once more."""
    if closed := _step_closed(request, page, "withdraw"):
        return closed
    form = WithdrawalForm(request.POST or None)
    if request.method == "POST" and form.is_valid():
        withdraw(request.actor, request_id=page.id, reason=form.cleaned_data["reason"])
        messages.success(request, _("The request has been withdrawn."))
        return to_request(request, page.key)
    return render(request, "network/accession/withdraw.html", {"page": page, "form": form})


@require_http_methods(["GET", "HEAD", "POST"])
@with_request
def sign_agreement(request: HttpRequest, page: RequestPage) -> HttpResponse:
    """The agreement in force, and the statement by which the legal representative signs it."""
    if closed := _step_closed(request, page, "sign"):
        return closed
    agreement = _agreement_in_force(request)
    form = SignatureForm(request.POST or None, initial={"agreement": agreement.id if agreement else None})
    statement = _statement(request, page, agreement) if agreement else ""
    if request.method == "POST" and form.is_valid():
        return _sign(request, page, form.cleaned_data["agreement"], statement)
    context = {"page": page, "form": form, "agreement": agreement, "statement": statement}
    return render(request, "network/accession/sign.html", context)


def _sign(request: HttpRequest, page: RequestPage, agreement_id: int, statement: str) -> HttpResponse:
    try:
        sign(request.actor, request_id=page.id, agreement_id=agreement_id, statement=statement)
    except Refusal as refusal:
        # A new version came in force, or somebody else was quicker: the page shows what holds now.
        messages.error(request, sentence(refusal))
        return redirect("network:sign", network=request.network.slug, key=page.key)
    messages.success(request, _("The agreement is signed: welcome to the network."))
    return to_request(request, page.key)


@require_http_methods(["GET", "HEAD", "POST"])
@with_request
def signed_copy(request: HttpRequest, page: RequestPage) -> HttpResponse:
    """Hand in the agreement signed on paper or with a digital signature."""
    if not page.may_hand_in_copy:
        return _step_closed(request, page, "confirm") or to_request(request, page.key)
    form = SignedCopyForm(request.POST or None, request.FILES or None)
    if request.method == "POST" and form.is_valid() and _handed_in(request, page, form):
        messages.success(request, _("The signed copy has been handed in: the agency checks it and confirms."))
        return to_request(request, page.key)
    context = {"page": page, "form": form, "agreement": _agreement_in_force(request)}
    return render(request, "network/accession/signed_copy.html", context)


def _handed_in(request: HttpRequest, page: RequestPage, form: SignedCopyForm) -> bool:
    try:
        upload_signed_copy(request.actor, request_id=page.id, upload=form.cleaned_data["signed_copy"])
    except Refusal as refusal:
        add_refusal(form, refusal)
        return False
    return True


def _agreement_in_force(request: HttpRequest) -> AgreementText | None:
    versions = agreement_texts(request.network.id, get_language(), clock.today())
    return next((version for version in versions if version.in_force), None)


def _statement(request: HttpRequest, page: RequestPage, agreement: AgreementText) -> str:
    network = request.network.name
    return _(SIGN_STATEMENT) % {"organisation": page.name, "number": agreement.number, "network": network}

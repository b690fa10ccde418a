"""Which draft a page is about, and whose it is: kept in the session, or claimed by a person."""

from collections.abc import Callable
from functools import wraps
from typing import Any
from uuid import UUID

from django.contrib.auth.views import redirect_to_login
from django.http import Http404, HttpRequest, HttpResponse, HttpResponseBase
from django.shortcuts import redirect

from contempo.core.verdict import require
from contempo.network.actions.accession.drafts import claim_draft, save_step
from contempo.network.forms.accession import typed_values
from contempo.network.queries.applicants import Draft, draft_for
from contempo.network.rules.accession import EDITABLE, Step

SECRETS = "drafts"
TYPED = "drafts_typed"


def secrets_of(request: HttpRequest) -> dict[str, str]:
    """The secrets of the drafts this browser holds, by key."""
    return request.session.get(SECRETS, {})


def remember(request: HttpRequest, key: UUID, secret: str) -> None:
    """Let this browser open the draft again; an empty secret forgets it."""
    secrets = {name: kept for name, kept in secrets_of(request).items() if name != str(key)}
    request.session[SECRETS] = {**secrets, str(key): secret} if secret else secrets


def to_request(request: HttpRequest, key: UUID) -> HttpResponse:
    """To the page on which a sent request is followed."""
    return redirect("network:request", network=request.network.slug, key=key)


def with_draft(view: Callable[..., HttpResponseBase]) -> Callable[..., HttpResponseBase]:
    """Give a view the `Draft` of its `key`, claimed by the person who is signed in.

    Who may not know of it gets 404, a visitor is asked to sign in, and a request that cannot be changed any more opens
    its own page.
    """

    @wraps(view)
    def opened(request: HttpRequest, key: UUID, **kwargs: Any) -> HttpResponseBase:
        draft = draft_for(request.actor, key, secrets_of(request).get(str(key), ""))
        if draft is None:
            return _ask_to_sign_in(request, key, kwargs)
        if draft.state not in EDITABLE:
            return to_request(request, key)
        require(draft.may_edit)
        return view(request, _taken_up(request, draft), **kwargs)

    return opened


def _ask_to_sign_in(request: HttpRequest, key: UUID, kwargs: dict[str, Any]) -> HttpResponse:
    if request.user.is_authenticated:
        raise Http404
    if request.method == "POST" and kwargs.get("step") in set(Step):
        # The session ended while somebody was typing: what they typed waits in the new one until they are back.
        step = Step(kwargs["step"])
        request.session[TYPED] = {"key": str(key), "step": step, "values": typed_values(step, request.POST)}
    return redirect_to_login(request.get_full_path())


def _taken_up(request: HttpRequest, draft: Draft) -> Draft:
    """The draft as its person finds it: claimed, and with what was typed while the session had ended."""
    if request.user.is_anonymous:
        return draft
    typed = request.session.get(TYPED, {})
    if not draft.claimed:
        claim_draft(request.actor, request_id=draft.id, secret=draft.secret)
        remember(request, draft.key, "")
    if typed.get("key") == str(draft.key):
        del request.session[TYPED]
        step = Step(typed["step"])
        save_step(request.actor, request_id=draft.id, secret="", step=step, values=typed["values"])
    elif draft.claimed:
        return draft
    return draft_for(request.actor, draft.key) or draft

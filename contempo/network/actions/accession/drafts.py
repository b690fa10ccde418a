"""Drafts: begun by anybody, kept at every step, claimed by whoever signs in, sent by the applicant."""

import hashlib
import secrets
from typing import Any
from uuid import UUID

from django.core.cache import cache
from django.core.files import File
from django.utils.translation import gettext
from django.utils.translation import gettext_lazy as _

from contempo.core import audit, clock, files
from contempo.core.action import action
from contempo.core.files import Attachment
from contempo.core.outbox import publish, queue_mail
from contempo.core.verdict import NotPermitted, Refusal, require
from contempo.core.words import N_
from contempo.network.access import digest, holds_secret, may_edit_draft, may_hand_in_copy, who_in
from contempo.network.actions.accession.story import (
    Told,
    answer_by,
    locked_request,
    move,
    tell_agency,
    tell_applicant,
)
from contempo.network.actions.organisations import lock_registry
from contempo.network.events import RequestSubmitted
from contempo.network.models import AccessionRequest, EntryKind, Network, Organisation, RequestEntry
from contempo.network.rules.accession import (
    LINK_MAILS_WITHIN,
    OPEN_STATES,
    Known,
    State,
    Step,
    check_documents,
    check_link_mails,
    check_not_doubled,
)
from contempo.network.rules.application import Application, check_application
from contempo.network.rules.organisations import core_name, search_name
from contempo.people.public import Actor, Button, letter


@action
def begin_draft(actor: Actor, *, language: str) -> tuple[AccessionRequest, str]:
    """Begin a request, with or without an account; returns it with the secret that opens it again."""
    secret = secrets.token_urlsafe(32)
    moment = clock.now()
    request = AccessionRequest.objects.create(
        network_id=actor.network_id,
        state_since=moment,
        secret_digest=digest(secret),
        applicant_id=actor.person_id,
        language=language,
        created_at=moment,
        changed_at=moment,
    )
    return request, secret


@action
def save_step(actor: Actor, *, request_id: int, secret: str, step: Step, values: dict[str, Any]) -> AccessionRequest:
    """Keep what was typed in one step, as typed: right or wrong, nothing is lost."""
    request = _draft(actor, request_id, secret)
    request.answers = {**request.answers, step: values}
    request.changed_at = clock.now()
    # While changes are asked the agency goes on reading the name that was sent.
    if step == Step.ORGANISATION and request.state == State.DRAFT:
        request.name = str(values.get("name", "")).strip()[:200]
        request.search_name = search_name(request.name)[:200]
    request.save(update_fields=["answers", "changed_at", "name", "search_name"])
    return request


@action
def attach(actor: Actor, *, request_id: int, secret: str, upload: "File[bytes]") -> Attachment:
    """Add a document to a draft; one too many, or of the wrong type or size, is refused with a sentence."""
    request = _draft(actor, request_id, secret)
    check_documents(len(files.attachments_of("accession", request.id)) + 1)
    return files.accept(
        upload,
        network_id=request.network_id,
        owner_kind="accession",
        owner_id=request.id,
        purpose="document",
        person_id=actor.person_id,
        field="documents",
    )


@action
def detach(actor: Actor, *, request_id: int, secret: str, key: UUID | str) -> None:
    """Take a document out of a draft."""
    request = _draft(actor, request_id, secret)
    files.discard(key, owner_kind="accession", owner_id=request.id)


@action
def renew_secret(actor: Actor, *, request_id: int, secret: str) -> str:
    """Give a draft that nobody has claimed a new secret, which is returned; the old one opens it no longer."""
    request = _draft(actor, request_id, secret)
    if request.applicant_id is not None:
        raise Refusal(N_("This draft belongs to an account already: sign in to go on with it."))
    renewed = secrets.token_urlsafe(32)
    request.secret_digest = digest(renewed)
    request.save(update_fields=["secret_digest"])
    return renewed


@action
def mail_draft_link(actor: Actor, *, request_id: int, secret: str, email: str, link: str) -> None:
    """Send the link that opens the draft again to an address, which is kept for one reminder.

    `link` ends with a new secret made by the caller through `renew_secret`.
    """
    request = _draft(actor, request_id, secret)
    check_link_mails(_link_mails_to(email))
    request.contact_email = email
    request.save(update_fields=["contact_email"])
    network = request.network
    text, html = letter(
        greeting=gettext("Hello,"),
        paragraphs=[
            gettext("the draft of your request to join %(network)s is kept for twelve months after the last change.")
            % {"network": network.name},
            gettext("Who has this link can read and change the draft: do not pass it on."),
        ],
        button=Button(gettext("Go on with the request"), link),
        footer=[
            gettext("You receive this because somebody gave your address on the portal. If it was not you, ignore it.")
        ],
    )
    queue_mail(
        kind="accession.draft",
        to=email,
        subject=gettext("Your request to join %(network)s: go on when you like") % {"network": network.short_name},
        text=text,
        html=html,
        network_id=network.id,
        reply_to=network.contact_email,
    )


def _link_mails_to(email: str) -> int:
    """How many links went to `email` lately, this one included; counted for every process together."""
    key = f"accession.draft:{hashlib.sha256(email.lower().encode()).hexdigest()}"
    count = cache.get(key, 0) + 1
    cache.set(key, count, timeout=LINK_MAILS_WITHIN.total_seconds())
    return count


@action
def claim_draft(actor: Actor, *, request_id: int, secret: str) -> AccessionRequest:
    """Give a draft begun without an account to the person who signed in; its secret opens it no longer."""
    request = _draft(actor, request_id, secret)
    if actor.is_visitor:
        raise Refusal(N_("Sign in to go on."))
    if request.applicant_id is None:
        request.applicant_id = actor.person_id
        request.secret_digest = ""
        request.save(update_fields=["applicant_id", "secret_digest"])
    return request


@action
def discard_draft(actor: Actor, *, request_id: int, secret: str) -> None:
    """Erase a draft that was never sent, with its documents."""
    request = _draft(actor, request_id, secret)
    if request.state != State.DRAFT:
        raise Refusal(N_("The request has been sent: it can be withdrawn, not erased."))
    erase_draft(request)


def erase_draft(request: AccessionRequest) -> None:
    """Erase a locked draft and its documents, also from the history."""
    number = request.id
    documents = [document.key for document in files.attachments_of("accession", number)]
    files.discard_all(owner_kind="accession", owner_id=number)
    request.delete()
    audit.forget(AccessionRequest, [number], fields=("applicant", "name", "search_name"))
    audit.forget(Attachment, documents, fields=("name", "uploaded_by"))


@action
def submit(actor: Actor, *, request_id: int, application: Application) -> AccessionRequest:
    """Send a draft to the agency, or the changes it asked for.

    An organisation that the registry knows by its tax code is linked, not doubled; a member, or one with another
    request under way, is refused with the reason.
    """
    network = lock_registry(actor.network_id)
    request = locked_request(actor, request_id)
    if request.applicant_id is None:
        raise NotPermitted(N_("Sign in to send the request."))
    require(may_edit_draft(actor, request, holds_secret=False))
    check_application(application)
    known, organisation = _known(network, application.tax_code, besides=request)
    check_not_doubled(known)
    first = request.state == State.DRAFT
    moment = clock.now()
    _copy_columns(request, application)
    request.organisation = organisation
    if first:
        request.number = _next_number(network)
        request.submitted_at = moment
    move(actor, request, "submit" if first else "answer", who_in(actor, request), at=moment)
    if first:
        publish(RequestSubmitted(request_id=request.id), network_id=network.id)
    title = _("We have received your request") if first else _("We have received your changes")
    text = answer_by(
        request,
        _("The agency of %(network)s examines it and answers by %(day)s."),
        _("The agency of %(network)s examines it and answers as soon as it can."),
    )
    tell_applicant(request, title, text)
    tell_agency(request, Told.NEW if first else Told.CHANGED)
    return request


@action
def upload_signed_copy(actor: Actor, *, request_id: int, upload: "File[bytes]") -> AccessionRequest:
    """Hand in the agreement signed by the legal representative, in place of an earlier copy; the agency confirms it."""
    request = locked_request(actor, request_id)
    require(may_hand_in_copy(actor, request))
    if request.state != State.ADMITTED:
        raise Refusal(N_("A signed copy can be handed in only after the admission and before the signature."))
    attachment = files.accept(
        upload,
        network_id=request.network_id,
        owner_kind="accession",
        owner_id=request.id,
        purpose="signed_copy",
        person_id=actor.person_id,
        field="signed_copy",
    )
    if not files.is_document(attachment):
        raise Refusal(N_("The signed copy must be a PDF or a digitally signed P7M file."), field="signed_copy")
    if request.signed_copy:
        files.discard(request.signed_copy, owner_kind="accession", owner_id=request.id)
    request.signed_copy = attachment.key
    request.save(update_fields=["signed_copy"])
    RequestEntry.objects.create(
        request=request, at=clock.now(), kind=EntryKind.UPLOAD, person_id=actor.person_id, text=attachment.name
    )
    tell_agency(request, Told.SIGNED_COPY)
    return request


def _draft(actor: Actor, request_id: int, secret: str) -> AccessionRequest:
    request = locked_request(actor, request_id)
    require(may_edit_draft(actor, request, holds_secret(request, secret)))
    return request


def _known(network: Network, tax_code: str, besides: AccessionRequest) -> tuple[Known, Organisation | None]:
    organisation = Organisation.objects.filter(network=network, tax_code=tax_code).first() if tax_code else None
    others = AccessionRequest.objects.filter(network=network, tax_code=tax_code, state__in=OPEN_STATES)
    known = Known(
        organisation_id=organisation.id if organisation else None,
        is_member=bool(organisation and organisation.member_since),
        open_request=bool(tax_code) and others.exclude(id=besides.id).exists(),
    )
    return known, organisation


def _copy_columns(request: AccessionRequest, application: Application) -> None:
    request.application = application.to_json()
    request.name = application.name
    request.search_name = search_name(application.name)[:200]
    request.core_name = core_name(application.name)[:200]
    request.tax_code = application.tax_code
    request.kind = application.kind
    request.municipality_id = application.municipality
    request.priorities = list(application.priorities)
    request.standing = application.standing


def _next_number(network: Network) -> int:
    last = AccessionRequest.objects.filter(network=network, number__isnull=False).order_by("-number").first()
    return (last.number if last else 0) + 1

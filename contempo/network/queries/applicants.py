"""What applicants see: their drafts, the request they follow, what the registry knows already."""

from collections.abc import Iterable, Mapping
from dataclasses import dataclass
from datetime import date, datetime
from typing import Any
from uuid import UUID

from contempo.core.files import Attachment, attachments_of
from contempo.core.verdict import Verdict
from contempo.core.workflow import Look
from contempo.network.access import (
    holds_secret,
    may_edit_draft,
    may_hand_in_copy,
    own_requests,
    visible_requests,
    who_in,
)
from contempo.network.models import AccessionRequest, EntryKind, Organisation, RequestEntry
from contempo.network.queries.applications import Section, sections_of
from contempo.network.queries.story import story_of
from contempo.network.rules.accession import ACCESSION, OPEN_STATES, Known, Standing, State, Who
from contempo.network.rules.application import Application
from contempo.people.public import Actor
from contempo.web.timeline import Entry

_MOST_SHOWN = 100


@dataclass(frozen=True)
class Document:
    """A document handed in with a request."""

    key: UUID
    name: str
    size: int


@dataclass(frozen=True)
class Draft:
    """A request whose answers are written in the wizard; `secret` is what opens it while nobody has claimed it.

    `answers` holds the raw values of each step, `asked` what the agency wants changed; `number` is None until sent.
    """

    id: int
    key: UUID
    secret: str
    state: str
    number: int | None
    name: str
    answers: dict[str, dict[str, Any]]
    claimed: bool
    asked: str
    contact_email: str
    may_edit: Verdict


@dataclass(frozen=True)
class MyRequest:
    """A draft or a request in one's own list. `number` is None for a draft; `name` may still be empty."""

    key: UUID
    number: int | None
    name: str
    state: str
    look: Look
    changed_at: datetime
    due_on: date | None


@dataclass(frozen=True)
class RequestPage:
    """A request as its applicant follows it.

    `may` names the steps open to the actor, `possible` those open to anybody; `reason` came with the present state.
    """

    id: int
    key: UUID
    number: int
    name: str
    state: str
    look: Look
    submitted_at: datetime
    due_on: date | None
    examiner: str
    reason: str
    may: frozenset[str]
    possible: frozenset[str]
    may_hand_in_copy: bool
    signed_copy: Document | None
    documents: tuple[Document, ...]
    sections: tuple[Section, ...]
    story: tuple[Entry, ...]
    applicant_represents: bool
    representative_name: str
    changed_since: bool
    organisation_id: int | None
    member_slug: str


def draft_for(actor: Actor, key: UUID, secret: str = "") -> Draft | None:
    """The request `key` of the actor's network, if the actor may see it or `secret` opens it. At most three SQL."""
    request = _seen(actor, key, secret)
    if request is None:
        return None
    asked = request.state == State.CHANGES_ASKED
    return Draft(
        id=request.id,
        key=request.key,
        secret=secret,
        state=request.state,
        number=request.number,
        name=request.name,
        answers=request.answers,
        claimed=request.applicant_id is not None,
        asked=_reason(request) if asked else "",
        contact_email=request.contact_email,
        may_edit=may_edit_draft(actor, request, holds_secret(request, secret)),
    )


def documents_of(request_id: int) -> tuple[Document, ...]:
    """The documents handed in with a request, the signed agreement apart. One SQL."""
    return _documents(attachments_of("accession", request_id))


def document_for(actor: Actor, key: UUID, attachment: UUID, secret: str = "") -> Attachment | None:
    """A document of the request `key`, for who takes part in it or holds its secret. At most three SQL."""
    request = _seen(actor, key, secret)
    if request is None or not (who_in(actor, request) or holds_secret(request, secret)):
        return None
    return next((each for each in attachments_of("accession", request.id) if each.key == attachment), None)


def my_requests(actor: Actor, secrets: Mapping[str, str]) -> tuple[MyRequest, ...]:
    """Drafts and requests of the actor, and the unclaimed drafts that `secrets` (by key) open; last changed first.

    One SQL; none for a visitor without drafts.
    """
    rows = own_requests(actor, AccessionRequest.objects.filter(network_id=actor.network_id))
    if secrets:
        rows |= AccessionRequest.objects.filter(network_id=actor.network_id, key__in=list(secrets), applicant=None)
    return tuple(
        MyRequest(
            key=row.key,
            number=row.number,
            name=row.name,
            state=row.state,
            look=ACCESSION.looks[State(row.state)],
            changed_at=row.changed_at,
            due_on=row.due_on,
        )
        for row in rows.order_by("-changed_at", "-id")[:_MOST_SHOWN]
        if row.applicant_id is not None or holds_secret(row, secrets[str(row.key)])
    )


def request_page(actor: Actor, key: UUID) -> RequestPage | None:
    """A sent request as its applicant follows it, None when the actor may not see it. Six SQL.

    Who reads the network without a part in the request sees neither persons nor documents.
    """
    seen = visible_requests(actor, AccessionRequest.objects.exclude(state=State.DRAFT)).filter(key=key)
    request = seen.select_related("municipality", "organisation", "examiner").first()
    if request is None:
        return None
    parts = who_in(actor, request)
    application = Application.from_json(request.application)
    attached = attachments_of("accession", request.id) if parts else ()
    return RequestPage(
        id=request.id,
        key=request.key,
        number=request.number,
        name=request.name,
        state=request.state,
        look=ACCESSION.looks[State(request.state)],
        submitted_at=request.submitted_at,
        due_on=request.due_on,
        examiner=str(request.examiner or ""),
        reason=_reason(request),
        may=frozenset(step.name for step in ACCESSION.available(request.state, parts)),
        possible=frozenset(step.name for step in ACCESSION.available(request.state, Who)),
        may_hand_in_copy=request.state == State.ADMITTED and bool(may_hand_in_copy(actor, request)),
        signed_copy=next((_document(each) for each in attached if each.key == request.signed_copy), None),
        documents=_documents(attached),
        sections=sections_of(application, str(request.municipality or ""), with_people=bool(parts)),
        story=story_of(request.id, with_notes=False),
        applicant_represents=application.standing == Standing.REPRESENTATIVE,
        representative_name=application.representative_name or application.contact_name,
        changed_since=request.state == State.CHANGES_ASKED and request.changed_at > request.state_since,
        organisation_id=request.organisation_id,
        member_slug=_slug_of_member(request.organisation),
    )


def known_to_registry(network_id: int, tax_code: str, besides: int) -> Known:
    """What the registry knows of the organisation with this tax code, request `besides` apart. Two SQL."""
    organisation = Organisation.objects.filter(network_id=network_id, tax_code=tax_code).first()
    under_way = AccessionRequest.objects.filter(network_id=network_id, tax_code=tax_code, state__in=OPEN_STATES)
    return Known(
        organisation_id=organisation.id if organisation else None,
        is_member=bool(organisation and organisation.member_since),
        open_request=under_way.exclude(id=besides).exists(),
    )


def _seen(actor: Actor, key: UUID, secret: str) -> AccessionRequest | None:
    found = AccessionRequest.objects.filter(network_id=actor.network_id, key=key)
    if secret:
        unclaimed = found.filter(applicant=None).first()
        if unclaimed and holds_secret(unclaimed, secret):
            return unclaimed
    return visible_requests(actor, found).first()


def _reason(request: AccessionRequest) -> str:
    """The text that came with the last move into the present state."""
    moves = RequestEntry.objects.filter(request=request, kind=EntryKind.MOVE, state=request.state)
    return moves.order_by("-at", "-id").values_list("text", flat=True).first() or ""


def _slug_of_member(organisation: Organisation | None) -> str:
    return organisation.slug if organisation and organisation.member_since else ""


def _documents(attached: Iterable[Attachment]) -> tuple[Document, ...]:
    return tuple(_document(each) for each in attached if each.purpose == "document")


def _document(attachment: Attachment) -> Document:
    return Document(attachment.key, attachment.name, attachment.size)

"""One request as the agency examines it: state, answers, documents, likely doubles, story, history."""

from collections.abc import Mapping
from dataclasses import dataclass
from datetime import date, datetime
from uuid import UUID

from django.db.models import QuerySet
from django.urls import reverse
from django.utils.translation import gettext as _

from contempo.core import audit
from contempo.core.files import Attachment, attachment_of, attachments_of
from contempo.core.verdict import Verdict, require
from contempo.core.workflow import Look
from contempo.network.access import (
    may_act_as_agency,
    may_read_documents,
    may_read_queue,
    may_run_agency,
    visible_requests,
    who_in,
)
from contempo.network.models import AccessionRequest, Organisation
from contempo.network.queries.applications import Section, sections_of
from contempo.network.queries.history import Line, lines_of
from contempo.network.queries.story import story_of
from contempo.network.rules.accession import ACCESSION, REMIND_AFTER, WITH_AGENCY, State, Who
from contempo.network.rules.application import Application
from contempo.network.rules.letters import LETTERS, Letter
from contempo.people.public import Actor
from contempo.web.sentences import sentence
from contempo.web.timeline import Entry

_MOST_DOUBLES = 10


@dataclass(frozen=True)
class Paper:
    """A file handed in with the request; `size` in bytes."""

    name: str
    size: int
    at: datetime
    url: str


@dataclass(frozen=True)
class Double:
    """An organisation of the registry that is, or may be, the one that asks."""

    id: int
    name: str
    kind: str
    municipality: str
    tax_code: str
    member_since: date | None
    url: str


@dataclass(frozen=True)
class Earlier:
    """Another request of the same organisation."""

    number: int
    state: Look
    since: datetime
    url: str


@dataclass(frozen=True)
class Examination:
    """A request with all the agency decides by.

    `moves` are the transitions open to the actor, empty for who only reads; `days_left` counts from today to the term
    and is negative when it has passed. `certain` has the same tax code, `possible` ones only the same distinguishing
    words in the name. `barred` says why a coordinator may not decide this one. Persons, documents and notes are there
    only for who may act for the agency in this request.
    """

    id: int
    number: int
    name: str
    state: State
    look: Look
    since: datetime
    submitted_at: datetime
    due_on: date | None
    days_left: int | None
    examiner: str
    applicant: str
    applicant_email: str
    organisation_url: str
    moves: frozenset[str]
    may_remind: bool
    may_act: Verdict
    barred: str
    sections: tuple[Section, ...]
    documents: tuple[Paper, ...]
    signed_copy: Paper | None
    certain: Double | None
    possible: tuple[Double, ...]
    earlier: tuple[Earlier, ...]
    story: tuple[Entry, ...]


def examination(actor: Actor, *, network: str, number: int, today: date) -> Examination | None:
    """The request with this number in the actor's network; None when there is none. `network` is the slug.

    Raises NotPermitted for whoever does not read the queue. At most seven SQL.
    """
    request = _visible(actor, number).select_related("municipality", "examiner", "applicant").first()
    if request is None:
        return None
    parts, may_act = who_in(actor, request), may_act_as_agency(actor, request)
    for_agency = bool(may_act)
    papers = _papers(network, request) if for_agency else {}
    certain, possible = _doubles(network, request)
    return Examination(
        id=request.id,
        number=request.number,
        name=request.name,
        state=State(request.state),
        look=ACCESSION.looks[request.state],
        since=request.state_since,
        submitted_at=request.submitted_at,
        due_on=request.due_on,
        days_left=(request.due_on - today).days if request.due_on else None,
        examiner=str(request.examiner) if request.examiner else "",
        applicant=str(request.applicant) if for_agency and request.applicant else "",
        applicant_email=(request.applicant.email or "") if for_agency and request.applicant else "",
        organisation_url=_organisation_url(network, request.organisation_id) if request.organisation_id else "",
        moves=frozenset(step.name for step in ACCESSION.available(request.state, parts & {Who.AGENCY})),
        may_remind=for_agency and request.state in REMIND_AFTER,
        may_act=may_act,
        barred=sentence(may_act) if may_run_agency(actor) else "",
        sections=sections_of(
            Application.from_json(request.application), str(request.municipality or ""), with_people=for_agency
        ),
        documents=tuple(paper for key, paper in papers.items() if key != request.signed_copy),
        signed_copy=papers.get(request.signed_copy) if request.signed_copy else None,
        certain=certain,
        possible=possible,
        earlier=_earlier(network, request),
        story=story_of(request.id, with_notes=for_agency, with_applicant=for_agency),
    )


def request_history(actor: Actor, *, number: int) -> tuple[str, tuple[Line, ...]] | None:
    """Name of the organisation and who changed what in its request, newest first; None when there is no such request.

    Raises NotPermitted. The number of SQL does not grow with the history.
    """
    request = _visible(actor, number).first()
    if request is None:
        return None
    for_agency = bool(may_act_as_agency(actor, request))
    main = str(AccessionRequest._meta.verbose_name)
    return request.name, lines_of(audit.history(request, limit=100), main=main, with_persons=for_agency)


def paper(actor: Actor, *, number: int, key: UUID) -> Attachment | None:
    """A file of the request with this number; None when there is none. Raises NotPermitted. Two SQL."""
    request = _visible(actor, number).only("id").first()
    if request is None:
        return None
    require(may_read_documents(actor))
    try:
        return attachment_of(key, owner_kind="accession", owner_id=request.id)
    except Attachment.DoesNotExist:
        return None


def letter_about(transition: str, *, network: str, name: str, reason: str) -> Letter:
    """What the organisation called `name` will read of this decision, in the active language; `network` is a name."""
    letter = LETTERS[transition]
    return Letter(_(letter.title), _(letter.text)).written(network=network, name=name, reason=reason)


def _visible(actor: Actor, number: int) -> QuerySet[AccessionRequest]:
    require(may_read_queue(actor))
    requests = AccessionRequest.objects.exclude(state=State.DRAFT).filter(number=number)
    return visible_requests(actor, requests)


def _papers(network: str, request: AccessionRequest) -> Mapping[UUID, Paper]:
    def url(key: UUID) -> str:
        return reverse(
            "network:examine_document", kwargs={"network": network, "number": request.number, "attachment": key}
        )

    attached = attachments_of("accession", request.id)
    kept = [each for each in attached if each.purpose == "document" or each.key == request.signed_copy]
    return {each.key: Paper(each.name, each.size, each.at, url(each.key)) for each in kept}


def _doubles(network: str, request: AccessionRequest) -> tuple[Double | None, tuple[Double, ...]]:
    """The certain double and the possible ones, looked for while the agency decides."""
    if request.state not in (*WITH_AGENCY, State.CHANGES_ASKED):
        return None, ()
    registry = Organisation.objects.filter(network_id=request.network_id).select_related("municipality")
    same = registry.filter(tax_code=request.tax_code).first() if request.tax_code else None
    if same:
        return _double(network, same), ()
    alike = registry.filter(core_name=request.core_name, tax_code="").order_by("search_name", "id")[:_MOST_DOUBLES]
    return None, tuple(_double(network, organisation) for organisation in alike)


def _double(network: str, organisation: Organisation) -> Double:
    return Double(
        id=organisation.id,
        name=organisation.name,
        kind=organisation.get_kind_display(),
        municipality=str(organisation.municipality or ""),
        tax_code=organisation.tax_code,
        member_since=organisation.member_since,
        url=_organisation_url(network, organisation.id),
    )


def _organisation_url(network: str, organisation_id: int) -> str:
    return reverse("network:organisation", kwargs={"network": network, "organisation_id": organisation_id})


def _earlier(network: str, request: AccessionRequest) -> tuple[Earlier, ...]:
    if not request.tax_code:
        return ()
    others = AccessionRequest.objects.filter(network_id=request.network_id, tax_code=request.tax_code)
    others = others.exclude(state=State.DRAFT).exclude(id=request.id).order_by("-submitted_at")[:5]
    return tuple(
        Earlier(
            other.number,
            ACCESSION.looks[other.state],
            other.state_since,
            reverse("network:examine", kwargs={"network": network, "number": other.number}),
        )
        for other in others.defer("answers", "application")
    )

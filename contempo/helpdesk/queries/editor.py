"""The page on which an answer is written, with all that is needed beside the text."""

from dataclasses import dataclass
from datetime import datetime
from uuid import UUID

from django.urls import reverse
from django.utils.translation import gettext

from contempo.core import clock
from contempo.core.files import Attachment, attachments_of
from contempo.helpdesk.models import AnswerDraft, AnswerTemplate, MessageKind, Question
from contempo.helpdesk.queries.opened import Deadlines, Opened, deadlines, opened
from contempo.helpdesk.queries.working import WRITING
from contempo.helpdesk.rules.questions import State, Who
from contempo.helpdesk.rules.templates import Variable
from contempo.helpdesk.rules.topics import TOPIC_LABELS
from contempo.network.public import OrganisationLink, find_organisations, organisation_links
from contempo.norms.public import NormBrief, find_norms, norms_by_id
from contempo.people.public import Actor, names
from contempo.web.templatetags.web import by_time


@dataclass(frozen=True)
class Line:
    """Something said before, as it stands beside the editor."""

    title: str
    at: datetime
    text: str
    internal: bool


@dataclass(frozen=True)
class Attached:
    """A file of the draft; `size` in bytes."""

    key: UUID
    name: str
    size: int
    url: str


@dataclass(frozen=True)
class Draft:
    """What somebody is writing, with the version they last saved."""

    id: int
    author_id: int
    text: str
    version: int
    saved_at: datetime | None
    norm_ids: tuple[int, ...]
    organisation_ids: tuple[int, ...]
    reading: str
    reading_comment: str


NOTHING_YET = Draft(0, 0, "", 0, None, (), (), "", "")


@dataclass(frozen=True)
class Editor:
    """An answer being written. `sendable` while the reader holds the question; `writing` names who else writes now."""

    id: int
    number: str
    subject: str
    language: str
    clock: Deadlines | None
    sendable: bool
    may_take: bool
    holder: str
    lease_until: datetime | None
    draft: Draft
    norms: tuple[NormBrief, ...]
    organisations: tuple[OrganisationLink, ...]
    files: tuple[Attached, ...]
    writing: tuple[str, ...]
    said: tuple[Line, ...]
    templates: tuple[tuple[int, str], ...]


@dataclass(frozen=True)
class Searched:
    """What the words typed beside the text found."""

    norm_words: str
    norms: tuple[NormBrief, ...]
    organisation_words: str
    organisations: tuple[OrganisationLink, ...]


def editor(actor: Actor, *, network: str, number: int) -> Editor | None:
    """The answer `actor` writes to the question with this number; None when they may not. Six SQL at most."""
    one = opened(actor, number, with_talk=True)
    if one is None or not one.free or not one.parts & {Who.EXPERT, Who.COORDINATOR}:
        return None
    question, now = one.question, clock.now()
    draft = _own_draft(actor, one)
    others = [each for each in one.drafts if each["who_id"] != actor.person_id and now - each["saved_at"] <= WRITING]
    who = one.people
    mine = question.holder_id == actor.person_id
    over = question.lease_until is not None and question.lease_until <= now
    cited = norms_by_id(draft.norm_ids, clock.today())
    linked = organisation_links(question.network_id, draft.organisation_ids)
    templates = AnswerTemplate.objects.filter(network_id=question.network_id)
    return Editor(
        id=question.pk,
        number=str(question.number),
        subject=question.subject,
        language=question.language,
        clock=deadlines(one, now),
        sendable=mine and question.state == State.TAKEN,
        may_take=question.state == State.OPEN or (question.state == State.TAKEN and over and not mine),
        holder=who.get(question.holder_id or 0, ""),
        lease_until=question.lease_until,
        draft=draft,
        norms=tuple(cited[key] for key in draft.norm_ids if key in cited),
        organisations=tuple(linked[key] for key in draft.organisation_ids if key in linked),
        files=_files(draft, network, number),
        writing=tuple(who.get(each["who_id"], "") for each in others),
        said=_said(one),
        templates=tuple(templates.order_by("language", "title").values_list("id", "title")),
    )


def searched(actor: Actor, *, norm_words: str, organisation_words: str) -> Searched:
    """The norms and the organisations of the actor's network that the words typed find. Two SQL at most."""
    network_id = actor.network_id or 0
    return Searched(
        norm_words=norm_words,
        norms=find_norms(network_id, norm_words) if norm_words.strip() else (),
        organisation_words=organisation_words,
        organisations=find_organisations(network_id, organisation_words) if organisation_words.strip() else (),
    )


def values_for_template(actor: Actor, *, question_id: int) -> dict[str, str]:
    """What the variables of a template stand for in an answer of `actor` to a question of their network. Two SQL."""
    question = Question.objects.select_related("asker").get(pk=question_id, network_id=actor.network_id)
    return {
        Variable.NAME: question.asker.full_name if question.asker else "",
        Variable.NUMBER: str(question.number),
        Variable.DUE: by_time(question.due_at),
        Variable.TOPIC: gettext(TOPIC_LABELS[question.topic]),
        Variable.EXPERT: names([actor.person_id]).get(actor.person_id or 0, ""),
    }


def draft_file(actor: Actor, *, number: int, key: UUID) -> Attachment | None:
    """A file of the draft `actor` writes to the question with this number; None when there is none. One SQL."""
    mine = AnswerDraft.objects.filter(
        question__number=number, question__network_id=actor.network_id, author_id=actor.person_id
    )
    return Attachment.objects.filter(key=key, owner_kind=AnswerDraft.FILES, owner_id__in=mine.values("pk")).first()


def _own_draft(actor: Actor, one: Opened) -> Draft:
    found = next((each for each in one.drafts if each["who_id"] == actor.person_id), None)
    return _draft(found) if found else NOTHING_YET


def _draft(row: dict) -> Draft:
    return Draft(
        id=row["id"],
        author_id=row["who_id"],
        text=row["text"],
        version=row["version"],
        saved_at=row["saved_at"],
        norm_ids=tuple(row["norm_ids"]),
        organisation_ids=tuple(row["organisation_ids"]),
        reading=row["reading"],
        reading_comment=row["reading_comment"],
    )


def _files(draft: Draft, network: str, number: int) -> tuple[Attached, ...]:
    if not draft.id:
        return ()

    def url(key: UUID) -> str:
        return reverse("helpdesk:desk_draft_file", kwargs={"network": network, "number": number, "attachment": key})

    return tuple(
        Attached(each.key, each.name, each.size, url(each.key)) for each in attachments_of(AnswerDraft.FILES, draft.id)
    )


def _said(one: Opened) -> tuple[Line, ...]:
    return tuple(
        Line(str(MessageKind(each["kind"]).label), each["at"], each["text"], each["internal"]) for each in one.talk
    )

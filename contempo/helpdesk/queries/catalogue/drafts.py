"""A revision as the desk works at it: its words with their marks, what it changes, who may do what."""

from collections.abc import Iterable, Mapping
from dataclasses import dataclass
from datetime import datetime

from django.db.models import Q
from django.urls import reverse
from django.utils.translation import gettext

from contempo.core import clock
from contempo.core.verdict import Verdict
from contempo.core.words import N_
from contempo.core.workflow import Look
from contempo.helpdesk.access import (
    may_keep_catalogue,
    may_propose_entry,
    names_not_told,
    parts_in_revision,
    visible_questions,
)
from contempo.helpdesk.models import MessageKind, Question, Revision
from contempo.helpdesk.rules.asking import subject_of
from contempo.helpdesk.rules.differences import Piece, differences
from contempo.helpdesk.rules.entries import (
    HARMLESS_LABELS,
    REVISION,
    SIGNIFICANCE_LABELS,
    WRITABLE,
    Facts,
    RevisionState,
    Who,
    Words,
)
from contempo.helpdesk.rules.redaction import KIND_LABELS, Known, Mark, found
from contempo.norms.public import NormBrief, norms_by_id
from contempo.people.public import Actor

PART_LABELS = {
    "title": N_("Title"),
    "question": N_("The case, in general"),
    "answer": N_("Answer"),
    "sources": N_("Sources"),
}


@dataclass(frozen=True)
class MarkLine:
    """A mark, once for all places where its words stand; `why` says why it could identify someone.

    `judged` says why it identifies nobody and `judge` who says so, empty while nobody has.
    """

    kind: str
    key: str
    text: str
    label: str
    why: str
    times: int
    judged: str
    judge: str


MarkedPiece = tuple[str, str]
"""A piece of text with what it is: "" plain, "open" a mark to judge, "judged" one that identifies nobody."""


@dataclass(frozen=True)
class Part:
    """One text of a revision: its marks shown in it, and what it changes in the text shown today."""

    field: str
    label: str
    pieces: tuple[MarkedPiece, ...]
    changes: tuple[Piece, ...]


@dataclass(frozen=True)
class RevisionPage:
    """A revision for the desk. `may` names the steps open to the reader: those of the workflow, "write" and "discard".

    `original` holds the words a translation translates, None in the first language; `present` tells whether the public
    reads an older text in this language.
    """

    id: int
    entry_id: int
    entry_number: str
    number: str
    language: str
    is_first: bool
    state: str
    look: Look
    words: Words
    parts: tuple[Part, ...]
    marks: tuple[MarkLine, ...]
    facts: Facts | None
    norms: tuple[NormBrief, ...]
    significance: str
    significance_label: str
    comment: str
    author: str
    changed_at: datetime
    approver: str
    decided_at: datetime | None
    decision: str
    original: Words | None
    present: bool
    may: frozenset[str]

    @property
    def judged_marks(self) -> tuple[MarkLine, ...]:
        """The marks that identify nobody, somebody has said."""
        return tuple(mark for mark in self.marks if mark.judged)

    @property
    def open_marks(self) -> tuple[MarkLine, ...]:
        """The marks nobody has judged."""
        return tuple(mark for mark in self.marks if not mark.judged)


@dataclass(frozen=True)
class ProposalPage:
    """An answered question about to become an entry: its words with their marks; `verdict` says whether it may."""

    question_id: int
    number: str
    parts: tuple[Part, ...]
    marks: tuple[MarkLine, ...]
    verdict: Verdict
    url: str


def revision_page(actor: Actor, entry_number: int, revision_id: int) -> RevisionPage | None:
    """A revision of an entry of the actor's network; None for who does not keep the catalogue. Seven SQL at most."""
    if not may_keep_catalogue(actor):
        return None
    rows = Revision.objects.filter(entry__number=entry_number, entry__network_id=actor.network_id)
    related = rows.select_related("entry", "based_on", "author", "approver")
    texts_there = list(related.filter(Q(pk=revision_id) | Q(current=True)))
    revision = next((each for each in texts_there if each.pk == revision_id), None)
    if revision is None:
        return None
    entry, facts = revision.entry, Facts.from_json(revision.facts) if revision.facts else None
    words = Words(revision.title, revision.question, revision.answer)
    texts = {**words.parts, "sources": "\n".join(each.title for each in facts.sources) if facts else ""}
    known = names_not_told(entry.network_id, "\n".join(texts.values()))
    others = (each for each in texts_there if each.current and each.pk != revision_id)
    before = next((each for each in others if each.language == revision.language), None)
    judged = revision.resolved.select_related("person")
    said = {(mark.kind, mark.key): (gettext(HARMLESS_LABELS[mark.why]), str(mark.person)) for mark in judged}
    marks = {field: found(text, known) for field, text in texts.items()}
    based = revision.based_on
    norms = norms_by_id(facts.norms, clock.today()) if facts else {}
    return RevisionPage(
        id=revision.pk,
        entry_id=entry.pk,
        entry_number=str(entry.number),
        number=str(revision.number),
        language=revision.language,
        is_first=revision.language == entry.language,
        state=revision.state,
        look=REVISION.looks[RevisionState(revision.state)],
        words=words,
        parts=_parts(texts, marks, said, before),
        marks=_lines(marks, said),
        facts=facts,
        norms=tuple(norms[number] for number in facts.norms if number in norms) if facts else (),
        significance=revision.significance,
        significance_label=gettext(SIGNIFICANCE_LABELS[revision.significance]),
        comment=revision.comment,
        author=str(revision.author),
        changed_at=revision.changed_at,
        approver=str(revision.approver) if revision.approver else "",
        decided_at=revision.decided_at,
        decision=revision.decision,
        original=Words(based.title, based.question, based.answer) if based else None,
        present=before is not None,
        may=_steps(actor, revision),
    )


def proposal_page(actor: Actor, number: int, *, network: str) -> ProposalPage | None:
    """An answered question as it could become an entry; None when the actor may not open it. Nine SQL at most."""
    question = visible_questions(actor, Question.objects.filter(number=number).select_related("asker")).first()
    if question is None:
        return None
    verdict = may_propose_entry(actor, question)
    texts = _told(question) if verdict else {}
    known = Known()
    if texts:
        parties = question.counterparts.values_list("name", flat=True)
        asker = [str(question.asker)] if question.asker else []
        said = "\n".join(texts.values())
        known = names_not_told(question.network_id, said, persons=asker, organisations=parties)
    marks = {field: found(text, known) for field, text in texts.items()}
    return ProposalPage(
        question_id=question.pk,
        number=str(question.number),
        parts=_parts(texts, marks, {}, None),
        marks=_lines(marks, {}),
        verdict=verdict,
        url=reverse("helpdesk:desk_question", args=[network, question.number]),
    )


def _told(question: Question) -> dict[str, str]:
    said = list(question.messages.filter(internal=False, kind__in=(MessageKind.QUESTION, MessageKind.ANSWER)))
    asked = [message.text for message in said if message.kind == MessageKind.QUESTION]
    answered = [message.text for message in said if message.kind == MessageKind.ANSWER]
    if not asked or not answered:
        return {}
    return {"title": subject_of(asked[0]), "question": asked[0], "answer": answered[-1]}


def _steps(actor: Actor, revision: Revision) -> frozenset[str]:
    parts = parts_in_revision(actor, revision)
    steps = {step.name for step in REVISION.available(revision.state, parts)}
    if Who.AUTHOR in parts and revision.state in WRITABLE:
        steps.add("write")
    if parts & {Who.AUTHOR, Who.COORDINATOR} and revision.state != RevisionState.APPROVED:
        steps.add("discard")
    return frozenset(steps)


Said = Mapping[tuple[str, str], tuple[str, str]]


def _parts(
    texts: Mapping[str, str], marks: Mapping[str, Iterable[Mark]], said: Said, before: Revision | None
) -> tuple[Part, ...]:
    return tuple(
        Part(
            field=field,
            label=gettext(PART_LABELS[field]),
            pieces=tuple(_pieces(text, marks[field], said)),
            changes=_changes(before, field, text),
        )
        for field, text in texts.items()
        if text
    )


def _changes(before: Revision | None, field: str, text: str) -> tuple[Piece, ...]:
    """What a text changes in the one shown today; nothing when they are the same."""
    if before is None or field == "sources" or getattr(before, field) == text:
        return ()
    return differences(getattr(before, field), text)


def _pieces(text: str, marks: Iterable[Mark], said: Said) -> Iterable[MarkedPiece]:
    at = 0
    for mark in marks:
        if at < mark.start:
            yield text[at : mark.start], ""
        yield mark.text, "judged" if (str(mark.kind), mark.key) in said else "open"
        at = mark.end
    if at < len(text):
        yield text[at:], ""


def _lines(marks: Mapping[str, Iterable[Mark]], said: Said) -> tuple[MarkLine, ...]:
    every = [mark for each in marks.values() for mark in each]
    first = {(str(mark.kind), mark.key): mark for mark in reversed(every)}
    lines = []
    for kind, key in dict.fromkeys((str(mark.kind), mark.key) for mark in every):
        mark, (why, judge) = first[kind, key], said.get((kind, key), ("", ""))
        lines.append(
            MarkLine(
                kind=kind,
                key=key,
                text=mark.text,
                label=gettext(KIND_LABELS[kind]),
                why=gettext(mark.why) % {"detail": mark.detail} if mark.detail else gettext(mark.why),
                times=sum((str(each.kind), each.key) == (kind, key) for each in every),
                judged=why,
                judge=judge,
            )
        )
    return tuple(lines)

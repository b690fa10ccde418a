"""Writing entries: from an answered question or from nothing, revisions, translations, marks judged."""

from datetime import datetime

from django.db.models import Max

from contempo.core import clock
from contempo.core.action import action
from contempo.core.verdict import Refusal, require
from contempo.core.words import N_
from contempo.helpdesk.access import (
    may_answer,
    may_keep_catalogue,
    may_propose_entry,
    names_not_told,
    parts_in_revision,
)
from contempo.helpdesk.actions.catalogue.finding import address, keep_address
from contempo.helpdesk.actions.catalogue.marks import (
    Judged,
    check_marks,
    forget_marks_gone,
    judge,
    locked_entry,
    locked_revision,
    writable_revision,
)
from contempo.helpdesk.actions.catalogue.telling import tell_proposed
from contempo.helpdesk.actions.moves import locked_question
from contempo.helpdesk.models import DeskPolicy, Entry, MessageKind, Question, ResolvedMark, Revision
from contempo.helpdesk.rules.asking import subject_of
from contempo.helpdesk.rules.entries import (
    CATALOGUE,
    LANGUAGES,
    REVIEW_AFTER,
    REVISION,
    Facts,
    Harmless,
    RevisionState,
    Significance,
    State,
    Who,
    Words,
    check_complete,
    check_facts,
    check_lengths,
)
from contempo.helpdesk.rules.redaction import Known, kept
from contempo.norms.public import norms_by_id
from contempo.people.public import Actor, names


@action
def propose_entry(actor: Actor, *, question_id: int, judged: Judged | None = None) -> Revision:
    """Draft an entry from an answered question whose asker agreed.

    Only redacted words are copied: whatever could identify someone is taken out, unless it is among `judged`. The entry
    keeps no link to the question; the question keeps that a publication was proposed, and nothing else.
    """
    question = locked_question(actor, question_id)
    require(may_propose_entry(actor, question))
    words, norms = _told(question)
    known = _known_of(question, words)
    judged = judged or {}
    keep = {key for key, why in judged.items() if Harmless(why)}
    bare = Words(*(kept(text, known, keep) for text in (words.title, words.question, words.answer)))
    facts = Facts((question.topic,), norms, (), clock.today() + REVIEW_AFTER)
    revision = _begin_entry(actor, question.language, bare, facts)
    judge(actor, revision, judged, known)
    question.publication = "proposed"
    question.save(update_fields=["publication"])
    return revision


@action
def note_publication(actor: Actor, *, question_id: int) -> None:
    """Note on a question that what was proposed from it has been published. A person knows it; the entry does not."""
    _end_proposal(actor, question_id, "published")


@action
def forget_publication(actor: Actor, *, question_id: int) -> None:
    """Note on a question that what was proposed from it will not be published: its asker chooses again."""
    _end_proposal(actor, question_id, "")


def _end_proposal(actor: Actor, question_id: int, publication: str) -> None:
    question = locked_question(actor, question_id)
    require(may_answer(actor, question))
    if question.publication != "proposed":
        raise Refusal(N_("No publication has been proposed from this question."))
    question.publication = publication
    question.save(update_fields=["publication"])


def _told(question: Question) -> tuple[Words, tuple[int, ...]]:
    """What was asked and answered last, and the norms of the answer, by id."""
    said = question.messages.filter(internal=False)
    asked = said.filter(kind=MessageKind.QUESTION).first()
    answer = said.filter(kind=MessageKind.ANSWER).last()
    if asked is None or answer is None:
        raise Refusal(N_("Only an answered question can become an entry of the catalogue."))
    norms = tuple(answer.norms.order_by("id").values_list("id", flat=True))
    return Words(subject_of(asked.text), asked.text, answer.text), norms


def _known_of(question: Question, words: Words) -> Known:
    asker = names([question.asker_id]).values()
    parties = question.counterparts.values_list("name", flat=True)
    text = "\n".join(words.parts.values())
    return names_not_told(question.network_id, text, persons=asker, organisations=parties)


@action
def draft_entry(actor: Actor, *, language: str, words: Words, facts: Facts, comment: str = "") -> Revision:
    """Begin an entry that comes from no question."""
    require(may_keep_catalogue(actor))
    return _begin_entry(actor, language, words, facts, comment)


def _begin_entry(actor: Actor, language: str, words: Words, facts: Facts, comment: str = "") -> Revision:
    _check(actor, language, words, facts)
    now = clock.now()
    # Numbers and addresses of a network are given out one after the other.
    DeskPolicy.objects.bulk_create([DeskPolicy(network_id=actor.network_id)], ignore_conflicts=True)
    DeskPolicy.objects.select_for_update(no_key=True).get(network_id=actor.network_id)
    last = Entry.objects.filter(network_id=actor.network_id).aggregate(last=Max("number"))["last"] or 0
    entry = Entry(
        network_id=actor.network_id, number=last + 1, language=language, topics=list(facts.topics), state_since=now
    )
    address(entry, words.title)
    entry.save()
    keep_address(entry)
    return _add_revision(actor, entry, language, words, facts, Significance.SUBSTANCE, comment=comment, now=now)


def _add_revision(
    actor: Actor,
    entry: Entry,
    language: str,
    words: Words,
    facts: Facts | None,
    significance: str,
    *,
    comment: str = "",
    based_on: Revision | None = None,
    now: datetime,
) -> Revision:
    last = Revision.objects.filter(entry=entry, language=language).aggregate(last=Max("number"))["last"] or 0
    return Revision.objects.create(
        entry=entry,
        language=language,
        number=last + 1,
        **words.parts,
        facts=facts.to_json() if facts else None,
        significance=significance,
        comment=comment,
        author_id=actor.person_id,
        begun_at=now,
        changed_at=now,
        based_on=based_on,
    )


@action
def begin_revision(actor: Actor, *, entry_id: int, language: str) -> Revision:
    """Begin a new version of an entry in one language, from its present words; a translation begins empty."""
    require(may_keep_catalogue(actor))
    entry = locked_entry(actor, entry_id)
    if language not in LANGUAGES:
        raise ValueError(f"no such language: {language}")
    if entry.revisions.filter(language=language).exclude(state=RevisionState.APPROVED).exists():
        raise Refusal(N_("Somebody is at work on this text already: its revision must end first."))
    now, is_first = clock.now(), language == entry.language
    present = entry.revisions.filter(language=language, current=True).first()
    source = entry.revisions.filter(language=entry.language, current=True).first()
    if source is None:
        raise Refusal(N_("The first text of an entry is approved before it is revised or translated."))
    words = Words(present.title, present.question, present.answer) if present else Words(source.title, "", "")
    revision = _add_revision(
        actor,
        entry,
        language,
        words,
        facts_of(entry) if is_first else None,
        Significance.WORDING if present else Significance.SUBSTANCE,
        based_on=None if is_first else source,
        now=now,
    )
    if present:
        ResolvedMark.objects.bulk_create(
            ResolvedMark(revision=revision, kind=mark.kind, key=mark.key, person=mark.person, at=mark.at, why=mark.why)
            for mark in present.resolved.select_related("person")
        )
    return revision


def facts_of(entry: Entry) -> Facts:
    """What an entry rests on today, with its next review where that is still to come."""
    sources = entry.sources.values_list("title", "url", "checked_on")
    later = entry.review_on if entry.review_on and entry.review_on > clock.today() else clock.today() + REVIEW_AFTER
    return Facts.from_json(
        {
            "topics": entry.topics,
            "norms": list(entry.citations.values_list("norm_id", flat=True)),
            "sources": [[title, url, day.isoformat()] for title, url, day in sources],
            "review_on": later.isoformat(),
        }
    )


@action
def save_revision(
    actor: Actor,
    *,
    revision_id: int,
    words: Words,
    significance: str,
    comment: str = "",
    facts: Facts | None = None,
    seen_at: datetime | None = None,
) -> Revision:
    """Keep what the author has written; `seen_at` is the last change the writer saw, and must still be the last."""
    revision = writable_revision(actor, revision_id)
    if seen_at is not None and seen_at != revision.changed_at:
        raise Refusal(N_("This text was changed in another window meanwhile: open it again, yours is below to copy."))
    is_first = revision.language == revision.entry.language
    _check(actor, revision.language, words, facts if is_first else None)
    for field, text in words.parts.items():
        setattr(revision, field, text.strip())
    if is_first and facts is not None:
        revision.facts = facts.to_json()
    revision.significance = Significance(significance)
    revision.comment = comment.strip()[:500]
    revision.changed_at = clock.now()
    revision.save()
    forget_marks_gone(revision)
    return revision


@action
def propose_revision(actor: Actor, *, revision_id: int) -> Revision:
    """Ask for a second person; refused while the text has gaps or a mark remains."""
    revision = locked_revision(actor, revision_id)
    parts = parts_in_revision(actor, revision)
    words = Words(revision.title, revision.question, revision.answer)
    check_complete(words, revision.facts["topics"] if revision.facts else revision.entry.topics)
    check_marks(revision)
    revision.state = REVISION.move(revision.state, "propose", parts)
    revision.save()
    entry = revision.entry
    if entry.state == State.DRAFT:
        entry.state = CATALOGUE.move(entry.state, "propose", {Who.AUTHOR})
        entry.state_since = clock.now()
        entry.save()
    tell_proposed(revision)
    return revision


@action
def take_back(actor: Actor, *, revision_id: int) -> Revision:
    """Go on writing what was proposed."""
    revision = locked_revision(actor, revision_id)
    revision.state = REVISION.move(revision.state, "take_back", parts_in_revision(actor, revision))
    revision.save()
    back_to_draft(revision.entry)
    return revision


@action
def discard_revision(actor: Actor, *, revision_id: int) -> bool:
    """Give up a revision that was never approved; whether the entry, never published, went with it."""
    revision = locked_revision(actor, revision_id)
    if not parts_in_revision(actor, revision) & {Who.AUTHOR, Who.COORDINATOR}:
        raise Refusal(N_("Only the author or a coordinator gives up a revision."))
    if revision.state == RevisionState.APPROVED:
        raise Refusal(N_("This revision has been approved: it stays in the history."))
    entry = revision.entry
    revision.delete()
    if not entry.revisions.exists():
        entry.delete()
        return True
    back_to_draft(entry)
    return False


def back_to_draft(entry: Entry) -> None:
    """An entry whose only revision is no longer proposed is a draft again."""
    if entry.state == State.IN_REVIEW:
        entry.state, entry.state_since = CATALOGUE.move(entry.state, "send_back", {Who.SECOND}), clock.now()
        entry.save()


def _check(actor: Actor, language: str, words: Words, facts: Facts | None) -> None:
    if language not in LANGUAGES:
        raise ValueError(f"no such language: {language}")
    check_lengths(words)
    if facts is not None:
        check_facts(facts, clock.today())
        theirs = norms_by_id(facts.norms, clock.today())
        if len(theirs) < len(set(facts.norms)) or any(norm.network_id != actor.network_id for norm in theirs.values()):
            raise Refusal(N_("Choose norms from the registry of this network."), field="norms")

"""Revisions locked for writing, and what in them could identify someone: judged, forgotten, checked."""

from collections.abc import Collection, Mapping

from contempo.core import clock
from contempo.core.action import action
from contempo.core.verdict import Refusal, require
from contempo.core.words import N_
from contempo.helpdesk.access import may_keep_catalogue, names_not_told, parts_in_revision
from contempo.helpdesk.models import Entry, ResolvedMark, Revision
from contempo.helpdesk.rules.entries import WRITABLE, Facts, Harmless, Who
from contempo.helpdesk.rules.redaction import Known, found, refuse_unresolved, unresolved
from contempo.people.public import Actor

Judged = Mapping[tuple[str, str], str]
"""Marks by (kind, key) with why they identify nobody, one of `Harmless`."""


@action
def judge_marks(actor: Actor, *, revision_id: int, judged: Judged) -> None:
    """Record that marks of a revision identify nobody, who says so and why; marks that are not there are left out."""
    revision = writable_revision(actor, revision_id)
    text = published_text(revision)
    judge(actor, revision, judged, names_not_told(revision.entry.network_id, text))


@action
def judge_anew(actor: Actor, *, revision_id: int, kind: str, key: str) -> None:
    """Take back that a mark identifies nobody."""
    writable_revision(actor, revision_id).resolved.filter(kind=kind, key=key).delete()


def judge(actor: Actor, revision: Revision, judged: Judged, known: Known) -> None:
    """Write down what was judged of the marks of a revision; a mark that is not there is left out."""
    there = {(str(mark.kind), mark.key) for part in parts_published(revision) for mark in found(part, known)}
    ResolvedMark.objects.bulk_create(
        (
            ResolvedMark(
                revision=revision, kind=kind, key=key, person_id=actor.person_id, at=clock.now(), why=Harmless(why)
            )
            for (kind, key), why in judged.items()
            if (kind, key) in there
        ),
        ignore_conflicts=True,
    )


def forget_marks_gone(revision: Revision) -> None:
    """What was judged and is no longer in the text need not be kept."""
    known = names_not_told(revision.entry.network_id, published_text(revision))
    there = {(str(mark.kind), mark.key) for part in parts_published(revision) for mark in found(part, known)}
    gone = [mark.pk for mark in revision.resolved.all() if (mark.kind, mark.key) not in there]
    if gone:
        revision.resolved.filter(pk__in=gone).delete()


def check_marks(revision: Revision) -> None:
    """Refuse to go on while something in a revision could identify someone and nobody has judged it."""
    known = names_not_told(revision.entry.network_id, published_text(revision))
    resolved = judged_marks(revision)
    for field in ("title", "question", "answer"):
        refuse_unresolved(unresolved(getattr(revision, field), known, resolved), field=field)
    for part in parts_published(revision)[3:]:
        refuse_unresolved(unresolved(part, known, resolved), field="sources")


def judged_marks(revision: Revision) -> Collection[tuple[str, str]]:
    """What was judged to identify nobody in a revision, as (kind, key)."""
    return set(revision.resolved.values_list("kind", "key"))


def parts_published(revision: Revision) -> tuple[str, ...]:
    """The texts of a revision that the public will read: title, question, answer, titles of sources."""
    sources = Facts.from_json(revision.facts).sources if revision.facts else ()
    return (revision.title, revision.question, revision.answer, *(source.title for source in sources))


def published_text(revision: Revision) -> str:
    """All that the public will read of a revision."""
    return "\n".join(parts_published(revision))


def locked_entry(actor: Actor, entry_id: int) -> Entry:
    """The entry of the actor's network, locked until the end of the transaction; Refusal when it is not there."""
    found_ = Entry.objects.select_for_update(of=("self",)).filter(pk=entry_id, network_id=actor.network_id)
    if (entry := found_.select_related("network").first()) is None:
        raise Refusal(N_("This entry is not there any more."))
    return entry


def locked_revision(actor: Actor, revision_id: int) -> Revision:
    """A revision and its entry, locked in this order: entry, revision. Refusal when it is not there."""
    require(may_keep_catalogue(actor))
    rows = Revision.objects.filter(pk=revision_id, entry__network_id=actor.network_id)
    if (entry_id := rows.values_list("entry_id", flat=True).first()) is None:
        raise Refusal(N_("This revision is not there any more."))
    entry = locked_entry(actor, entry_id)
    revision = rows.select_for_update(of=("self",)).first()
    if revision is None:
        raise Refusal(N_("This revision is not there any more."))
    revision.entry = entry
    return revision


def writable_revision(actor: Actor, revision_id: int) -> Revision:
    """A locked revision the actor may write in; Refusal otherwise."""
    revision = locked_revision(actor, revision_id)
    if Who.AUTHOR not in parts_in_revision(actor, revision):
        raise Refusal(N_("Somebody else is writing this text: only its author changes it."))
    if revision.state not in WRITABLE:
        raise Refusal(N_("This text has been proposed: take it back before you change it."))
    return revision

"""What a second person decides on a revision, and the upkeep of what is published."""

from collections.abc import Iterable
from datetime import date

from contempo.core import clock
from contempo.core.action import action
from contempo.core.verdict import Refusal, require
from contempo.core.words import N_
from contempo.helpdesk.access import may_keep_catalogue, may_run_installation, parts_in_revision
from contempo.helpdesk.actions.catalogue.drafting import back_to_draft
from contempo.helpdesk.actions.catalogue.finding import address, index, keep_address
from contempo.helpdesk.actions.catalogue.marks import check_marks, locked_entry, locked_revision
from contempo.helpdesk.actions.catalogue.telling import tell_approved, tell_sent_back, tell_to_review
from contempo.helpdesk.models import Entry, EntryNorm, EntrySource, Revision
from contempo.helpdesk.rules.entries import (
    CATALOGUE,
    REVISION,
    Facts,
    Review,
    State,
    Who,
    check_complete,
    check_review_date,
    clears_review,
    may_approve,
    reason_for,
    weightier,
)
from contempo.helpdesk.rules.entries import Words as EntryWords
from contempo.people.public import Actor


@action
def approve_revision(actor: Actor, *, revision_id: int, comment: str = "") -> Revision:
    """Approve a revision one has not written: it is what the public reads from now on.

    Marks are looked for again, because names may have become known since it was proposed.
    """
    revision = locked_revision(actor, revision_id)
    require(may_approve(author_id=revision.author_id, person_id=actor.person_id))
    entry, now = revision.entry, clock.now()
    check_complete(EntryWords(revision.title, revision.question, revision.answer), _topics(revision))
    check_marks(revision)
    revision.state = REVISION.move(revision.state, "approve", parts_in_revision(actor, revision))
    before = list(entry.revisions.filter(current=True)) if entry.state == State.PUBLISHED else []
    entry.revisions.filter(language=revision.language, current=True).update(current=False)
    revision.approver_id, revision.decided_at = actor.person_id, now
    revision.decision, revision.current = comment.strip(), True
    revision.save()
    if entry.state != State.PUBLISHED:
        entry.state, entry.state_since = CATALOGUE.move(entry.state, "publish", {Who.SECOND}), now
        entry.retired_why = ""
    entry.published_at, entry.changed_at = entry.published_at or now, now
    if revision.language == entry.language:
        _take_over(entry, revision)
    entry.save()
    keep_address(entry)
    index(entry, entry.revisions.filter(current=True), before)
    tell_approved(revision)
    return revision


def _topics(revision: Revision) -> Iterable[str]:
    return revision.facts["topics"] if revision.facts else revision.entry.topics


def _take_over(entry: Entry, revision: Revision) -> None:
    """What an approved revision in the first language settles for the entry: address, facts, review."""
    address(entry, revision.title)
    if clears_review(revision.significance):
        entry.reviewed_on, entry.review_reason, entry.review_since = clock.today(), "", None
    if revision.facts is None:
        return
    facts = Facts.from_json(revision.facts)
    entry.topics, entry.review_on = list(facts.topics), facts.review_on
    entry.citations.all().delete()
    entry.sources.all().delete()
    EntryNorm.objects.bulk_create(
        EntryNorm(entry=entry, norm_id=norm, position=position) for position, norm in enumerate(facts.norms)
    )
    EntrySource.objects.bulk_create(
        EntrySource(entry=entry, title=each.title, url=each.url, checked_on=each.checked_on, position=position)
        for position, each in enumerate(facts.sources)
    )


@action
def send_back(actor: Actor, *, revision_id: int, reason: str) -> Revision:
    """Give a revision back to its author, saying what to change."""
    revision = locked_revision(actor, revision_id)
    require(may_approve(author_id=revision.author_id, person_id=actor.person_id))
    revision.decision = reason_for(reason)
    revision.state = REVISION.move(revision.state, "send_back", parts_in_revision(actor, revision))
    revision.save()
    back_to_draft(revision.entry)
    tell_sent_back(revision)
    return revision


@action
def retire(actor: Actor, *, entry_id: int, reason: str) -> Entry:
    """Take an entry out of the catalogue, saying why; its address stays and tells the reason."""
    require(may_keep_catalogue(actor))
    entry = locked_entry(actor, entry_id)
    entry.retired_why = reason_for(reason)
    shown = list(entry.revisions.filter(current=True))
    entry.state, entry.state_since = CATALOGUE.move(entry.state, "retire", {Who.COORDINATOR}), clock.now()
    entry.save()
    index(entry, (), shown)
    return entry


@action
def ask_review(actor: Actor, *, entry_id: int) -> Entry:
    """Put a published entry on the list of those to look at again; the public is told."""
    require(may_keep_catalogue(actor))
    entry = locked_entry(actor, entry_id)
    _put_on_list(entry, Review.ASKED)
    return entry


@action
def confirm_review(actor: Actor, *, entry_id: int, review_on: date) -> Entry:
    """Say that an entry was looked at and holds as it is, until the next review."""
    require(may_keep_catalogue(actor))
    entry = locked_entry(actor, entry_id)
    if entry.state != State.PUBLISHED:
        raise Refusal(N_("Only a published entry is reviewed."))
    check_review_date(review_on, clock.today())
    entry.reviewed_on, entry.review_on = clock.today(), review_on
    entry.review_reason, entry.review_since = "", None
    entry.save()
    return entry


@action
def review_what_cites(actor: Actor, *, norm_id: int, reason: Review) -> int:
    """Put every published entry that cites a norm on the list of those to look at again; how many were not there yet.

    Safe to run twice: the desk is told once, and an entry keeps the weightier of two reasons.
    """
    require(may_run_installation(actor))
    rows = Entry.objects.select_for_update(of=("self",)).select_related("network")
    citing = rows.filter(citations__norm_id=norm_id, state=State.PUBLISHED).order_by("pk")
    fresh = [entry for entry in citing if _put_on_list(entry, reason)]
    titles = Revision.objects.filter(entry__in=fresh, current=True)
    said = {(each.entry_id, each.language): each.title for each in titles}
    for entry in fresh:
        tell_to_review(entry, said.get((entry.pk, entry.language), ""))
    return len(fresh)


def _put_on_list(entry: Entry, reason: Review) -> bool:
    """Whether a locked entry was not on the list yet; the weightier reason is kept."""
    if entry.state != State.PUBLISHED:
        raise Refusal(N_("Only a published entry is reviewed."))
    fresh = entry.review_since is None
    entry.review_reason = weightier(entry.review_reason, reason)
    entry.review_since = entry.review_since or clock.now()
    entry.save()
    return fresh

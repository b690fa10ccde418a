"""What the desk of the demo knows: norms, and entries of the catalogue, drafted by one and approved by another."""

from datetime import date, timedelta
from typing import Any

from contempo.config.demo import facts
from contempo.config.demo.networks import Stage
from contempo.core.clock import replaying, today
from contempo.helpdesk.access import names_not_told
from contempo.helpdesk.actions.catalogue.deciding import approve_revision, review_what_cites
from contempo.helpdesk.actions.catalogue.drafting import begin_revision, draft_entry, propose_revision, save_revision
from contempo.helpdesk.actions.catalogue.marks import judge_marks, parts_published, published_text
from contempo.helpdesk.actions.policies import DeskSettings, set_policy
from contempo.helpdesk.models import Revision
from contempo.helpdesk.rules.clock import Policy
from contempo.helpdesk.rules.entries import Facts, Harmless, Review, Significance, Source, Words
from contempo.helpdesk.rules.redaction import found
from contempo.norms.public import load_starter_norms
from contempo.people.public import SYSTEM, Actor

HALF_AN_HOUR = timedelta(minutes=30)


def load_norms(stage: Stage) -> dict[str, int]:
    """The norms of a network, by their keys in the data file."""
    if not facts.exists(f"{stage.slug}/norms.toml"):
        return {}
    rows = facts.toml(f"{stage.slug}/norms.toml")["norms"]
    return load_starter_norms(SYSTEM, network_id=stage.id, rows=rows)


def load_catalogue(stage: Stage, norms: dict[str, int]) -> int:
    """The entries of the catalogue, published on their days; tells how many.

    The sources were looked at later than that, and are added by a revision of that day. Entries whose norms have ended
    meanwhile come to the list of those to review, as they would in life.
    """
    if not facts.exists(f"{stage.slug}/desk/catalogue.toml"):
        return 0
    entries = facts.toml(f"{stage.slug}/desk/catalogue.toml")["entries"]
    for entry in sorted(entries, key=lambda entry: entry["published_on"]):
        _publish(stage, entry, norms)
    with replaying(facts.office_hours(_last_check(entries)) + HALF_AN_HOUR):
        stage.cast.read_all(stage.id)
    for ended in _ended(stage):
        review_what_cites(SYSTEM, norm_id=norms[ended], reason=Review.NORM_ENDED)
    return len(entries)


def _last_check(entries: list[dict[str, Any]]) -> date:
    """The last day on which sources were looked at: who approved that has read of it."""
    checked: list[date] = [source["checked_on"] for entry in entries for source in entry["sources"]]
    return max(checked)


def _publish(stage: Stage, entry: dict[str, Any], norms: dict[str, int]) -> None:
    drafter, approver = stage.actor("nadia"), stage.agency()
    cited = tuple(norms[key] for key in entry["norms"])
    with replaying(facts.office_hours(entry["published_on"])):
        words = Words(entry["title"], "", entry["answer"])
        first = draft_entry(drafter, language="it", words=words, facts=Facts(tuple(entry["topics"]), cited))
        _through(drafter, approver, first)
        if "title_en" in entry:
            english = begin_revision(drafter, entry_id=first.entry_id, language="en")
            save_revision(
                drafter,
                revision_id=english.pk,
                words=Words(entry["title_en"], "", entry["answer_en"]),
                significance=Significance.SUBSTANCE,
            )
            _through(drafter, approver, english)
    sources = tuple(Source(each["title"], each["url"], each["checked_on"]) for each in entry["sources"])
    checked_on = max([entry["reviewed_on"], *(source.checked_on for source in sources)])
    with replaying(facts.office_hours(checked_on)):
        checked = begin_revision(drafter, entry_id=first.entry_id, language="it")
        save_revision(
            drafter,
            revision_id=checked.pk,
            words=words,
            significance=Significance.NORMATIVE,
            comment="Fonti ricontrollate",
            facts=Facts(tuple(entry["topics"]), cited, sources, _review_on(entry["review_on"])),
        )
        _through(drafter, approver, checked)


def _review_on(day: date) -> date:
    """The day of the next review, or the first possible one when the demo is loaded later than that."""
    return max(day, today() + timedelta(days=1))


def _through(drafter: Actor, approver: Actor, revision: Revision) -> None:
    """Propose a revision and approve it. What is marked in it are offices, acts and places, as its author says."""
    revision.refresh_from_db()
    known = names_not_told(revision.entry.network_id, published_text(revision))
    marks = {(str(mark.kind), mark.key) for part in parts_published(revision) for mark in found(part, known)}
    judge_marks(drafter, revision_id=revision.pk, judged=dict.fromkeys(marks, Harmless.PUBLIC_BODY))
    propose_revision(drafter, revision_id=revision.pk)
    approve_revision(approver, revision_id=revision.pk)


def _ended(stage: Stage) -> list[str]:
    rows = facts.toml(f"{stage.slug}/norms.toml")["norms"]
    return [row["key"] for row in rows if "valid_to" in row and row["valid_to"] <= today()]


def set_desk(stage: Stage) -> None:
    """What the desk of a network promises, and where it is written to."""
    if not facts.exists(f"{stage.slug}/desk/policy.toml"):
        return
    told = facts.toml(f"{stage.slug}/desk/policy.toml")
    settings = DeskSettings(
        policy=Policy(),
        municipality=told["municipality"],
        lease_minutes=told["lease_minutes"],
        second_reading=told["second_reading"],
        mail_address=told["mail_address"],
    )
    set_policy(stage.agency(), settings=settings)

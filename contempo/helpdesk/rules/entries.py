"""Entries of the catalogue: the states they and their revisions pass through, who approves, when to look again."""

from collections.abc import Iterable, Mapping
from dataclasses import dataclass
from datetime import date, timedelta
from enum import StrEnum
from typing import Any
from urllib.parse import urlsplit

from contempo.core.verdict import ALLOWED, Refusal, Verdict, because
from contempo.core.words import N_
from contempo.core.workflow import Look, Transition, Workflow
from contempo.helpdesk.rules.topics import Topic


class State(StrEnum):
    """States of an entry."""

    DRAFT = "draft"
    IN_REVIEW = "in_review"
    PUBLISHED = "published"
    RETIRED = "retired"


class RevisionState(StrEnum):
    """States of a revision."""

    DRAFT = "draft"
    PROPOSED = "proposed"
    SENT_BACK = "sent_back"
    APPROVED = "approved"


class Who(StrEnum):
    """Parts a person may have in one revision."""

    AUTHOR = "author"
    SECOND = "second"
    COORDINATOR = "coordinator"


_AUTHOR = frozenset({Who.AUTHOR})
_SECOND = frozenset({Who.SECOND})
_STAFF = frozenset({Who.AUTHOR, Who.SECOND, Who.COORDINATOR})

CATALOGUE = Workflow(
    name="catalogue",
    initial=State.DRAFT,
    looks={
        State.DRAFT: Look(N_("Draft"), "neutral", "it-pencil"),
        State.IN_REVIEW: Look(N_("To be approved"), "info", "it-search"),
        State.PUBLISHED: Look(N_("Published"), "success", "it-check-circle"),
        State.RETIRED: Look(N_("Retired"), "neutral", "it-minus-circle"),
    },
    transitions=(
        Transition("propose", (State.DRAFT,), State.IN_REVIEW, N_("Propose for publication"), _AUTHOR),
        Transition("send_back", (State.IN_REVIEW,), State.DRAFT, N_("Send back"), _SECOND),
        Transition("publish", (State.IN_REVIEW, State.RETIRED), State.PUBLISHED, N_("Approve and publish"), _SECOND),
        Transition("retire", (State.PUBLISHED,), State.RETIRED, N_("Retire the entry"), _STAFF),
    ),
)
"""The entry as a whole. A retired entry comes back when a new revision of it is approved."""

REVISION = Workflow(
    name="revision",
    initial=RevisionState.DRAFT,
    looks={
        RevisionState.DRAFT: Look(N_("Draft"), "neutral", "it-pencil"),
        RevisionState.PROPOSED: Look(N_("To be approved"), "info", "it-search"),
        RevisionState.SENT_BACK: Look(N_("Sent back"), "warning", "it-warning-circle"),
        RevisionState.APPROVED: Look(N_("Approved"), "success", "it-check-circle"),
    },
    transitions=(
        Transition(
            "propose",
            (RevisionState.DRAFT, RevisionState.SENT_BACK),
            RevisionState.PROPOSED,
            N_("Propose for publication"),
            _AUTHOR,
        ),
        Transition(
            "take_back", (RevisionState.PROPOSED,), RevisionState.DRAFT, N_("Take back and go on writing"), _AUTHOR
        ),
        Transition("send_back", (RevisionState.PROPOSED,), RevisionState.SENT_BACK, N_("Send back"), _SECOND),
        Transition("approve", (RevisionState.PROPOSED,), RevisionState.APPROVED, N_("Approve and publish"), _SECOND),
    ),
)

WRITABLE = (RevisionState.DRAFT, RevisionState.SENT_BACK)
"""States in which the author may change the words of a revision."""


class Significance(StrEnum):
    """How much a revision changes, for the reader and for the translations."""

    WORDING = "wording"
    SUBSTANCE = "substance"
    NORMATIVE = "normative"


SIGNIFICANCE_LABELS: dict[str, str] = {
    Significance.WORDING: N_("Wording: the content stays the same"),
    Significance.SUBSTANCE: N_("Substance: the answer says something more or else"),
    Significance.NORMATIVE: N_("Norms: a law or a contract has changed"),
}


class Review(StrEnum):
    """Why an entry must be looked at again."""

    NORM_ENDED = "norm_ended"
    NORM_CHANGED = "norm_changed"
    ASKED = "asked"


REVIEW_LABELS: dict[str, str] = {
    Review.NORM_ENDED: N_("A norm it cites is no longer in force"),
    Review.NORM_CHANGED: N_("A norm it cites has changed"),
    Review.ASKED: N_("A person of the desk asked for it"),
}

REVIEW_NOTICES: dict[str, str] = {
    Review.NORM_ENDED: N_(
        "A norm this answer rests on is no longer in force. The experts are reviewing it: check before you rely on it."
    ),
    Review.NORM_CHANGED: N_(
        "A norm this answer rests on has changed. The experts are reviewing it: check before you rely on it."
    ),
    Review.ASKED: N_("The experts are reviewing this answer: check before you rely on it."),
}
"""What the public reads on an entry that must be looked at again."""

OVERDUE_NOTICE = N_("This answer was due for a review. The experts will look at it: check before you rely on it.")

_WEIGHT = {Review.ASKED: 0, Review.NORM_CHANGED: 1, Review.NORM_ENDED: 2}


def weightier(held: str, new: Review) -> Review:
    """Which reason an entry shows when a `new` one comes while `held` (may be empty) still waits."""
    return max(Review(held), new, key=_WEIGHT.__getitem__) if held else new


class Harmless(StrEnum):
    """Why words that were marked identify nobody."""

    PUBLIC_BODY = "public_body"
    ORDINARY = "ordinary"
    ACT = "act"
    EXAMPLE = "example"
    PLACE = "place"


HARMLESS_LABELS: dict[str, str] = {
    Harmless.PUBLIC_BODY: N_("A public body, a service or its public contact"),
    Harmless.ORDINARY: N_("Ordinary words, no name"),
    Harmless.ACT: N_("A law, a contract or a known act"),
    Harmless.EXAMPLE: N_("An invented example"),
    Harmless.PLACE: N_("A place named in general, where nobody of the case lives or works"),
}


class NotUseful(StrEnum):
    """What was wrong with an answer for the reader."""

    UNCLEAR = "unclear"
    INCOMPLETE = "incomplete"
    NOT_MY_CASE = "not_my_case"
    OUT_OF_DATE = "out_of_date"
    OTHER = "other"


USEFULNESS_LABELS: dict[str, str] = {
    NotUseful.UNCLEAR: N_("It is hard to understand"),
    NotUseful.INCOMPLETE: N_("Something is missing"),
    NotUseful.NOT_MY_CASE: N_("My case is another"),
    NotUseful.OUT_OF_DATE: N_("It is no longer true"),
    NotUseful.OTHER: N_("For another reason"),
}

LANGUAGES = ("it", "en")
"""Languages an entry may be written in."""

REVIEW_AFTER = timedelta(days=365)
LATEST_REVIEW = timedelta(days=2 * 365)
MIN_REASON = 10
MAX_REASON = 1000
MAX_TITLE = 160
MAX_TEXT = 20_000
MAX_COMMENT = 500
MAX_TOPICS = 4
MAX_NORMS = 12
MAX_SOURCES = 8


@dataclass(frozen=True)
class Words:
    """The words of a revision: title, the question put in general, and the answer as Markdown."""

    title: str
    question: str
    answer: str

    @property
    def parts(self) -> dict[str, str]:
        """The words by the name of their field."""
        return {"title": self.title, "question": self.question, "answer": self.answer}


@dataclass(frozen=True)
class Source:
    """A page that says what an entry says; `checked_on` is when somebody looked."""

    title: str
    url: str
    checked_on: date


@dataclass(frozen=True)
class Facts:
    """What an entry rests on, in every language: topics, the main one first, norms by id, sources, the next review."""

    topics: tuple[str, ...]
    norms: tuple[int, ...] = ()
    sources: tuple[Source, ...] = ()
    review_on: date | None = None

    def to_json(self) -> dict[str, Any]:
        """The facts as a revision keeps them until they are approved."""
        return {
            "topics": list(self.topics),
            "norms": list(self.norms),
            "sources": [[each.title, each.url, each.checked_on.isoformat()] for each in self.sources],
            "review_on": self.review_on.isoformat() if self.review_on else None,
        }

    @classmethod
    def from_json(cls, kept: Mapping[str, Any]) -> "Facts":
        """The facts kept by `to_json`."""
        return cls(
            topics=tuple(kept["topics"]),
            norms=tuple(kept["norms"]),
            sources=tuple(Source(title, url, date.fromisoformat(day)) for title, url, day in kept["sources"]),
            review_on=date.fromisoformat(kept["review_on"]) if kept["review_on"] else None,
        )


def check_facts(facts: Facts, today: date) -> None:
    """Refuse unknown or too many topics, norms and sources, addresses that are none, days that cannot be."""
    if unknown := set(facts.topics) - set(Topic):
        raise ValueError(f"no such topic: {sorted(unknown)}")
    if len(facts.topics) > MAX_TOPICS:
        raise Refusal(N_("Choose at most %(most)s topics."), field="topics", most=MAX_TOPICS)
    if len(facts.norms) > MAX_NORMS:
        raise Refusal(N_("An entry cites at most %(most)s norms."), field="norms", most=MAX_NORMS)
    if len(facts.sources) > MAX_SOURCES:
        raise Refusal(N_("An entry names at most %(most)s sources."), field="sources", most=MAX_SOURCES)
    for source in facts.sources:
        parts = urlsplit(source.url)
        if parts.scheme not in ("http", "https") or not parts.hostname or not source.title.strip():
            raise Refusal(N_("A source has a title and a whole address, which begins with https://"), field="sources")
        if source.checked_on > today:
            raise Refusal(N_("A source is looked at today or earlier."), field="sources")
    if facts.review_on is not None:
        check_review_date(facts.review_on, today)


def check_lengths(words: Words) -> None:
    """Refuse words too long to be kept, or without a title."""
    if not words.title.strip():
        raise Refusal(N_("Write a title: the question as people would put it."), field="title")
    for field, most in {"title": MAX_TITLE, "question": MAX_TEXT, "answer": MAX_TEXT}.items():
        if (count := len(words.parts[field])) > most:
            raise Refusal(
                N_("The text has %(count)s characters: at most %(most)s are allowed."),
                field=field,
                count=count,
                most=most,
            )


def check_complete(words: Words, topics: Iterable[str]) -> None:
    """Refuse to propose a revision without title or answer, with gaps, or an entry about nothing."""
    for field in ("title", "answer"):
        if not words.parts[field].strip():
            raise Refusal(N_("Title and answer are needed before a second person reads them."), field=field)
    if not set(topics):
        raise Refusal(N_("Choose at least one topic: people find the entry by it."), field="topics")
    for field, text in words.parts.items():
        if REMOVED in text:
            raise Refusal(
                N_("The text still has gaps where something was taken out (%(gap)s): rewrite those sentences."),
                field=field,
                gap=REMOVED,
            )


REMOVED = "[…]"
"""What stands in a text where something was taken out."""


def may_propose(*, consent: bool, answered: bool, proposed: bool) -> Verdict:
    """May an entry be drafted from a question?"""
    if not answered:
        return because(N_("Only an answered question can become an entry of the catalogue."))
    if not consent:
        return because(N_("Whoever asked did not agree to a publication: this answer stays between you."))
    if proposed:
        return because(N_("An entry has been drafted from this question already."))
    return ALLOWED


def may_approve(*, author_id: int, person_id: int | None) -> Verdict:
    """May a person approve or send back a revision? Never the one who wrote it."""
    if person_id is None or person_id == author_id:
        return because(N_("A second person approves: nobody publishes their own words."))
    return ALLOWED


def reason_for(text: str) -> str:
    """The reason of a decision, trimmed; Refusal on `reason` when it says too little or is too long."""
    text = text.strip()
    if len(text) < MIN_REASON:
        raise Refusal(N_("Write the reason, in at least %(least)s characters."), field="reason", least=MIN_REASON)
    if len(text) > MAX_REASON:
        raise Refusal(
            N_("The reason has %(count)s characters: at most %(most)s are allowed."),
            field="reason",
            count=len(text),
            most=MAX_REASON,
        )
    return text


def check_review_date(review_on: date, today: date) -> None:
    """Refuse a date of review that has passed or is more than two years away."""
    if not today < review_on <= today + LATEST_REVIEW:
        raise Refusal(N_("The next review is on a day to come, within two years."), field="review_on")


def is_due(review_since: object | None, review_on: date | None, today: date) -> bool:
    """Whether an entry belongs to the re-review list: something happened to it, or its date has come."""
    return review_since is not None or (review_on is not None and review_on <= today)


def clears_review(significance: str) -> bool:
    """Whether approving a revision of this significance answers what the entry was to be looked at again for."""
    return significance != Significance.WORDING


def is_behind(based_on: int | None, approved: Iterable[tuple[int, str]]) -> bool:
    """Whether a translation is behind the first language.

    `approved` holds (number, significance) of the approved revisions of the first language; `based_on` is the number of
    the one translated. It is behind when a later one changes more than the wording.
    """
    return any(number > (based_on or 0) and significance != Significance.WORDING for number, significance in approved)

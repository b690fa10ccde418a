"""One question as the desk reads it, in one statement: its row with moves, promises, counterparts and drafts."""

from dataclasses import dataclass
from datetime import datetime
from fractions import Fraction
from typing import Any

from django.contrib.postgres.expressions import ArraySubquery
from django.db.models import F, OuterRef, Q, QuerySet, Subquery, Value
from django.db.models.functions import Coalesce, JSONObject, NullIf

from contempo.core.calendar import Calendar
from contempo.core.verdict import Verdict
from contempo.helpdesk.access import conflict_between, parts_in, ties_of, visible_questions
from contempo.helpdesk.models import AnswerDraft, Counterpart, Message, MessageKind, Move, Promise, Question
from contempo.helpdesk.rules import clock
from contempo.helpdesk.rules.conflicts import Organisation, Parties
from contempo.helpdesk.rules.questions import Who
from contempo.people.public import Actor

_JOINED = (
    "network",
    "municipality",
    "holder",
    "asker",
    "proposed_to",
    "second_expert",
    "contract",
    "merged_into",
    "split_from",
    "passed_on__network",
)
_PERSONS = ("holder", "asker", "proposed_to", "second_expert")
_UNREAD = ("search_text", "words", "contract__words", *(f"{who}__password" for who in _PERSONS))


@dataclass(frozen=True)
class Opened:
    """A question with the parts its reader has in it. `free` tells whether they have no conflict of interest."""

    question: Question
    parts: frozenset[Who]
    free: Verdict
    moves: tuple[dict[str, Any], ...]
    promises: tuple[dict[str, Any], ...]
    counterparts: tuple[str, ...]
    drafts: tuple[dict[str, Any], ...]
    relatives: tuple[dict[str, Any], ...]
    first_text: str
    talk: tuple[dict[str, Any], ...]

    @property
    def people(self) -> dict[int, str]:
        """What everybody named in its story is called, by id."""
        question = self.question
        known = (question.asker, question.holder, question.proposed_to, question.second_expert)
        met = {each.pk: str(each) for each in known if each}
        for row in (*self.moves, *self.drafts, *self.promises):
            met.setdefault(row["who_id"] or 0, row["who"] or "")
        return met


def opened(actor: Actor, number: int, *, with_talk: bool = False) -> Opened | None:
    """The question with this number, for whoever of the desk may see it; None for everybody else. Two SQL at most.

    `with_talk` brings the bare words of its messages, for a page that shows no more of them.
    """
    ties = ties_of(actor) if actor.organisations else ()
    found = _with_all(visible_questions(actor, Question.objects.filter(number=number), ties))
    row: Any = (_with_talk(found) if with_talk else found).first()
    if row is None:
        return None
    known = tuple(Organisation(each["organisation_id"], each["kind"] or "") for each in row.json_counterparts)
    free = conflict_between(actor, ties, Parties(row.asker_id, row.capacity, known))
    return Opened(
        question=row,
        parts=parts_in(actor, row, free=free),
        free=free,
        moves=tuple({**each, "at": datetime.fromisoformat(each["at"])} for each in row.json_moves),
        promises=tuple(map(_promise, row.json_promises)),
        counterparts=tuple(each["name"] for each in row.json_counterparts),
        drafts=tuple({**each, "saved_at": datetime.fromisoformat(each["saved_at"])} for each in row.json_drafts),
        relatives=tuple(row.json_relatives),
        first_text=row.first_text or "",
        talk=tuple({**each, "at": datetime.fromisoformat(each["at"])} for each in getattr(row, "json_talk", ())),
    )


def _with_all(questions: QuerySet[Question]) -> QuerySet[Question]:
    def rows(model: Any, *fields: str, who: str = "", **named: Any) -> ArraySubquery:
        found = model.objects.filter(question=OuterRef("pk")).order_by("pk")
        if who:
            # As a person is called everywhere: by name, else by address.
            called = Coalesce(NullIf(f"{who}__full_name", Value("")), f"{who}__email", Value(""))
            named |= {"who_id": F(f"{who}_id"), "who": called}
        return ArraySubquery(found.values(json=JSONObject(**{field: field for field in fields}, **named)))

    said = Message.objects.filter(question=OuterRef("pk"), kind=MessageKind.QUESTION).order_by("at", "id")
    relatives = Question.objects.filter(Q(merged_into=OuterRef("pk")) | Q(split_from=OuterRef("pk"))).order_by("number")
    return (
        questions.select_related(*_JOINED)
        .defer(*_UNREAD)
        .annotate(
            first_text=Subquery(said.values("text")[:1]),
            json_moves=rows(Move, "at", "transition", "state", "text", who="person"),
            json_promises=rows(
                Promise,
                *("number", "started_at", "terms", "place", "due_elapsed_at", "due_working_at"),
                *("answered_at", "met", "breached_at", "breach_reason"),
                who="breach_explained_by",
            ),
            json_counterparts=rows(Counterpart, "name", "organisation_id", kind=F("organisation__kind")),
            json_drafts=rows(
                AnswerDraft,
                *("id", "text", "norm_ids", "organisation_ids", "version"),
                *("saved_at", "reading", "reading_comment"),
                who="author",
            ),
            json_relatives=ArraySubquery(
                relatives.values(json=JSONObject(number="number", subject="subject", joined=F("merged_into_id")))
            ),
        )
    )


def _with_talk(questions: QuerySet[Question]) -> QuerySet[Question]:
    said = Message.objects.filter(question=OuterRef("pk")).exclude(kind=MessageKind.NOTICE).order_by("at", "id")
    return questions.annotate(
        json_talk=ArraySubquery(said.values(json=JSONObject(kind="kind", at="at", text="text", internal="internal")))
    )


def _promise(row: dict[str, Any]) -> dict[str, Any]:
    instants = ("started_at", "due_elapsed_at", "due_working_at", "answered_at", "breached_at")
    return {**row, **{name: datetime.fromisoformat(row[name]) if row[name] else None for name in instants}}


@dataclass(frozen=True)
class Deadlines:
    """How the promise under way stands: both deadlines, which one is promised, and the share of it that has gone.

    `paused_since` and `pause_reason` while the clock stands still; `pause_until` is when it runs again by itself.
    """

    elapsed_at: datetime
    working_at: datetime
    by_working: bool
    due_at: datetime
    percent: int
    late: bool
    paused_since: datetime | None
    pause_reason: str
    pause_until: datetime | None


def deadlines(one: Opened, now: datetime) -> Deadlines | None:
    """The deadlines of the last promise as they are at `now`; None when no answer is owed under it any more."""
    given = clock.promises_of(clock.Move(each["state"], each["at"], each["text"]) for each in one.moves)
    if not given or not given[-1].running:
        return None
    promise = given[-1]
    row = next(each for each in one.promises if each["number"] == promise.number)
    policy, calendar = clock.policy_of(row["terms"]), Calendar(row["place"])
    pauses = clock.pauses_of(promise.moves, policy, now)
    due = clock.due_at(promise.started_at, policy, pauses, calendar)
    share = clock.spent_share(now, promise.started_at, policy, pauses, calendar)
    pause = clock.open_pause(pauses) if share < 1 else None
    return Deadlines(
        elapsed_at=due.elapsed_at,
        working_at=due.working_at,
        by_working=policy.promised == clock.Promised.WORKING,
        due_at=due.promised(policy),
        percent=int(share * Fraction(100)),
        late=share >= 1,
        paused_since=pause.start if pause else None,
        pause_reason=pause.reason if pause else "",
        pause_until=pause.start + policy.longest_pause if pause else None,
    )

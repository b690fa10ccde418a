"""What every move of a question has in common: the change of state, its line in the history, the clock set anew."""

from collections.abc import Collection
from datetime import datetime

from contempo.core.calendar import Calendar, calendar_of
from contempo.core.clock import now
from contempo.core.outbox import publish
from contempo.core.verdict import NotPermitted, Refusal
from contempo.core.words import N_
from contempo.helpdesk.access import parts_in
from contempo.helpdesk.actions.calls import tell_broken
from contempo.helpdesk.events import PromiseBroken
from contempo.helpdesk.models import DeskPolicy, Move, Promise, Question
from contempo.helpdesk.rules import clock, escalation
from contempo.helpdesk.rules.questions import DESK, REOPEN_WITHIN, State, Who
from contempo.people.public import Actor


def policy_row(network_id: int) -> DeskPolicy:
    """The policy of a network's desk; the defaults of the plan until one is chosen."""
    row = DeskPolicy.objects.select_related("municipality").filter(network_id=network_id).first()
    return row or DeskPolicy(network_id=network_id)


def terms_of(row: DeskPolicy) -> clock.Policy:
    """The policy of a row as the rules read it."""
    return clock.policy_of(
        {
            "promised": row.promised,
            "elapsed_hours": row.elapsed_hours,
            "max_pauses": row.max_pauses,
            "pause_days": row.pause_days,
            "windows": row.windows,
        }
    )


def calendar_for(row: DeskPolicy) -> Calendar:
    """The calendar of holidays that a network keeps."""
    return calendar_of(row.municipality.name, row.municipality.province) if row.municipality else Calendar()


def next_number(network_id: int) -> int:
    """The number of a new question; whoever asks for one at the same time waits for this transaction to end."""
    DeskPolicy.objects.bulk_create([DeskPolicy(network_id=network_id)], ignore_conflicts=True)
    row = DeskPolicy.objects.select_for_update().get(network_id=network_id)
    row.last_number += 1
    DeskPolicy.objects.filter(network_id=network_id).update(last_number=row.last_number)
    return row.last_number


def locked_question(actor: Actor, question_id: int) -> Question:
    """The question of the actor's network, locked until the end of the transaction; Refusal when it is not there."""
    found = Question.objects.select_for_update(of=("self",)).filter(pk=question_id, network_id=actor.network_id)
    question = found.select_related("network").first()
    if question is None:
        raise Refusal(N_("This question is not there any more."))
    return question


def part_of(actor: Actor, question: Question, *wanted: Who, follows: bool = False) -> frozenset[Who]:
    """The parts of `actor` in a question; NotPermitted when none of `wanted` is among them.

    `follows` tells that the page was reached by the link mailed to the asker.
    """
    parts = parts_in(actor, question, follows=follows)
    if parts.isdisjoint(wanted):
        raise NotPermitted(N_("This question belongs to somebody else."))
    return parts


def move(
    actor: Actor,
    question: Question,
    transition: str,
    whos: Collection[str],
    *,
    text: str = "",
    at: datetime | None = None,
) -> None:
    """Move a locked question along `transition`, or raise Refusal; writes the row, the history and the clock.

    The caller may change further fields of `question` before: they are saved together.
    """
    at = at or now()
    question.state = DESK.move(question.state, transition, whos)
    question.state_since = at
    if question.state != State.TAKEN:
        question.lease_until = None
        if question.state == State.OPEN:
            # Whoever knows the case already is the first to be asked again.
            if transition != "release":
                question.proposed_to_id = question.holder_id or question.proposed_to_id
            question.holder = None
    add_move(actor, question, transition, text=text, at=at)
    reckon(question, at)
    question.save()


def add_move(actor: Actor, question: Question, transition: str, *, text: str = "", at: datetime) -> None:
    """Write the line of a move that has been made."""
    Move.objects.create(
        question=question, at=at, transition=transition, state=question.state, person_id=actor.person_id, text=text
    )


def begin_promise(question: Question, at: datetime) -> None:
    """Promise an answer, from now on, as the network's policy says today."""
    row = policy_row(question.network_id)
    policy, calendar = terms_of(row), calendar_for(row)
    due = clock.due_at(at, policy, (), calendar)
    Promise.objects.create(
        question=question,
        number=question.promises.count() + 1,
        started_at=at,
        terms=policy.terms(),
        place=calendar.place,
        due_elapsed_at=due.elapsed_at,
        due_working_at=due.working_at,
    )
    question.level = escalation.Level.NONE


def reckon(question: Question, at: datetime) -> None:
    """Set the clock of a question anew from its history: deadlines, pauses, promises kept, the next look at it.

    Writes the promises; the copies on the question are left to the caller to save. Running it twice changes nothing. A
    promise found broken is recorded once, and the desk is asked for the reason.
    """
    rows = {row.number: row for row in question.promises.all()}
    question.pauses = question.paused_minutes = 0
    given = clock.promises_of(history_of(question))
    for one in given:
        row = rows[one.number]
        policy, calendar = clock.policy_of(row.terms), Calendar(row.place)
        end = one.ended_at or at
        pauses = clock.pauses_of(one.moves, policy, end)
        outcome = clock.outcome_of(one, policy, calendar, at)
        question.pauses += len(pauses)
        question.paused_minutes += sum(pause.length(end) // clock.MINUTE for pause in pauses)
        row.due_elapsed_at, row.due_working_at = outcome.due.elapsed_at, outcome.due.working_at
        row.answered_at, row.met = one.answered_at, outcome.met
        question.due_at = outcome.due.promised(policy)
        question.answered_at = one.answered_at or question.answered_at
        if one.number == 1:
            question.within = row.met
            if one.answered_at:
                question.first_answered_at = one.answered_at
                question.minutes_to_answer = clock.time_to_answer(one.started_at, one.answered_at, pauses)
        if outcome.breached_at and row.breached_at is None:
            row.breached_at = outcome.breached_at
            _break(question, row)
        row.save()
    question.next_check_at = _next_look(question, given[-1], rows[given[-1].number], at)


def _break(question: Question, row: Promise) -> None:
    question.level = escalation.Level.BREACH
    publish(PromiseBroken(question_id=question.pk, promise=row.number), network_id=question.network_id)
    tell_broken(question, question.due_at)


def look_at(question: Question, at: datetime) -> escalation.Check:
    """What is due for a question at a moment, and when to look again, by the promise under way."""
    given = clock.promises_of(history_of(question))[-1]
    return _look_at(question, given, question.promises.get(number=given.number), at)


def _look_at(question: Question, given: clock.Promise, row: Promise, at: datetime) -> escalation.Check:
    return escalation.check(given, clock.policy_of(row.terms), Calendar(row.place), question.level, at)


def _next_look(question: Question, given: clock.Promise, row: Promise, at: datetime) -> datetime | None:
    if question.state == State.ANSWERED:
        return question.state_since + REOPEN_WITHIN
    seen = _look_at(question, given, row, at)
    moments = [at if seen.steps else seen.next_at]
    if question.state == State.AWAITING_DETAILS:
        # Also a pause that does not count ends: the question comes back to the experts.
        moments.append(question.state_since + clock.policy_of(row.terms).longest_pause)
    return min((moment for moment in moments if moment), default=None)


def history_of(question: Question) -> list[clock.Move]:
    """The moves of a question as the clock reads them."""
    return [clock.Move(*line) for line in question.moves.values_list("state", "at", "text")]

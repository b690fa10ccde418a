"""What happens at the desk by itself as time goes by: calls, broken promises, pauses that end, questions that close."""

from collections.abc import Sequence
from datetime import datetime

from contempo.core.action import action
from contempo.core.clock import now
from contempo.core.verdict import NotPermitted, Refusal, require
from contempo.core.words import N_
from contempo.helpdesk.access import may_run_installation, parts_in
from contempo.helpdesk.actions.calls import tell_resumed, tell_running_out, tell_second
from contempo.helpdesk.actions.moves import locked_question, look_at, move, reckon
from contempo.helpdesk.actions.routing import MAX_REASON, MIN_REASON, proposal_for, route
from contempo.helpdesk.models import Promise, Question
from contempo.helpdesk.rules import clock
from contempo.helpdesk.rules.escalation import Level
from contempo.helpdesk.rules.questions import State, Who
from contempo.people.public import Actor

BATCH = 2000
"""Questions looked at in one round; after a long stop the next round goes on."""


def questions_to_check() -> Sequence[int]:
    """Ids of the questions whose time has come, the longest due first: one SQL over the index of those alone."""
    due = Question.objects.filter(next_check_at__lte=now()).order_by("next_check_at", "id")
    return list(due.values_list("id", flat=True)[:BATCH])


@action
def check_question(actor: Actor, *, question_id: int) -> bool:
    """Do what is due for one question now; tells whether anything was. Harmless twice, late, and side by side.

    A question is looked at only when its time has come: who comes second finds the next moment already written.
    """
    require(may_run_installation(actor))
    moment = now()
    waiting = Question.objects.select_for_update(of=("self",)).select_related("network")
    question = waiting.filter(pk=question_id, next_check_at__lte=moment).first()
    if question is None:
        return False
    desk = Actor(network_id=question.network_id, is_system=True)
    if question.state == State.ANSWERED:
        move(desk, question, "close", {Who.SYSTEM}, at=moment)
        return True
    if question.state == State.AWAITING_DETAILS and moment >= _pause_ends_at(question):
        _resume(desk, question, moment)
    else:
        reckon(question, moment)
    _escalate(question, moment)
    question.save()
    return True


def _pause_ends_at(question: Question) -> datetime:
    terms = clock.policy_of(question.promises.latest("number").terms)
    return question.state_since + terms.longest_pause


def _resume(desk: Actor, question: Question, moment: datetime) -> None:
    """The details did not come: whoever asked for them goes on without, unless the promise is broken meanwhile."""
    move(desk, question, "resume", {Who.SYSTEM}, at=moment)
    route(question, moment, tell=tell_resumed if question.level < Level.BREACH else None)


def _escalate(question: Question, moment: datetime) -> None:
    seen = look_at(question, moment)
    for step in seen.steps:
        if step == Level.SECOND_EXPERT:
            _call_second(question, moment)
        elif step == Level.COORDINATOR:
            tell_running_out(question)
    if seen.reached != question.level:
        question.level = seen.reached
        reckon(question, moment)


def _call_second(question: Question, moment: datetime) -> None:
    first = question.holder_id or question.proposed_to_id
    if first is None:
        # Nobody had it: now somebody may be back, or have a place free.
        route(question, moment)
        return
    question.second_expert_id = proposal_for(question, moment, not_to=[first]).person_id
    if question.second_expert_id is not None:
        tell_second(question, question.second_expert_id)


@action
def explain_breach(actor: Actor, *, question_id: int, reason: str) -> Promise:
    """Say why the answer to a question was late: once, by whoever has or had it, or by a coordinator."""
    question = locked_question(actor, question_id)
    if parts_in(actor, question).isdisjoint({Who.HOLDER, Who.EXPERT, Who.COORDINATOR}):
        raise NotPermitted(N_("This question belongs to somebody else."))
    broken = question.promises.filter(breached_at__isnull=False, breach_explained_by=None)
    promise = broken.order_by("number").first()
    if promise is None:
        raise Refusal(N_("There is no delay to explain: the reason has been written already, or nothing was late."))
    reason = reason.strip()
    if not MIN_REASON <= len(reason) <= MAX_REASON:
        raise Refusal(
            N_("Write the reason in %(least)s to %(most)s characters."),
            field="reason",
            least=MIN_REASON,
            most=MAX_REASON,
        )
    promise.breach_reason, promise.breach_explained_by_id = reason, actor.person_id
    promise.save()
    return promise

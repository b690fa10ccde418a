"""Taking a question: one conditional update, a lease that renews while its holder writes."""

from datetime import datetime, timedelta

from django.db.models import Q
from django.utils.timezone import localtime

from contempo.core.action import action
from contempo.core.clock import now
from contempo.core.verdict import Refusal, require
from contempo.core.words import N_
from contempo.helpdesk.access import may_answer, visible_questions
from contempo.helpdesk.actions.moves import add_move, locked_question, move, part_of, policy_row
from contempo.helpdesk.actions.routing import route
from contempo.helpdesk.models import Question
from contempo.helpdesk.rules.questions import WITH_DESK, State, Who
from contempo.people.public import Actor, names


@action
def take(actor: Actor, *, question_id: int) -> Question:
    """Take a question, or renew the lease on it: of those who try at the same moment exactly one has it.

    A lease that has run out lets others take the question over. The others are told who has it, and until when.
    """
    question = visible_questions(actor, Question.objects.all()).filter(pk=question_id).first()
    if question is None:
        raise Refusal(N_("This question is not there any more."))
    require(may_answer(actor, question))
    moment = now()
    free = Q(holder=None) | Q(holder_id=actor.person_id) | Q(lease_until__lte=moment) | ~Q(state=State.TAKEN)
    wanted = Question.objects.filter(free, pk=question_id, state__in=WITH_DESK)
    held = wanted.filter(holder_id=actor.person_id, state=State.TAKEN).update(lease_until=_lease(question, moment))
    if not held:
        won = wanted.update(
            holder_id=actor.person_id, state=State.TAKEN, state_since=moment, lease_until=_lease(question, moment)
        )
        if not won:
            raise _lost(question_id)
    question.refresh_from_db()
    if not held:
        add_move(actor, question, "take", at=moment)
    return question


def _lease(question: Question, moment: datetime) -> datetime:
    return moment + timedelta(minutes=policy_row(question.network_id).lease_minutes)


def _lost(question_id: int) -> Refusal:
    """What whoever came second is told."""
    question = Question.objects.get(pk=question_id)
    if question.state != State.TAKEN:
        return Refusal(N_("This question is not waiting for an expert any more."))
    name = names([question.holder_id]).get(question.holder_id or 0, "")
    until = f"{localtime(question.lease_until):%H:%M}" if question.lease_until else ""
    return Refusal(N_("%(name)s has this question until %(time)s."), name=name, time=until)


@action
def renew(actor: Actor, *, question_id: int) -> bool:
    """Keep the lease of a question while its holder writes; False when somebody else has it by now. One update."""
    question = Question(pk=question_id, network_id=actor.network_id)
    mine = Question.objects.filter(
        pk=question_id, network_id=actor.network_id, holder_id=actor.person_id, state=State.TAKEN
    )
    return bool(mine.update(lease_until=_lease(question, now())))


@action
def release(actor: Actor, *, question_id: int, reason: str = "") -> None:
    """Give a question back to the desk."""
    question = locked_question(actor, question_id)
    whos = part_of(actor, question, Who.HOLDER, Who.COORDINATOR)
    given_back_by = question.holder_id
    move(actor, question, "release", whos, text=reason.strip())
    route(question, question.state_since, not_to=[given_back_by])
    question.save()

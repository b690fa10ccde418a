"""The next question, without choosing it from a list."""

from django.db.models import Case, IntegerField, Value, When

from contempo.core.action import action
from contempo.core.verdict import Refusal, require
from contempo.core.words import N_
from contempo.helpdesk.access import may_work_at_desk, ties_of, visible_questions, without_conflicts
from contempo.helpdesk.actions.taking import take
from contempo.helpdesk.models import Question
from contempo.helpdesk.rules.questions import State
from contempo.people.public import Actor

_TRIES = 5


@action
def take_next(actor: Actor) -> Question:
    """Take the question to answer first: one proposed to the actor, else the one due soonest that nobody has.

    When others take it in the same moment the next one is tried. Refusal when none is free.
    """
    require(may_work_at_desk(actor))
    ties = ties_of(actor)
    waiting = visible_questions(actor, Question.objects.filter(state=State.OPEN), ties)
    mine_first = Case(
        When(proposed_to_id=actor.person_id, then=Value(0)), default=Value(1), output_field=IntegerField()
    )
    free = without_conflicts(actor, waiting, ties).order_by(mine_first, "due_at", "id")
    for number in free.values_list("pk", flat=True)[:_TRIES]:
        try:
            return take(actor, question_id=number)
        except Refusal:
            continue
    raise Refusal(N_("No question is waiting to be taken: well done."))

"""Assessing activities."""

from collections.abc import Mapping

from contempo.agile.access import may_tend
from contempo.agile.actions.mapping.standing import begin_with, current_version, mirror_activities
from contempo.agile.models import Assessment
from contempo.agile.rules.mapping import Answer, Criterion, checked_answers, marks, result_of
from contempo.core import clock
from contempo.core.action import action
from contempo.core.verdict import Refusal, require
from contempo.core.words import N_
from contempo.people.public import Actor


@action
def assess(
    actor: Actor,
    *,
    activity_id: int,
    version: int,
    answers: Mapping[str, Answer],
    note: str = "",
    seen: int | None = None,
) -> Assessment:
    """Assess an activity under the criteria in force; the new result counts at once for whoever has a share in it.

    `version` is the number of the criteria that were answered, `seen` the key of the newest assessment when the form
    was opened (0: none): refused when there are others by now. As many SQL for an activity of one person as for one of
    five thousand.
    """
    activity, part = begin_with(actor, activity_id)
    require(may_tend(part, activity.unit))
    if activity.until is not None:
        raise Refusal(N_("This activity has ended: there is nothing to assess."))
    criteria = current_version(activity.employer_id)
    if criteria is None:
        raise Refusal(N_("No criteria are published yet: human resources publish them first."))
    if criteria.number != version:
        raise Refusal(N_("New criteria were published while you were answering: here they are, answer again."))
    if seen is not None and seen != _newest(activity.pk):
        raise Refusal(N_("Somebody assessed this activity meanwhile: look at their answers, then send yours again."))
    asked = [Criterion.read(each) for each in criteria.criteria]
    given = checked_answers(asked, answers)
    result = result_of(asked, given)
    made = Assessment.objects.create(
        activity=activity,
        criteria=criteria,
        answers={key: answer.written() for key, answer in given.items()},
        result=result.value,
        note=note.strip(),
        assessed_at=clock.now(),
        assessed_by_id=actor.person_id,
    )
    activity.result, activity.assessed_on = result.value, clock.today()
    activity.assessed_under, activity.marks = criteria, marks(criteria.number, given)
    activity.save(update_fields=["result", "assessed_on", "assessed_under", "marks"])
    mirror_activities(activity.employer_id, [activity.pk])
    return made


def _newest(activity_id: int) -> int:
    newest = Assessment.objects.filter(activity=activity_id).order_by("-assessed_at", "-id")
    return newest.values_list("pk", flat=True).first() or 0

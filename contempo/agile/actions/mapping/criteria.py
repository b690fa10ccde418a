"""Publishing criteria."""

from collections.abc import Sequence

from contempo.agile.access import may_keep
from contempo.agile.actions.mapping.standing import begin, current_version, mirror_all
from contempo.agile.models import CriteriaVersion
from contempo.agile.rules.mapping import Criterion, checked_criteria
from contempo.core import clock
from contempo.core.action import action
from contempo.core.verdict import Refusal, require
from contempo.core.words import N_
from contempo.people.public import Actor


@action
def publish_criteria(
    actor: Actor,
    *,
    employer_id: int,
    criteria: Sequence[Criterion],
    threshold: int,
    note: str = "",
    seen: int | None = None,
) -> CriteriaVersion:
    """Publish a version of the criteria, in force from today, for everybody to read.

    Assessments made so far keep the version they were made under; who may ask for agile work follows the new threshold
    at once. `note` says why it changed and is needed from the second version on. `seen` is the number the form was
    opened on (0: none): refused when another was published meanwhile.
    """
    employer, part = begin(actor, employer_id)
    require(may_keep(part))
    checked_criteria(criteria, threshold)
    before = current_version(employer_id)
    number = before.number if before else 0
    if seen is not None and seen != number:
        raise Refusal(N_("Other criteria were published while you were writing: read them, then publish again."))
    if before is not None:
        if not note.strip():
            raise Refusal(N_("Say why the criteria change: everybody reads it."), field="note")
        same = [Criterion.read(each) for each in before.criteria] == list(criteria)
        if same and before.threshold == threshold:
            raise Refusal(N_("Nothing differs from the criteria in force: change something first."))
    published = CriteriaVersion.objects.create(
        employer=employer,
        number=number + 1,
        criteria=[each.written() for each in criteria],
        threshold=threshold,
        note=note.strip(),
        since=clock.today(),
        published_at=clock.now(),
        published_by_id=actor.person_id,
    )
    mirror_all(employer.pk)
    return published

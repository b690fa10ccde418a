"""Legal grounds of priority: that they were verified, by whom and when, and nothing else."""

from datetime import date, timedelta

from contempo.agile.access import may_keep, part_of
from contempo.agile.actions.agreements.story import locked_employer
from contempo.agile.models import PriorityVerification, Worker
from contempo.agile.rules.agreements import Ground
from contempo.core import clock
from contempo.core.action import action
from contempo.core.verdict import Refusal, require
from contempo.core.words import N_
from contempo.people.public import Actor

_DAY = timedelta(days=1)


@action
def verify(
    actor: Actor, *, employer_id: int, number: str, ground: str, verified_on: date, last_day: date | None = None
) -> PriorityVerification:
    """Note that a ground of the worker with this staff number was verified, by the actor, on a day.

    Documents are looked at and given back: there is no place for them here, nor for words. Raises Refusal beside its
    field.
    """
    employer, part = locked_employer(actor, employer_id)
    require(may_keep(part))
    worker = Worker.objects.filter(employer=employer, number=number.strip(), present=True).first()
    if worker is None:
        raise Refusal(N_("Nobody of the staff has this number."), field="number")
    if verified_on > clock.today():
        raise Refusal(N_("This day is still to come."), field="verified_on")
    if last_day is not None and last_day < verified_on:
        raise Refusal(N_("The last day is not before the first."), field="last_day")
    same = PriorityVerification.objects.filter(worker=worker, ground=Ground(ground).value, verified_on=verified_on)
    if same.exists():
        raise Refusal(N_("This is noted already."), field="ground")
    return PriorityVerification.objects.create(
        worker=worker,
        ground=Ground(ground).value,
        verified_on=verified_on,
        verified_by_id=actor.person_id,
        until=last_day + _DAY if last_day else None,
    )


@action
def end_verification(actor: Actor, *, verification_id: int) -> PriorityVerification:
    """Note that a ground no longer holds from today on."""
    found = (
        PriorityVerification.objects.select_for_update(of=("self",))
        .select_related("worker__employer")
        .filter(pk=verification_id, worker__employer__network_id=actor.network_id)
        .first()
    )
    if found is None:
        raise Refusal(N_("This verification is not there any more."))
    require(may_keep(part_of(actor, found.worker.employer)))
    today = clock.today()
    if found.until is not None and found.until <= today:
        raise Refusal(N_("This verification has ended already."))
    found.until = today
    found.save(update_fields=["until"])
    return found

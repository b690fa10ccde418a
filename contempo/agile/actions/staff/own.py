"""What a worker says of themself."""

from decimal import Decimal

from contempo.agile.access import may_act_as_worker, part_of
from contempo.agile.actions.staff.standing import GONE_EMPLOYER
from contempo.agile.models import Employer, Worker
from contempo.core.action import action
from contempo.core.verdict import Refusal, require
from contempo.core.words import N_
from contempo.people.public import Actor


@action
def declare_commuting(actor: Actor, *, employer_id: int, km: Decimal | None, means: str) -> Worker:
    """Say how far from work one lives and how one gets there, or with None and "" take it back.

    Refusal beside the field when one is there without the other.
    """
    employer = Employer.objects.filter(pk=employer_id).first()
    if employer is None:
        raise Refusal(GONE_EMPLOYER)
    part = part_of(actor, employer)
    require(may_act_as_worker(part))
    if km is None and means:
        raise Refusal(N_("Write the kilometres too, or leave both empty."), field="km")
    if km is not None and not means:
        raise Refusal(N_("Choose the means of transport too, or leave both empty."), field="means")
    worker = Worker.objects.select_for_update(no_key=True).get(pk=part.worker.pk if part.worker else None)
    worker.commute_km, worker.commute_means = km, means
    worker.save(update_fields=["commute_km", "commute_means"])
    return worker

"""What is done to an activity: its steps, and changing what is written of it."""

from collections.abc import Iterable
from dataclasses import dataclass
from datetime import date, timedelta

from contempo.core import clock
from contempo.core.action import action
from contempo.core.outbox import publish
from contempo.core.verdict import NotPermitted, Refusal, require
from contempo.core.words import N_
from contempo.network.public import organisation_links
from contempo.people.public import Actor
from contempo.programmes.access import may_change_activity, parts_in_activity, visible_plans
from contempo.programmes.events import PlanChanged
from contempo.programmes.models import Activity, Plan, Responsible
from contempo.programmes.models.editions import edition_of_activity
from contempo.programmes.rules.activities import ACTIVITY, PlanState, Who
from contempo.programmes.rules.days import Period, check_days
from contempo.programmes.rules.editions import require_edition

_DAY = timedelta(days=1)


@dataclass(frozen=True)
class Written:
    """What is written of an activity; days as calendar days, the last one included."""

    title: str
    text: str
    place: str
    times: int | None
    starts_on: date | None
    ends_on: date | None
    responsible: tuple[int, ...]


@action
def move_activity(actor: Actor, *, plan_id: int, activity_id: int, step: str) -> Activity:
    """Take an activity one step further along its workflow."""
    activity, parts = _locked(actor, plan_id, activity_id)
    activity.state = ACTIVITY.move(activity.state, step, parts)
    activity.state_since = clock.now()
    activity.save(update_fields=["state", "state_since"])
    publish(PlanChanged(plan_id=activity.plan_id), network_id=activity.plan.network_id)
    return activity


@action
def change_activity(actor: Actor, *, plan_id: int, activity_id: int, written: Written, edition: str = "") -> Activity:
    """Change what is written of an activity; days that stay as they are are not asked again.

    `edition` is the one the form was opened on: Overtaken when it was changed meanwhile.
    """
    activity, parts = _locked(actor, plan_id, activity_id)
    require(may_change_activity(parts))
    require_edition(edition, edition_of_activity(activity, _responsible(activity)))
    _change_days(activity, written)
    activity.title, activity.text, activity.place = written.title, written.text, written.place
    activity.times = written.times
    activity.save()
    _change_responsible(activity, written.responsible)
    publish(PlanChanged(plan_id=activity.plan_id), network_id=activity.plan.network_id)
    return activity


def _locked(actor: Actor, plan_id: int, activity_id: int) -> tuple[Activity, frozenset[Who]]:
    """An activity of a plan that is not closed, locked until the end of the transaction, and the actor's parts."""
    rows = Activity.objects.select_related("plan", "alliance", "phase").defer("plan__document", "alliance__document")
    seen = visible_plans(actor, Plan.objects.all())
    activity = rows.select_for_update(of=("self",)).filter(plan__in=seen, plan_id=plan_id, id=activity_id).first()
    if activity is None:
        raise Refusal(N_("This activity is no longer in the plan."))
    parts = parts_in_activity(actor, activity, _responsible(activity))
    if not parts:
        raise NotPermitted(N_("Only the coordinators, the lead of the alliance and who is responsible may do this."))
    if activity.plan.state == PlanState.CLOSED:
        raise Refusal(N_("This plan is closed: its activities stay as they are."))
    return activity, parts


def _responsible(activity: Activity) -> frozenset[int]:
    return frozenset(activity.responsibles.values_list("organisation_id", flat=True))


def _change_days(activity: Activity, written: Written) -> None:
    since, until = written.starts_on, written.ends_on + _DAY if written.ends_on else None
    if (since, until) == (activity.since, activity.until):
        return
    phase = activity.phase
    check_days(
        Period(written.starts_on, written.ends_on),
        plan=_period(activity.plan.since, activity.plan.until),
        phase=_period(phase.since, phase.until) if phase else Period(None, None),
        phase_name=phase.title if phase else "",
    )
    activity.since, activity.until = since, until


def _period(since: date | None, until: date | None) -> Period:
    return Period(since, until - _DAY if until else None)


def _change_responsible(activity: Activity, wanted: Iterable[int]) -> None:
    """Those that stay keep their row, so that history tells only who came and who went."""
    wanted = list(dict.fromkeys(wanted))
    if set(organisation_links(activity.plan.network_id, wanted)) != set(wanted):
        raise Refusal(N_("Choose organisations of this network."), field="responsible")
    rows = {row.organisation_id: row for row in activity.responsibles.all()}
    if gone := [number for number in rows if number not in wanted]:
        activity.responsibles.filter(organisation_id__in=gone).delete()
    last = max((row.position for row in rows.values()), default=-1)
    Responsible.objects.bulk_create(
        Responsible(activity=activity, organisation_id=number, position=last + place)
        for place, number in enumerate((number for number in wanted if number not in rows), start=1)
    )

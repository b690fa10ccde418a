"""The plans of a network, replayed: loaded, in force, at work, closed."""

from collections.abc import Callable, Iterator
from datetime import datetime, timedelta
from functools import partial
from typing import Any

from contempo.config.demo import facts
from contempo.config.demo.networks import Stage
from contempo.config.demo.plan_claims import claim_moments
from contempo.config.demo.plan_values import value_moments
from contempo.core.clock import now, replaying
from contempo.people.public import SYSTEM
from contempo.programmes.actions.activities import move_activity
from contempo.programmes.actions.checking import check_plan
from contempo.programmes.actions.loading import load_plan
from contempo.programmes.actions.plans import move_plan
from contempo.programmes.models import Activity, Plan
from contempo.programmes.rules.plan.reading import read_plan

UNREAD = timedelta(days=7)

Moment = tuple[datetime, Callable[[], None]]


def load_plans(stage: Stage) -> int:
    """Replay the plans of a network, with their activities, values and claims; tells how many plans."""
    folder = f"{stage.slug}/plans"
    if not facts.exists(f"{folder}/plans.toml"):
        return 0
    plans = facts.toml(f"{folder}/plans.toml")["plans"]
    moments = [moment for told in plans for moment in _story(stage, folder, told)]
    for name, told_in in (("activities", _steps), ("values", value_moments), ("claims", claim_moments)):
        if facts.exists(f"{folder}/{name}.toml"):
            moments += told_in(stage, folder)
    moments.append((max(at for at, _happens in moments) - UNREAD, partial(stage.cast.read_all, stage.id)))
    for at, happens in sorted(moments, key=lambda moment: moment[0]):
        if at <= now():
            with replaying(at):
                happens()
    return len(plans)


def _story(stage: Stage, folder: str, told: dict[str, Any]) -> Iterator[Moment]:
    yield told["loaded_at"], partial(_load, stage, folder, told)
    key = told["file"].removesuffix(".yaml")
    for name, step in (("in_force_at", "put_in_force"), ("closed_at", "close")):
        if name in told:
            yield told[name], partial(_move, stage, key, step, told["by"])


def _load(stage: Stage, folder: str, told: dict[str, Any]) -> None:
    text = facts.text(f"{folder}/{told['file']}")
    tree = read_plan(text, filename=told["file"])
    plan = load_plan(stage.actor(told["by"]), tree=tree, text=text, filename=told["file"])
    check_plan(SYSTEM, plan_id=plan.pk)


def _move(stage: Stage, key: str, step: str, by: str) -> None:
    move_plan(stage.actor(by), plan_id=Plan.objects.get(network_id=stage.id, key=key).pk, step=step)


def _steps(stage: Stage, folder: str) -> Iterator[Moment]:
    """What happened to the activities."""
    told = facts.toml(f"{folder}/activities.toml")
    for each in told["steps"]:
        yield each["at"], partial(_step, stage, told["plan"], each)


def _step(stage: Stage, plan: str, told: dict[str, Any]) -> None:
    activity = Activity.objects.get(
        plan__network_id=stage.id, plan__key=plan, alliance__key=told.get("alliance"), key=told["activity"]
    )
    move_activity(stage.actor(told["by"]), plan_id=activity.plan_id, activity_id=activity.pk, step=told["step"])

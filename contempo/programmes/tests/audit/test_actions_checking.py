"""What the auditor finds is kept whole, replaced whole, and found anew after what changes a plan."""

from dataclasses import replace
from random import Random

import pytest
from django.db import connection
from django.test.utils import CaptureQueriesContext

from contempo.core.outbox import deliver_pending
from contempo.core.verdict import NotPermitted, Refusal
from contempo.network.tests.factories import make_world
from contempo.people.public import SYSTEM, Actor
from contempo.programmes.actions.activities import Written, change_activity, move_activity
from contempo.programmes.actions.checking import check_plan
from contempo.programmes.actions.loading import load_plan
from contempo.programmes.actions.revisions import approve_revision
from contempo.programmes.models import Plan, PlanFinding
from contempo.programmes.rules.audit import check
from contempo.programmes.rules.plan import tree
from contempo.programmes.tests.audit.planters import PLANTERS
from contempo.programmes.tests.audit.sound import Shape, Tree, sound_plan
from contempo.programmes.tests.money.factories import make_money

pytestmark = pytest.mark.django_db

SHAPE = Shape(seed=11, alliances=2, organisations=6, activities=2, lines=2, sources=3, periods=2)


def loaded(said: Tree) -> tuple[Actor, Plan]:
    """A plan loaded by Marta, with the facts this told delivered."""
    world = make_world()
    marta = world.actor(world.marta)
    plan = load_plan(marta, tree=tree.Plan.model_validate(said), text="", filename="piano.yaml")
    deliver_pending()
    plan.refresh_from_db()
    return marta, plan


def kept(plan: Plan) -> set[tuple[str, str]]:
    """Rule and path of what is kept of a plan."""
    return set(PlanFinding.objects.filter(plan=plan).values_list("rule", "path"))


def test_a_loaded_plan_is_checked_by_itself() -> None:
    said = sound_plan(SHAPE)
    said["alliances"][0]["activities"][0]["responsible"] = []
    _marta, plan = loaded(said)
    assert plan.checked_at is not None
    assert ("activity-responsible", "alliances[0].activities[0].responsible") in kept(plan)


@pytest.mark.parametrize("rule", ["money-total", "phase-order", "same-quantity", "target-unit"])
def test_what_is_found_in_the_rows_is_what_is_found_in_the_file(rule: str) -> None:
    said = sound_plan(SHAPE)
    PLANTERS[rule](said, Random(3))
    _marta, plan = loaded(said)
    findings = check(tree.Plan.model_validate(said))
    rows = PlanFinding.objects.filter(plan=plan).order_by("position")
    fields = (
        "rule",
        "severity",
        "subject",
        "place",
        "path",
        "declared",
        "computed",
        "difference",
        "explanation",
        "params",
    )
    assert list(rows.values_list(*fields)) == [
        tuple(dict(value) if name == "params" else value for name in fields for value in [getattr(finding, name)])
        for finding in findings
    ]
    assert rule in {finding.rule for finding in findings}


def test_a_check_replaces_what_the_last_one_found() -> None:
    said = sound_plan(SHAPE)
    said["activities"][0]["responsible"] = []
    marta, plan = loaded(said)
    before = PlanFinding.objects.filter(plan=plan).count()
    assert check_plan(marta, plan_id=plan.pk) == before == PlanFinding.objects.filter(plan=plan).count()


def test_an_activity_that_gets_a_responsible_is_no_finding_any_more() -> None:
    said = sound_plan(SHAPE)
    said["activities"][0]["responsible"] = []
    marta, plan = loaded(said)
    activity = plan.activities.get(key="p0")
    organisation = plan.alliances.first().lead_id
    written = Written(activity.title, "", "", activity.times, None, None, responsible=())
    change_activity(
        marta, plan_id=plan.pk, activity_id=activity.pk, written=replace(written, responsible=(organisation,))
    )
    deliver_pending()
    assert ("activity-responsible", "activities[0].responsible") not in kept(plan)


def test_a_cancelled_activity_needs_no_responsible() -> None:
    said = sound_plan(SHAPE)
    said["activities"][0]["responsible"] = []
    marta, plan = loaded(said)
    move_activity(marta, plan_id=plan.pk, activity_id=plan.activities.get(key="p0").pk, step="cancel")
    deliver_pending()
    assert ("activity-responsible", "activities[0].responsible") not in kept(plan)


def test_an_approved_revision_has_the_plan_checked_again() -> None:
    money = make_money()
    revision = money.proposed(*money.shift(10_000))
    approve_revision(money.actor(money.world.giulio), revision_id=revision.pk)
    assert Plan.objects.get(pk=money.it.plan.pk).checked_at is None
    deliver_pending()
    assert Plan.objects.get(pk=money.it.plan.pk).checked_at is not None


def test_many_changes_that_wait_together_are_checked_once() -> None:
    marta, plan = loaded(sound_plan(SHAPE))
    first, second = plan.activities.all()[:2]
    for step in ("suspend", "start", "suspend"):
        for activity in (first, second):
            move_activity(marta, plan_id=plan.pk, activity_id=activity.pk, step=step)
    with CaptureQueriesContext(connection) as sent:
        deliver_pending()
    assert sum("DELETE" in each["sql"] and "planfinding" in each["sql"] for each in sent) == 1


def test_only_coordinators_have_a_plan_checked_again() -> None:
    money = make_money()
    for somebody in (money.world.elena, money.world.renato, money.world.chiara, None):
        with pytest.raises(NotPermitted):
            check_plan(money.actor(somebody), plan_id=money.it.plan.pk)


def test_a_plan_of_another_network_is_not_there() -> None:
    money = make_money()
    with pytest.raises(Refusal, match="not there"):
        check_plan(money.world.actor(money.world.davide, money.world.bergamo), plan_id=money.it.plan.pk)


def test_an_event_of_a_plan_that_is_gone_is_nothing_to_check() -> None:
    assert check_plan(SYSTEM, plan_id=999_999) == 0


def test_a_check_takes_as_many_statements_for_any_number_of_activities(django_assert_max_num_queries) -> None:
    said = sound_plan(SHAPE)
    said["activities"] += [
        {"key": f"molte-{n}", "title": f"Una di molte {n}", "area": "initiative"} for n in range(900)
    ]
    marta, plan = loaded(said)
    with django_assert_max_num_queries(20):
        assert check_plan(marta, plan_id=plan.pk) >= 900

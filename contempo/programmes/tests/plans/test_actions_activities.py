"""Steps and changes of activities: who may, what is refused, what stays."""

from dataclasses import replace
from datetime import date

import pytest

from contempo.core.verdict import NotPermitted, Refusal
from contempo.network.tests.factories import OrganisationFactory
from contempo.people.models import Person
from contempo.programmes.actions.activities import Written, change_activity, move_activity
from contempo.programmes.models import Plan
from contempo.programmes.rules.activities import ActivityState, PlanState
from contempo.programmes.tests.plans.conftest import Piano

WRITTEN = Written(
    title="Incontri con le imprese",
    text="",
    place="Sesto San Giovanni",
    times=4,
    starts_on=date(2026, 3, 1),
    ends_on=date(2026, 3, 31),
    responsible=(),
)


def move(piano: Piano, who: Person | None, step: str) -> None:
    move_activity(piano.actor(who), plan_id=piano.it.plan.pk, activity_id=piano.it.activity.pk, step=step)


def change(piano: Piano, who: Person | None, **changes: object) -> None:
    written = replace(WRITTEN, **{"responsible": (piano.it.partner.pk,), **changes})
    change_activity(piano.actor(who), plan_id=piano.it.plan.pk, activity_id=piano.it.activity.pk, written=written)


@pytest.mark.parametrize("name", ["marta", "chiara", "ivo"])
def test_coordinator_lead_and_responsible_take_an_activity_forward(piano: Piano, name: str) -> None:
    move(piano, getattr(piano.world, name), "start")
    assert piano.activity.state == ActivityState.UNDER_WAY
    move(piano, getattr(piano.world, name), "finish")
    assert piano.activity.state == ActivityState.DONE


@pytest.mark.parametrize("name", ["elena", "renato", "sara", "davide"])
def test_nobody_else_takes_an_activity_forward(piano: Piano, name: str) -> None:
    with pytest.raises(NotPermitted):
        move(piano, getattr(piano.world, name), "start")
    assert piano.activity.state == ActivityState.PLANNED


def test_only_coordinator_and_lead_cancel(piano: Piano) -> None:
    with pytest.raises(NotPermitted):
        move(piano, piano.world.ivo, "cancel")
    move(piano, piano.world.chiara, "cancel")
    assert piano.activity.state == ActivityState.CANCELLED


def test_a_step_that_is_no_longer_possible_is_refused(piano: Piano) -> None:
    move(piano, piano.world.marta, "finish")
    with pytest.raises(Refusal, match="no longer possible"):
        move(piano, piano.world.marta, "start")


def test_activities_of_a_closed_plan_stay_as_they_are(piano: Piano) -> None:
    Plan.objects.update(state=PlanState.CLOSED)
    with pytest.raises(Refusal, match="closed"):
        move(piano, piano.world.marta, "start")
    with pytest.raises(Refusal, match="closed"):
        change(piano, piano.world.marta)


def test_who_answers_for_an_activity_of_a_draft_does_not_reach_it(piano: Piano) -> None:
    Plan.objects.update(state=PlanState.DRAFT)
    with pytest.raises(Refusal, match="no longer in the plan"):
        move(piano, piano.world.ivo, "start")


def test_the_lead_changes_what_is_written(piano: Piano) -> None:
    change(piano, piano.world.chiara, ends_on=date(2026, 4, 30))
    activity = piano.activity
    assert (activity.place, activity.times, activity.until) == ("Sesto San Giovanni", 4, date(2026, 5, 1))


def test_who_answers_for_an_activity_does_not_change_what_is_written(piano: Piano) -> None:
    with pytest.raises(NotPermitted):
        change(piano, piano.world.ivo)


@pytest.mark.parametrize(
    ("changes", "field"),
    [
        ({"starts_on": date(2025, 12, 31)}, "starts_on"),
        ({"ends_on": date(2029, 1, 1)}, "ends_on"),
        ({"ends_on": date(2026, 7, 1)}, "ends_on"),
        ({"ends_on": date(2026, 2, 1)}, "ends_on"),
    ],
)
def test_days_that_cannot_be_are_refused_and_nothing_changes(
    piano: Piano, changes: dict[str, object], field: str
) -> None:
    with pytest.raises(Refusal) as refused:
        change(piano, piano.world.marta, **changes)
    assert refused.value.field == field
    assert piano.activity.place == ""


def test_days_already_outside_the_phase_do_not_hinder_other_changes(piano: Piano) -> None:
    piano.it.phase.until = date(2026, 3, 15)
    piano.it.phase.save()
    change(piano, piano.world.marta)
    assert piano.activity.place == "Sesto San Giovanni"


def test_responsible_organisations_that_stay_keep_their_row(piano: Piano) -> None:
    row = piano.activity.responsibles.get()
    change(piano, piano.world.marta, responsible=(piano.it.second.pk, piano.it.partner.pk))
    assert set(piano.activity.responsible.all()) == {piano.it.partner, piano.it.second}
    assert piano.activity.responsibles.filter(pk=row.pk).exists()


def test_an_organisation_of_another_network_is_not_made_responsible(piano: Piano) -> None:
    other = OrganisationFactory(network=piano.world.bergamo)
    with pytest.raises(Refusal):
        change(piano, piano.world.marta, responsible=(other.pk,))

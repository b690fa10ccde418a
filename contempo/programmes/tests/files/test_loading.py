"""A plan loaded into the database is the plan of its file, and what hangs on its rows stays."""

from pathlib import Path

import pytest
from django.db import connection
from django.test.utils import CaptureQueriesContext
from hypothesis import HealthCheck, given, settings
from hypothesis.extra.django import TestCase

from contempo.core.models import OutboxEvent
from contempo.core.verdict import NotPermitted
from contempo.network.models import Organisation
from contempo.network.public import KINDS
from contempo.network.tests.factories import NetworkFactory, OrganisationFactory
from contempo.people.public import Actor, NetworkRole
from contempo.programmes.actions.loading import Hindered, load_plan
from contempo.programmes.actions.plans import move_plan
from contempo.programmes.models import Activity, Allocation, Plan
from contempo.programmes.models.tree import tree_of
from contempo.programmes.rules.activities import PlanState
from contempo.programmes.rules.plan import tree
from contempo.programmes.rules.plan.reading import read_plan
from contempo.programmes.rules.plan.writing import write_plan
from contempo.programmes.tests.files.test_changes import BEFORE
from contempo.programmes.tests.random_plans import plans

MILANO = sorted((Path(__file__).parents[4] / "demo" / "milano" / "plans").glob("*.yaml"))


def keeper(network_id: int) -> Actor:
    return Actor(network_id=network_id, is_system=True, roles=frozenset({NetworkRole.COORDINATOR}))


def loaded(actor: Actor, said: tree.Plan) -> Plan:
    load_plan(actor, tree=said, text=write_plan(said), filename="piano.yaml")
    return Plan.objects.get(network_id=actor.network_id, key=said.key)


def plan(**changes: object) -> tree.Plan:
    return tree.Plan.model_validate(BEFORE | changes)


class Identity(TestCase):
    """Load, read from the database, load another over it, load the first again: the tree that was loaded each time."""

    @settings(max_examples=8, suppress_health_check=list(HealthCheck), deadline=None)
    @given(plans(), plans())
    def test_the_tree_of_the_rows_is_the_tree_that_was_loaded(self, first: tree.Plan, second: tree.Plan) -> None:
        actor = keeper(NetworkFactory().id)
        for said in (first, second.model_copy(update={"key": first.key}), first):
            row = loaded(actor, said)
            assert tree_of(row) == said
            assert write_plan(tree_of(row)) == write_plan(said)
        assert row.versions.count() == 3


@pytest.mark.django_db
@pytest.mark.parametrize("path", MILANO, ids=lambda path: path.stem)
def test_the_plans_of_milan_come_back_as_they_were_written(path: Path) -> None:
    said = read_plan(path.read_text(encoding="utf-8"), filename=path.name, kinds=frozenset(KINDS))
    row = loaded(keeper(NetworkFactory().id), said)
    assert tree_of(row) == said
    assert read_plan(write_plan(tree_of(row)), filename="again", kinds=frozenset(KINDS)) == said


@pytest.mark.django_db
def test_loading_again_keeps_the_rows_and_counts_the_changes() -> None:
    actor = keeper(NetworkFactory().id)
    first = loaded(actor, plan())
    before = set(Activity.objects.values_list("id", "key")), set(Allocation.objects.values_list("id"))
    second = loaded(actor, plan(title="Piano nuovo"))
    assert (set(Activity.objects.values_list("id", "key")), set(Allocation.objects.values_list("id"))) == before
    assert (second.id, second.title, second.state) == (first.id, "Piano nuovo", PlanState.DRAFT)
    assert list(second.versions.values_list("number", "changes")) == [(2, 1), (1, 0)]
    assert OutboxEvent.objects.filter(kind__endswith="PlanLoaded").count() == 2


@pytest.mark.django_db
def test_organisations_the_registry_lacks_enter_it_and_are_not_members() -> None:
    network = NetworkFactory()
    known = OrganisationFactory(network=network, name="Alfa", slug="a")
    row = loaded(keeper(network.id), plan())
    known.refresh_from_db()
    new = Organisation.objects.get(network=network, slug="b")
    assert (known.name, new.name, new.kind, new.member_since, new.source) == (
        "Alfa",
        "B",
        "company",
        None,
        "piano.yaml",
    )
    assert row.alliances.get().lead_id == known.id


@pytest.mark.django_db
def test_a_file_that_may_not_change_the_plan_changes_nothing_and_tells_everything() -> None:
    actor = keeper(NetworkFactory().id)
    row = loaded(actor, plan())
    move_plan(actor, plan_id=row.id, step="put_in_force")
    budget = {**plan().budget.model_dump(mode="json"), "shift_limit": "50"}
    organisations = [*BEFORE["organisations"], {"key": "c", "name": "C", "kind": "company"}]
    with pytest.raises(Hindered) as refused:
        loaded(actor, plan(title="Altro", budget={**budget, "cells": []}, organisations=organisations))
    assert [each.what for each in refused.value.found] == ["l / s", "shift_limit"]
    assert tree_of(Plan.objects.get()) == plan()
    assert not Organisation.objects.filter(slug="c").exists()


@pytest.mark.django_db
def test_in_force_words_change_and_what_the_plan_gave_first_stays() -> None:
    actor = keeper(NetworkFactory().id)
    row = loaded(actor, plan())
    move_plan(actor, plan_id=row.id, step="put_in_force")
    Allocation.objects.update(cents=20_000)
    now = tree_of(row)
    assert now.budget.cells[0].amount == 20_000
    loaded(actor, now.model_copy(update={"summary": "In breve."}))
    allocation = Allocation.objects.get()
    assert (allocation.first_cents, allocation.cents) == (10_000, 20_000)


@pytest.mark.django_db
def test_an_organisation_that_only_rows_name_is_in_the_file_too() -> None:
    network = NetworkFactory()
    row = loaded(keeper(network.id), plan())
    other = OrganisationFactory(network=network, name="Zeta", slug="zeta")
    cell = Allocation.objects.get()
    Allocation.objects.create(
        plan=row, line=cell.line, source=cell.source, partner=other, first_cents=0, cents=5
    )  # as a revision does
    said = tree_of(row)
    assert [each.key for each in said.organisations] == ["a", "b", "zeta"]
    assert [each.partner for each in said.budget.cells] == [None, "zeta"]
    assert read_plan(write_plan(said), filename="x") == said


@pytest.mark.django_db
def test_the_tree_of_a_large_plan_takes_as_many_statements_as_that_of_a_small_one() -> None:
    actor = keeper(NetworkFactory().id)

    def statements(count: int) -> int:
        activities = [{"key": f"x{number}", "title": "X", "responsible": ["a", "b"]} for number in range(count)]
        row = loaded(actor, plan(key=f"piano-{count}", activities=activities))
        with CaptureQueriesContext(connection) as captured:
            assert len(tree_of(row).activities) == count
        return len(captured)

    assert statements(1) == statements(300)


@pytest.mark.django_db
def test_only_who_keeps_the_plans_loads_them() -> None:
    with pytest.raises(NotPermitted):
        loaded(Actor(network_id=NetworkFactory().id, person_id=None), plan())

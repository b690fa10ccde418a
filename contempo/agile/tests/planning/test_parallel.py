"""Many at once, each on a connection of its own: limits and ledger hold."""

from collections.abc import Callable
from concurrent.futures import ThreadPoolExecutor
from contextvars import copy_context
from datetime import date
from threading import Barrier

import pytest
from django.db import connection

from contempo.agile.actions.planning.days import save_days
from contempo.agile.models import PlannedDay, UnitDay, Worker
from contempo.agile.rules.months import DayState
from contempo.agile.tests.bank.world import open_december, sign
from contempo.agile.tests.conftest import Comune
from contempo.agile.tests.factories import WorkerFactory, make_employer
from contempo.agile.tests.planning.conftest import SETTLED, WINDOW, Plan, dec
from contempo.core.testing import At
from contempo.core.verdict import Refusal
from contempo.network.tests.factories import make_world
from contempo.people.public import Actor
from contempo.people.tests.factories import person

pytestmark = pytest.mark.django_db(transaction=True)

CROWD = 12


def at_once(acts: "list[Callable[[], object]]") -> list[object]:
    """What each of the acts, begun together, came to: its result or what it raised."""
    begin = Barrier(len(acts))

    def run(act: Callable[[], object]) -> object:
        try:
            begin.wait()
            return act()
        except Exception as error:
            return error
        finally:
            connection.close()

    with ThreadPoolExecutor(len(acts)) as pool:
        return [done.result() for done in [pool.submit(copy_context().run, run, act) for act in acts]]


@pytest.fixture
def crowd(at: At) -> tuple[Plan, list[Actor]]:
    """The office with twelve people more, planning closed: sixteen work there, nine may be away on a day."""
    at(WINDOW)
    world = make_world()
    comune = Comune(world, make_employer(world.comune))
    people = [person(f"Nome{number}", "Folla") for number in range(CROWD)]
    for one in people:
        sign(WorkerFactory(unit=comune.it.counter, person=one, eligible=True, remote_percent=80))
    plan = Plan(open_december(comune), at)
    at(SETTLED)
    return plan, [comune.it.actor(one) for one in people]


def test_the_last_places_go_to_as_many_as_there_are(crowd: tuple[Plan, list[Actor]]) -> None:
    plan, actors = crowd

    def wants(actor: Actor) -> Callable[[], object]:
        return lambda: save_days(actor, month_id=plan.month_id, plan=dec(1, 2, 3))

    found = at_once([wants(actor) for actor in actors])
    assert sum(1 for each in found if each == (3, 0)) == 9
    assert all(each == (3, 0) or isinstance(each, Refusal) for each in found)
    assert set(UnitDay.objects.filter(unit=plan.comune.it.counter).values_list("count", flat=True)) == {9}
    assert plan.agrees()


def test_days_wanted_in_any_order_never_lock_each_other_out(crowd: tuple[Plan, list[Actor]]) -> None:
    plan, actors = crowd
    orders = [dec(1, 2, 3, 4), dec(4, 3, 2, 1), dec(2, 4), dec(3, 1)]

    def wants(actor: Actor, days: list[date]) -> Callable[[], object]:
        return lambda: save_days(actor, month_id=plan.month_id, plan=days)

    found = at_once([wants(actor, orders[number % 4]) for number, actor in enumerate(actors)])
    assert all(isinstance(each, tuple | Refusal) for each in found), found
    assert all(count <= 9 for count in UnitDay.objects.values_list("count", flat=True))
    assert plan.agrees()


def test_one_person_in_many_windows_plans_a_date_once(crowd: tuple[Plan, list[Actor]]) -> None:
    plan, actors = crowd

    def wants() -> object:
        return save_days(actors[0], month_id=plan.month_id, plan=dec(1, 2))

    found = at_once([wants] * 6)
    assert sorted(each for each in found if isinstance(each, tuple)) == [(0, 0)] * 5 + [(2, 0)]
    worker = Worker.objects.get(person=actors[0].person_id)
    assert PlannedDay.objects.filter(worker=worker, state=DayState.PLANNED).count() == 2
    assert plan.agrees()

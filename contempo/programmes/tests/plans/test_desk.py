"""What of the plans awaits a person: every card opens a list of exactly its length."""

from urllib.parse import parse_qsl, urlsplit

from contempo.core.clock import now
from contempo.people.models import Person
from contempo.programmes.models import Plan
from contempo.programmes.queries.plans.desk import cards
from contempo.programmes.rules.activities import PlanState
from contempo.programmes.tests.factories import ActivityFactory, ResponsibleFactory
from contempo.programmes.tests.plans.conftest import Piano


def told(piano: Piano, who: Person | None) -> dict[str, int]:
    found = {}
    for card in cards(piano.actor(who), now()):
        parts = urlsplit(card.url)
        path = parts.path.removeprefix("/milano/piani/piano/")
        assert len(piano.see(path, who, **dict(parse_qsl(parts.query))).select("tbody tr")) == card.count
        found[str(card.title)] = card.count
    return found


def test_a_partner_is_told_what_is_late_and_what_comes_next(piano: Piano) -> None:
    coming = ActivityFactory(plan=piano.it.plan, alliance=piano.it.times, since="2026-12-01", until="2027-01-01")
    ResponsibleFactory(activity=coming, organisation=piano.it.partner)
    assert told(piano, piano.world.ivo) == {
        "Panificio Aurora: attività del piano in ritardo": 1,
        "Panificio Aurora: prossime attività del piano": 1,
    }


def test_the_coordinator_is_told_of_every_late_activity(piano: Piano) -> None:
    ActivityFactory(plan=piano.it.plan, alliance=piano.it.times)
    assert told(piano, piano.world.marta) == {"Attività del piano in ritardo": 2}


def test_who_answers_for_nothing_is_told_nothing(piano: Piano) -> None:
    assert told(piano, piano.world.chiara) == {}
    assert told(piano, piano.world.sara) == {}
    assert told(piano, None) == {}


def test_a_plan_that_is_not_in_force_asks_nothing(piano: Piano) -> None:
    Plan.objects.update(state=PlanState.CLOSED)
    assert told(piano, piano.world.ivo) == {}
    assert told(piano, piano.world.marta) == {}

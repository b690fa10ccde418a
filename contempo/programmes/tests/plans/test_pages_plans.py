"""The list of plans and the overview of one: who sees which, and every figure opening its records."""

import re
from urllib.parse import urlsplit

import pytest

from contempo.core.money import in_euro
from contempo.programmes.models import Allocation, Plan
from contempo.programmes.rules.activities import ActivityState, PlanState
from contempo.programmes.tests.factories import ActivityFactory, PlanFactory
from contempo.programmes.tests.plans.conftest import Piano, words

DOCUMENT = {
    "context": "Il contesto della rete.",
    "acts": [{"key": "dgr", "kind": "DGR", "number": "1081", "year": 2013, "title": "Linee guida"}],
    "purposes": [{"key": "uno", "text": "Più tempo alle famiglie."}],
    "objectives": [{"key": "o", "title": "Servizi", "objectives": [{"key": "a", "text": "Aprire le scuole."}]}],
    "planning_documents": [{"key": "pdz", "kind": "zone_plan", "title": "Piano di zona", "organisation": "comune"}],
    "organisations": [{"key": "comune", "name": "Comune di Milano", "kind": "municipality"}],
    "planned_actions": [{"key": "az", "number": 1, "title": "Lavoro agile", "responsible": ["comune"]}],
    "governance": [{"key": "g", "level": 1, "name": "Cabina di regia", "members": ["ASL di Milano"]}],
}


def test_a_network_without_plans_says_what_will_be_there(piano: Piano) -> None:
    answer = piano.client(None).get("/bergamo/piani/")
    assert "Non c’è ancora un piano" in answer.content.decode()


def test_a_draft_is_listed_only_for_who_prepares_it(piano: Piano) -> None:
    PlanFactory(network=piano.world.milano, key="bozza", title="Piano in bozza", state=PlanState.DRAFT)
    seen = {
        name: "Piano in bozza" in piano.client(who).get("/milano/piani/").content.decode()
        for name, who in {"visitor": None, "chiara": piano.world.chiara, "marta": piano.world.marta}.items()
    }
    assert seen == {"visitor": False, "chiara": False, "marta": True}
    assert piano.client(None).get("/milano/piani/bozza/").status_code == 404
    assert piano.client(piano.world.marta).get("/milano/piani/bozza/").status_code == 200


def test_a_plan_is_not_found_under_another_network(piano: Piano) -> None:
    assert piano.client(piano.world.davide).get("/bergamo/piani/piano/").status_code == 404


def test_the_overview_says_everything_the_document_says(piano: Piano) -> None:
    Plan.objects.update(document=DOCUMENT)
    text = words(piano.see())
    for said in (
        "Il contesto della rete.",
        "DGR 1081/2013",
        "Più tempo alle famiglie.",
        "Aprire le scuole.",
        "Piano di zona – Comune di Milano",
        "1. Lavoro agile",
        "Responsabile: Comune di Milano",
        "Cabina di regia",
        "Case e tempi",
        "Orari amici",
        "Sito del piano",
    ):
        assert said in text


def test_the_money_adds_up(piano: Piano) -> None:
    text = words(piano.see())
    total = sum(Allocation.objects.values_list("cents", flat=True))
    for cents in (total, 1_500_000, 250_000):
        assert in_euro(cents).replace("\u00a0", " ") in text.replace("\u00a0", " ")


def test_every_count_of_activities_opens_a_list_of_that_length(piano: Piano) -> None:
    for state, often in ((ActivityState.DONE, 3), (ActivityState.UNDER_WAY, 1)):
        ActivityFactory.create_batch(often, plan=piano.it.plan, alliance=piano.it.times, state=state.value)
    page = piano.see()
    section = page.find("h2", id="progress").find_parent("section")
    figures = {stat.a["href"]: int(stat.select_one(".stat-value").get_text()) for stat in section.select(".stat")}
    assert sorted(figures.values()) == [1, 2, 2, 3, 6]
    told = [words(stat) for stat in section.select(".stat")]
    assert [each for each in ("2 previste", "1 in corso", "3 concluse", "2 in ritardo") if each not in told] == []
    for address, number in figures.items():
        parts = urlsplit(address)
        listed = words(piano.see("attivita/", **dict(pair.split("=") for pair in parts.query.split("&") if pair)))
        assert re.search(rf"\b{number} attività", listed), (address, listed)


def test_the_card_of_an_alliance_counts_what_is_done(piano: Piano) -> None:
    ActivityFactory(plan=piano.it.plan, alliance=piano.it.homes, state=ActivityState.DONE.value)
    assert "1 attività concluse su 2" in words(piano.see())


def test_the_coordinator_puts_a_plan_in_force_and_everybody_reads_it(piano: Piano) -> None:
    Plan.objects.update(state=PlanState.DRAFT)
    assert piano.get().status_code == 404
    client = piano.client(piano.world.marta)
    assert client.post("/milano/piani/piano/stato/", {"step": "put_in_force"}).status_code == 302
    assert piano.get().status_code == 200


@pytest.mark.parametrize("name", ["chiara", "renato", "elena"])
def test_nobody_else_closes_a_plan(piano: Piano, name: str) -> None:
    answer = piano.client(getattr(piano.world, name)).post("/milano/piani/piano/stato/", {"step": "close"})
    assert answer.status_code == 403
    assert Plan.objects.get(key="piano").state == PlanState.IN_FORCE


def test_a_plan_and_its_alliances_are_found_in_the_site_once_it_is_in_force(piano: Piano) -> None:
    Plan.objects.update(state=PlanState.DRAFT)
    client = piano.client(piano.world.marta)
    assert "/milano/piani/piano/" not in client.get("/milano/cerca/", {"q": "territoriale"}).content.decode()
    client.post("/milano/piani/piano/stato/", {"step": "put_in_force"})
    found = piano.client(None).get("/milano/cerca/", {"q": "orari amici"}).content.decode()
    assert "/milano/piani/piano/alleanze/orari-amici/" in found

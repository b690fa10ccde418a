"""The page of an alliance, and what each partner owes to the plan."""

import pytest

from contempo.people.models import Person
from contempo.programmes.models import Alliance
from contempo.programmes.rules.claims import ClaimState
from contempo.programmes.tests.factories import (
    ActivityFactory,
    AllianceTargetFactory,
    ClaimFactory,
    PartnerFactory,
    ResponsibleFactory,
)
from contempo.programmes.tests.plans.conftest import Piano, words

HOMES = "alleanze/case-e-tempi/"


def test_an_alliance_tells_lead_partners_roles_phases_and_money(piano: Piano) -> None:
    AllianceTargetFactory(indicator=piano.it.indicator, alliance=piano.it.homes, target="7")
    Alliance.objects.filter(pk=piano.it.homes.pk).update(
        document={
            "aims": "Provare gli orari flessibili.",
            "objectives": [{"key": "o", "text": "Un modello", "results": [{"key": "r", "text": "Un modello pratico"}]}],
            "audiences": [{"name": "Piccole imprese"}],
            "reward_uses": ["Altri incontri"],
        }
    )
    text = words(piano.see(HOMES)).replace("\u00a0", " ")
    for said in (
        "Comune di Milano",
        "Panificio Aurora",
        "Mette gli spazi.",
        "Fase 1: Avvio",
        "Incontri con le imprese",
        "Provare gli orari flessibili.",
        "Un modello pratico",
        "Piccole imprese",
        "Altri incontri",
        "Incontri tenuti",
        "15.000,00 €",
        "17.500,00 €",
    ):
        assert said in text, said


def test_few_partners_need_no_filter_and_many_have_one(piano: Piano) -> None:
    assert piano.see(HOMES).select("form.filters") == []
    for number in range(20):
        organisation = piano.world.member(name=f"Ente {number}")
        PartnerFactory(alliance=piano.it.homes, organisation=organisation, position=number + 3, group="Imprese")
    found = piano.see(HOMES, cerca="aurora")
    assert [words(each) for each in found.select("#partner-list tbody th")] == ["Panificio Aurora"]
    lines = b"".join(piano.get(HOMES, formato="csv").streaming_content).decode("utf-8-sig").splitlines()
    assert len(lines) == 1 + 22


def test_a_long_phase_shows_ten_activities_and_leads_to_all(piano: Piano) -> None:
    ActivityFactory.create_batch(14, plan=piano.it.plan, alliance=piano.it.homes, phase=piano.it.phase)
    page = piano.see(HOMES)
    assert len(page.select(".deeds li")) == 10
    link = next(each for each in page.select("a.link-more") if "15 attività" in words(each))
    assert link["href"].endswith(f"?alleanza=case-e-tempi&fase={piano.it.phase.key}")


def test_late_activities_of_a_partner_come_first(piano: Piano) -> None:
    for title, since, until in (("Lontana", "2028-01-01", "2028-02-01"), ("Vicina", "2026-12-01", "2027-02-01")):
        activity = ActivityFactory(
            plan=piano.it.plan, alliance=piano.it.times, title=title, since=since, until=until, position=0
        )
        ResponsibleFactory(activity=activity, organisation=piano.it.partner)
    page = piano.see(f"soggetti/{piano.it.partner.pk}/")
    assert [words(each) for each in page.select(".deeds li > a")] == ["Incontri con le imprese", "Vicina", "Lontana"]
    assert "1 attività è in ritardo" in words(page)


def seen_by(piano: Piano, who: Person | None) -> bool:
    return "5.000,00 €" in words(piano.see(f"soggetti/{piano.it.partner.pk}/", who)).replace("\u00a0", " ")


def test_money_set_aside_is_for_its_people_its_lead_and_who_reads_the_whole(piano: Piano) -> None:
    world = piano.world
    assert {
        name: seen_by(piano, who)
        for name, who in {
            "visitor": None,
            "sara": world.sara,
            "ivo": world.ivo,
            "chiara": world.chiara,
            "marta": world.marta,
            "elena": world.elena,
        }.items()
    } == {"visitor": False, "sara": False, "ivo": True, "chiara": True, "marta": True, "elena": True}


def test_a_draft_claim_is_seen_by_its_partner_alone(piano: Piano) -> None:
    ClaimFactory(plan=piano.it.plan, organisation=piano.it.partner, alliance=piano.it.homes, title="In bozza")
    ClaimFactory(
        plan=piano.it.plan,
        organisation=piano.it.partner,
        alliance=piano.it.homes,
        title="Inviato",
        state=ClaimState.SUBMITTED.value,
    )
    address = f"soggetti/{piano.it.partner.pk}/"
    own, lead = words(piano.see(address, piano.world.ivo)), words(piano.see(address, piano.world.chiara))
    assert ("In bozza" in own, "Inviato" in own) == (True, True)
    assert ("In bozza" in lead, "Inviato" in lead) == (False, True)


def test_a_lead_reads_which_values_are_still_to_be_given(piano: Piano) -> None:
    AllianceTargetFactory(indicator=piano.it.indicator, alliance=piano.it.times)
    text = words(piano.see(f"soggetti/{piano.it.partner.pk}/", piano.world.ivo))
    assert "Incontri tenuti Orari amici · Primo semestre 2026" in text


@pytest.mark.parametrize("address", ["soggetti/999999/", "alleanze/nessuna/", "attivita/999999/"])
def test_what_is_not_in_the_plan_is_not_found(piano: Piano, address: str) -> None:
    assert piano.get(address).status_code == 404


def test_an_organisation_without_a_part_in_the_plan_has_no_page_there(piano: Piano) -> None:
    other = piano.world.member(name="Estranea")
    assert piano.get(f"soggetti/{other.pk}/").status_code == 404

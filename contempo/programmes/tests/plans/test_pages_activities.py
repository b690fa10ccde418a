"""The list of activities, the page of one, changing it."""

import pytest
from bs4 import BeautifulSoup

from contempo.programmes.models import Plan
from contempo.programmes.rules.activities import ActivityState, PlanState
from contempo.programmes.tests.factories import ActivityFactory, ResponsibleFactory
from contempo.programmes.tests.plans.conftest import Piano, words

TYPED = {
    "title": "Incontri nelle officine",
    "text": "",
    "place": "Greco",
    "times": "3",
    "starts_on": "2026-03-01",
    "ends_on": "2026-03-31",
}


def titles(piano: Piano, **params: str) -> list[str]:
    return [" ".join(each.get_text().split()) for each in piano.see("attivita/", **params).select("tbody th")]


def path(piano: Piano, further: str = "") -> str:
    return f"attivita/{piano.it.activity.pk}/{further}"


@pytest.mark.parametrize(
    ("params", "found"),
    [
        ({}, 5),
        ({"cerca": "imprese incontri"}, 1),
        ({"stato": "done"}, 1),
        ({"alleanza": "case-e-tempi"}, 1),
        ({"alleanza": "-"}, 1),
        ({"alleanza": "orari-amici", "stato": "planned"}, 2),
        ({"alleanza": "case-e-tempi", "fase": "fase"}, 1),
        ({"quando": "ritardo"}, 1),
        ({"quando": "prossime"}, 1),
        ({"area": "communication"}, 1),
    ],
)
def test_filters_narrow_the_list_and_the_count_is_exact(piano: Piano, params: dict[str, str], found: int) -> None:
    times = {"plan": piano.it.plan, "alliance": piano.it.times}
    ActivityFactory(title="Banca del tempo", since="2026-12-01", until="2027-01-01", **times)
    ActivityFactory(title="Sportello", since="2027-12-01", until="2028-01-01", **times)
    ActivityFactory(title="Conclusa", state=ActivityState.DONE.value, **times)
    if "fase" in params:
        params = {**params, "fase": piano.it.phase.key}
    page = piano.see("attivita/", **params)
    assert len(page.select("tbody tr")) == found
    assert f"{found} attività" in words(page.select_one(".list-count"))


@pytest.mark.parametrize(
    ("typed", "found"),
    [
        ("citta", True),
        ("CITTÀ", True),
        ("l'eta dell’oro", True),
        ("OFFICINE", True),
        ("navig", True),
        ("greco citta", True),
        ("greco mare", False),
        ("officina", False),
        ("avigli", False),
    ],
)
def test_an_activity_is_found_by_what_words_begin_with_whatever_their_accents(
    piano: Piano, typed: str, found: bool
) -> None:
    ActivityFactory(
        plan=piano.it.plan, title="L’Età dell'oro: le Città", place="Greco", text="Tre officine sui Navigli"
    )
    assert len(titles(piano, cerca=typed)) == int(found)


def test_signs_without_words_narrow_nothing(piano: Piano) -> None:
    assert len(titles(piano, cerca="?! &|:*")) == 2


def test_the_list_is_narrowed_by_who_answers_for_it(piano: Piano) -> None:
    assert titles(piano, responsabile=str(piano.it.partner.pk)) == ["Incontri con le imprese"]


def test_the_file_has_every_activity_with_all_that_is_known(piano: Piano) -> None:
    ActivityFactory.create_batch(30, plan=piano.it.plan)
    answer = piano.get("attivita/", formato="csv")
    lines = b"".join(answer.streaming_content).decode("utf-8-sig").splitlines()
    assert len(lines) == 1 + 32
    assert any("Panificio Aurora" in line for line in lines)


def test_a_late_activity_says_so_with_its_day(piano: Piano) -> None:
    text = words(piano.see(path(piano)))
    assert "In ritardo" in text
    assert "Doveva finire entro il 31 marzo 2026." in text


def test_nothing_is_late_in_a_closed_plan(piano: Piano) -> None:
    Plan.objects.update(state=PlanState.CLOSED)
    assert "In ritardo" not in words(piano.see(path(piano)))
    assert piano.see("attivita/", quando="ritardo").select("tbody tr") == []


def test_an_activity_without_days_or_responsible_says_that_the_plan_gives_none(piano: Piano) -> None:
    text = words(piano.see(f"attivita/{piano.it.own_activity.pk}/"))
    assert "il piano non dà date" in text
    assert "Il piano non nomina nessuno" in text


def test_steps_are_offered_to_those_who_may_take_them(piano: Piano) -> None:
    def offered(who: object) -> list[str]:
        return [each["value"] for each in piano.see(path(piano), who).select("input[name=step]")]

    assert offered(None) == []
    assert offered(piano.world.elena) == []
    assert offered(piano.world.ivo) == ["start", "finish", "suspend"]
    assert offered(piano.world.chiara) == ["start", "finish", "suspend", "cancel"]


def test_a_step_taken_is_told_in_the_story_with_its_author(piano: Piano) -> None:
    piano.client(piano.world.ivo).post(f"/milano/piani/piano/{path(piano, 'passo/')}", {"step": "start"})
    text = words(piano.see(path(piano), piano.world.ivo).select_one(".timeline"))
    assert "In corso" in text
    assert "Ivo Ferri" in text
    assert piano.see(path(piano)).select(".timeline") == []


def test_wrong_days_are_told_beside_the_field_and_nothing_typed_is_lost(piano: Piano) -> None:
    client = piano.client(piano.world.chiara)
    answer = client.post(f"/milano/piani/piano/{path(piano, 'modifica/')}", {**TYPED, "ends_on": "2029-06-30"})
    text = answer.content.decode()
    assert "Il piano va dal 01/01/2026 al 31/12/2028" in text
    assert "Incontri nelle officine" in text
    assert piano.activity.title == "Incontri con le imprese"


def test_the_lead_changes_an_activity(piano: Piano) -> None:
    client = piano.client(piano.world.chiara)
    typed = {**TYPED, "responsible": [str(piano.it.second.pk)]}
    answer = client.post(f"/milano/piani/piano/{path(piano, 'modifica/')}", typed)
    assert answer.status_code == 302
    activity = piano.activity
    assert (activity.title, activity.place, activity.times) == ("Incontri nelle officine", "Greco", 3)
    assert list(activity.responsible.all()) == [piano.it.second]


def test_two_windows_on_one_activity_do_not_undo_each_other_unseen(piano: Piano) -> None:
    client = piano.client(piano.world.chiara)
    url = f"/milano/piani/piano/{path(piano, 'modifica/')}"
    typed = {**TYPED, "responsible": [str(piano.it.partner.pk)]}
    opened = BeautifulSoup(client.get(url).content, "html.parser").select_one("[name=edition]")["value"]
    piano.client(piano.world.marta).post(url, {**typed, "place": "Niguarda", "edition": opened})
    answer = client.post(url, {**typed, "title": "Tutt’altro titolo", "edition": opened})
    page = BeautifulSoup(answer.content, "html.parser").main
    assert "È cambiato dopo che hai aperto la pagina" in words(page.select_one(".error-summary"))
    assert words(page.select_one(".notice dl")) == "Titolo Incontri nelle officine Luogo Niguarda"
    assert page.select_one("[name=title]")["value"] == "Tutt’altro titolo"
    assert piano.activity.place == "Niguarda"
    known = page.select_one("[name=edition]")["value"]
    assert client.post(url, {**typed, "title": "Tutt’altro titolo", "edition": known}).status_code == 302
    assert (piano.activity.title, piano.activity.place) == ("Tutt’altro titolo", "Greco")


def test_who_answers_for_an_activity_reads_why_the_form_is_not_theirs(piano: Piano) -> None:
    answer = piano.get(path(piano, "modifica/"), piano.world.ivo)
    assert answer.status_code == 403
    assert "li modificano solo chi coordina" in answer.content.decode()


def test_the_list_shows_three_who_answer_and_counts_the_others(piano: Piano) -> None:
    for number in range(4):
        organisation = piano.world.member(name=f"Ente {number}")
        ResponsibleFactory(activity=piano.it.activity, organisation=organisation, position=number + 1)
    assert "e altri 2" in words(piano.see("attivita/"))

"""The staff on the web."""

import pytest

from contempo.agile.models import Worker, WorkerSpell
from contempo.agile.tests.conftest import Comune, words

NEW = {
    "number": "000200",
    "email": "Nuova@Example.org",
    "contract": "permanent",
    "category": "Istruttori",
    "part_time_percent": "50",
    "weekdays": ["0", "1"],
    "sex": "f",
    "birth_year": "1990",
    "since": "2026-11-02",
    "last": "",
}


def numbers(comune: Comune, who: str = "paolo", **params: str) -> list[str]:
    return [words(row) for row in comune.see("personale/", who, **params).select("tbody th")]


def typed(comune: Comune, **changed: object) -> dict[str, object]:
    return {**NEW, "unit": str(comune.it.counter.pk), **changed}


@pytest.mark.parametrize(
    ("params", "found"),
    [
        ({}, 7),
        ({"cerca": "00010"}, 7),
        ({"cerca": "anna.ross"}, 1),
        ({"contratto": "fixed_term"}, 0),
        ({"idoneita": "si"}, 7),
        ({"idoneita": "no"}, 0),
        ({"accordo": "si"}, 0),
        ({"accesso": "si"}, 6),
        ({"accesso": "senza-indirizzo"}, 1),
        ({"ruolo": "responsabili"}, 2),
        ({"ruolo": "sicurezza"}, 1),
        ({"quando": "non-piu"}, 0),
    ],
)
def test_filters_narrow_the_staff_and_the_count_is_exact(comune: Comune, params: dict[str, str], found: int) -> None:
    page = comune.see("personale/", "paolo", **params)
    assert len(page.select("tbody tr")) == found
    assert words(page.select_one(".list-count")).split()[0] == str(found)


def test_directorate_and_unit_narrow_it_too(comune: Comune) -> None:
    it = comune.it
    assert len(numbers(comune, direzione=str(it.schools.pk))) == 2
    assert len(numbers(comune, unita=str(it.registry.pk))) == 4


def test_who_heads_a_unit_sees_its_people_and_those_below_and_others_nobody(comune: Comune) -> None:
    assert numbers(comune, "diana") == ["000101", "000102", "000103", "000104", "000107"]
    assert numbers(comune, "ugo") == ["000102", "000103", "000104", "000107"]
    assert comune.get("personale/", "anna").status_code == 403


def test_the_page_of_a_worker_is_for_human_resources_heads_and_the_worker(comune: Comune) -> None:
    path = f"personale/{comune.it.anna.pk}/"
    for who in ("paolo", "diana", "ugo", "anna"):
        assert comune.get(path, who).status_code == 200, who
    for who in ("bruno", "carla"):
        assert comune.get(path, who).status_code == 404, who


def test_what_is_only_for_figures_is_shown_to_human_resources_alone(comune: Comune) -> None:
    path = f"personale/{comune.it.anna.pk}/"
    assert "1991" in words(comune.see(path, "paolo"))
    assert "1991" not in words(comune.see(path, "ugo"))


def test_somebody_is_added_by_hand(comune: Comune) -> None:
    assert comune.post("personale/nuovo/", "paolo", **typed(comune)).status_code == 302
    worker = Worker.objects.get(number="000200")
    assert (worker.email, worker.weekdays, worker.present) == ("nuova@example.org", [0, 1], True)
    assert worker.directorate == comune.it.civic
    assert WorkerSpell.objects.filter(worker=worker).count() == 1


@pytest.mark.parametrize(
    ("changed", "field"),
    [
        ({"number": "000103"}, "number"),
        ({"email": "anna.rossetti@example.org"}, "email"),
        ({"unit": ""}, "unit"),
        ({"part_time_percent": "0"}, "part_time_percent"),
        ({"weekdays": []}, "weekdays"),
        ({"birth_year": "2020"}, "birth_year"),
        ({"last": "2026-10-01"}, "last"),
        ({"heads_unit": "on"}, "heads_unit"),
        ({"since": "boh"}, "since"),
    ],
)
def test_what_cannot_be_is_said_beside_its_field(comune: Comune, changed: dict[str, object], field: str) -> None:
    answer = comune.post("personale/nuovo/", "paolo", **typed(comune, **changed))
    assert answer.status_code == 200
    assert list(answer.context["form"].errors) == [field]
    assert Worker.objects.count() == 7


def test_a_change_holds_since_its_day_and_the_history_keeps_what_was(comune: Comune) -> None:
    anna = comune.it.anna
    change = typed(comune, number="000103", email="anna.rossetti@example.org", since="2026-01-01", day="2026-11-09")
    assert comune.post(f"personale/{anna.pk}/modifica/", "paolo", **change).status_code == 302
    spells = WorkerSpell.objects.filter(worker=anna).order_by("since")
    assert [(row.part_time_percent, f"{row.since:%d/%m}") for row in spells] == [(100, "01/01"), (50, "09/11")]
    assert "dal 1 gennaio 2026 al 8 novembre 2026" in words(comune.see(f"personale/{anna.pk}/", "paolo"))


def test_a_change_of_tomorrow_is_refused(comune: Comune) -> None:
    change = typed(comune, number="000103", email="", since="2026-01-01", day="2026-11-21")
    answer = comune.post(f"personale/{comune.it.anna.pk}/modifica/", "paolo", **change)
    assert list(answer.context["form"].errors) == ["day"]


def test_who_leaves_is_not_there_any_more_but_stays_in_the_list_of_those_who_were(comune: Comune) -> None:
    anna = comune.it.anna
    change = typed(
        comune,
        number="000103",
        email="anna.rossetti@example.org",
        since="2026-01-01",
        last="2026-11-15",
        part_time_percent="100",
        weekdays=["0", "1", "2", "3", "4"],
        day="2026-11-20",
    )
    assert comune.post(f"personale/{anna.pk}/modifica/", "paolo", **change).status_code == 302
    assert "000103" not in numbers(comune)
    assert numbers(comune, quando="non-piu") == ["000103"]
    assert comune.part("anna").worker is None


def test_only_human_resources_change_the_staff(comune: Comune) -> None:
    it = comune.it
    for path in ("personale/nuovo/", f"personale/{it.anna.pk}/modifica/", "personale/inviti/"):
        assert comune.get(path, "diana").status_code == 403, path
    for path in (f"personale/{it.anna.pk}/invita/", f"personale/{it.anna.pk}/scollega/"):
        assert comune.post(path, "diana").status_code == 403, path
    assert Worker.objects.get(pk=it.anna.pk).person is not None

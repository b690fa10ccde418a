"""The structure on the web."""

import pytest

from contempo.agile.models import Unit, UnitSpell, Worker, WorkerSpell
from contempo.agile.tests.conftest import Comune, words
from contempo.core.testing import At

NEW = {"name": "Stato civile", "code": "S10", "kind": "office", "day": "2026-11-02"}


def rows(comune: Comune, who: str = "paolo", **params: str) -> list[str]:
    return [words(row) for row in comune.see("struttura/", who, **params).select("tbody th")]


def test_the_structure_is_a_tree_that_filters_narrow(comune: Comune) -> None:
    assert rows(comune) == ["Servizi civici milano", "Demografici", "Anagrafe", "Educazione", "Nidi"]
    assert rows(comune, "anna", tipo="office") == ["Anagrafe", "Nidi"]
    assert rows(comune, direzione=str(comune.it.schools.pk)) == ["Educazione", "Nidi"]
    assert rows(comune, cerca="a01") == ["Demografici"]
    assert rows(comune, quando="finite") == []


def test_who_works_elsewhere_does_not_read_it_and_a_visitor_is_asked_to_sign_in(comune: Comune) -> None:
    assert comune.get("struttura/", "marta").status_code == 403
    assert comune.get("struttura/").status_code == 302


def test_the_structure_leaves_as_a_file(comune: Comune) -> None:
    text = b"".join(comune.get("struttura/", "paolo", formato="csv")).decode("utf-8-sig")
    assert len(text.strip().splitlines()) == 6


def test_the_page_of_a_unit_counts_people_and_the_list_behind_has_as_many(comune: Comune) -> None:
    page = comune.see(f"struttura/{comune.it.civic.pk}/", "diana")
    assert words(page.select_one(".stat-value")) == "5"
    link = page.select_one(".stat-label a")["href"]
    listed = comune.client("diana").get(link)
    assert b"5 persone" in listed.content or b"5 people" in listed.content


def test_a_worker_sees_the_unit_without_a_link_to_its_people(comune: Comune) -> None:
    page = comune.see(f"struttura/{comune.it.counter.pk}/", "anna")
    assert not page.select(".stat-label a")
    assert "Ugo Rossetti" in words(page)


def test_a_unit_is_added_with_its_place_and_its_first_day(comune: Comune) -> None:
    answer = comune.post("struttura/nuova/", "paolo", **NEW, parent=str(comune.it.registry.pk))
    assert answer.status_code == 302
    unit = Unit.objects.get(code="S10")
    assert unit.path == f"{comune.it.registry.path}{unit.pk}/"
    assert unit.directorate == comune.it.civic
    assert f"{UnitSpell.objects.get(unit=unit).since}" == "2026-11-02"


@pytest.mark.parametrize(
    ("changed", "field"),
    [
        ({"code": "S01"}, "code"),
        ({"kind": "directorate"}, "parent"),
        ({"parent": ""}, "parent"),
        ({"day": "2026-12-01"}, "day"),
        ({"name": ""}, "name"),
    ],
)
def test_what_cannot_be_is_said_beside_its_field_and_changes_nothing(
    comune: Comune, changed: dict[str, str], field: str
) -> None:
    typed = {**NEW, "parent": str(comune.it.registry.pk), **changed}
    answer = comune.post("struttura/nuova/", "paolo", **typed)
    assert answer.status_code == 200
    assert list(answer.context["form"].errors) == [field]
    assert typed["name"] == answer.context["form"]["name"].value()
    assert Unit.objects.count() == 5


def test_a_unit_that_moves_takes_along_what_is_below(comune: Comune) -> None:
    it = comune.it
    typed = {"name": "Demografici", "code": "A01", "kind": "area", "parent": str(it.schools.pk), "day": "2026-11-10"}
    assert comune.post(f"struttura/{it.registry.pk}/modifica/", "paolo", **typed).status_code == 302
    assert Unit.objects.get(pk=it.counter.pk).path.startswith(it.schools.path)
    assert Worker.objects.get(pk=it.anna.pk).directorate == it.schools
    page = comune.see(f"struttura/{it.registry.pk}/", "paolo")
    assert "dal 1 gennaio 2026 al 9 novembre 2026" in words(page)


def test_a_unit_cannot_be_put_below_itself(comune: Comune) -> None:
    it = comune.it
    typed = {"name": "Demografici", "code": "A01", "kind": "area", "parent": str(it.registry.pk), "day": "2026-11-10"}
    answer = comune.post(f"struttura/{it.registry.pk}/modifica/", "paolo", **typed)
    assert "parent" in answer.context["form"].errors


def test_a_unit_with_people_does_not_end_and_an_empty_one_does_and_goes_on_again(comune: Comune, at: At) -> None:
    it = comune.it
    answer = comune.post(f"struttura/{it.nurseries.pk}/fine/", "paolo", last="2026-11-30")
    assert "last" in answer.context["form"].errors
    Worker.objects.filter(unit=it.nurseries).update(unit=it.counter)
    assert comune.post(f"struttura/{it.nurseries.pk}/fine/", "paolo", last="2026-11-30").status_code == 302
    assert f"{Unit.objects.get(pk=it.nurseries.pk).until}" == "2026-12-01"
    assert comune.post(f"struttura/{it.nurseries.pk}/fine/", "paolo", last="").status_code == 302
    assert Unit.objects.get(pk=it.nurseries.pk).until is None


def test_a_new_head_takes_the_place_of_the_one_before_and_history_keeps_both(comune: Comune) -> None:
    it = comune.it
    typed = {"worker": str(it.anna.pk), "day": "2026-11-16"}
    assert comune.post(f"struttura/{it.counter.pk}/responsabile/", "paolo", **typed).status_code == 302
    heads = Worker.objects.filter(unit=it.counter, heads_unit=True)
    assert list(heads) == [it.anna]
    assert WorkerSpell.objects.filter(worker=it.ugo).count() == 2
    assert comune.part("anna").heads == it.counter.path


@pytest.mark.parametrize("path", ["struttura/nuova/", "struttura/{}/modifica/", "struttura/{}/fine/"])
def test_only_human_resources_change_the_structure(comune: Comune, path: str) -> None:
    here = path.format(comune.it.counter.pk)
    assert comune.get(here, "diana").status_code == 403
    assert comune.post(here, "diana", **NEW).status_code == 403
    assert comune.get(here, "paolo").status_code == 200

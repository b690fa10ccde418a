"""The structure loaded from files, again and again, and taken back."""

import pytest

from contempo.agile.models import Unit, UnitSpell, Worker
from contempo.agile.rules import structure
from contempo.agile.tests.conftest import Comune
from contempo.agile.tests.factories import UnitFactory
from contempo.agile.tests.staff.loading import UNITS_HEAD, Loader, counts, errors_of
from contempo.core.testing import At

SAME = (
    UNITS_HEAD + "D01;Direzione;Servizi civici milano;;01/01/2026;\n"
    "A01;Area;Demografici;D01;01/01/2026;\n"
    "S01;Ufficio;Anagrafe;A01;01/01/2026;\n"
    "D02;Direzione;Educazione;;01/01/2026;\n"
    "S02;Ufficio;Nidi;D02;01/01/2026;\n"
)


@pytest.fixture
def units(comune: Comune) -> Loader:
    return Loader(comune, "agile.units")


def paths() -> dict[str, str]:
    """Codes from the top, for each unit."""
    codes = dict(Unit.objects.values_list("pk", "code"))
    rows = Unit.objects.values_list("code", "path")
    return {code: "/".join(codes[int(step)] for step in path.strip("/").split("/")) for code, path in rows}


def test_the_same_structure_again_changes_nothing(units: Loader) -> None:
    assert counts(units.preview(SAME)) == (0, 0, 5, 0, 0)


def test_a_new_structure_finds_its_tree_whatever_the_order_of_the_rows(units: Loader) -> None:
    Worker.objects.all().delete()
    UnitSpell.objects.all().delete()
    Unit.objects.update(parent=None, directorate=None)
    Unit.objects.all().delete()
    lines = SAME.splitlines(keepends=True)
    run = units.load("".join([lines[0], *reversed(lines[1:])]))
    assert (run.written, counts(run)) == (5, (5, 0, 0, 0, 0))
    assert paths() == {"D01": "D01", "A01": "D01/A01", "S01": "D01/A01/S01", "D02": "D02", "S02": "D02/S02"}
    assert UnitSpell.objects.count() == 5
    assert {unit.directorate.code for unit in Unit.objects.filter(code__endswith="01")} == {"D01"}


def test_an_area_that_moves_takes_offices_and_people_with_it_and_its_history_tells(units: Loader) -> None:
    units.load(SAME.replace("Demografici;D01", "Anagrafe e stato civile;D02"))
    assert paths()["S01"] == "D02/A01/S01"
    anna = Worker.objects.get(pk=units.comune.it.anna.pk)
    assert anna.directorate == units.comune.it.schools
    spells = UnitSpell.objects.filter(unit__code="A01").values_list("name", "parent__code", "since", "until")
    told = [(name, parent, f"{since:%d/%m}", until and f"{until:%d/%m}") for name, parent, since, until in spells]
    assert told == [
        ("Demografici", "D01", "01/01", "20/11"),
        ("Anagrafe e stato civile", "D02", "20/11", None),
    ]


def test_what_was_loaded_is_taken_back_whole_even_on_another_day(units: Loader, at: At) -> None:
    before, spells = paths(), sorted(UnitSpell.objects.values_list("unit", "name", "parent", "since", "until"))
    moved = SAME.replace("Demografici;D01", "Stato civile;D02")
    run = units.load(moved + "D03;Direzione;Verde;;01/02/2026;\nS03;Ufficio;Parchi;D03;01/02/2026;\n")
    assert counts(run) == (2, 1, 4, 0, 0)
    at("2026-11-27T09:00")
    undone = units.undo(run)
    assert (undone.undone, undone.kept) == (3, 0)
    assert paths() == before
    assert sorted(UnitSpell.objects.values_list("unit", "name", "parent", "since", "until")) == spells


def test_a_unit_that_somebody_was_put_into_is_not_taken_back(units: Loader) -> None:
    run = units.load(SAME + "D03;Direzione;Verde;;01/02/2026;\nS03;Ufficio;Parchi;D03;01/02/2026;\n")
    Worker.objects.filter(pk=units.comune.it.anna.pk).update(unit=Unit.objects.get(code="S03"))
    undone = units.undo(run)
    assert (undone.undone, undone.kept) == (0, 2)
    assert Unit.objects.filter(code__in=["D03", "S03"]).count() == 2


def test_places_that_cannot_be_are_told_at_their_row(units: Loader) -> None:
    rows = (
        "A01;Area;Demografici;S01;01/01/2026;\n"
        "X01;Ufficio;Senza capo;;01/01/2026;\n"
        "X02;Ufficio;Lontano;BOH;01/01/2026;\n"
        "X03;Direzione;Alta;D01;01/01/2026;\n"
        "X04;Ufficio;Breve;D01;02/01/2026;01/01/2026\n"
    )
    found = errors_of(units.preview(UNITS_HEAD + rows))
    assert {line: [reason for _field, reason in told] for line, told in found.items()} == {
        2: [structure.UNDER_ITSELF],
        3: [structure.WITHOUT_PARENT],
        4: [structure.NO_SUCH_PARENT],
        5: [structure.ON_TOP],
        6: ["The last day comes before the first."],
    }


def test_units_left_out_end_when_asked_and_begin_again_when_taken_back(units: Loader) -> None:
    UnitFactory(employer=units.comune.it.employer, code="S09", name="Archivio", parent=units.comune.it.schools)
    run = units.load(SAME, ends=True)
    assert counts(run) == (0, 0, 5, 0, 1)
    assert f"{Unit.objects.get(code='S09').until:%d/%m}" == "20/11"
    assert counts(units.preview(SAME, ends=True)) == (0, 0, 5, 0, 0)
    units.undo(run)
    assert Unit.objects.get(code="S09").until is None
    assert UnitSpell.objects.get(unit__code="S09").until is None


def test_units_left_out_that_people_work_in_stay_and_say_why(units: Loader) -> None:
    run = units.load("".join(SAME.splitlines(keepends=True)[:-1]), ends=True)
    assert Unit.objects.get(code="S02").until is None
    assert [told[0][1] for told in errors_of(run).values()] == [
        "People of the staff are still in this unit: move them first."
    ]

"""The staff loaded from files, again and again, and taken back."""

import pytest
from django.db import connection
from django.test.utils import CaptureQueriesContext

from contempo.agile.models import EmployerTally, Share, WorkActivity, Worker, WorkerSpell
from contempo.agile.tests.conftest import Comune
from contempo.agile.tests.staff.loading import STAFF_HEAD, Loader, counts, errors_of
from contempo.core.imports import kind_called, writing
from contempo.core.imports.bringing import confirm
from contempo.core.imports.writing import write_run
from contempo.core.testing import At

ROWS = {
    "000101": "000101;diana.rossetti@example.org;D01;Tempo indeterminato;Istruttori;100;lu-ve;F;1968;01/01/2026;;sì",
    "000102": "000102;ugo.rossetti@example.org;S01;Tempo indeterminato;Istruttori;100;lu-ve;M;1975;01/01/2026;;sì",
    "000103": "000103;anna.rossetti@example.org;S01;Tempo indeterminato;Istruttori;100;lu-ve;F;1991;01/01/2026;;no",
    "000104": "000104;bruno.rossetti@example.org;S01;Tempo indeterminato;Istruttori;;;M;1983;01/01/2026;;",
    "000105": "000105;carla.rossetti@example.org;S02;TI;Istruttori;100;lu ma me gi ve;donna;1979;01/01/2026;;no",
    "000106": "000106;sergio.rossetti@example.org;S02;TI;Istruttori;100;LU-VE;m;1970;2026-01-01;;no",
    "000107": "000107;;S01;TI;Istruttori;100;lu-ve;F;1985;01/01/2026;;no",
}


def file(**changes: str) -> str:
    """The staff as it is, with rows changed: `n103` for 000103; an empty one is left out."""
    rows = {**ROWS, **{f"000{name[1:]}": row for name, row in changes.items()}}
    return STAFF_HEAD + "".join(f"{row}\n" for row in rows.values() if row)


@pytest.fixture
def staff(comune: Comune) -> Loader:
    return Loader(comune, "agile.staff")


def spells(number: str) -> list[tuple[str, str, bool, str, str | None]]:
    rows = WorkerSpell.objects.filter(worker__number=number).select_related("unit").order_by("since")
    return [
        (
            row.unit.code,
            f"{row.part_time_percent}%",
            row.heads_unit,
            f"{row.since:%d/%m}",
            row.until and f"{row.until:%d/%m}",
        )
        for row in rows
    ]


def test_the_same_staff_again_changes_nothing_however_it_is_spelled(staff: Loader) -> None:
    assert counts(staff.preview(file())) == (0, 0, 7, 0, 0)


def test_leading_zeros_of_numbers_are_kept_and_new_people_begin_with_a_spell(staff: Loader) -> None:
    run = staff.load(file(n108="000108;Nuova@Example.org;S02;TD;Funzionari;50;lu ma gi;F;1990;01/12/2026;31/05/2027;"))
    assert counts(run) == (1, 0, 7, 0, 0)
    worker = Worker.objects.get(number="000108")
    assert (worker.email, worker.weekdays, worker.contract) == ("nuova@example.org", [0, 1, 3], "fixed_term")
    assert worker.directorate == staff.comune.it.schools
    assert not worker.present, "begins in December"
    assert spells("000108") == [("S02", "50%", False, "01/12", "01/06")]


def test_nothing_that_is_not_in_the_file_is_lost_by_loading_it_again(staff: Loader) -> None:
    anna = staff.comune.it.anna
    activity = WorkActivity.objects.create(
        employer=anna.employer,
        unit=anna.unit,
        directorate=anna.directorate,
        code="1",
        title="Certificati",
        since="2026-01-01",
    )
    Share.objects.create(worker=anna, activity=activity, percent=60)
    Worker.objects.filter(pk=anna.pk).update(commute_km="12.5", commute_means="train")
    staff.load(file(n103=ROWS["000103"].replace("S01", "S02")))
    again = Worker.objects.get(pk=anna.pk)
    assert (again.person, again.eligible, again.remote_percent) == (anna.person, True, 80)
    assert (float(again.commute_km), again.commute_means) == (12.5, "train")
    assert Share.objects.get(worker=anna).percent == 60
    assert again.directorate == staff.comune.it.schools


def test_a_change_is_a_spell_from_the_day_it_was_loaded(staff: Loader, at: At) -> None:
    staff.load(file(n103=ROWS["000103"].replace(";100;", ";60;")))
    at("2026-12-01T09:00")
    staff.load(file(n103=ROWS["000103"].replace(";100;", ";60;").replace("S01", "S02")))
    assert spells("000103") == [
        ("S01", "100%", False, "01/01", "20/11"),
        ("S01", "60%", False, "20/11", "01/12"),
        ("S02", "60%", False, "01/12", None),
    ]


def test_a_whole_import_is_taken_back_on_another_day(staff: Loader, at: At) -> None:
    before = list(Worker.objects.order_by("number").values())
    history = {number: spells(number) for number in ROWS}
    run = staff.load(
        file(
            n103=ROWS["000103"].replace("S01", "S02").replace("1991", "1990"),
            n107="",
            n108="000108;;S01;TI;;;;;;01/03/2026;;",
        ),
        ends=True,
    )
    assert counts(run) == (1, 1, 5, 0, 1)
    assert not Worker.objects.get(number="000107").present
    at("2026-11-30T09:00")
    undone = staff.undo(run)
    assert (undone.undone, undone.kept) == (3, 0)
    assert list(Worker.objects.order_by("number").values()) == before
    assert {number: spells(number) for number in ROWS} == history


def test_who_has_shares_by_now_stays_when_the_import_is_taken_back(staff: Loader) -> None:
    run = staff.load(file(n108="000108;;S01;TI;;;;;;01/03/2026;;"))
    new = Worker.objects.get(number="000108")
    activity = WorkActivity.objects.create(
        employer=new.employer,
        unit=new.unit,
        directorate=new.directorate,
        code="1",
        title="Certificati",
        since="2026-01-01",
    )
    Share.objects.create(worker=new, activity=activity, percent=60)
    undone = staff.undo(run)
    assert (undone.undone, undone.kept) == (0, 1)
    assert Worker.objects.filter(number="000108").exists()


def test_two_heads_may_change_places_and_two_addresses_too(staff: Loader) -> None:
    staff.load(
        file(
            n101=ROWS["000101"].replace("D01", "S01"),
            n102=ROWS["000102"].replace("S01", "D01"),
            n103=ROWS["000103"].replace("anna", "bruno"),
            n104=ROWS["000104"].replace("bruno", "anna"),
        )
    )
    heads = Worker.objects.filter(heads_unit=True).values_list("number", "unit__code")
    assert sorted(heads) == [("000101", "S01"), ("000102", "D01")]
    assert Worker.objects.get(number="000103").email == "bruno.rossetti@example.org"


def test_what_is_wrong_is_told_at_row_and_column(staff: Loader) -> None:
    run = staff.preview(
        file(
            n103=ROWS["000103"].replace("S01", "ZZ"),
            n104=ROWS["000104"].replace("bruno", "anna"),
            n105=ROWS["000105"].replace("lu ma me gi ve", "boh"),
            n106=ROWS["000106"].replace("1970", "2020").replace(";;no", ";01/01/2025;no"),
            n107=ROWS["000107"].replace(";no", ";sì"),
        )
    )
    fields = {line: [field for field, _reason in told] for line, told in errors_of(run).items()}
    assert fields == {4: ["unit"], 5: ["email"], 6: ["weekdays"], 7: ["last", "birth_year"], 8: ["heads_unit"]}


def test_sums_by_directorate_follow(staff: Loader) -> None:
    staff.load(file(n103=ROWS["000103"].replace("S01", "S02"), n107=""), ends=True)
    rows = EmployerTally.objects.filter(facet="worker", measure="staff", count__gt=0)
    by_directorate: dict[str, int] = {}
    for row in rows:
        key = row.key.split("|")[0]
        by_directorate[key] = by_directorate.get(key, 0) + row.count
    it = staff.comune.it
    assert by_directorate == {str(it.civic.pk): 3, str(it.schools.pk): 3}


def test_a_batch_takes_as_many_statements_whatever_its_rows(staff: Loader) -> None:
    taken = []
    for first, many in ((200, 5), (300, 300)):
        rows = "".join(f"{n:06};p{n}@example.org;S01;TI;A;;;;;01/03/2026;;\n" for n in range(first, first + many))
        run = staff.preview(STAFF_HEAD + rows)
        confirm(staff.comune.actor("paolo"), kind=kind_called("agile.staff"), run_id=run.pk)
        with CaptureQueriesContext(connection) as captured:
            write_run(run.pk)
        taken.append(len(captured))
    assert taken[0] == taken[1]


def _emails() -> dict[str, str]:
    return dict(Worker.objects.values_list("number", "email"))


def _heads() -> dict[str, str]:
    return dict(Worker.objects.filter(heads_unit=True).values_list("unit__code", "number"))


def _turned() -> str:
    """Diana and Ugo exchange their units, Diana and Carla and Anna their addresses in a ring."""
    diana, anna, carla = (_emails()[f"00010{number}"] for number in (1, 3, 5))
    return file(
        n101=ROWS["000101"].replace(diana, anna).replace("D01", "S01"),
        n102=ROWS["000102"].replace("S01", "D01"),
        n103=ROWS["000103"].replace(anna, carla),
        n105=ROWS["000105"].replace(carla, diana),
    )


def test_what_is_handed_on_in_a_ring_arrives_and_goes_back_however_far_the_rows_stand_apart(
    staff: Loader, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setattr(writing, "BATCH", 1)
    emails, heads = _emails(), _heads()
    run = staff.load(_turned())
    assert (run.written, run.wrong) == (4, 0)
    assert (_emails()["000105"], _heads()) == (emails["000101"], {"D01": "000102", "S01": "000101"})
    undone = staff.undo(run)
    assert (undone.undone, undone.kept, _emails(), _heads()) == (4, 0, emails, heads)


def test_who_is_left_out_keeps_address_and_unit_and_nobody_else_is_given_them(staff: Loader) -> None:
    run = staff.preview(_turned())
    Worker.objects.filter(number="000103").update(category="Funzionari", email="anna@example.org")
    Worker.objects.filter(number="000102").update(contract="agency")
    emails, heads = _emails(), _heads()
    confirm(staff.comune.actor("paolo"), kind=kind_called("agile.staff"), run_id=run.pk)
    write_run(run.pk)
    run = staff.again(run)
    told = {line: [reason for _field, reason in found] for line, found in errors_of(run).items()}
    assert run.written == 0
    assert told[2] == ["Somebody else heads this unit."]
    assert told[6] == ["Somebody else of the staff has this address."]
    assert (_emails(), _heads()) == (emails, heads)

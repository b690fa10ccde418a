"""From a file to records and back."""

import pytest

from contempo.core.imports.bringing import choose_columns, confirm
from contempo.core.imports.models import ImportRow, ImportRun
from contempo.core.imports.rules import RunState
from contempo.core.imports.writing import write_run
from contempo.core.tests.imports import staff
from contempo.core.tests.imports.conftest import PAOLO, counts, errors_of
from contempo.core.verdict import NotPermitted, Refusal

TWO = "Matricola;Nome;Dal;Ore\n001;Anna;01/02/2020;36,5\n002;Bice;1.3.2021;18\n"


def test_nothing_is_written_before_somebody_confirms(office):
    run = office.preview(TWO)
    assert run.state == RunState.PREVIEWED
    assert counts(run) == (2, 0, 0, 0, 0)
    assert office.records() == {}


def test_what_is_confirmed_is_written_with_its_zeros_dates_and_decimals(office):
    run = office.load(TWO)
    assert (run.state, run.written) == (RunState.DONE, 2)
    record = office.records()["001"]
    assert (record["name"], str(record["since"]), str(record["hours"])) == ("Anna", "2020-02-01", "36.5")


def test_a_second_file_is_told_apart_row_by_row(office):
    office.load(TWO)
    run = office.preview(TWO.replace("Bice", "Bea") + "003;Carla;;\n004;Dora;31/02/2020;\n")
    assert counts(run) == (1, 1, 1, 1, 0)
    changed = run.rows.get(status="changed")
    assert (changed.line, changed.before["name"], changed.values["name"]) == (3, "Bice", "Bea")
    assert errors_of(run) == {5: [("since", "There is no day “31/02/2020”: write day, month, year.")]}


def test_columns_the_file_lacks_keep_what_the_record_holds(office):
    office.load(TWO)
    run = office.load("Matricola;Ore\n001;20\n")
    assert counts(run) == (0, 1, 0, 0, 0)
    assert office.records()["001"]["name"] == "Anna"


def test_an_empty_cell_empties_the_field(office):
    office.load(TWO)
    office.load("Matricola;Ore\n001;\n")
    assert office.records()["001"]["hours"] is None


def test_wrong_rows_are_left_out_and_the_others_written(office):
    run = office.load(TWO + "003;Carla;ieri;\n")
    assert (run.written, run.wrong) == (2, 1)
    assert sorted(office.records()) == ["001", "002"]


def test_the_same_record_twice_in_a_file_is_an_error_that_names_the_first_row(office):
    run = office.preview("Matricola;Nome\n001;Anna\n001;Bice\n")
    assert errors_of(run) == {3: [("number", "The same record is already in row 2.")]}


def test_what_a_context_finds_across_rows_is_told_at_its_row_and_column(office):
    run = office.preview("Matricola;Responsabile\n001;002\n002;\n003;999\n")
    assert counts(run) == (2, 0, 0, 1, 0)
    assert errors_of(run) == {4: [("boss", "Nobody has the number “999”.")]}


def test_every_error_of_a_row_is_told(office):
    run = office.preview("Matricola;Dal;Ore\n;1/1/20;molte\n")
    assert [field for field, _sentence in errors_of(run)[2]] == ["number", "since", "hours"]


def test_records_left_out_stay_unless_their_end_is_asked_for(office):
    office.load(TWO)
    assert counts(office.preview("Matricola\n001\n")) == (0, 0, 1, 0, 0)
    run = office.preview("Matricola\n001\n", ends=True)
    assert counts(run) == (0, 0, 1, 0, 1)
    office.write(run)
    assert sorted(office.records()) == ["001"]


def test_undoing_brings_back_what_was_there(office):
    office.load(TWO)
    before = office.records()
    run = office.load("Matricola;Nome;Dal;Ore\n001;Anna Maria;;\n003;Carla;;\n", ends=True)
    assert sorted(office.records()) == ["001", "003"]
    run = office.undo(run)
    assert (run.state, run.undone, run.kept) == (RunState.UNDONE, 3, 0)
    assert office.records() == before


def test_what_changed_after_the_import_is_left_by_the_undoing_and_said(office):
    run = office.load(TWO)
    office.execute("UPDATE test_staff SET name = 'Anna B.' WHERE number = '001'")
    run = office.undo(run)
    assert (run.undone, run.kept) == (1, 1)
    assert sorted(office.records()) == ["001"]
    (kept,) = run.rows.filter(outcome="kept")
    assert kept.errors[-1]["reason"] == "This record has changed since the import: it was left as it is."


def test_what_changed_between_preview_and_writing_is_left_and_becomes_wrong(office):
    office.load(TWO)
    run = office.preview(TWO.replace("36,5", "30").replace("Bice", "Bea"))
    office.execute("UPDATE test_staff SET hours = 12 WHERE number = '001'")
    run = office.write(run)
    assert (run.written, run.changed, run.wrong) == (1, 1, 1)
    assert errors_of(run) == {2: [("", "This record has changed since the preview: it was left as it is.")]}
    assert office.records()["001"]["hours"] == 12


def test_a_field_the_file_does_not_have_may_change_meanwhile(office):
    office.load(TWO)
    run = office.preview("Matricola;Ore\n001;20\n")
    office.execute("UPDATE test_staff SET name = 'Anna B.' WHERE number = '001'")
    assert office.write(run).written == 1
    assert office.records()["001"]["name"] == "Anna B."


def test_a_record_that_came_to_be_meanwhile_is_not_written_over(office):
    run = office.preview(TWO)
    office.execute("INSERT INTO test_staff (employer, number, name) VALUES (5, '001', 'Altra')")
    assert office.write(run).wrong == 1
    assert office.records()["001"]["name"] == "Altra"


def test_rows_the_context_leaves_out_become_wrong_with_its_sentence(office):
    run = office.load("Matricola;Nome\n001;Bloccato\n002;Bice\n")
    assert (run.written, run.new, run.wrong) == (1, 1, 1)
    assert errors_of(run) == {2: [("name", "Locked.")]}


def test_a_refusal_of_the_context_stops_the_import_and_says_why(office):
    run = office.load("Matricola;Nome\n001;Stop\n")
    assert (run.state, run.failure, run.written) == (RunState.FAILED, "The office is closed.", 0)
    assert office.records() == {}


def test_who_lost_the_role_meanwhile_writes_nothing(office):
    run = office.preview(TWO)
    confirm(PAOLO, kind=office.kind, run_id=run.pk)
    staff.KEPT_OUT.add(PAOLO.person_id)
    write_run(run.pk)
    assert (office.again(run).state, office.records()) == (RunState.FAILED, {})
    with pytest.raises(NotPermitted):
        office.bring(TWO)


def test_confirming_twice_writes_once(office):
    run = office.preview(TWO)
    for _click in range(2):
        confirm(PAOLO, kind=office.kind, run_id=run.pk)
        write_run(run.pk)
    assert office.again(run).written == 2
    confirm(PAOLO, kind=office.kind, run_id=run.pk)
    assert office.again(run).state == RunState.DONE


def test_one_import_of_the_same_thing_is_written_at_a_time(office):
    first, second = office.preview(TWO), office.preview(TWO)
    confirm(PAOLO, kind=office.kind, run_id=first.pk)
    with pytest.raises(Refusal, match="Another import"):
        confirm(PAOLO, kind=office.kind, run_id=second.pk)
    write_run(first.pk)
    assert office.write(second).wrong == 2


def test_a_file_that_changes_nothing_cannot_be_confirmed(office):
    office.load(TWO)
    run = office.preview(TWO)
    with pytest.raises(Refusal, match="nothing to import"):
        confirm(PAOLO, kind=office.kind, run_id=run.pk)


def test_columns_can_be_chosen_again_from_the_preview(office):
    run = office.preview("Matricola;Nome;Altro\n001;Anna;Bice\n")
    choose_columns(PAOLO, kind=office.kind, run_id=run.pk, mapping={"number": 0, "name": 2})
    from contempo.core.imports.reading import read_run

    read_run(run.pk)
    assert [row.values["name"] for row in run.rows.all()] == ["Bice"]


def test_the_choice_of_columns_is_remembered(office):
    text = "Codice persona;Chi\n001;Anna\n"
    run = office.bring(text)
    assert run.mapping == {}
    choose_columns(PAOLO, kind=office.kind, run_id=run.pk, mapping={"number": 0, "name": 1})
    again = office.bring(text)
    assert (again.mapping, again.remembered) == ({"number": 0, "name": 1}, True)
    moved = office.bring("Chi;Ore;Codice persona\nAnna;3;001\n")
    assert moved.mapping == {"number": 2, "name": 0, "hours": 1}


def test_a_needed_column_and_a_column_chosen_twice_are_refused_beside_their_field(office):
    run = office.bring(TWO)
    for mapping, field in (({"name": 1}, "number"), ({"number": 0, "name": 0}, "name"), ({"number": 9}, "number")):
        with pytest.raises(Refusal) as refused:
            choose_columns(PAOLO, kind=office.kind, run_id=run.pk, mapping=mapping)
        assert refused.value.field == field
    assert office.again(run).state == RunState.UPLOADED


def test_the_file_of_another_network_is_not_there(office):
    run = office.preview(TWO)
    ImportRun.objects.update(network_id=2)
    with pytest.raises(Refusal, match="no longer here"):
        confirm(PAOLO, kind=office.kind, run_id=run.pk)
    assert ImportRow.objects.count() == 2

"""Imports that stop in the middle, are asked for twice, or meet another one: real transactions, real connections."""

import threading
from collections.abc import Callable
from dataclasses import replace
from typing import Any

import pytest
from django.db import connection
from django.test.utils import CaptureQueriesContext

from contempo.core.imports import reading, register_kind, writing
from contempo.core.imports.bringing import attachment_of, choose_columns, confirm, drop, go_on, undo
from contempo.core.imports.jobs import erase_imports, standing_still
from contempo.core.imports.models import ImportRow
from contempo.core.imports.reading import read_run
from contempo.core.imports.rules import RunState
from contempo.core.imports.writing import undo_run, write_run
from contempo.core.tests.imports import staff
from contempo.core.tests.imports.conftest import PAOLO, Office, counts
from contempo.core.verdict import Refusal

TEN = "Matricola;Nome\n" + "".join(f"{number:03};Persona {number}\n" for number in range(1, 11))


class Killed(BaseException):
    """What a worker sees when it is stopped: nothing of the house catches it."""


@pytest.fixture
def small_batches(monkeypatch: pytest.MonkeyPatch) -> None:
    for module in (reading, writing):
        monkeypatch.setattr(module, "BATCH", 3)


def _dying(function: Callable[..., Any], at_call: int) -> Callable[..., Any]:
    """`function` as long as it lives: at call number `at_call` it does its work and dies before the commit."""
    calls = iter(range(1, 1000))

    def call(*args: Any, **kwargs: Any) -> Any:
        given = function(*args, **kwargs)
        if next(calls) == at_call:
            raise Killed
        return given

    return call


@pytest.mark.usefixtures("small_batches")
def test_a_reading_killed_in_a_batch_goes_on_where_it_stopped(lasting_office: Office, monkeypatch) -> None:
    run = lasting_office.bring(TEN + "003;Doppia\n")
    choose_columns(PAOLO, kind=staff.STAFF, run_id=run.pk, mapping=run.mapping)
    create = ImportRow.objects.bulk_create
    with monkeypatch.context() as patched:
        patched.setattr(ImportRow.objects, "bulk_create", _dying(create, 3))
        with pytest.raises(Killed):
            read_run(run.pk)
    run = lasting_office.again(run)
    assert (run.state, run.done, run.position, run.rows.count()) == (RunState.READING, 6, 7, 6)
    read_run(run.pk)
    assert counts(lasting_office.again(run)) == (10, 0, 0, 1, 0)
    read_run(run.pk)
    assert run.rows.count() == 11


@pytest.mark.usefixtures("small_batches")
@pytest.mark.parametrize("at_call", [1, 2, 4])
def test_a_writing_killed_in_a_batch_goes_on_and_writes_each_row_once(lasting_office: Office, at_call: int) -> None:
    run = lasting_office.preview(TEN)
    confirm(PAOLO, kind=staff.STAFF, run_id=run.pk)
    register_kind(replace(staff.STAFF, write=_dying(staff.write, at_call)))
    with pytest.raises(Killed):
        write_run(run.pk)
    run = lasting_office.again(run)
    written = 3 * (at_call - 1)
    assert (run.state, run.written, len(lasting_office.records())) == (RunState.WRITING, written, written)
    register_kind(staff.STAFF)
    write_run(run.pk)
    run = lasting_office.again(run)
    assert (run.state, run.written, run.done, run.wrong) == (RunState.DONE, 10, 10, 0)
    assert len(lasting_office.records()) == 10


@pytest.mark.usefixtures("small_batches")
def test_an_undoing_killed_in_a_batch_goes_on(lasting_office: Office) -> None:
    run = lasting_office.load(TEN)
    undo(PAOLO, kind=staff.STAFF, run_id=run.pk)
    register_kind(replace(staff.STAFF, write=_dying(staff.write, 2)))
    with pytest.raises(Killed):
        undo_run(run.pk)
    assert (lasting_office.again(run).undone, len(lasting_office.records())) == (3, 7)
    register_kind(staff.STAFF)
    undo_run(run.pk)
    run = lasting_office.again(run)
    assert (run.state, run.undone, run.kept, lasting_office.records()) == (RunState.UNDONE, 10, 0, {})


def _at_once(*calls: Callable[[], Any]) -> list[Any]:
    """What the calls answer when they begin together, each on a connection of its own; a refusal is an answer."""
    start = threading.Barrier(len(calls))
    answers: list[Any] = [None] * len(calls)

    def work(at: int) -> None:
        try:
            start.wait()
            answers[at] = calls[at]()
        except Refusal as refusal:
            answers[at] = refusal
        finally:
            connection.close()

    threads = [threading.Thread(target=work, args=(at,)) for at in range(len(calls))]
    for thread in threads:
        thread.start()
    for thread in threads:
        thread.join()
    return answers


def test_two_imports_confirmed_at_once_are_written_one_after_the_other(lasting_office: Office) -> None:
    runs = [lasting_office.preview(TEN), lasting_office.preview(TEN.replace("Persona", "Altra"))]
    answers = _at_once(*(lambda run=run: confirm(PAOLO, kind=staff.STAFF, run_id=run.pk) for run in runs))
    refused = [answer for answer in answers if isinstance(answer, Refusal)]
    assert ["Another import" in str(refusal) for refusal in refused] == [True]
    first = next(run for run, answer in zip(runs, answers, strict=True) if not isinstance(answer, Refusal))
    write_run(first.pk)
    (second,) = (run for run in runs if run.pk != first.pk)
    assert lasting_office.write(second).wrong == 10
    assert lasting_office.again(first).written == 10


@pytest.mark.usefixtures("small_batches")
def test_an_import_confirmed_and_written_by_several_at_once_is_written_once(lasting_office: Office) -> None:
    run = lasting_office.preview(TEN)

    def confirm_and_write() -> None:
        confirm(PAOLO, kind=staff.STAFF, run_id=run.pk)
        write_run(run.pk)

    assert _at_once(*[confirm_and_write] * 4) == [None] * 4
    run = lasting_office.again(run)
    assert (run.state, run.written, run.done, run.total, run.wrong) == (RunState.DONE, 10, 10, 10, 0)


@pytest.mark.usefixtures("small_batches")
def test_two_workers_reading_the_same_file_keep_each_row_once(lasting_office: Office) -> None:
    run = lasting_office.bring(TEN)
    choose_columns(PAOLO, kind=staff.STAFF, run_id=run.pk, mapping=run.mapping)
    _at_once(*[lambda: read_run(run.pk)] * 2)
    read_run(run.pk)
    assert counts(lasting_office.again(run)) == (10, 0, 0, 0, 0)


def test_a_row_the_database_refuses_stops_the_import_with_a_sentence(lasting_office: Office) -> None:
    run = lasting_office.preview(TEN)
    lasting_office.execute("ALTER TABLE test_staff ADD CHECK (number <> '007')")
    run = lasting_office.write(run)
    assert (run.state, run.written) == (RunState.FAILED, 0)
    assert "do not fit" in run.failure


@pytest.mark.usefixtures("small_batches")
def test_what_was_written_before_a_stop_can_be_undone(lasting_office: Office) -> None:
    run = lasting_office.load(TEN.replace("Persona 7", "Stop"))
    assert (run.state, run.written) == (RunState.FAILED, 6)
    assert lasting_office.undo(run).undone == 6
    assert lasting_office.records() == {}


def test_a_file_dropped_while_it_is_read_is_read_no_further(office: Office) -> None:
    run = office.bring(TEN)
    choose_columns(PAOLO, kind=staff.STAFF, run_id=run.pk, mapping=run.mapping)
    drop(PAOLO, kind=staff.STAFF, run_id=run.pk)
    read_run(run.pk)
    assert (office.again(run).state, run.rows.count()) == (RunState.DROPPED, 0)


def test_work_that_stands_still_can_be_asked_for_again(office: Office) -> None:
    run = office.preview(TEN)
    confirm(PAOLO, kind=staff.STAFF, run_id=run.pk)
    go_on(PAOLO, kind=staff.STAFF, run_id=run.pk)
    with connection.cursor() as cursor:
        cursor.execute("SELECT count(*) FROM procrastinate_jobs WHERE task_name LIKE '%write_import'")
        assert cursor.fetchone()[0] >= 2


def _jobs_are(status: str) -> None:
    """Every job that was asked for is in `status`; in the one "failed" after its last attempt it stays for good."""
    with connection.cursor() as cursor:
        cursor.execute("UPDATE procrastinate_jobs SET status = %s::procrastinate_job_status", [status])


@pytest.mark.usefixtures("no_jobs")
def test_work_stands_still_when_its_job_failed_for_good_and_not_while_it_waits_or_is_done(office: Office) -> None:
    run = office.preview(TEN)
    assert standing_still([run]) == set()
    run = confirm(PAOLO, kind=staff.STAFF, run_id=run.pk)
    for status, still in (("todo", set()), ("doing", set()), ("failed", {run.pk})):
        _jobs_are(status)
        assert standing_still([run]) == still, status
    go_on(PAOLO, kind=staff.STAFF, run_id=run.pk)
    assert standing_still([run]) == set()
    write_run(run.pk)
    _jobs_are("succeeded")
    assert standing_still([run]) == set(), "read before its end, asked about after it"


@pytest.mark.usefixtures("no_jobs", "small_batches")
@pytest.mark.parametrize("written", [0, 6])
def test_a_writing_that_stands_still_can_be_undone_and_makes_room(office: Office, monkeypatch, written: int) -> None:
    run = office.preview(TEN)
    confirm(PAOLO, kind=staff.STAFF, run_id=run.pk)
    with monkeypatch.context() as patched:
        patched.setattr(writing, "_mark", _dying(writing._mark, 1 + written // 3))
        with pytest.raises(Killed):
            write_run(run.pk)
    with pytest.raises(Refusal):
        undo(PAOLO, kind=staff.STAFF, run_id=run.pk)
    _jobs_are("failed")
    run = office.undo(run)
    assert (run.state, run.undone, office.records()) == (RunState.UNDONE, written, {})
    assert office.load(TEN).written == 10


def test_a_file_nobody_confirms_is_erased_after_a_week(office: Office, at) -> None:
    at("2026-03-01T10:00")
    run = office.preview(TEN)
    path = attachment_of(run).path
    at("2026-03-08T09:00")
    erase_imports(0)
    assert run.rows.count() == 10
    at("2026-03-08T11:00")
    erase_imports(0)
    assert (office.again(run).state, run.rows.count()) == (RunState.DROPPED, 0)
    with pytest.raises(Refusal):
        attachment_of(run)
    assert path.name


def test_the_rows_of_an_import_are_erased_after_thirty_days_and_it_can_no_longer_be_undone(office: Office, at) -> None:
    at("2026-03-01T10:00")
    run = office.load(TEN)
    with pytest.raises(Refusal):
        attachment_of(run)
    at("2026-03-31T09:00")
    erase_imports(0)
    assert run.rows.count() == 10
    at("2026-03-31T12:00")
    erase_imports(0)
    assert (office.again(run).rows_erased, run.rows.count(), run.written) == (True, 0, 10)
    with pytest.raises(Refusal, match="no longer be undone"):
        undo(PAOLO, kind=staff.STAFF, run_id=run.pk)


def test_a_batch_takes_as_many_statements_however_many_rows_it_has(office: Office, monkeypatch) -> None:
    def statements(rows: int) -> tuple[int, int, int]:
        sent = []
        text = "Matricola;Nome\n" + "".join(f"{rows}-{number};x\n" for number in range(rows))
        run = office.bring(text)
        choose_columns(PAOLO, kind=staff.STAFF, run_id=run.pk, mapping=run.mapping)
        for work in (read_run, write_run, undo_run):
            with CaptureQueriesContext(connection) as captured:
                work(run.pk)
            sent.append(len(captured))
            ask = confirm if work is read_run else undo
            if work is not undo_run:
                ask(PAOLO, kind=staff.STAFF, run_id=run.pk)
        return sent[0], sent[1], sent[2]

    assert statements(10) == statements(900)

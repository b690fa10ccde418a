"""An office that imports its staff: bring a text, choose its columns, let the jobs work."""

import io
from collections.abc import Iterator
from typing import Any

import pytest
from django.core.files.uploadedfile import SimpleUploadedFile
from django.db import connection

from contempo.core.imports import people, register_kind
from contempo.core.imports.bringing import bring_file, choose_columns, confirm, undo
from contempo.core.imports.models import ImportRun
from contempo.core.imports.reading import read_run
from contempo.core.imports.writing import undo_run, write_run
from contempo.core.tests.conftest import Somebody
from contempo.core.tests.imports import staff

PAOLO = Somebody(person_id=3, network_id=1)


@pytest.fixture
def _people(monkeypatch: pytest.MonkeyPatch) -> None:
    def actor_of(person_id: int, network_id: int, acting_for: int | None) -> Somebody:
        return Somebody(person_id, network_id, acting_for)

    monkeypatch.setattr(people, "_actor_of", [actor_of])
    monkeypatch.setattr(people, "_names", [lambda ids: {key: f"Persona {key}" for key in ids if key}])
    monkeypatch.setattr(staff, "KEPT_OUT", set())
    register_kind(staff.STAFF)


@pytest.fixture
def office(db: None, _people: None) -> "Office":
    with connection.cursor() as cursor:
        cursor.execute(staff.TABLE)
    return Office()


@pytest.fixture
def lasting_office(transactional_db: None, _people: None) -> Iterator["Office"]:
    """The office on a database that several connections see."""
    with connection.cursor() as cursor:
        cursor.execute(staff.TABLE)
    yield Office()
    with connection.cursor() as cursor:
        cursor.execute("DROP TABLE test_staff")


class Office:
    """What the person in charge of staff does."""

    kind = staff.STAFF

    def bring(self, content: str | bytes, name: str = "personale.csv", about_id: int = 5) -> ImportRun:
        data = content.encode() if isinstance(content, str) else content
        upload = SimpleUploadedFile(name, data)
        return bring_file(PAOLO, kind=self.kind, about_id=about_id, upload=upload)

    def preview(self, content: str | bytes, name: str = "personale.csv", ends: bool = False) -> ImportRun:
        """Bring a file, take the columns it proposes, and let it be read."""
        run = self.bring(content, name)
        choose_columns(PAOLO, kind=self.kind, run_id=run.pk, mapping=run.mapping, ends_missing=ends)
        read_run(run.pk)
        return self.again(run)

    def load(self, content: str | bytes, name: str = "personale.csv", ends: bool = False) -> ImportRun:
        """Preview a file and have it written."""
        return self.write(self.preview(content, name, ends))

    def write(self, run: ImportRun) -> ImportRun:
        confirm(PAOLO, kind=self.kind, run_id=run.pk)
        write_run(run.pk)
        return self.again(run)

    def undo(self, run: ImportRun) -> ImportRun:
        undo(PAOLO, kind=self.kind, run_id=run.pk)
        undo_run(run.pk)
        return self.again(run)

    def again(self, run: ImportRun) -> ImportRun:
        run.refresh_from_db()
        return run

    def records(self) -> dict[str, dict[str, Any]]:
        return {record["number"]: dict(record) for record in staff.current(5, None)}

    def execute(self, sql: str) -> None:
        with connection.cursor() as cursor:
            cursor.execute(sql)


def errors_of(run: ImportRun) -> dict[int, list[tuple[str, str]]]:
    """For each wrong row the field and the sentence of each error."""
    return {
        row.line: [(each["field"], each["reason"] % each["params"]) for each in row.errors]
        for row in run.rows.filter(status="wrong").order_by("line")
    }


def counts(run: ImportRun) -> tuple[int, int, int, int, int]:
    """New, changed, unchanged, wrong, missing."""
    return run.new, run.changed, run.unchanged, run.wrong, run.missing


def workbook(rows: list[list[Any]], title: str = "Personale", formats: dict[str, str] | None = None) -> bytes:
    """An XLSX of one sheet; `formats` gives number formats by cell."""
    from openpyxl import Workbook

    book = Workbook()
    sheet = book.active
    sheet.title = title
    for row in rows:
        sheet.append(row)
    for place, number_format in (formats or {}).items():
        sheet[place].number_format = number_format
    file = io.BytesIO()
    book.save(file)
    return file.getvalue()

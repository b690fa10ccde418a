"""A kind that says what its cells stand for, and what a record becomes that the file leaves out."""

from dataclasses import replace

import pytest

from contempo.core.imports import FieldKind, Values, register_kind
from contempo.core.imports.kinds import Value
from contempo.core.tests.imports import staff
from contempo.core.tests.imports.conftest import Office, counts, errors_of
from contempo.core.verdict import Refusal

HEADS = "Matricola;Nome;Figli\n"


def _children(value: Value) -> Value:
    if value == 99:
        raise Refusal("Nobody has %(many)s children.", field="children", many=99)
    return value or 0


def _ended(values: Values) -> Values | None:
    return None if values["name"] == "Via" else {**values, "name": "Via"}


@pytest.fixture
def telling(office: Office) -> Office:
    fields = tuple(
        replace(field, means=_children) if field.key == "children" and field.kind is FieldKind.INTEGER else field
        for field in staff.FIELDS
    )
    Office.kind = replace(staff.STAFF, fields=fields, ended=_ended)
    register_kind(Office.kind)
    return office


@pytest.fixture(autouse=True)
def _same_kind_after(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(Office, "kind", staff.STAFF)


def test_an_empty_cell_stands_for_what_the_kind_says_and_the_same_file_changes_nothing(telling: Office) -> None:
    file = HEADS + "001;Anna;\n002;Bruno;2\n"
    telling.load(file)
    assert [record["children"] for record in telling.records().values()] == [0, 2]
    assert counts(telling.preview(file)) == (0, 0, 2, 0, 0)


def test_a_value_that_stands_for_nothing_is_told_at_its_cell(telling: Office) -> None:
    run = telling.preview(HEADS + "001;Anna;99\n")
    assert errors_of(run) == {2: [("children", "Nobody has 99 children.")]}


def test_a_record_left_out_becomes_what_the_kind_says_once_and_is_taken_back(telling: Office) -> None:
    telling.load(HEADS + "001;Anna;1\n002;Bruno;2\n")
    before = telling.records()
    run = telling.load(HEADS + "001;Anna;1\n", ends=True)
    assert counts(run) == (0, 0, 1, 0, 1)
    assert telling.records()["002"]["name"] == "Via"
    assert counts(telling.preview(HEADS + "001;Anna;1\n", ends=True)) == (0, 0, 1, 0, 0)
    telling.undo(run)
    assert telling.records() == before

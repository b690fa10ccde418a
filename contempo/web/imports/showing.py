"""Values of rows as a person reads them, and as a file of the same shape holds them."""

from collections.abc import Iterable, Iterator, Sequence
from decimal import Decimal
from types import SimpleNamespace
from typing import Any

from django.utils.translation import gettext

from contempo.core.cells import disarm
from contempo.core.imports.kinds import Field, FieldKind, Kind, Value, Values
from contempo.core.imports.values import Stored, as_text, restored, stored
from contempo.web.lists import Column

_DIGITS = 15
"""Digits of a number that a spreadsheet keeps."""


def shown(field: Field, value: Stored) -> str:
    """A value in words; empty when there is none."""
    found = _worded(field, restored(field, value))
    if isinstance(found, bool):
        return gettext("yes") if found else gettext("no")
    return "" if found is None else as_text(Decimal(found) if isinstance(found, int) else found)


def file_columns(fields: Sequence[Field]) -> tuple[Column, ...]:
    """The columns of a file of these fields."""
    return tuple(Column(field.key, gettext(field.label)) for field in fields)


def file_rows(kind: Kind, records: Iterable[Values], format: str) -> Iterator[Any]:
    """Records as rows of a file that, imported again, changes nothing."""
    for record in records:
        values = {field.key: restored(field, stored(field, record.get(field.key))) for field in kind.fields}
        yield SimpleNamespace(**{field.key: in_file(field, values[field.key], format) for field in kind.fields})


def in_file(field: Field, value: Value, format: str) -> Any:
    """A value as a cell of a file in `format` holds it."""
    found = _worded(field, value)
    if format != "xlsx":
        return found
    if isinstance(found, Decimal) and len(found.as_tuple().digits) > _DIGITS:
        return as_text(found)
    # In a workbook text is no formula; a quote of its own gets another, because reading takes one off.
    return disarm(found) if isinstance(found, str) and found.startswith("'") else found


def _worded(field: Field, value: Value) -> Value:
    if field.kind is FieldKind.CHOICE:
        return next((gettext(choice.label) for choice in field.choices if choice.value == value), value)
    return value

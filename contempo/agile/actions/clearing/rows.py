"""Rows of a clearing between database and arrays, by binary COPY: one pass each way, whatever their number.

The layout of binary COPY is that of the PostgreSQL manual (COPY, binary format): a header of 19 bytes; for each row the
number of fields and, before each field, its length, highest byte first; a trailer of two bytes. Rows without NULL and
without text of varying length all have one size, so an array of records is the file.
"""

from collections.abc import Mapping, Sequence
from datetime import UTC, datetime, timedelta
from typing import Any

import numpy as np
from django.db import connection
from numpy.typing import NDArray

_HEADER = b"PGCOPY\n\xff\r\n\0" + bytes(8)
_TRAILER = b"\xff\xff"
_EPOCH = datetime(2000, 1, 1, tzinfo=UTC)
_CHUNK = 1 << 20

INT2, INT4, INT8 = np.dtype(">i2"), np.dtype(">i4"), np.dtype(">i8")


def _layout(columns: Mapping[str, np.dtype[Any]]) -> np.dtype[Any]:
    parts: list[tuple[str, Any]] = [("fields", ">i2")]
    for name, kind in columns.items():
        parts += [(f"{name} length", ">i4"), (name, kind)]
    return np.dtype(parts)


def fetched(query: str, params: Sequence[object], columns: Mapping[str, np.dtype[Any]]) -> NDArray[Any]:
    """The rows of a query as records: one field a column, in the order of `columns`, none of them null."""
    layout = _layout(columns)
    with connection.cursor() as cursor, cursor.copy(f"COPY ({query}) TO STDOUT (FORMAT BINARY)", params) as copy:
        told = b"".join(copy)
    body = len(told) - len(_HEADER) - len(_TRAILER)
    if body % layout.itemsize:
        raise ValueError("a column is null, or of another type than was said")
    return np.frombuffer(told, layout, count=body // layout.itemsize, offset=len(_HEADER))


def stored(table: str, columns: Mapping[str, tuple[np.dtype[Any], Any]], count: int) -> None:
    """Write `count` rows: each column with its type and its values, an array or one value for all."""
    layout = _layout({name: kind for name, (kind, _values) in columns.items()})
    names = ", ".join(columns)
    with connection.cursor() as cursor, cursor.copy(f"COPY {table} ({names}) FROM STDIN (FORMAT BINARY)") as copy:
        copy.write(_HEADER)
        for start in range(0, count, _CHUNK // 8):
            part = slice(start, min(start + _CHUNK // 8, count))
            rows = np.empty(part.stop - part.start, layout)
            rows["fields"] = len(columns)
            for name, (kind, values) in columns.items():
                rows[f"{name} length"] = kind.itemsize
                rows[name] = values[part] if isinstance(values, np.ndarray) else values
            copy.write(rows.tobytes())
        copy.write(_TRAILER)


def text(value: str) -> np.dtype[Any]:
    """The type of a column that has the same text in every row."""
    return np.dtype(f"S{len(value.encode())}")


def instant(moment: datetime) -> int:
    """An instant as PostgreSQL keeps it: microseconds since the year 2000."""
    return (moment - _EPOCH) // timedelta(microseconds=1)

"""Rows of a clearing between database and arrays, by binary COPY: one pass each way, whatever their number.

The layout of binary COPY is that of the PostgreSQL manual (COPY, binary format): a header of 19 bytes; for each row the
number of fields and, before each field, its length, highest byte first; a trailer of two bytes. Rows without NULL and
without text of varying length all have one size, so an array of records is what is sent.
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
_CHUNK = 1 << 17
_ARRAY = 20
"""Bytes of an array before its values: dimensions, whether there are nulls, type, length, first index."""

INT2, INT4, INT8 = np.dtype(">i2"), np.dtype(">i4"), np.dtype(">i8")


def _layout(columns: Mapping[str, np.dtype[Any]]) -> np.dtype[Any]:
    parts: list[tuple[str, Any]] = [("fields", ">i2")]
    for name, kind in columns.items():
        parts += [(f"{name} length", ">i4"), (name, kind)]
    return np.dtype(parts)


def fetched(query: str, params: Sequence[object], columns: Mapping[str, np.dtype[Any]]) -> NDArray[Any]:
    """The rows of a query, whose columns have these names, as records; none of them null.

    The server puts each column into one array, so that what arrives is one row, however many there are.
    """
    arrays = ", ".join(f"array_agg(found.{name})" for name in columns)
    ops: Any = connection.ops
    statement = ops.compose_sql(
        f"COPY (SELECT {arrays} FROM ({query}) AS found HAVING count(*) > 0) TO STDOUT (FORMAT BINARY)", params
    )
    with connection.cursor() as cursor, cursor.copy(statement) as copy:
        told = b"".join(copy)
    at, made = len(_HEADER) + INT2.itemsize, np.empty(0, [(name, kind) for name, kind in columns.items()])
    if len(told) <= at:
        return made
    for name, kind in columns.items():
        length, _dimensions, nulls, _type, count = np.frombuffer(told, INT4, 5, at).tolist()
        one = np.dtype([("length", INT4), ("value", kind)])
        if nulls or length != _ARRAY + count * one.itemsize:
            raise ValueError(f"{name}: a column is null, or of another type than was said")
        if not len(made):
            made = np.empty(count, made.dtype)
        made[name] = np.frombuffer(told, one, count, at + INT4.itemsize + _ARRAY)["value"]
        at += INT4.itemsize + length
    return made


def stored(table: str, columns: Mapping[str, tuple[np.dtype[Any], Any]], count: int) -> None:
    """Write `count` rows: each column with its type and its values, an array or one value for all."""
    layout = _layout({name: kind for name, (kind, _values) in columns.items()})
    names = ", ".join(columns)
    with connection.cursor() as cursor, cursor.copy(f"COPY {table} ({names}) FROM STDIN (FORMAT BINARY)") as copy:
        copy.write(_HEADER)
        for start in range(0, count, _CHUNK):
            part = slice(start, min(start + _CHUNK, count))
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

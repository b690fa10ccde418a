"""Tables of many rows kept in columns, so that counting a few of the columns does not read the others.

A table is some *parts*, immutable Parquet files named by their digest, and an *overlay*: rows, come from the database
just now, that replace those of the parts with the same number or are new. DuckDB reads both as one. What the columns
mean, and which rows are new, is told by whoever uses this.
"""

from contempo.core.columns.engine import Connection, connected, quoted
from contempo.core.columns.parts import folder, is_whole, path_of, sweep, write_part
from contempo.core.columns.reading import handed_over, make_relation

__all__ = [
    "Connection",
    "connected",
    "folder",
    "handed_over",
    "is_whole",
    "make_relation",
    "path_of",
    "quoted",
    "sweep",
    "write_part",
]

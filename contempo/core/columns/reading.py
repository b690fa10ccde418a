"""Parts and overlay as one relation; rows on their way from PostgreSQL to DuckDB."""

import os
import uuid
from collections.abc import Iterable, Iterator, Mapping, Sequence
from contextlib import contextmanager
from typing import IO

from contempo.core.columns.engine import Connection, literal, quoted
from contempo.core.columns.parts import folder, path_of

LONGEST_LINE = 64 * 1024 * 1024


@contextmanager
def handed_over(data: Iterable[bytes | memoryview], types: Mapping[str, str]) -> Iterator[str]:
    """Within it, SQL that reads rows which PostgreSQL wrote with `COPY … TO STDOUT (FORMAT csv)`.

    `types` are the columns with their types in DuckDB. The rows lie in a file of the owner, gone afterwards.
    """
    path = folder() / f"reading-{uuid.uuid4().hex}"
    try:
        with _private(path) as file:
            for block in data:
                file.write(block)
        columns = ", ".join(f"{literal(name)}: {literal(kind)}" for name, kind in types.items())
        yield (
            f"read_csv({literal(str(path))}, header = false, auto_detect = false, delim = ',', quote = '\"', "
            f"escape = '\"', nullstr = '', allow_quoted_nulls = false, max_line_size = {LONGEST_LINE}, "
            f"columns = {{{columns}}})"
        )
    finally:
        path.unlink(missing_ok=True)


def make_relation(
    connection: Connection,
    name: str,
    *,
    overlay: str,
    where: str,
    columns: Sequence[str],
    number: str,
    clean: Sequence[str],
    changed: Sequence[str],
) -> None:
    """Make a temporary view `name` of the rows of some files of columns and of the table `overlay`.

    From the files `changed` the rows whose `number` is in `overlay` too are left out; from `clean` none is, which
    spares reading the numbers. Of `overlay` only the rows `where` are taken: the others take rows away. It is "" where
    nothing is newer than the files, of which there is one at least.
    """
    # Files of one layout have the same columns in the same order: alone they need no names, which are slow to plan.
    told = ", ".join(quoted(column) for column in columns) if overlay else "*"
    selects = [f"SELECT {told} FROM {overlay} WHERE {where}"] if overlay else []
    if clean:
        selects.append(f"SELECT {told} FROM {_files(clean)}")
    if changed:
        without = f"SELECT {quoted(number)} FROM {overlay} WHERE {quoted(number)} IS NOT NULL"
        selects.append(f"SELECT {told} FROM {_files(changed)} WHERE {quoted(number)} NOT IN ({without})")
    connection.execute(f"CREATE OR REPLACE TEMP VIEW {quoted(name)} AS {' UNION ALL '.join(selects)}")


def _files(names: Sequence[str]) -> str:
    return f"read_parquet([{', '.join(literal(str(path_of(name))) for name in names)}])"


def _private(path: os.PathLike[str]) -> IO[bytes]:
    return open(os.open(path, os.O_WRONLY | os.O_CREAT | os.O_EXCL, 0o600), "wb")

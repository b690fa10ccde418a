"""DuckDB inside this process, shut in the folder of the columns."""

import os
import threading
from collections.abc import Iterator
from contextlib import contextmanager
from pathlib import Path

import duckdb
from duckdb import DuckDBPyConnection as Connection

__all__ = ["Connection", "connected", "literal", "quoted"]

MEMORY = "1GB"
"""What one process may take before it writes to the disk."""

MOST_THREADS = 4

_engines: dict[tuple[int, Path], Connection] = {}
_making = threading.Lock()


@contextmanager
def connected(folder: Path) -> Iterator[Connection]:
    """A connection with temporary tables of its own, for one thread. It reads and writes files of `folder` only.

    All connections of a process share one engine, its memory and what it remembers of the files.
    """
    connection = _engine(folder).cursor()
    try:
        yield connection
    finally:
        connection.close()


def quoted(name: str) -> str:
    """A name of a column or table as SQL writes it."""
    return '"' + name.replace('"', '""') + '"'


def literal(text: str) -> str:
    """A text as SQL writes it, where no parameter can stand."""
    return "'" + text.replace("'", "''") + "'"


def _engine(folder: Path) -> Connection:
    """The engine of this process for a folder. A process that was forked makes its own: threads are not inherited."""
    key = (os.getpid(), folder)
    with _making:
        if key not in _engines:
            _engines[key] = _made(folder)
        return _engines[key]


def _made(folder: Path) -> Connection:
    folder.mkdir(parents=True, exist_ok=True, mode=0o700)
    engine = duckdb.connect(
        ":memory:",
        config={
            "memory_limit": MEMORY,
            "threads": str(min(os.cpu_count() or 1, MOST_THREADS)),
            "temp_directory": str(folder / "spill"),
            "autoinstall_known_extensions": "false",
            "autoload_known_extensions": "false",
            "python_enable_replacements": "false",
        },
    )
    # What was read of a file's footer is kept: files never change under their name.
    engine.execute("SET parquet_metadata_cache = true")
    engine.execute("SET preserve_insertion_order = false")
    # It makes joins of long lists; for hundreds of short ones it costs more than all the rest of planning together.
    engine.execute("SET disabled_optimizers = 'in_clause'")
    engine.execute(f"SET allowed_directories = [{literal(f'{folder}/')}]")
    engine.execute("SET enable_external_access = false")
    engine.execute("SET lock_configuration = true")
    return engine

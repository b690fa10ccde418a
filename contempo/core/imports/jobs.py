"""The long work of imports: done in batches, each of which may be the last of a worker that stops."""

from dataclasses import dataclass

from contempo.core.imports.keeping import drop_forgotten, erase_old
from contempo.core.imports.reading import read_run
from contempo.core.imports.writing import undo_run, write_run
from contempo.core.jobs import every, task


@dataclass(frozen=True)
class _House:
    """Who does what nobody asked for."""

    person_id: int | None = None
    network_id: int | None = None
    acting_for: int | None = None


@task
def read_import(run_id: int) -> None:
    """Read the rows of a file and compare them with the records, from where the last batch ended."""
    read_run(run_id)


@task
def write_import(run_id: int) -> None:
    """Write the rows of a confirmed import that are not written yet."""
    write_run(run_id)


@task
def undo_import(run_id: int) -> None:
    """Take back the rows of an import that are not taken back yet."""
    undo_run(run_id)


@every("20 3 * * *")
@task(queue="housekeeping")
def erase_imports(timestamp: int) -> None:
    """Drop files nobody confirmed, and erase the rows of old imports."""
    drop_forgotten(_House())
    erase_old(_House())

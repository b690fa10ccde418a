"""The long work of imports: done in batches, each of which may be the last of a worker that stops."""

from collections.abc import Sequence
from dataclasses import dataclass

from contempo.core.imports.keeping import drop_forgotten, erase_old
from contempo.core.imports.models import ImportRun
from contempo.core.imports.reading import read_run
from contempo.core.imports.rules import RunState
from contempo.core.imports.writing import undo_run, write_run
from contempo.core.jobs import every, task, to_do


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


JOBS = {RunState.READING: read_import, RunState.WRITING: write_import, RunState.UNDOING: undo_import}
"""The job of each state in which there is work."""


def standing_still(runs: Sequence[ImportRun]) -> set[int]:
    """The numbers of those of `runs` at work whose job failed for good: nobody goes on with them before it is asked.

    At most two SQL, none when none of them is at work.
    """
    names = {run.pk: JOBS[RunState(run.state)].name for run in runs if run.state in JOBS}
    if not names:
        return set()
    asked = {(name, arguments["run_id"]) for name, arguments in to_do(*JOBS.values())}
    left = [number for number, name in names.items() if (name, number) not in asked]
    if not left:
        return set()
    # The work may have ended since `runs` were read: its end is written before its request is gone.
    now = dict(ImportRun.objects.filter(pk__in=left).values_list("pk", "state"))
    return {run.pk for run in runs if run.pk in left and now.get(run.pk) == run.state}


@every("20 3 * * *")
@task(queue="housekeeping")
def erase_imports(timestamp: int) -> None:
    """Drop files nobody confirmed, and erase the rows of old imports."""
    drop_forgotten(_House())
    erase_old(_House())

"""States of an import and of its rows. Pure."""

from datetime import timedelta
from enum import StrEnum

from contempo.core.words import N_
from contempo.core.workflow import Look, Transition, Workflow

BATCH = 1_000
"""Rows read or written in one transaction."""
MOST_BYTES = 20 * 1024 * 1024
MOST_ROWS = 100_000
MOST_COLUMNS = 200
MOST_CHARACTERS = 5_000
"""Characters of one cell."""

PREVIEW_KEPT = timedelta(days=7)
"""How long a file waits for somebody to confirm it."""
ROWS_KEPT = timedelta(days=30)
"""How long the rows of an import are kept, and so how long it can be undone."""


class RunState(StrEnum):
    """Where an import is."""

    UPLOADED = "uploaded"
    READING = "reading"
    PREVIEWED = "previewed"
    WRITING = "writing"
    DONE = "done"
    UNDOING = "undoing"
    UNDONE = "undone"
    FAILED = "failed"
    DROPPED = "dropped"


AT_WORK = (RunState.READING, RunState.WRITING, RunState.UNDOING)

_person, _job = frozenset({"person"}), frozenset({"job"})

RUNS = Workflow(
    name="import",
    initial=RunState.UPLOADED,
    looks={
        RunState.UPLOADED: Look(N_("Columns to choose"), "info", "it-pencil"),
        RunState.READING: Look(N_("Being read"), "info", "it-clock"),
        RunState.PREVIEWED: Look(N_("Waits for confirmation"), "warning", "it-clock"),
        RunState.WRITING: Look(N_("Being written"), "info", "it-clock"),
        RunState.DONE: Look(N_("Imported"), "success", "it-check-circle"),
        RunState.UNDOING: Look(N_("Being undone"), "info", "it-clock"),
        RunState.UNDONE: Look(N_("Undone"), "neutral", "it-restore"),
        RunState.FAILED: Look(N_("Stopped"), "danger", "it-error"),
        RunState.DROPPED: Look(N_("Dropped"), "neutral", "it-close-circle"),
    },
    transitions=(
        Transition("read", (RunState.UPLOADED, RunState.PREVIEWED), RunState.READING, N_("Read the file"), _person),
        Transition("preview", (RunState.READING,), RunState.PREVIEWED, N_("Show the preview"), _job),
        Transition("write", (RunState.PREVIEWED,), RunState.WRITING, N_("Import the rows"), _person),
        Transition("finish", (RunState.WRITING,), RunState.DONE, N_("End the import"), _job),
        Transition("undo", (RunState.DONE, RunState.FAILED), RunState.UNDOING, N_("Undo the import"), _person),
        Transition("undone", (RunState.UNDOING,), RunState.UNDONE, N_("End the undoing"), _job),
        Transition("fail", AT_WORK, RunState.FAILED, N_("Stop"), _job),
        Transition(
            "drop",
            (RunState.UPLOADED, RunState.READING, RunState.PREVIEWED),
            RunState.DROPPED,
            N_("Drop the file"),
            _person | _job,
        ),
    ),
)


class RowStatus(StrEnum):
    """What a row of the file is beside the present records; `missing` is a record that the file left out."""

    NEW = "new"
    CHANGED = "changed"
    UNCHANGED = "unchanged"
    WRONG = "wrong"
    MISSING = "missing"


ROW_LOOKS = {
    RowStatus.NEW: Look(N_("New"), "success", "it-plus-circle"),
    RowStatus.CHANGED: Look(N_("Changed"), "info", "it-pencil"),
    RowStatus.UNCHANGED: Look(N_("Unchanged"), "neutral", "it-minus-circle"),
    RowStatus.WRONG: Look(N_("Wrong"), "danger", "it-error"),
    RowStatus.MISSING: Look(N_("To be ended"), "warning", "it-logout"),
}


class Outcome(StrEnum):
    """What became of a row: nothing to do, waiting to be written, written, undone, or left because it had changed."""

    NONE = "none"
    WAITING = "waiting"
    WRITTEN = "written"
    UNDONE = "undone"
    KEPT = "kept"

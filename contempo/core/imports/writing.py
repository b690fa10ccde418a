"""Writing an import and taking it back: batches of rows, each with its mark in the transaction that writes it.

A row whose record is no longer as the preview showed it is left alone and says so.
"""

from collections.abc import Callable, Iterable, Iterator, Mapping
from dataclasses import dataclass

from django.db import DataError, IntegrityError

from contempo.core.action import action
from contempo.core.clock import now
from contempo.core.imports.ending import begun, locked_in, stop
from contempo.core.imports.handing import Exchange, together
from contempo.core.imports.keeping import erase_file
from contempo.core.imports.kinds import Actor, Change, Finding, Kind
from contempo.core.imports.models import ImportRow, ImportRun
from contempo.core.imports.reading import StoredValues, error, natural, present_records
from contempo.core.imports.rules import BATCH, RUNS, Outcome, RowStatus, RunState
from contempo.core.verdict import Refusal, require
from contempo.core.words import N_

_CHANGED = N_("This record has changed since the preview: it was left as it is.")
_CHANGED_LATER = N_("This record has changed since the import: it was left as it is.")
_REFUSED = N_("The records of a row do not fit with others that are there already. What was written can be undone.")


Beside = Mapping[int, tuple[int, ...]]
"""For the rows that hand something on, by number, those that are written together with them."""


@dataclass(frozen=True)
class _Pass:
    """Going over the rows of an import in one direction."""

    state: RunState
    takes: Outcome
    gives: Outcome
    leaves: Outcome
    order: tuple[str, str]
    step: str
    undo: bool
    changed: str


_WRITE = _Pass(
    RunState.WRITING, Outcome.WAITING, Outcome.WRITTEN, Outcome.NONE, ("rank", "line"), "finish", False, _CHANGED
)
_UNDO = _Pass(
    RunState.UNDOING, Outcome.WRITTEN, Outcome.UNDONE, Outcome.KEPT, ("-rank", "-line"), "undone", True, _CHANGED_LATER
)


def write_run(run_id: int) -> None:
    """Write what waits of a confirmed import, batch by batch."""
    _go(run_id, _WRITE)


def undo_run(run_id: int) -> None:
    """Take back what an import wrote, the last rows first."""
    _go(run_id, _UNDO)


def _go(run_id: int, way: _Pass) -> None:
    if (found := begun(run_id, way.state)) is None:
        return
    run, kind, actor = found
    batch: Callable[..., bool] = undo_batch if way.undo else write_batch
    try:
        beside = together(_exchanges(kind, run, way))
        while batch(actor, kind=kind, run_id=run_id, beside=beside):
            pass
    except Refusal as refusal:
        stop(actor, run_id=run_id, refusal=refusal)
    except (IntegrityError, DataError):
        stop(actor, run_id=run_id, refusal=Refusal(_REFUSED))


@action
def write_batch(actor: Actor, *, kind: Kind, run_id: int, beside: Beside) -> bool:
    """Write the next rows that wait, and those `beside` them; False when none is left, and the import is done."""
    return _batch(actor, kind, run_id, _WRITE, beside)


@action
def undo_batch(actor: Actor, *, kind: Kind, run_id: int, beside: Beside) -> bool:
    """Take back the last rows written, and those `beside` them; False when none is left, and the import is undone."""
    return _batch(actor, kind, run_id, _UNDO, beside)


def _exchanges(kind: Kind, run: ImportRun, way: _Pass) -> Iterator[Exchange]:
    """What each row that is still to be done has and will have of the things only one record may have."""
    for row in run.rows.filter(outcome=way.takes).iterator(chunk_size=BATCH):
        has, will_have = (
            frozenset(() if values is None else kind.alone(natural(kind, values))) for values in _in_turn(row, way)
        )
        yield row.line, has, will_have


def _batch(actor: Actor, kind: Kind, run_id: int, way: _Pass, beside: Beside) -> bool:
    run = locked_in(run_id, way.state)
    if run is None:
        return False
    require(kind.may(actor, run.about_id))
    rows = list(run.rows.filter(outcome=way.takes).order_by(*way.order)[:BATCH])
    if not rows:
        _end(run, way)
        return False
    if more := {line for row in rows for line in beside.get(row.line, ())} - {row.line for row in rows}:
        rows += run.rows.filter(outcome=way.takes, line__in=more).order_by(*way.order)
    changes, findings = _compared(kind, run, rows, way)
    if changes:
        findings += kind.write(actor, about_id=run.about_id, changes=changes) or ()
    _mark(run, rows, findings, way)
    return True


def _compared(
    kind: Kind, run: ImportRun, rows: list[ImportRow], way: _Pass
) -> tuple[tuple[Change, ...], list[Finding]]:
    """The changes of `rows` whose records are as expected, and what is to say of the others."""
    identities = [
        kind.identity_of(natural(kind, row.values if row.status != RowStatus.MISSING else row.before or {}))
        for row in rows
    ]
    present = present_records(kind, run.about_id, identities)
    changes, findings = [], []
    for row in rows:
        record = present.get(row.identity)
        expected, wanted = _in_turn(row, way)
        if not _is(record, expected):
            findings.append(Finding(row.line, way.changed))
            continue
        before = None if record is None else natural(kind, record)
        after = None if wanted is None else natural(kind, {**(record or {}), **wanted})
        changes.append(Change(row.line, before, after, undo=way.undo))
    return tuple(changes), findings


def _ends(row: ImportRow) -> tuple[StoredValues | None, StoredValues | None]:
    """What the record was and what it is to be, as far as the file says; None where there is no record."""
    return row.before, (row.values or None) if row.status == RowStatus.MISSING else row.values


def _in_turn(row: ImportRow, way: _Pass) -> tuple[StoredValues | None, StoredValues | None]:
    """What the record is expected to be, and what it is to become, on this way over the rows."""
    before, after = _ends(row)
    return (after, before) if way.undo else (before, after)


def _is(record: StoredValues | None, expected: StoredValues | None) -> bool:
    if record is None or expected is None:
        return record is None and expected is None
    return all(record.get(key) == value for key, value in expected.items())


def _mark(run: ImportRun, rows: list[ImportRow], findings: Iterable[Finding], way: _Pass) -> None:
    """Note at each row what became of it, and the sums at the import."""
    told: dict[int, list[Finding]] = {}
    for finding in findings:
        told.setdefault(finding.line, []).append(finding)
    left = [row for row in rows if row.line in told]
    gone = [row.pk for row in rows if row.line not in told]
    run.rows.filter(pk__in=gone).update(outcome=way.gives)
    for row in left:
        row.outcome = way.leaves
        row.errors = [*row.errors, *(error(each.field, each.reason, each.params) for each in told[row.line])]
        if not way.undo:
            setattr(run, row.status, getattr(run, row.status) - 1)
            row.status = RowStatus.WRONG
            run.wrong += 1
    ImportRow.objects.bulk_create(
        left, update_conflicts=True, unique_fields=["run", "line"], update_fields=["status", "outcome", "errors"]
    )
    run.done += len(rows)
    if way.undo:
        run.undone, run.kept = run.undone + len(gone), run.kept + len(left)
    else:
        run.written += len(gone)
    run.moved_at = now()
    run.save()


def _end(run: ImportRun, way: _Pass) -> None:
    run.state = RUNS.move(run.state, way.step, ("job",))
    run.moved_at = run.finished_at = now()
    run.save()
    erase_file(run)

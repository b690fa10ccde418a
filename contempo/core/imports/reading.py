"""Reading a file: each row beside the present records, kept in batches. Nothing of the context is written."""

from collections.abc import Iterable, Iterator, Mapping
from dataclasses import dataclass, field
from itertools import islice
from json import dumps
from typing import Any

from django.db.models import Count, Q

from contempo.core.action import action
from contempo.core.clock import now
from contempo.core.imports.ending import begun, locked_in, stop
from contempo.core.imports.keeping import attachment_of
from contempo.core.imports.kinds import Actor, Kind, Row, Value, Values
from contempo.core.imports.models import ImportRow, ImportRun
from contempo.core.imports.rules import BATCH, MOST_ROWS, RUNS, Outcome, RowStatus, RunState
from contempo.core.imports.tables import Layout, rows, too_many_rows
from contempo.core.imports.values import Cell, FieldReader, Stored, as_text, restored, stored
from contempo.core.imports.words import readers_of
from contempo.core.verdict import Refusal
from contempo.core.words import N_

StoredValues = Mapping[str, Stored]

LAST_RANK = 1_000
_SHOWN = 200


@dataclass
class Judge:
    """Compares rows with the present records; remembers which record each row is about."""

    kind: Kind
    mapping: dict[str, int]
    readers: dict[str, FieldReader]
    present: dict[str, StoredValues]
    seen: dict[str, int] = field(default_factory=dict)

    def row(self, line: int, cells: list[Cell]) -> ImportRow:
        values, errors = self._read(line, cells)
        row = ImportRow(line=line, values=values, errors=errors, status=RowStatus.WRONG)
        if any(values.get(key) is None for key in self.kind.identity):
            return row
        row.identity = identity_key(self.kind, values)
        first = self.seen.setdefault(row.identity, line)
        if first != line:
            reason = N_("The same record is already in row %(line)s.")
            row.errors = [*errors, error(self.kind.identity[0], reason, {"line": first})]
        elif not errors:
            self._compare(row)
        return row

    def _read(self, line: int, cells: list[Cell]) -> tuple[dict[str, Stored], list[dict[str, Any]]]:
        values: dict[str, Stored] = {}
        errors = []
        for key, column in self.mapping.items():
            reader = self.readers[key]
            cell = cells[column] if column < len(cells) else None
            try:
                values[key] = stored(reader.field, _meant(reader, cell))
            except Refusal as wrong:
                seen = "" if cell is None else getattr(cell, "seen", None) or as_text(cell)
                errors.append(error(key, wrong.reason, wrong.params, seen=str(seen)[:_SHOWN]))
        wrong_ones = {one["field"] for one in errors}
        for each in self.kind.fields:
            if each.otherwise is not None and values.get(each.key) is None and each.key not in wrong_ones:
                values[each.key] = stored(each, each.otherwise(line))
        return values, errors

    def _compare(self, row: ImportRow) -> None:
        before = self.present.get(row.identity)
        if before is None:
            row.status, row.outcome = RowStatus.NEW, Outcome.WAITING
        else:
            row.before = {key: before.get(key) for key in row.values}
            row.status = RowStatus.UNCHANGED
            if row.before != row.values:
                row.status, row.outcome = RowStatus.CHANGED, Outcome.WAITING
        if row.outcome == Outcome.WAITING:
            row.rank = self.kind.rank(natural(self.kind, {**(before or {}), **row.values}))


def _meant(reader: FieldReader, cell: Cell) -> Value:
    value = reader.read(cell)
    return value if reader.field.means is None else reader.field.means(value)


def read_run(run_id: int) -> None:
    """Read the file of an import from the last row kept to its end, then make its preview."""
    if (found := begun(run_id, RunState.READING)) is None:
        return
    run, kind, actor = found
    try:
        judge = _judge(run, kind)
        layout = Layout(run.encoding, run.separator, run.sheet)
        waiting = rows(attachment_of(run).path, layout, after=run.position)
        position = run.position
        while batch := list(islice(waiting, BATCH)):
            judged = [judge.row(line, cells) for line, cells in batch]
            if not keep_rows(actor, run_id=run_id, after=position, judged=judged):
                return
            position = batch[-1][0]
        make_preview(actor, kind=kind, run_id=run_id, left_out=_left_out(judge))
    except Refusal as refusal:
        stop(actor, run_id=run_id, refusal=refusal)


@action
def keep_rows(actor: Actor, *, run_id: int, after: int, judged: list[ImportRow]) -> bool:
    """Keep rows that follow row number `after`; False when somebody else goes on with the file, or it was dropped."""
    run = locked_in(run_id, RunState.READING)
    if run is None or run.position != after:
        return False
    if run.done + len(judged) > MOST_ROWS:
        raise too_many_rows()
    for row in judged:
        row.run = run
    ImportRow.objects.bulk_create(judged)
    run.position, run.done, run.moved_at = judged[-1].line, run.done + len(judged), now()
    run.total = max(run.total, run.done)
    run.save(update_fields=["position", "done", "total", "moved_at"])
    return True


@action
def make_preview(actor: Actor, *, kind: Kind, run_id: int, left_out: dict[str, StoredValues]) -> None:
    """Let the context look at the whole file, note what is left out, and count. Done already: nothing happens."""
    run = locked_in(run_id, RunState.READING)
    if run is None:
        return
    _check(kind, run)
    if run.ends_missing:
        _note_left_out(kind, run, left_out)
    counts = run.rows.aggregate(**{status.value: Count("pk", filter=Q(status=status)) for status in RowStatus})
    for status, count in counts.items():
        setattr(run, status, count)
    run.state = RUNS.move(run.state, "preview", ("job",))
    run.total, run.moved_at = run.done, now()
    run.save()


def present_records(kind: Kind, about_id: int, identities: list[Any] | None = None) -> dict[str, StoredValues]:
    """The present records as JSON keeps them, by identity."""
    found: dict[str, StoredValues] = {}
    for record in kind.current(about_id, identities):
        values = {field.key: stored(field, record.get(field.key)) for field in kind.fields}
        found[identity_key(kind, values)] = values
    return found


def identity_key(kind: Kind, values: StoredValues) -> str:
    """The identity of a record as one text."""
    return dumps([values.get(key) for key in kind.identity], ensure_ascii=False)[:500]


def natural(kind: Kind, values: StoredValues) -> Values:
    """Every field of the kind in file shape."""
    return {field.key: restored(field, values.get(field.key)) for field in kind.fields}


def error(field: str, reason: str, params: Mapping[str, object], *, seen: str = "") -> dict[str, Any]:
    """An error as a row keeps it; `seen` is what the cell held."""
    told = {key: value if isinstance(value, int | str) else str(value) for key, value in params.items()}
    return {"field": field, "reason": reason, "params": told, "seen": seen}


def _judge(run: ImportRun, kind: Kind) -> Judge:
    columns = dict(sorted(run.mapping.items(), key=lambda each: each[1]))
    judge = Judge(kind, columns, readers_of(kind), present_records(kind, run.about_id))
    kept = run.rows.exclude(identity="").order_by("-line")
    judge.seen.update(kept.values_list("identity", "line"))
    return judge


def _left_out(judge: Judge) -> dict[str, StoredValues]:
    return {key: values for key, values in judge.present.items() if key not in judge.seen}


def _rows_to_check(kind: Kind, run: ImportRun, present: dict[str, StoredValues]) -> Iterator[Row]:
    for row in run.rows.exclude(status=RowStatus.WRONG).order_by("line").iterator(chunk_size=BATCH):
        before = present.get(row.identity)
        after = natural(kind, {**(before or {}), **row.values})
        yield Row(row.line, after, None if before is None else natural(kind, before))


def _check(kind: Kind, run: ImportRun) -> None:
    present = present_records(kind, run.about_id)
    mark_wrong(run, kind.check(run.about_id, list(_rows_to_check(kind, run, present))))


def mark_wrong(run: ImportRun, findings: Iterable[Any]) -> int:
    """Note the findings at their rows, which are not to be written; how many rows they are."""
    by_line: dict[int, list[dict[str, Any]]] = {}
    for finding in findings:
        by_line.setdefault(finding.line, []).append(error(finding.field, finding.reason, finding.params))
    lines = sorted(by_line)
    for start in range(0, len(lines), BATCH):
        found = list(run.rows.filter(line__in=lines[start : start + BATCH]))
        for row in found:
            row.status, row.outcome = RowStatus.WRONG, Outcome.NONE
            row.errors = [*row.errors, *by_line[row.line]]
        ImportRow.objects.bulk_create(
            found,
            update_conflicts=True,
            unique_fields=["run", "line"],
            update_fields=["status", "outcome", "errors"],
        )
    return len(lines)


def _to_end(kind: Kind, left_out: dict[str, StoredValues]) -> Iterator[tuple[str, StoredValues, dict[str, Stored]]]:
    """Each record that is to be ended, as it is and as it will be; the latter empty where the kind does not say."""
    for key, values in left_out.items():
        if kind.ended is None:
            yield key, values, {}
        elif (after := kind.ended(natural(kind, values))) is not None:
            yield key, values, {field.key: stored(field, after.get(field.key)) for field in kind.fields}


def _note_left_out(kind: Kind, run: ImportRun, left_out: dict[str, StoredValues]) -> None:
    """Rows for the records the file left out, after its last; those that others depend on are ended last."""
    made = (
        ImportRow(
            run=run,
            line=run.position + number,
            identity=key,
            status=RowStatus.MISSING,
            outcome=Outcome.WAITING,
            rank=2 * LAST_RANK - kind.rank(natural(kind, values)),
            before=dict(values),
            values=ended,
        )
        for number, (key, values, ended) in enumerate(_to_end(kind, left_out), start=1)
    )
    while batch := list(islice(made, BATCH)):
        ImportRow.objects.bulk_create(batch)

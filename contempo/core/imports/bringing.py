"""What persons do with imports: bring a file, choose its columns, confirm, drop, undo."""

from collections.abc import Mapping

from django.core.files import File
from django.db import connection

from contempo.core import files
from contempo.core.action import action
from contempo.core.clock import now
from contempo.core.files import Attachment
from contempo.core.imports.jobs import JOBS, read_import, standing_still, undo_import, write_import
from contempo.core.imports.keeping import OWNER, attachment_of, erase_rows, is_table, is_workbook
from contempo.core.imports.kinds import Actor, Kind, Missing
from contempo.core.imports.models import ImportMapping, ImportRun
from contempo.core.imports.rules import AT_WORK, MOST_BYTES, RUNS, Outcome, RunState
from contempo.core.imports.tables import Heads, Layout, by_name, look, signature
from contempo.core.imports.words import heads_of
from contempo.core.jobs import defer
from contempo.core.verdict import Refusal, require
from contempo.core.words import N_

_BY_PERSON = ("person",)


@action
def bring_file(actor: Actor, *, kind: Kind, about_id: int, upload: "File[bytes]") -> ImportRun:
    """Keep a file and look at its heads. Raises `Refusal` beside the field `file` when it cannot be read."""
    require(kind.may(actor, about_id))
    run = ImportRun.objects.create(
        network_id=actor.network_id,
        kind=kind.key,
        about_id=about_id,
        person_id=actor.person_id,
        acting_for=actor.acting_for,
        uploaded_at=now(),
        moved_at=now(),
    )
    attachment = files.accept(
        upload,
        network_id=actor.network_id,
        owner_kind=OWNER,
        owner_id=run.pk,
        purpose="import",
        person_id=actor.person_id,
        most_bytes=MOST_BYTES,
    )
    if not is_table(attachment):
        raise Refusal(N_("“%(name)s” is no table: bring a CSV or an XLSX file."), field="file", name=attachment.name)
    run.filename = attachment.name
    _see(run, kind, attachment, Layout())
    run.save()
    return run


@action
def read_otherwise(actor: Actor, *, kind: Kind, run_id: int, layout: Layout) -> ImportRun:
    """Look at the file again with another sheet, separator or encoding; the columns are to be chosen again."""
    run = _locked(actor, kind, run_id)
    if run.state not in (RunState.UPLOADED, RunState.PREVIEWED):
        RUNS.move(run.state, "read", ())
    _see(run, kind, attachment_of(run), layout)
    run.save()
    return run


@action
def choose_columns(
    actor: Actor, *, kind: Kind, run_id: int, mapping: Mapping[str, int], ends_missing: bool = False
) -> ImportRun:
    """Say which column holds each field, remember it, and let the file be read. Writes no record.

    Raises `Refusal` beside the field that lacks its column, or takes one that is taken.
    """
    run = _locked(actor, kind, run_id)
    state = RUNS.move(run.state, "read", _BY_PERSON)
    _check_mapping(kind, run, mapping)
    run.rows.all().delete()
    run.state, run.mapping, run.position, run.done = state, dict(mapping), run.head_line, 0
    run.ends_missing = ends_missing and kind.missing is Missing.END
    run.moved_at = now()
    run.save()
    ImportMapping.objects.update_or_create(
        kind=run.kind,
        about_id=run.about_id,
        signature=signature(run.heads),
        defaults={"heads": run.heads, "mapping": run.mapping, "used_at": now()},
    )
    defer(read_import, run_id=run.pk)
    return run


@action
def confirm(actor: Actor, *, kind: Kind, run_id: int) -> ImportRun:
    """Let the new, changed and missing rows be written. Confirmed already: nothing more happens.

    Raises `Refusal` while another import of the same thing is being written or undone.
    """
    run = _locked(actor, kind, run_id)
    if run.state in (RunState.WRITING, RunState.DONE):
        return run
    run.state = RUNS.move(run.state, "write", _BY_PERSON)
    _require_turn(run)
    run.total = run.rows.filter(outcome=Outcome.WAITING).count()
    if not run.total:
        raise Refusal(N_("There is nothing to import in this file: no row is new or changed."))
    run.done, run.confirmed_by, run.confirmed_at, run.moved_at = 0, actor.person_id, now(), now()
    run.acting_for = actor.acting_for
    run.save()
    defer(write_import, run_id=run.pk)
    return run


@action
def undo(actor: Actor, *, kind: Kind, run_id: int) -> ImportRun:
    """Let what the import wrote be taken back. Asked already: nothing more happens.

    One whose writing stands still may be undone too, and makes room for others even when it wrote nothing yet.
    Raises `Refusal` when it wrote nothing or its rows are erased, or while another import is being written or undone.
    """
    run = _locked(actor, kind, run_id)
    if run.state in (RunState.UNDOING, RunState.UNDONE):
        return run
    if run.state == RunState.WRITING and standing_still([run]):
        run.state = RUNS.move(run.state, "fail", ("job",))
    elif run.rows_erased or not run.written:
        raise Refusal(N_("This import can no longer be undone: its rows are not kept any more."))
    run.state = RUNS.move(run.state, "undo", _BY_PERSON)
    _require_turn(run)
    run.done, run.total = 0, run.written
    run.undone_by, run.undone_at, run.moved_at = actor.person_id, now(), now()
    run.save()
    defer(undo_import, run_id=run.pk)
    return run


@action
def drop(actor: Actor, *, kind: Kind, run_id: int) -> ImportRun:
    """Forget a file that was not confirmed, with all its rows."""
    run = _locked(actor, kind, run_id)
    if run.state == RunState.DROPPED:
        return run
    run.state = RUNS.move(run.state, "drop", _BY_PERSON)
    run.finished_at = now()
    run.rows_erased = True
    run.save()
    erase_rows(run)
    return run


@action
def go_on(actor: Actor, *, kind: Kind, run_id: int) -> ImportRun:
    """Ask again for the work on an import that seems to stand still; work that is under way is not done twice."""
    run = _locked(actor, kind, run_id)
    if run.state in AT_WORK:
        defer(JOBS[RunState(run.state)], run_id=run.pk)
    return run


def _locked(actor: Actor, kind: Kind, run_id: int) -> ImportRun:
    own = ImportRun.objects.select_for_update().filter(network_id=actor.network_id, kind=kind.key)
    run = own.filter(pk=run_id).first()
    if run is None:
        raise Refusal(N_("This file is no longer here: bring it again."))
    require(kind.may(actor, run.about_id))
    return run


def _require_turn(run: ImportRun) -> None:
    """Refuse while another import of the same thing is at work. Who asks at the same time waits for the answer."""
    with connection.cursor() as cursor:
        name = f"core.import {run.kind} {run.about_id}"
        cursor.execute("SELECT pg_advisory_xact_lock(hashtextextended(%s, 0))", [name])
    others = ImportRun.objects.filter(kind=run.kind, about_id=run.about_id).exclude(pk=run.pk)
    if others.filter(state__in=[RunState.WRITING, RunState.UNDOING]).exists():
        raise Refusal(N_("Another import of the same records is under way: wait until it is done."))


def _see(run: ImportRun, kind: Kind, attachment: Attachment, layout: Layout) -> None:
    """Put into `run` what a look at the file tells, and the columns it would have by memory or by name."""
    heads = heads_of(kind)
    seen = look(attachment.path, is_workbook=is_workbook(attachment), layout=layout, heads=heads)
    run.encoding, run.separator, run.sheet = seen.layout.encoding, seen.layout.separator, seen.layout.sheet
    run.sheets, run.head_line, run.total = list(seen.sheets), seen.head_line, seen.total
    run.heads, run.samples = list(seen.heads), [list(row) for row in seen.samples]
    run.mapping, run.remembered = _proposed(run, kind, heads)
    run.state, run.moved_at = RunState.UPLOADED, now()
    run.rows.all().delete()


def _proposed(run: ImportRun, kind: Kind, heads: Heads) -> tuple[dict[str, int], bool]:
    """The columns each field would have, and whether they come from memory.

    A file with the heads of an earlier one has its columns exactly; another has those of the newest import found again
    by name, and the others by their heads.
    """
    known = {field.key for field in kind.fields}
    memories = ImportMapping.objects.filter(kind=run.kind, about_id=run.about_id)
    if memory := memories.filter(signature=signature(run.heads)).first():
        return {key: column for key, column in memory.mapping.items() if key in known}, True
    memory = memories.order_by("-used_at").first()
    found = by_name(memory.mapping, of=memory.heads, heads=run.heads) if memory else {}
    taken = {key: column for key, column in found.items() if key in known}
    named = heads.mapping(run.heads)
    free = {key: column for key, column in named.items() if key not in taken and column not in taken.values()}
    return {**free, **taken}, bool(set(taken.items()) - set(named.items()))


def _check_mapping(kind: Kind, run: ImportRun, mapping: Mapping[str, int]) -> None:
    taken: dict[int, str] = {}
    for field in kind.fields:
        column = mapping.get(field.key)
        if column is None:
            if field.required:
                raise Refusal(N_("Choose the column that holds it: it is needed."), field=field.key)
        elif not 0 <= column < len(run.heads):
            raise Refusal(N_("The file has no such column."), field=field.key)
        elif taken.setdefault(column, field.key) != field.key:
            raise Refusal(N_("This column is chosen twice."), field=field.key)

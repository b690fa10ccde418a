"""Where the files and rows of imports are kept, and for how long."""

from contempo.core import files
from contempo.core.action import action
from contempo.core.audit import Author
from contempo.core.clock import now
from contempo.core.files import Attachment
from contempo.core.imports.models import ImportRow, ImportRun
from contempo.core.imports.rules import PREVIEW_KEPT, ROWS_KEPT, RunState
from contempo.core.verdict import Refusal
from contempo.core.words import N_

OWNER = "core.import"
_WORKBOOK = "application/vnd.openxmlformats-officedocument.spreadsheetml.sheet"
_TEXTS = ("text/csv", "text/plain")


def attachment_of(run: ImportRun) -> Attachment:
    """The file of an import. Raises `Refusal` when it is no longer kept."""
    for attachment in files.attachments_of(OWNER, run.pk):
        return attachment
    raise Refusal(N_("This file is no longer here: bring it again."))


def is_table(attachment: Attachment) -> bool:
    """Whether the file is one that can be imported."""
    return attachment.content_type in (_WORKBOOK, *_TEXTS)


def is_workbook(attachment: Attachment) -> bool:
    """Whether the file is an XLSX."""
    return attachment.content_type == _WORKBOOK


def erase_file(run: ImportRun) -> None:
    """Erase the file of an import."""
    files.discard_all(owner_kind=OWNER, owner_id=run.pk)


def erase_rows(run: ImportRun) -> None:
    """Erase the file of an import and its rows."""
    erase_file(run)
    ImportRow.objects.filter(run=run).delete()


@action
def drop_forgotten(actor: Author) -> int:
    """Drop the files nobody confirmed in `PREVIEW_KEPT`; how many they were."""
    waiting = [RunState.UPLOADED, RunState.READING, RunState.PREVIEWED]
    forgotten = ImportRun.objects.select_for_update().filter(state__in=waiting, moved_at__lt=now() - PREVIEW_KEPT)
    runs = list(forgotten.order_by("pk"))
    for run in runs:
        run.state, run.finished_at, run.rows_erased = RunState.DROPPED, now(), True
        run.save()
        erase_rows(run)
    return len(runs)


@action
def erase_old(actor: Author) -> int:
    """Erase the rows of imports that ended `ROWS_KEPT` ago; how many imports they were."""
    ended = [RunState.DONE, RunState.UNDONE, RunState.FAILED]
    old = ImportRun.objects.select_for_update().filter(
        state__in=ended, moved_at__lt=now() - ROWS_KEPT, rows_erased=False
    )
    runs = list(old.order_by("pk"))
    for run in runs:
        run.rows_erased = True
        run.save(update_fields=["rows_erased"])
        erase_rows(run)
    return len(runs)

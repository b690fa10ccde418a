"""Making the files that take time, and forgetting those nobody took."""

from pathlib import Path
from uuid import UUID

from django.utils.translation import override

from contempo.core import clock
from contempo.core.jobs import every, task
from contempo.people.public import SYSTEM
from contempo.questionnaires.actions.reading import extracts
from contempo.questionnaires.models import Extract
from contempo.questionnaires.queries.reading.extracts import opened_for_file, wanted_file
from contempo.questionnaires.queries.reading.files.writing import write_file
from contempo.questionnaires.queries.reading.report import TEMPLATE, whole_report
from contempo.questionnaires.rules.extracts import FileKind
from contempo.web.documents import pdf


@task(retry=False)
def make_file(key: str) -> None:
    """Make a file that was asked for; its progress is told as it goes. Whole under its name, or not at all."""
    if (wanted := wanted_file(UUID(key))) is None:
        return
    partial = wanted.path.with_suffix(".part")
    try:
        partial.parent.mkdir(parents=True, exist_ok=True, mode=0o700)
        partial.touch(mode=0o600)
        with override(wanted.language):
            _make(wanted, partial)
        partial.rename(wanted.path)
    except Exception:
        partial.unlink(missing_ok=True)
        extracts.end_file(SYSTEM, key=wanted.pk, size=None)
        raise
    extracts.end_file(SYSTEM, key=wanted.pk, size=wanted.path.stat().st_size)


def _make(wanted: Extract, path: Path) -> None:
    def told(done: int, total: int) -> None:
        extracts.note_progress(SYSTEM, key=wanted.pk, done=done, total=total)

    if wanted.kind != FileKind.REPORT:
        write_file(wanted.campaign, FileKind(wanted.kind), path, part=wanted.part, told=told)
        return
    made_at = clock.now()
    content = whole_report(opened_for_file(wanted.campaign), made_at=made_at, told=told)
    path.write_bytes(pdf(TEMPLATE, content, made_at=made_at))


@every("40 3 * * *")
@task(queue="housekeeping")
def forget_old_files(timestamp: int) -> None:
    """Remove files that waited three days."""
    for old in extracts.forget_files(SYSTEM):
        old.path.unlink(missing_ok=True)

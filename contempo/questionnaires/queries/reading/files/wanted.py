"""A file that somebody waits for, written where it is kept."""

from datetime import datetime
from pathlib import Path

from contempo.questionnaires.models import Extract
from contempo.questionnaires.queries.reading.extracts import opened_for_file
from contempo.questionnaires.queries.reading.files.writing import Progress, write_file
from contempo.questionnaires.queries.reading.report import TEMPLATE, whole_report
from contempo.questionnaires.rules.extracts import FileKind
from contempo.web.documents import pdf


def write_wanted(wanted: Extract, path: Path, *, made_at: datetime, told: Progress) -> None:
    """Write the file that is wanted into `path`, in the language that is active."""
    if wanted.kind != FileKind.REPORT:
        write_file(wanted.campaign, FileKind(wanted.kind), path, part=wanted.part, told=told)
        return
    content = whole_report(opened_for_file(wanted.campaign), made_at=made_at, told=told)
    path.write_bytes(pdf(TEMPLATE, content, made_at=made_at))

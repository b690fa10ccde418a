"""What an XLSForm brings: its questions, and what of it is not taken."""

from collections.abc import Sequence
from dataclasses import dataclass

from django.utils.translation import gettext as _

from contempo.questionnaires.queries.making.comparing import Line, lines_of
from contempo.questionnaires.queries.making.wording import counted
from contempo.questionnaires.rules.checking import problems, refused
from contempo.questionnaires.rules.document import Document
from contempo.questionnaires.rules.xlsform.sheets import LEVEL_ORDER, Finding, Level, told


@dataclass(frozen=True)
class Left:
    """Something not taken: where it stands in the workbook, and why."""

    where: str
    text: str


@dataclass(frozen=True)
class Brought:
    """The report of a workbook that was read: `mend` things are to be mended before it can be published."""

    lines: tuple[Line, ...]
    questions: int
    pages: int
    mend: int
    blocked: tuple[Left, ...]
    left_out: tuple[Left, ...]
    notes: tuple[Left, ...]


def brought(document: Document | None, findings: Sequence[Finding]) -> Brought:
    """The report of what was read. No SQL."""
    by_level = {level: tuple(_left(finding) for finding in findings if finding.level == level) for level in LEVEL_ORDER}
    return Brought(
        lines=lines_of(document) if document else (),
        questions=counted(document) if document else 0,
        pages=len(document.pages) if document else 0,
        mend=len(refused(problems(document))) if document else 0,
        blocked=by_level[Level.BLOCKED],
        left_out=by_level[Level.LEFT_OUT],
        notes=by_level[Level.NOTE],
    )


def _left(finding: Finding) -> Left:
    parts = []
    if finding.sheet and finding.row:
        parts.append(_("sheet %(sheet)s, row %(row)s") % {"sheet": finding.sheet, "row": finding.row})
    if finding.column:
        parts.append(_("column %(column)s") % {"column": finding.column})
    return Left(", ".join(parts), told(finding, _))

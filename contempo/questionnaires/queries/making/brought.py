"""What an XLSForm brings: its questions, and what of it is not taken."""

from collections.abc import Sequence
from dataclasses import dataclass

from django.utils.translation import gettext as _

from contempo.questionnaires.queries.making.comparing import Changed, Line, changes_from_published, lines_of
from contempo.questionnaires.queries.making.opened import OpenedForm
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
    """The report of a workbook that was read: `mend` things are to be mended before it can be published; `changes` are
    those since the version that is published, if it is a new version of one.
    """

    lines: tuple[Line, ...]
    questions: int
    pages: int
    mend: int
    compared: bool
    changes: tuple[Changed, ...]
    blocked: tuple[Left, ...]
    left_out: tuple[Left, ...]
    notes: tuple[Left, ...]

    @property
    def refused(self) -> tuple[Changed, ...]:
        """Changes of meaning: with them it could not be published."""
        return tuple(one for one in self.changes if one.refused)

    @property
    def allowed(self) -> tuple[Changed, ...]:
        """The other changes."""
        return tuple(one for one in self.changes if not one.refused)


def brought(document: Document | None, findings: Sequence[Finding], opened: OpenedForm | None) -> Brought:
    """The report of what was read. No SQL."""
    by_level = {level: tuple(_left(finding) for finding in findings if finding.level == level) for level in LEVEL_ORDER}
    return Brought(
        lines=lines_of(document) if document else (),
        questions=counted(document) if document else 0,
        pages=len(document.pages) if document else 0,
        mend=len(refused(problems(document))) if document else 0,
        compared=document is not None and opened is not None and opened.published is not None,
        changes=changes_from_published(opened, document) if opened and document else (),
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

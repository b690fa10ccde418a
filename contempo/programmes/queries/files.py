"""Plans as files: what is downloaded, what is brought, and what loading it would change."""

from collections.abc import Iterable
from dataclasses import dataclass
from itertools import groupby

from django.utils.text import capfirst
from django.utils.translation import gettext as _

from contempo.network.public import KINDS, NotRegistered, not_registered
from contempo.people.public import Actor
from contempo.programmes.access import own_uploads, visible_plans
from contempo.programmes.models import Plan, PlanUpload
from contempo.programmes.models.recorded import records_of
from contempo.programmes.models.tree import tree_of
from contempo.programmes.queries import workbooks
from contempo.programmes.rules.activities import PLAN, PlanState
from contempo.programmes.rules.audit import check
from contempo.programmes.rules.findings import SEVERITY_LABELS
from contempo.programmes.rules.plan import tree
from contempo.programmes.rules.plan.amending import hindrances
from contempo.programmes.rules.plan.changes import Change, ChangeKind, changes_between
from contempo.programmes.rules.plan.labels import field_label, section_of
from contempo.programmes.rules.plan.problems import Phrase, Problem
from contempo.programmes.rules.plan.reading import read_plan, read_plan_bytes
from contempo.programmes.rules.plan.writing import write_plan

_KINDS = frozenset(KINDS)

MOST_SHOWN = 200
"""Changes of one section that are listed; more are counted."""


def read_file(data: bytes, *, filename: str) -> tuple[tree.Plan, str]:
    """The plan in a file, YAML or XLSX, and its text as YAML: as it came, or written from the tables.

    Raises WrongFile with everything that is wrong in it.
    """
    if data.startswith(workbooks.BEGINNING):
        plan = workbooks.read_workbook(data, filename=filename, kinds=_KINDS)
        return plan, write_plan(plan)
    plan = read_plan_bytes(data, filename=filename, kinds=_KINDS)
    return plan, data.decode("utf-8-sig")


def found_plan(actor: Actor, key: str) -> Plan | None:
    """A plan of the actor's network, None for who may not see it. One SQL."""
    return visible_plans(actor, Plan.objects.all()).filter(key=key).first()


def plan_file(plan: Plan) -> str:
    """A plan as YAML. As many SQL for any size."""
    return write_plan(tree_of(plan))


def plan_sheets(plan: Plan) -> bytes:
    """A plan as a workbook. As many SQL for any size."""
    return workbooks.plan_workbook(tree_of(plan))


def said(phrase: Phrase) -> str:
    """A phrase in the reader's language."""
    text = _(phrase.text)
    return text % phrase.params if phrase.params else text


@dataclass(frozen=True)
class ProblemRow:
    """A problem as its table shows it; `place` is a line, or the cell of a sheet."""

    place: str
    path: str
    found: str
    expected: str


def problem_rows(problems: Iterable[Problem]) -> tuple[ProblemRow, ...]:
    """Problems in the reader's language."""
    return tuple(
        ProblemRow(_place(problem), problem.path, said(problem.found), said(problem.expected)) for problem in problems
    )


def _place(problem: Problem) -> str:
    if problem.sheet:
        return f"{problem.sheet} {_letters(problem.column)}{problem.line}"
    return _("line %(line)s") % {"line": problem.line}


def _letters(column: int) -> str:
    letters = ""
    while column:
        column, rest = divmod(column - 1, 26)
        letters = chr(ord("A") + rest) + letters
    return letters


@dataclass(frozen=True)
class ChangeRow:
    """A change as its table shows it."""

    kind: str
    tone: str
    icon: str
    label: str
    field: str
    was: str
    now: str
    path: str


@dataclass(frozen=True)
class Section:
    """The changes of one section; `further` are those not listed."""

    label: str
    count: int
    rows: tuple[ChangeRow, ...]
    further: int


@dataclass(frozen=True)
class Preview:
    """What loading a file would do. `state` is the label of the plan's state, empty for a new one."""

    id: int
    filename: str
    title: str
    key: str
    state: str
    counts: tuple[tuple[str, int], ...]
    sections: tuple[Section, ...]
    organisations: tuple[NotRegistered, ...]
    hindrances: tuple[tuple[str, str], ...]
    findings: tuple[tuple[str, int], ...]

    @property
    def is_same(self) -> bool:
        """Whether the plan is this already."""
        return bool(self.state) and not self.sections


_LOOKS = {
    ChangeKind.ADDED: ("success", "it-plus-circle"),
    ChangeKind.CHANGED: ("info", "it-pencil"),
    ChangeKind.REMOVED: ("danger", "it-minus-circle"),
}


def upload_tree(actor: Actor, upload_id: int) -> tree.Plan | None:
    """The plan of a file the actor brought; None when there is none. One SQL."""
    upload = own_uploads(actor, PlanUpload.objects.all()).filter(pk=upload_id).first()
    return read_plan(upload.text, filename=upload.filename, kinds=_KINDS) if upload else None


def preview(actor: Actor, upload_id: int) -> Preview | None:
    """What loading a file the actor brought would change; None when there is none. As many SQL for any size."""
    upload = own_uploads(actor, PlanUpload.objects.all()).filter(pk=upload_id).first()
    if upload is None:
        return None
    wanted = read_plan(upload.text, filename=upload.filename, kinds=_KINDS)
    plan = Plan.objects.filter(network_id=actor.network_id, key=wanted.key).first()
    changes: tuple[Change, ...] = ()
    hindered: tuple[tuple[str, str], ...] = ()
    if plan:
        before = tree_of(plan)
        changes = changes_between(before, wanted)
        found = hindrances(PlanState(plan.state), before, wanted, records_of(plan))
        hindered = tuple((each.what, said(each.why)) for each in found)
    severities = [finding.severity.value for finding in check(wanted)]
    return Preview(
        id=upload_id,
        filename=upload.filename,
        title=wanted.title,
        key=wanted.key,
        state=_(PLAN.looks[PlanState(plan.state)].label) if plan else "",
        counts=_counts(wanted),
        sections=tuple(_section(name, list(group)) for name, group in groupby(changes, lambda each: each.section)),
        organisations=not_registered(actor.network_id, ((it.key, it.name) for it in wanted.organisations)),
        hindrances=hindered,
        findings=tuple((_(label), severities.count(key)) for key, label in SEVERITY_LABELS.items()),
    )


def _counts(plan: tree.Plan) -> tuple[tuple[str, int], ...]:
    """How much of everything the file holds."""
    activities = len(plan.activities) + sum(len(alliance.activities) for alliance in plan.alliances)
    return (
        (_("Local alliances"), len(plan.alliances)),
        (_("Organisations"), len(plan.organisations)),
        (_("Activities"), activities),
        (_("Indicators"), len(plan.indicators)),
        (_("Budget lines"), len(plan.budget.lines)),
        (_("Figures the document declares"), len(plan.declared)),
    )


def _section(name: str, changes: list[Change]) -> Section:
    rows = tuple(_row(change) for change in changes[:MOST_SHOWN])
    return Section(capfirst(_(section_of(name))), len(changes), rows, len(changes) - len(rows))


def _row(change: Change) -> ChangeRow:
    labels = {
        ChangeKind.ADDED: _("It is added"),
        ChangeKind.CHANGED: _("It changes"),
        ChangeKind.REMOVED: _("It goes away"),
    }
    field = capfirst(_(field_label(change.field))) if change.field else ""
    tone, icon = _LOOKS[change.kind]
    return ChangeRow(labels[change.kind], tone, icon, change.label, field, change.was, change.now, change.path)

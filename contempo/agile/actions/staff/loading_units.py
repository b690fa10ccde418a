"""Writing the structure of an employer from the rows of a file, in batches, and taking it back."""

from collections.abc import Iterator, Sequence
from datetime import date, timedelta

from contempo.agile.actions.staff.hanging import hanging_on
from contempo.agile.actions.staff.spells import spell_units
from contempo.agile.actions.staff.standing import begin, put_all
from contempo.agile.models import Unit, UnitSpell, Worker
from contempo.agile.rules.structure import Node, problems
from contempo.core import clock
from contempo.core.action import action
from contempo.core.imports import Change, Finding, Values
from contempo.core.words import N_
from contempo.people.public import Actor

_DAY = timedelta(days=1)
_OWN = ("Unit.parent", "Unit.directorate", "UnitSpell.unit", "UnitSpell.parent")
IN_USE = N_("Something stands in this unit by now: it was left as it is.")
PEOPLE_THERE = N_("People of the staff are still in this unit: move them first.")


@action
def write_units(actor: Actor, *, about_id: int, changes: Sequence[Change]) -> list[Finding]:
    """Write units of the employer `about_id` as their rows say, each change from today. Constant number of SQL.

    Those whose place cannot be, and when undoing those that something stands in, are left out and told.
    """
    employer, _part = begin(actor, about_id)
    units = {unit.code: unit for unit in Unit.objects.filter(employer=employer)}
    dropped, left = _removed(units, [change for change in changes if change.after is None])
    put = [change for change in changes if change.after is not None]
    wrong = dict(_wrong(employer.pk, units, put))
    findings = left + list(wrong.values())
    written = []
    for change in put:
        if change.line in wrong or change.after is None:
            continue
        code = str(change.after["code"])
        unit = units.setdefault(code, Unit(employer=employer, code=code))
        _fill(unit, change.after)
        written.append(unit)
    if written:
        _save(units, written, put)
        put_all(employer.pk)
        spell_units(written, day=clock.today(), undo=any(change.undo for change in changes))
    if dropped:
        _remove(dropped)
    return findings


def _removed(units: dict[str, Unit], changes: Sequence[Change]) -> tuple[list[Unit], list[Finding]]:
    """The units that an undone import had made: to be removed, or left because something stands in them."""
    made = {str(change.before["code"]): change.line for change in changes if change.before is not None}
    found = {units[code].pk: units[code] for code in made if code in units}
    if not found:
        return [], []
    used = hanging_on(Unit, found, besides=_OWN)
    # What goes too is no reason to stay: what stays keeps the units it is, or was, part of.
    used |= {unit.parent_id for unit in units.values() if unit.pk not in found and unit.parent_id is not None}
    others = UnitSpell.objects.filter(parent__in=found).exclude(unit__in=found)
    used |= set(others.values_list("parent_id", flat=True))
    while more := {found[pk].parent_id for pk in used if pk in found} - {None} - used:
        used |= more
    left = [Finding(made[unit.code], IN_USE, "code") for pk, unit in found.items() if pk in used]
    return [unit for pk, unit in found.items() if pk not in used], left


def _remove(units: Sequence[Unit]) -> None:
    """Delete units with what they were; they let go of each other first."""
    numbers = [unit.pk for unit in units]
    UnitSpell.objects.filter(unit__in=numbers).delete()
    Unit.objects.filter(pk__in=numbers).update(parent=None, directorate=None)
    Unit.objects.filter(pk__in=numbers).delete()


def _wrong(employer_id: int, units: dict[str, Unit], changes: Sequence[Change]) -> Iterator[tuple[int, Finding]]:
    """Rows whose unit cannot stand where it says, now that others may have changed the tree since the preview."""
    tree: dict[str, Node[str]] = {
        unit.code: Node(unit.kind, unit.parent.code if unit.parent else None, unit.until is not None)
        for unit in Unit.objects.filter(employer_id=employer_id).select_related("parent")
    }
    lines = {}
    for change in changes:
        after = change.after or {}
        code = str(after["code"])
        lines[code] = change.line
        tree[code] = node_of(after)
    for code, reason in problems(tree, lines).items():
        yield lines[code], Finding(lines[code], reason, "parent")
    ended = [units[code].pk for code in lines if code in units and tree[code].ended]
    there = Worker.objects.filter(unit__in=ended, present=True, until=None)
    for code in there.values_list("unit__code", flat=True).distinct():
        yield lines[code], Finding(lines[code], PEOPLE_THERE, "last")


def node_of(values: Values) -> Node[str]:
    """A row of a file as the rules read it."""
    parent = values["parent"]
    return Node(str(values["kind"]), str(parent) if parent is not None else None, values["last"] is not None)


def _fill(unit: Unit, values: Values) -> None:
    unit.kind, unit.name = str(values["kind"]), str(values["name"])
    since, last = values["since"], values["last"]
    assert isinstance(since, date)
    unit.since = since
    unit.until = last + _DAY if isinstance(last, date) else None


def _save(units: dict[str, Unit], written: list[Unit], changes: Sequence[Change]) -> None:
    """New units first, without their place: a row may name one that stands further down in the file."""
    Unit.objects.bulk_create([unit for unit in written if unit.pk is None])
    parents = {str(change.after["code"]): change.after["parent"] for change in changes if change.after is not None}
    for unit in written:
        parent = parents[unit.code]
        unit.parent = units[str(parent)] if parent is not None else None
    Unit.objects.bulk_create(
        written,
        update_conflicts=True,
        unique_fields=["employer", "code"],
        update_fields=["kind", "name", "parent", "since", "until"],
    )

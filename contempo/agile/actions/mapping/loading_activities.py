"""Writing the activities of an employer from the rows of a file, in batches, and taking them back."""

from collections.abc import Iterable, Sequence
from datetime import date, timedelta

from contempo.agile.access import may_keep
from contempo.agile.actions.mapping.activities import workers_over
from contempo.agile.actions.mapping.standing import begin, mirror_activities
from contempo.agile.models import Assessment, Employer, Share, Unit, WorkActivity
from contempo.agile.rules.mapping import title_key
from contempo.core.action import action
from contempo.core.imports import Change, Finding, Values
from contempo.core.verdict import require
from contempo.core.words import N_
from contempo.people.public import Actor

_DAY = timedelta(days=1)
_FIELDS = ("unit", "directorate", "title", "search_title", "description", "since", "until")
NO_UNIT = N_("There is no unit with this code.")
IN_USE = N_("This activity has assessments or shares by now: the row was left as it is.")
OVER = N_("With this activity running again the shares of somebody would be more than their whole time.")

Written = list[tuple[Change, WorkActivity]]


@action
def write_activities(actor: Actor, *, about_id: int, changes: Sequence[Change]) -> list[Finding]:
    """Write activities of the employer `about_id` as their rows say. Constant number of SQL.

    Assessments and shares are not in the file and stay. Rows that no longer fit, and when undoing those that something
    hangs on, are left out and told.
    """
    employer, part = begin(actor, about_id)
    require(may_keep(part))
    codes = [str((change.after or change.before or {})["code"]) for change in changes]
    present = {row.code: row for row in WorkActivity.objects.filter(employer=employer, code__in=codes)}
    left = _remove(present, [change for change in changes if change.after is None])
    written, wrong = _written(employer, present, [change for change in changes if change.after is not None])
    was_over = {row.pk: row.until is not None for row in present.values()}
    written, over = _without_excess(employer, written, was_over)
    WorkActivity.objects.bulk_create(
        [_filled(row, change.after or {}) for change, row in written],
        update_conflicts=True,
        unique_fields=["employer", "code"],
        update_fields=_FIELDS,
    )
    turned = [row.pk for _change, row in written if row.pk in was_over and was_over[row.pk] != (row.until is not None)]
    if turned:
        mirror_activities(employer.pk, turned)
    return [*left, *wrong, *over]


def _remove(present: dict[str, WorkActivity], changes: Sequence[Change]) -> list[Finding]:
    """Remove what an undone import had made; what somebody has assessed or has a share in stays and is told."""
    made = {str(change.before["code"]): change.line for change in changes if change.before is not None}
    keys = {present[code].pk: code for code in made if code in present}
    if not keys:
        return []
    used = set(Assessment.objects.filter(activity__in=keys).values_list("activity", flat=True))
    used |= set(Share.objects.filter(activity__in=keys).values_list("activity", flat=True))
    WorkActivity.objects.filter(pk__in=keys.keys() - used).delete()
    return [Finding(made[keys[key]], IN_USE, "code") for key in used]


def _written(
    employer: Employer, present: dict[str, WorkActivity], changes: Sequence[Change]
) -> tuple[Written, list[Finding]]:
    """The rows with their unit, and those whose unit is not there."""
    codes = {str(change.after["unit"]) for change in changes if change.after is not None}
    units = {unit.code: unit for unit in Unit.objects.filter(employer=employer, code__in=codes)}
    written: Written = []
    wrong = []
    for change in changes:
        values = change.after or {}
        if (unit := units.get(str(values["unit"]))) is None:
            wrong.append(Finding(change.line, NO_UNIT, "unit"))
            continue
        code = str(values["code"])
        row = present.get(code) or WorkActivity(employer=employer, code=code)
        row.unit, row.directorate_id = unit, unit.directorate_id or unit.pk
        written.append((change, row))
    return written, wrong


def _without_excess(
    employer: Employer, written: Written, was_over: dict[int, bool]
) -> tuple[Written, Iterable[Finding]]:
    """Without the activities that would run again with somebody at more than the whole time."""
    again = {row.pk for change, row in written if was_over.get(row.pk) and (change.after or {})["last"] is None}
    if not again or not (workers := workers_over(employer.pk, again)):
        return written, ()
    bad = set(Share.objects.filter(activity__in=again, worker__in=workers).values_list("activity", flat=True))
    kept = [(change, row) for change, row in written if row.pk not in bad]
    return kept, [Finding(change.line, OVER, "last") for change, row in written if row.pk in bad]


def _filled(row: WorkActivity, values: Values) -> WorkActivity:
    since, last = values["since"], values["last"]
    assert isinstance(since, date)
    row.title, row.search_title = str(values["title"]), title_key(str(values["title"]))
    row.description = str(values["description"] or "")
    row.since, row.until = since, last + _DAY if isinstance(last, date) else None
    return row

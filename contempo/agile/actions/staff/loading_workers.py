"""Writing the staff of an employer from the rows of a file, in batches, and taking it back."""

from collections.abc import Iterator, Mapping, Sequence
from datetime import date, timedelta

from contempo.agile.actions.staff.hanging import hanging_on
from contempo.agile.actions.staff.spells import spell_workers
from contempo.agile.actions.staff.standing import begin, follow_workers
from contempo.agile.actions.staff.workers import is_present
from contempo.agile.models import Employer, Unit, Worker
from contempo.agile.rules.structure_staff import weekdays_read
from contempo.core import clock
from contempo.core.action import action
from contempo.core.imports import Change, Finding, Values
from contempo.core.words import N_
from contempo.people.public import Actor

_DAY = timedelta(days=1)
_FIELDS = (
    "email",
    "unit",
    "directorate",
    "contract",
    "category",
    "part_time_percent",
    "weekdays",
    "sex",
    "birth_year",
    "since",
    "until",
    "present",
    "heads_unit",
)
IN_USE = N_("Agreements, shares or days of this worker are here by now: the row was left as it is.")
NO_UNIT = N_("There is no unit with this code.")
SAME_EMAIL = N_("Somebody else of the staff has this address.")
TWO_HEADS = N_("Somebody else heads this unit.")

Written = list[tuple[Change, Worker]]
Thing = tuple[str, object]
"""What only one worker may have, under the field that says it: the address, or the unit headed."""
Had = Mapping[int, frozenset[Thing]]
_TAKEN = {"email": SAME_EMAIL, "heads_unit": TWO_HEADS}


@action
def write_workers(actor: Actor, *, about_id: int, changes: Sequence[Change]) -> list[Finding]:
    """Write workers of the employer `about_id` as their rows say, each change from today. Constant number of SQL.

    Shares, agreements, the linked person and the declared commuting are not in the file and stay. Rows that no longer
    fit with others, and when undoing those that something hangs on, are left out and told.
    """
    employer, _part = begin(actor, about_id)
    numbers = [str((change.after or change.before or {})["number"]) for change in changes]
    present = {
        worker.number: worker
        for worker in Worker.objects.select_for_update(no_key=True).filter(employer=employer, number__in=numbers)
    }
    had = {worker.pk: _alone(worker) for worker in present.values()}
    gone, left = _removed(present, [change for change in changes if change.after is None])
    written, wrong = _written(employer, present, [change for change in changes if change.after is not None])
    wrong += list(_taken(employer, written, gone, had))
    lines = {finding.line for finding in wrong}
    put = [(change, worker) for change, worker in written if change.line not in lines]
    if gone:
        Worker.objects.filter(pk__in=[worker.pk for worker in gone]).delete()
    _save([worker for _change, worker in put], had, undo=any(change.undo for change in changes))
    return left + wrong


def _removed(present: dict[str, Worker], changes: Sequence[Change]) -> tuple[list[Worker], list[Finding]]:
    """The workers that an undone import had made: to be removed, or left because something hangs on them."""
    made = {str(change.before["number"]): change.line for change in changes if change.before is not None}
    found = [present[number] for number in made if number in present]
    used = hanging_on(Worker, {worker.pk for worker in found}, besides=("WorkerSpell.worker",))
    used |= {worker.pk for worker in found if worker.person_id is not None}
    left = [Finding(made[worker.number], IN_USE, "number") for worker in found if worker.pk in used]
    return [worker for worker in found if worker.pk not in used], left


def _written(
    employer: Employer, present: dict[str, Worker], changes: Sequence[Change]
) -> tuple[Written, list[Finding]]:
    """The rows filled in, not yet saved, and those whose unit is not there."""
    codes = {str(change.after["unit"]) for change in changes if change.after is not None}
    units = {unit.code: unit for unit in Unit.objects.filter(employer=employer, code__in=codes)}
    today = clock.today()
    written: Written = []
    wrong = []
    for change in changes:
        values = change.after or {}
        unit = units.get(str(values["unit"]))
        if unit is None:
            wrong.append(Finding(change.line, NO_UNIT, "unit"))
            continue
        number = str(values["number"])
        worker = present.get(number) or Worker(employer=employer, number=number)
        _fill(worker, values, unit, today)
        written.append((change, worker))
    return written, wrong


def _fill(worker: Worker, values: Values, unit: Unit, today: date) -> None:
    since, last = values["since"], values["last"]
    assert isinstance(since, date)
    worker.email = str(values["email"] or "")
    worker.unit, worker.directorate_id = unit, unit.directorate_id
    worker.contract, worker.category = str(values["contract"]), str(values["category"] or "")
    worker.part_time_percent = int(str(values["part_time_percent"] or 100))
    worker.weekdays = list(weekdays_read(str(values["weekdays"] or "")))
    worker.sex = str(values["sex"] or "x")
    worker.birth_year = int(str(values["birth_year"])) if values["birth_year"] is not None else None
    worker.since = since
    worker.until = last + _DAY if isinstance(last, date) else None
    worker.present = is_present(worker, today)
    worker.heads_unit = bool(values["heads_unit"])


def _alone(worker: Worker) -> frozenset[Thing]:
    things: list[Thing] = [("email", worker.email)] if worker.email else []
    if worker.heads_unit and worker.present:
        things.append(("heads_unit", worker.unit_id))
    return frozenset(things)


def _taken(employer: Employer, written: Written, gone: Sequence[Worker], had: Had) -> Iterator[Finding]:
    """Rows whose address, or whose unit to head, is somebody else's: of one who is not in this batch, or whose row is
    left out for the same reason and who therefore keeps it.
    """
    here = [worker.pk for _change, worker in written if worker.pk] + [worker.pk for worker in gone]
    others = Worker.objects.filter(employer=employer).exclude(pk__in=here)
    emails = {worker.email for _change, worker in written if worker.email}
    units = {worker.unit_id for _change, worker in written if worker.heads_unit}
    kept: set[Thing] = {("email", email) for email in others.filter(email__in=emails).values_list("email", flat=True)}
    headed = others.filter(unit__in=units, heads_unit=True, present=True)
    kept |= {("heads_unit", unit) for unit in headed.values_list("unit_id", flat=True)}
    takes: dict[Thing, tuple[Change, Worker]] = {}
    left: list[tuple[Change, Worker, str]] = []
    for change, worker in written:
        if clash := [field for field, what in _alone(worker) if (field, what) in kept or (field, what) in takes]:
            left.append((change, worker, min(clash)))
        else:
            takes |= dict.fromkeys(_alone(worker), (change, worker))
    for change, worker, field in left:
        yield Finding(change.line, _TAKEN[field], field)
        for thing in had.get(worker.pk, frozenset()):
            if (taker := takes.get(thing)) is not None:
                for own in _alone(taker[1]):
                    del takes[own]
                left.append((*taker, thing[0]))


def _save(workers: list[Worker], had: Had, *, undo: bool) -> None:
    if not workers:
        return
    _let_go(workers, had)
    Worker.objects.bulk_create(
        workers, update_conflicts=True, unique_fields=["employer", "number"], update_fields=_FIELDS
    )
    spell_workers(workers, day=clock.today(), undo=undo)
    follow_workers([worker.pk for worker in workers])


def _let_go(workers: list[Worker], had: Had) -> None:
    """Addresses and headships that change hands within the batch are let go of before anybody takes them."""
    takers = {thing: worker.pk for worker in workers for thing in _alone(worker)}
    out = [(field, pk) for pk, held in had.items() for field, what in held if takers.get((field, what), pk) != pk]
    if emails := [pk for field, pk in out if field == "email"]:
        Worker.objects.filter(pk__in=emails).update(email="")
    if heads := [pk for field, pk in out if field == "heads_unit"]:
        Worker.objects.filter(pk__in=heads).update(heads_unit=False)

"""Writing what units and workers were: for one or for many, with the same number of statements."""

from collections import defaultdict
from collections.abc import Sequence
from datetime import date
from typing import Any

from contempo.agile.models import Unit, UnitSpell, Worker, WorkerSpell
from contempo.agile.rules.structure_spells import Spell, respelled, taken_back
from contempo.agile.rules.structure_staff import Engaged

Placed = tuple[str, str, int | None]
"""Kind, name and unit above: the facts of the spell of a unit."""


def spell_units(units: Sequence[Unit], *, day: date, undo: bool = False) -> None:
    """Write into the history that each of `units` is since `day` what it is now, as `respelled` says. Three SQL.

    With `undo` the last change is taken back instead, when the unit is again what it was before it.
    """
    kept: dict[int, list[UnitSpell]] = defaultdict(list)
    for row in UnitSpell.objects.filter(unit__in=[unit.pk for unit in units]).order_by("since"):
        kept[row.unit_id].append(row)
    made: list[UnitSpell] = []
    dropped: list[int] = []
    for unit in units:
        before = [Spell(row.since, row.until, (row.kind, row.name, row.parent_id)) for row in kept[unit.pk]]
        facts: Placed = (unit.kind, unit.name, unit.parent_id)
        after = respelled(before, facts, day=_day(before, day, undo), since=unit.since, until=unit.until)
        made += [
            UnitSpell(unit=unit, kind=spell.facts[0], name=spell.facts[1], parent_id=spell.facts[2], **_days(spell))
            for spell in after
            if spell not in before
        ]
        days = {spell.since for spell in after}
        dropped += [row.pk for row in kept[unit.pk] if row.since not in days]
    if dropped:
        UnitSpell.objects.filter(pk__in=dropped).delete()
    UnitSpell.objects.bulk_create(
        made,
        update_conflicts=True,
        unique_fields=["unit", "since"],
        update_fields=["kind", "name", "parent", "until"],
    )


def engaged(row: Worker | WorkerSpell) -> Engaged:
    """What the row of a worker, or of a spell, says of where and how they work."""
    return Engaged(
        unit_id=row.unit_id,
        contract=row.contract,
        category=row.category,
        part_time_percent=row.part_time_percent,
        weekdays=tuple(row.weekdays),
        heads_unit=row.heads_unit,
    )


def spell_workers(workers: Sequence[Worker], *, day: date, undo: bool = False) -> None:
    """The same as `spell_units`, for workers."""
    kept: dict[int, list[WorkerSpell]] = defaultdict(list)
    for row in WorkerSpell.objects.filter(worker__in=[worker.pk for worker in workers]).order_by("since"):
        kept[row.worker_id].append(row)
    made: list[WorkerSpell] = []
    dropped: list[int] = []
    for worker in workers:
        before = [Spell(row.since, row.until, engaged(row)) for row in kept[worker.pk]]
        since, until = worker.since, worker.until
        after = respelled(before, engaged(worker), day=_day(before, day, undo), since=since, until=until)
        made += [_worker_spell(worker, spell) for spell in after if spell not in before]
        days = {spell.since for spell in after}
        dropped += [row.pk for row in kept[worker.pk] if row.since not in days]
    if dropped:
        WorkerSpell.objects.filter(pk__in=dropped).delete()
    WorkerSpell.objects.bulk_create(
        made,
        update_conflicts=True,
        unique_fields=["worker", "since"],
        update_fields=["unit", "contract", "category", "part_time_percent", "weekdays", "heads_unit", "until"],
    )


def _day(before: Sequence[Spell[Any]], day: date, undo: bool) -> date:
    return (taken_back(before) or day) if undo else day


def _days(spell: Spell[Placed]) -> dict[str, date | None]:
    return {"since": spell.since, "until": spell.until}


def _worker_spell(worker: Worker, spell: Spell[Engaged]) -> WorkerSpell:
    facts = spell.facts
    return WorkerSpell(
        worker=worker,
        unit_id=facts.unit_id,
        contract=facts.contract,
        category=facts.category,
        part_time_percent=facts.part_time_percent,
        weekdays=list(facts.weekdays),
        heads_unit=facts.heads_unit,
        since=spell.since,
        until=spell.until,
    )

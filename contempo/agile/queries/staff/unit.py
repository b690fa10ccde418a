"""One unit of the structure, and what is typed of one."""

from collections.abc import Mapping
from dataclasses import dataclass
from datetime import date, timedelta

from django.db.models import Q

from contempo.agile.access import manages, may_keep, visible_units
from contempo.agile.models import Unit, UnitSpell, Worker
from contempo.agile.queries.names import named
from contempo.agile.queries.opened import OpenedEmployer
from contempo.agile.rules.staff import UnitKind

_DAY = timedelta(days=1)


@dataclass(frozen=True)
class Link:
    """A name with its address."""

    name: str
    url: str


@dataclass(frozen=True)
class WhatItWas:
    """What a unit was between two days, both included; `last` None while it still is."""

    name: str
    kind: str
    parent: str
    since: date
    last: date | None


@dataclass(frozen=True)
class UnitPage:
    """A unit. `people` counts who works in it and below it now, and `people_url` is their list (empty for who may not
    see it); `here` counts those of the unit alone. `takes_units`: others may stand below it.
    """

    id: int
    name: str
    code: str
    kind: str
    above: tuple[Link, ...]
    below: tuple[Link, ...]
    head: Link | None
    people: int
    here: int
    people_url: str
    since: date
    last: date | None
    spells: tuple[WhatItWas, ...]
    takes_units: bool
    may_change: bool


def unit_page(opened: OpenedEmployer, unit_id: int) -> UnitPage | None:
    """The page of a unit; None when the reader sees none of this number. Six SQL."""
    unit = visible_units(opened.part, Unit.objects.all()).filter(pk=unit_id).first()
    if unit is None:
        return None
    above = [int(step) for step in unit.path.strip("/").split("/")[:-1]]
    near = Unit.objects.filter(Q(pk__in=above) | Q(parent=unit)).order_by("path", "code")
    found = list(near.values_list("pk", "name"))
    links = {pk: Link(name, opened.url("unit", unit_id=pk)) for pk, name in found}
    workers = Worker.objects.filter(employer=opened.employer, present=True)
    managed = manages(opened.part, unit)
    return UnitPage(
        id=unit.pk,
        name=unit.name,
        code=unit.code,
        kind=unit.get_kind_display(),
        above=tuple(links[pk] for pk in above),
        below=tuple(links[pk] for pk, _name in found if pk not in above),
        head=_head(opened, unit),
        people=workers.filter(unit__path__startswith=unit.path).count(),
        here=workers.filter(unit=unit).count(),
        people_url=f"{opened.url('staff')}?unita={unit.pk}" if managed else "",
        since=unit.since,
        last=unit.until - _DAY if unit.until else None,
        spells=_spells(unit),
        takes_units=unit.kind != UnitKind.OFFICE and unit.until is None,
        may_change=bool(may_keep(opened.part)),
    )


def _head(opened: OpenedEmployer, unit: Unit) -> Link | None:
    heads = Worker.objects.filter(unit=unit, heads_unit=True, present=True).values_list("pk", "number", "person_id")
    if (head := heads.first()) is None:
        return None
    seen = manages(opened.part, unit) or (opened.part.worker is not None and opened.part.worker.pk == head[0])
    url = opened.url("worker", worker_id=head[0]) if seen else ""
    return Link(named([head])[head[0]], url)


def _spells(unit: Unit) -> tuple[WhatItWas, ...]:
    rows = UnitSpell.objects.filter(unit=unit).select_related("parent").order_by("-since")
    return tuple(
        WhatItWas(
            name=row.name,
            kind=row.get_kind_display(),
            parent=row.parent.name if row.parent else "",
            since=row.since,
            last=row.until - _DAY if row.until else None,
        )
        for row in rows
    )


@dataclass(frozen=True)
class UnitTyped:
    """What the forms of a unit begin with."""

    name: str
    initial: Mapping[str, object]
    since: date


def unit_typed(opened: OpenedEmployer, unit_id: int, *, today: date) -> UnitTyped | None:
    """What is written of a unit, to be changed. One SQL."""
    unit = visible_units(opened.part, Unit.objects.all()).filter(pk=unit_id).first()
    if unit is None:
        return None
    initial = {
        "code": unit.code,
        "kind": unit.kind,
        "name": unit.name,
        "parent": str(unit.parent_id or ""),
        "day": today,
        "last": unit.until - _DAY if unit.until else None,
    }
    return UnitTyped(unit.name, initial, unit.since)


def units_above(opened: OpenedEmployer, *, besides: int | None = None) -> list[tuple[str, str]]:
    """The directorates and areas that are there, to put a unit into, as a tree. One SQL."""
    rows = visible_units(opened.part, Unit.objects.exclude(kind=UnitKind.OFFICE.value).filter(until=None)).exclude(
        pk=besides
    )
    return tree_choices(rows.order_by("path").values_list("pk", "name", "path"))


def units_to_choose(opened: OpenedEmployer, *, kept: int | None = None) -> list[tuple[str, str]]:
    """The units that are there, and the one numbered `kept`, to put a worker into, as a tree. One SQL."""
    rows = visible_units(opened.part, Unit.objects.filter(Q(until=None) | Q(pk=kept)))
    return tree_choices(rows.order_by("path").values_list("pk", "name", "path"))


def tree_choices(rows: object) -> list[tuple[str, str]]:
    """Units as choices, those below another one moved to the right of it."""
    return [(str(pk), "\u2003" * (path.count("/") - 2) + name) for pk, name, path in rows]  # type: ignore[attr-defined]


def heads_to_choose(opened: OpenedEmployer, unit_id: int) -> tuple[list[tuple[str, str]], int | None]:
    """Who works in a unit, to choose who heads it, and who does now. Two SQL."""
    rows = Worker.objects.filter(employer=opened.employer, unit=unit_id, present=True).order_by("number")
    found = list(rows.values_list("pk", "number", "person_id", "heads_unit"))
    called = named((pk, number, person_id) for pk, number, person_id, _heads in found)
    choices = [
        (str(pk), f"{called[pk]} ({number})" if called[pk] != number else number) for pk, number, *_rest in found
    ]
    return choices, next((pk for pk, _number, _person, heads in found if heads), None)

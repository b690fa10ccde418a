"""Who of a unit is in and who is away, day by day: never why."""

from collections.abc import Iterator, Sequence
from dataclasses import dataclass
from datetime import date

from django.db.models import Q
from django.utils.translation import get_language
from django.utils.translation import gettext_lazy as _

from contempo.agile.access import manages, visible_days
from contempo.agile.models import Month, PlannedDay, Unit, WorkerSpell
from contempo.agile.models.planners import calendar_at
from contempo.agile.models.presence import rooms_of
from contempo.agile.queries.names import named
from contempo.agile.queries.opened import OpenedEmployer
from contempo.agile.queries.planning.month import beside
from contempo.agile.rules import policy
from contempo.agile.rules.months import DayState, MonthState
from contempo.agile.rules.planning import Room, Span, days_of, month_words
from contempo.core.calendar import Calendar
from contempo.core.clock import today
from contempo.core.words import N_
from contempo.web.lists import Column

IN, AWAY, OFF = "in", "away", "off"
WORDS = {IN: N_("Present"), AWAY: N_("Agile work"), OFF: N_("Does not work")}

COLUMNS = (
    Column("day", _("Date")),
    Column("name", _("Who")),
    Column("words", _("Presence")),
)


@dataclass(frozen=True)
class Presence:
    """Somebody on a day: `state` is `IN`, `AWAY` or `OFF`."""

    day: date
    name: str
    state: str

    @property
    def words(self) -> str:
        return str(_(WORDS[self.state]))


@dataclass(frozen=True)
class TeamDay:
    """One working day of a unit: who is away, how many are in, how many may be away."""

    day: date
    room: Room
    away: tuple[str, ...]
    present: int
    today: bool

    @property
    def over(self) -> bool:
        return self.room.over > 0


@dataclass(frozen=True)
class Colleague:
    """Somebody of the unit, with a `Presence` for each working day of the unit."""

    name: str
    days: tuple[Presence, ...]


@dataclass(frozen=True)
class UnitChoice:
    """A unit whose presences the reader may open."""

    id: int
    name: str
    depth: int
    chosen: bool


@dataclass(frozen=True)
class TeamPage:
    """The presences of a unit in a month."""

    first_day: date
    unit: Unit
    units: tuple[UnitChoice, ...]
    days: tuple[TeamDay, ...]
    people: tuple[Colleague, ...]
    before: str
    after: str

    @property
    def title(self) -> str:
        return month_words(self.first_day, get_language())

    @property
    def presences(self) -> Iterator[Presence]:
        """Row by row, for a file."""
        for number, _day in enumerate(self.days):
            for person in self.people:
                yield person.days[number]


def team_page(opened: OpenedEmployer, first_day: date, unit: str) -> TeamPage | None:
    """The presences of `unit` (its number as text; one's own when empty) in a month.

    None when there is no such month, or the unit is not the reader's to see: one sees one's own, who heads a unit
    those below it too, human resources all. Eight SQL at most.
    """
    units = _units(opened)
    mine = opened.part.worker.unit_id if opened.part.worker else None
    wanted = int(unit) if unit.isdecimal() and len(unit) < 19 else mine
    if wanted is None and units:
        wanted = units[0].pk
    chosen = next((each for each in units if each.pk == wanted), None)
    month = Month.objects.filter(employer=opened.employer, first_day=first_day).exclude(state=MonthState.DRAFT)
    found = month.select_related("policy").defer("seed", "salt").first()
    if chosen is None or found is None:
        return None
    calendar = calendar_at(opened.employer)
    dates = days_of(first_day)
    rooms = rooms_of([chosen.pk], dates, policy.read(found.policy.document).presence)
    worked = [day for day in dates if not calendar.is_holiday(day) and rooms[chosen.pk, day].staff]
    people = _people(opened, chosen, worked or dates, calendar)
    before, after = beside(opened, "team", first_day, f"?unita={chosen.pk}")
    return TeamPage(
        first_day=first_day,
        unit=chosen,
        units=tuple(
            UnitChoice(each.pk, each.name, max(each.path.count("/") - 2, 0), each.pk == chosen.pk) for each in units
        ),
        days=tuple(_day(number, day, rooms[chosen.pk, day], people) for number, day in enumerate(worked)),
        people=people if worked else (),
        before=before,
        after=after,
    )


def _units(opened: OpenedEmployer) -> list[Unit]:
    """The units the reader may see, from the top of the structure down."""
    part = opened.part
    units = Unit.objects.filter(employer=opened.employer, until__isnull=True)
    if not part.hr:
        mine = Q(pk=part.worker.unit_id if part.worker else None)
        units = units.filter(mine | Q(path__startswith=part.heads)) if part.heads else units.filter(mine)
    return [unit for unit in units.order_by("path") if part.hr or _sees(opened, unit)]


def _sees(opened: OpenedEmployer, unit: Unit) -> bool:
    worker = opened.part.worker
    return manages(opened.part, unit) or (worker is not None and worker.unit_id == unit.pk)


def _people(opened: OpenedEmployer, unit: Unit, days: Sequence[date], calendar: Calendar) -> tuple[Colleague, ...]:
    """Who belongs to the unit on some of the days, by name."""
    spells = list(
        WorkerSpell.objects.filter(Q(until__isnull=True) | Q(until__gt=days[0]), unit=unit, since__lte=days[-1])
        .order_by("since")
        .values_list("worker_id", "worker__number", "worker__person_id", "weekdays", "since", "until")
    )
    names = named({(worker, number, person) for worker, number, person, *_rest in spells})
    away = set(
        visible_days(opened.part, PlannedDay.objects.all())
        .filter(unit=unit, day__gte=days[0], day__lte=days[-1], state__in=[DayState.PLANNED, DayState.USED])
        .values_list("worker_id", "day")
    )
    works = {
        (worker, day)
        for worker, _number, _person, weekdays, since, until in spells
        for day in days
        if day in Span(since, until) and day.weekday() in weekdays and not calendar.is_holiday(day)
    }
    found = [
        Colleague(name, tuple(Presence(day, name, _state(worker, day, away, works)) for day in days))
        for worker, name in names.items()
    ]
    return tuple(sorted(found, key=lambda each: each.name.casefold()))


def _state(worker: int, day: date, away: set[tuple[int, date]], works: set[tuple[int, date]]) -> str:
    if (worker, day) in away:
        return AWAY
    return IN if (worker, day) in works else OFF


def _day(number: int, day: date, room: Room, people: tuple[Colleague, ...]) -> TeamDay:
    states = [(person.name, person.days[number].state) for person in people]
    return TeamDay(
        day=day,
        room=room,
        away=tuple(name for name, state in states if state == AWAY),
        present=sum(1 for _name, state in states if state == IN),
        today=day == today(),
    )

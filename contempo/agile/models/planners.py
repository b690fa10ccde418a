"""What is known of a worker who plans, and of the seats one may plan. Read by actions before they write, and by
queries."""

from collections.abc import Iterable
from datetime import date
from typing import Any

from django.contrib.postgres.expressions import ArraySubquery
from django.db.models import Case, F, OuterRef, Q, QuerySet, Sum, When

from contempo.agile.models.agreements import Agreement
from contempo.agile.models.ledger import Entry
from contempo.agile.models.structure import Employer, Unit, Worker
from contempo.agile.rules.agreements import AgreementState
from contempo.agile.rules.ledger import EFFECTS
from contempo.agile.rules.planning import Agreed, Pattern, Span, month_after
from contempo.core.calendar import Calendar, calendar_of


def calendar_at(employer: Employer) -> Calendar:
    """The holidays where the employer has its seat, the patron saint among them."""
    place = employer.organisation.municipality
    return calendar_of(place.name, place.province) if place else Calendar()


def pattern_of(worker: Worker, calendar: Calendar) -> Pattern:
    """When a worker works."""
    return Pattern(frozenset(worker.weekdays), Span(worker.since, worker.until), calendar)


def agreements_in(worker_ids: Iterable[int], first_day: date) -> dict[int, list[Agreed]]:
    """The days on which an agreement of each worker is in force, as far as they meet a month, and where. One SQL."""
    found: dict[int, list[Agreed]] = {}
    rows = Agreement.objects.filter(
        Q(until__isnull=True) | Q(until__gt=first_day),
        worker__in=worker_ids,
        state=AgreementState.IN_FORCE,
        starts_on__lt=month_after(first_day),
    ).values_list("worker_id", "starts_on", "until", "places", seats_listed())
    for worker, since, until, places, seats in rows:
        if since is not None:
            found.setdefault(worker, []).append(Agreed(since, until, frozenset(places), frozenset(seats)))
    return found


def seats_listed() -> ArraySubquery:
    """The numbers of the seats that an agreement lists, as a column of agreements."""
    return ArraySubquery(Agreement.seats.through.objects.filter(agreement=OuterRef("pk")).values("seat_id"))


def head_of(unit: Unit, *, but: int | None = None) -> Worker | None:
    """Who heads a unit, or the nearest unit above it that somebody else than worker `but` heads. One SQL."""
    above = [int(number) for number in unit.path.strip("/").split("/") if number]
    heads = Worker.objects.filter(unit__in=above, heads_unit=True, present=True).select_related("unit")
    return max((head for head in heads if head.pk != but), key=lambda head: len(head.unit.path), default=None)


def available_days(entries: QuerySet[Entry]) -> QuerySet[Entry, Any]:
    """For each account of `entries` the days left to plan or donate, as rows of one column."""
    cases = [When(kind=kind, then=F("days") * effect.available) for kind, effect in EFFECTS.items() if effect.available]
    return entries.order_by().values("account").annotate(left=Sum(Case(*cases, default=0))).values("left")

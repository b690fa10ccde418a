"""The page of an employer: what it is for everybody, and the next dates for who works there."""

from collections.abc import Iterator
from dataclasses import dataclass
from datetime import date, datetime

from django.db.models import Sum
from django.utils.timezone import localtime
from django.utils.translation import gettext as _

from contempo.agile.models import EmployerTally, Month
from contempo.agile.queries.bank import desk as bank_desk
from contempo.agile.queries.desk import cards_at
from contempo.agile.queries.monitoring.words import month_name
from contempo.agile.queries.opened import OpenedEmployer
from contempo.agile.queries.staff.inviting import Claimable, claimable
from contempo.agile.rules.months import MonthState
from contempo.core.small_cells import is_small
from contempo.people.public import Actor, DeskCard


@dataclass(frozen=True)
class NextDate:
    """Something of a month with the instant by which, or from which, it is."""

    what: str
    at: datetime
    url: str


@dataclass(frozen=True)
class EmployerPage:
    """An employer. `staff` and `agile` are None when they are too few to be told (`core.small_cells`); `claimable` are
    rows the reader may say to be theirs; `cards` what waits for them, `dates` what comes next.
    """

    name: str
    municipality: str
    public_body: bool
    since: date
    staff: int | None
    agile: int | None
    claimable: tuple[Claimable, ...]
    cards: tuple[DeskCard, ...]
    dates: tuple[NextDate, ...]


def employer_page(actor: Actor, opened: OpenedEmployer, *, now: datetime) -> EmployerPage:
    """The page of an employer for whoever reads. One SQL for a visitor."""
    employer = opened.employer
    sums = _sums(opened)
    home = opened.url("employer")
    inside = opened.part.any
    cards = (*cards_at(opened.part, now), *bank_desk.cards(actor, now)) if inside else ()
    return EmployerPage(
        name=employer.organisation.name,
        municipality=str(employer.organisation.municipality or ""),
        public_body=employer.public_body,
        since=localtime(employer.opened_at).date(),
        staff=sums.get("staff", 0),
        agile=sums.get("agile", 0),
        claimable=claimable(actor, opened),
        cards=tuple(card for card in cards if card.url.startswith(home)),
        dates=tuple(sorted(_dates(opened, now), key=lambda each: each.at)) if inside else (),
    )


def _sums(opened: OpenedEmployer) -> dict[str, int | None]:
    rows = EmployerTally.objects.filter(
        employer=opened.employer, facet="worker", measure__in=("staff", "agile")
    ).order_by()
    found = {measure: int(count) for measure, count in rows.values_list("measure").annotate(Sum("count"))}
    staff, agile = found.get("staff", 0), found.get("agile", 0)
    hidden = is_small(staff) or is_small(agile) or is_small(staff - agile)
    return {"staff": None if is_small(staff) else staff, "agile": None if hidden else agile}


def _dates(opened: OpenedEmployer, now: datetime) -> Iterator[NextDate]:
    """The ends of what may be done now, and the beginnings of what may be done next. One SQL."""
    months = Month.objects.filter(employer=opened.employer).exclude(
        state__in=[MonthState.DRAFT.value, MonthState.CLOSED.value]
    )
    for month in months.order_by("first_day"):
        name = f"{month.first_day:%Y-%m}"
        days = opened.url("my_days", month=name) if opened.part.worker else ""
        bank = opened.url("bank_month", month=name) if opened.part.worker else ""
        steps = (
            (month.plan_from, _("Planning opens for %(month)s"), days),
            (month.plan_until, _("Planning closes for %(month)s"), days),
            (month.bank_from, _("The bank of days opens for %(month)s"), bank),
            (month.donate_until, _("Last moment to donate days of %(month)s"), bank),
            (month.request_until, _("Last moment to ask for days of %(month)s"), bank),
            (month.publish_at, _("Result of the bank for %(month)s"), bank),
            (month.appeal_until, _("Last moment to appeal about %(month)s"), bank),
        )
        for at, what, url in steps:
            if at > now:
                yield NextDate(what % {"month": month_name(month.first_day)}, at, url)

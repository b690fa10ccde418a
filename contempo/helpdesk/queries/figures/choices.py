"""What the figures may be asked for: months, whole quarters and years, municipalities."""

from dataclasses import dataclass
from datetime import date

from babel.dates import format_date
from django.db.models import Min, Sum
from django.utils.translation import get_language
from django.utils.translation import gettext as _

from contempo.core.small_cells import LEAST
from contempo.core.verdict import require
from contempo.helpdesk.access import may_read_figures, may_read_whole_figures
from contempo.helpdesk.models import DeskTally
from contempo.helpdesk.rules.figures import Period, month_after, quarter_of, year_of
from contempo.network.public import places_to_choose
from contempo.people.public import Actor


@dataclass(frozen=True)
class Offer:
    """What a reader of figures may choose from: pairs (value, label), newest first.

    Coordinators choose `months`; everybody else whole years and quarters that have ended (`periods`, by year), because
    periods that overlap would tell by difference what each of them hides. Empty when there is nothing to read yet.
    """

    whole: bool
    months: tuple[tuple[str, str], ...]
    periods: tuple[tuple[str, tuple[tuple[str, str], ...]], ...]
    places: tuple[tuple[str, str], ...]
    today: date


def offered(actor: Actor, today: date) -> Offer:
    """What `actor` may ask for. Two SQL. Raises NotPermitted."""
    require(may_read_figures(actor))
    whole = bool(may_read_whole_figures(actor))
    rows = DeskTally.objects.filter(network_id=actor.network_id, measure__in=("received", "municipality"), count__gt=0)
    last, places = f"{today:%Y-%m}", {}
    first = ""
    for measure, key, seen, count in rows.values_list("measure", "key").annotate(Min("month"), Sum("count")):
        if measure == "received":
            first = seen
        elif key and (whole or count >= LEAST):
            places[key] = count
    return Offer(
        whole=whole,
        months=tuple((month, month_name(month)) for month in reversed(Period(first or last, last).months)),
        periods=tuple(_periods(first, last)) if first else (),
        places=tuple(places_to_choose(places)),
        today=today,
    )


def _periods(first: str, last: str) -> list[tuple[str, tuple[tuple[str, str], ...]]]:
    """By year the whole year, as far as its quarters have ended, and each of these."""
    ended = month_after(quarter_of(last).since, -1)
    found = []
    for year in range(int(last[:4]), int(first[:4]) - 1, -1):
        whole = year_of(f"{year}-01")
        quarters = [month for month in whole.months if quarter_of(month).since == month and month < ended]
        known = [(number, month) for number, month in enumerate(quarters, 1) if month >= quarter_of(first).since]
        if known:
            lines = [(f"{year}", period_name(ended_year(f"{year}-01", last)))]
            lines += [(f"{year}-{number}", quarter_name(month)) for number, month in known]
            found.append((f"{year}", tuple(lines)))
    return found


def ended_year(month: str, last: str) -> Period:
    """The year of `month`, until its last quarter that has ended before the month `last`."""
    year = year_of(month)
    return Period(year.since, min(year.until, month_after(quarter_of(last).since, -1)))


def month_name(month: str) -> str:
    """`novembre 2026`."""
    return format_date(date.fromisoformat(f"{month}-01"), "MMMM y", locale=get_language() or "it")


def quarter_name(month: str) -> str:
    """The quarter that begins with `month`."""
    names = {
        "01": _("First quarter of %(year)s"),
        "04": _("Second quarter of %(year)s"),
        "07": _("Third quarter of %(year)s"),
        "10": _("Fourth quarter of %(year)s"),
    }
    return names[month[5:]] % {"year": month[:4]}


def period_name(period: Period) -> str:
    """A period in words: a month, a year, a quarter, or from one month to another."""
    if period.length == 1:
        return month_name(period.since)
    if period == year_of(period.since):
        return _("Year %(year)s") % {"year": period.since[:4]}
    if period == quarter_of(period.since):
        return quarter_name(period.since)
    return _("From %(first)s to %(last)s") % {"first": month_name(period.since), "last": month_name(period.until)}

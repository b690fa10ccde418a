"""Exceptions that wait to be decided on, and their cards on the desk of who does."""

from collections import defaultdict
from collections.abc import Iterator
from datetime import date, datetime, time

from django.db.models import QuerySet
from django.urls import reverse
from django.utils.translation import get_language
from django.utils.translation import gettext as _

from contempo.agile.access import Part, visible_days
from contempo.agile.models import PlannedDay
from contempo.agile.rules.months import DayState, MonthState
from contempo.agile.rules.planning import month_words
from contempo.core.clock import ROME, today
from contempo.people.public import DeskCard

TO_DECIDE = "decidere"
"""What `solo` in the address narrows the list to: days on which an exception waits for the reader."""


def exceptions_to_decide(part: Part) -> QuerySet[PlannedDay]:
    """The days asked for beyond the limit that it is for the reader to decide on: never one's own."""
    rows = visible_days(part, PlannedDay.objects.all()).filter(state=DayState.ASKED, day__gte=today())
    if not part.hr:
        rows = rows.filter(unit__path__startswith=part.heads) if part.heads else rows.none()
    rows = rows.exclude(account__month__state=MonthState.CLOSED)
    return rows.exclude(worker_id=part.worker.pk) if part.worker is not None else rows


def cards_at(part: Part) -> Iterator[DeskCard]:
    """For each month the days on which somebody asks for an exception, to be decided before the first. One SQL."""
    if not (part.hr or part.heads):
        return
    months: dict[date, list[date]] = defaultdict(list)
    waiting = exceptions_to_decide(part).order_by("day", "unit_id").distinct()
    for first_day, _unit, day in waiting.values_list("account__month__first_day", "unit_id", "day"):
        months[first_day].append(day)
    where = {"network": part.employer.network.slug, "employer": part.employer.organisation.slug}
    for first_day, days in months.items():
        title = _("Days with exceptions to decide: %(month)s") % {"month": month_words(first_day, get_language())}
        url = reverse("agile:conflicts", kwargs={**where, "month": f"{first_day:%Y-%m}"}) + f"?solo={TO_DECIDE}"
        due = datetime.combine(days[0], time(), ROME)
        yield DeskCard(title, len(days), url, due, tone="warning", order=27)

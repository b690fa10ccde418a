"""The months of an employer."""

from dataclasses import dataclass
from datetime import date, datetime

from django.utils.translation import gettext as _

from contempo.agile.access import visible_months
from contempo.agile.models import Month
from contempo.agile.queries.months.finding import key_of, month_name
from contempo.agile.queries.opened import OpenedEmployer
from contempo.agile.rules.months import MONTH
from contempo.agile.rules.policy import next_month
from contempo.agile.rules.windows import STAGE_LABELS, stage
from contempo.core.workflow import Look


@dataclass(frozen=True)
class MonthRow:
    """A month in the list."""

    name: str
    url: str
    look: Look
    stage: str
    plan_from: datetime
    publish_at: datetime


def months(opened: OpenedEmployer, now: datetime) -> tuple[MonthRow, ...]:
    """The months, newest first: a few dozen in many years. One SQL."""
    found = visible_months(opened.part, Month.objects.all()).order_by("-first_day")
    return tuple(
        MonthRow(
            month_name(month.first_day),
            opened.url("month", month=key_of(month.first_day)),
            MONTH.looks[month.state],
            _(STAGE_LABELS[stage(month, now)]),
            month.plan_from,
            month.publish_at,
        )
        for month in found
    )


def month_to_prepare(opened: OpenedEmployer, today: date) -> date:
    """The first month that is not there yet, after the newest one; else the next of the calendar. One SQL."""
    last = Month.objects.filter(employer=opened.employer).order_by("-first_day").values_list("first_day", flat=True)
    newest = last.first()
    return next_month(max(newest, today.replace(day=1)) if newest else today)

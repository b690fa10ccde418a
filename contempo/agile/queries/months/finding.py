"""Finding a month, and calling it by its name."""

import re
from dataclasses import dataclass
from datetime import date
from typing import TypeAlias

from babel.dates import format_date
from django.utils.translation import get_language

from contempo.agile.models import Month
from contempo.agile.queries.opened import OpenedEmployer
from contempo.agile.rules.months import MonthState

FoundMonth: TypeAlias = Month
"""A month as views hand it on."""

_WRITTEN = re.compile(r"(20[0-9]{2})-(0[1-9]|1[0-2])")


@dataclass(frozen=True)
class MonthLink:
    """A month in a row of links."""

    label: str
    url: str


def month_name(first_day: date) -> str:
    """`dicembre 2026`."""
    return str(format_date(first_day, "MMMM y", locale=get_language() or "it"))


def key_of(first_day: date) -> str:
    """`2026-12`, as addresses have it."""
    return f"{first_day:%Y-%m}"


def first_day_of(text: str) -> date | None:
    """The first day of a month written `2026-12`; None when it is not written so."""
    found = _WRITTEN.fullmatch(text)
    return date(int(found[1]), int(found[2]), 1) if found else None


def find_month(opened: OpenedEmployer, text: str) -> Month | None:
    """The month of the employer by its address; one in preparation only for who keeps it. One SQL."""
    first_day = first_day_of(text)
    if first_day is None:
        return None
    months = Month.objects.select_related("policy").filter(employer=opened.employer, first_day=first_day)
    month = (months if opened.part.hr else months.exclude(state=MonthState.DRAFT)).first()
    if month is not None:
        month.employer = opened.employer
    return month


def newest_month(opened: OpenedEmployer) -> Month | None:
    """The newest month that is open or was. One SQL."""
    months = Month.objects.filter(employer=opened.employer).exclude(state=MonthState.DRAFT)
    return months.order_by("-first_day").first()


def neighbours(opened: OpenedEmployer, month: Month, page: str) -> tuple[MonthLink, ...]:
    """Links to the same page of the months before and after, as far as they are open or were. One SQL."""
    days = Month.objects.filter(employer=opened.employer).exclude(state=MonthState.DRAFT).exclude(pk=month.pk)
    found = sorted(days.order_by("-first_day").values_list("first_day", flat=True)[:13])
    return tuple(MonthLink(month_name(day), opened.url(page, month=key_of(day))) for day in found)

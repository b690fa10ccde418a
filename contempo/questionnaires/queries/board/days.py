"""The chart of answers by day."""

from collections.abc import Mapping
from datetime import date, timedelta

from babel.dates import format_date
from django.utils.translation import get_language, ngettext
from django.utils.translation import gettext as _

from contempo.questionnaires.queries.board.words import channel_order, names_of, number_text
from contempo.questionnaires.rules.states import ResponseState
from contempo.web.charts import Chart, Series

MOST_BARS = 48
"""Bars that a chart of days may have; above it is a chart of weeks."""

_WEEK = 7


def by_day(days: Mapping[date, Mapping[str, int]], url: str = "") -> Chart | None:
    """Answers by day (by week where days are too many to be drawn) and channel, from the first to the last; None before
    the first. `url` is the list of single responses, empty for who may not read them.
    """
    if not days:
        return None
    channels = sorted({channel for found in days.values() for channel in found}, key=channel_order)
    weekly = ((max(days) - min(days)).days + 1) * len(channels) > MOST_BARS
    begins, counts = _steps(days, weekly)
    names = names_of("channel", channels)
    total = sum(sum(found.values()) for found in days.values())
    top = max(begins, key=lambda each: sum(counts[each].values()))
    words = {
        "most": number_text(sum(counts[top].values())),
        "when": _day(top, "d MMMM"),
        "total": number_text(total),
        "since": _day(min(days), "d MMMM"),
        "until": _day(max(days), "d MMMM"),
    }
    title = (
        _("Most answers in a week: %(most)s from %(when)s")
        if weekly
        else _("Most answers in a day: %(most)s on %(when)s")
    )
    said = ngettext(
        "%(total)s answer, from %(since)s to %(until)s.", "%(total)s answers, from %(since)s to %(until)s.", total
    )
    return Chart(
        id="by-day",
        title=title % words,
        kind="bar",
        categories=tuple(_day(each, "d MMM") for each in begins),
        series=tuple(Series(names[one], tuple(counts[each].get(one, 0) for each in begins)) for one in channels),
        unit=_("answers"),
        category=_("Week from") if weekly else _("Day"),
        links=tuple(_link(url, each, weekly) for each in begins) if url else (),
        summary=said % words,
    )


def _steps(days: Mapping[date, Mapping[str, int]], weekly: bool) -> tuple[list[date], dict[date, dict[str, int]]]:
    """The days (or Mondays) from first to last, and the counts of each by channel."""
    step = _WEEK if weekly else 1
    first, last = _begin(min(days), weekly), _begin(max(days), weekly)
    begins = [first + timedelta(days=step * at) for at in range((last - first).days // step + 1)]
    counts: dict[date, dict[str, int]] = {each: {} for each in begins}
    for day, found in days.items():
        held = counts[_begin(day, weekly)]
        for channel, count in found.items():
            held[channel] = held.get(channel, 0) + count
    return begins, counts


def _link(url: str, begin: date, weekly: bool) -> str:
    last = begin + timedelta(days=_WEEK - 1) if weekly else begin
    return f"{url}?stato={ResponseState.COMPLETED}&dal={begin}&al={last}"


def _begin(day: date, weekly: bool) -> date:
    return day - timedelta(days=day.weekday()) if weekly else day


def _day(day: date, pattern: str) -> str:
    return format_date(day, pattern, locale=get_language() or "it")

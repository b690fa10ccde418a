"""What the row of a worker may say."""

from collections.abc import Iterable
from dataclasses import dataclass
from datetime import date
from itertools import pairwise

from contempo.agile.rules.staff import FULL_WEEK, Sex
from contempo.core.verdict import Refusal
from contempo.core.words import N_

LEAST_AGE, MOST_AGE = 14, 100
"""Ages, in years, that a worker may have."""

RETENTION_YEARS = 2
"""Years after the end of an employment in which what identifies the worker is kept."""

SEX_WORDS: dict[str, str] = {Sex.FEMALE: N_("Woman"), Sex.MALE: N_("Man"), Sex.UNSAID: N_("Not said")}
"""The sex of one person, where figures speak of many."""

WEEKDAY_CODES = ("lu", "ma", "me", "gi", "ve", "sa", "do")
"""How files write the weekdays, Monday first."""


@dataclass(frozen=True)
class Engaged:
    """Where and how a worker works: the facts of a spell."""

    unit_id: int
    contract: str
    category: str = ""
    part_time_percent: int = 100
    weekdays: tuple[int, ...] = FULL_WEEK
    heads_unit: bool = False


def check_birth_year(birth_year: int | None, *, since: date, today: date) -> None:
    """Refuse, at the field `birth_year`, a year that a worker of today cannot be born in."""
    if birth_year is None:
        return
    if birth_year > since.year - LEAST_AGE or birth_year < today.year - MOST_AGE:
        raise Refusal(
            N_("Somebody born in %(year)s cannot have begun to work in %(since)s."),
            field="birth_year",
            year=birth_year,
            since=since.year,
        )


def check_weekdays(weekdays: Iterable[int]) -> tuple[int, ...]:
    """The weekdays in order, each once. Refusal at the field `weekdays` when there is none."""
    found = tuple(sorted(set(weekdays)))
    if not found:
        raise Refusal(N_("Choose at least one weekday."), field="weekdays")
    return found


def weekdays_written(weekdays: Iterable[int]) -> str:
    """Weekdays as files have them: `lu-ve` for a run of three or more, else `lu ma gi`."""
    days = sorted(set(weekdays))
    if len(days) > 2 and all(after == before + 1 for before, after in pairwise(days)):
        return f"{WEEKDAY_CODES[days[0]]}-{WEEKDAY_CODES[days[-1]]}"
    return " ".join(WEEKDAY_CODES[day] for day in days)


def weekdays_read(text: str) -> tuple[int, ...]:
    """The weekdays a file means: `lu-ve`, `lu, ma, gi`, `Lunedì martedì`; every weekday but the weekend when empty.

    Refusal at the field `weekdays` when a word is no weekday.
    """
    words = text.replace("–", "-").replace(",", " ").replace(";", " ").replace("/", " ").replace(" - ", "-").split()
    if not words:
        return FULL_WEEK
    found: set[int] = set()
    for word in words:
        first, _dash, last = word.partition("-")
        begins, ends = _weekday(first, text), _weekday(last or first, text)
        if ends < begins:
            raise _unreadable(text)
        found.update(range(begins, ends + 1))
    return tuple(sorted(found))


def _weekday(word: str, text: str) -> int:
    code = word.strip(".").lower()[:2]
    if code not in WEEKDAY_CODES or not word.strip(".").isalpha():
        raise _unreadable(text)
    return WEEKDAY_CODES.index(code)


def _unreadable(text: str) -> Refusal:
    return Refusal(
        N_("“%(text)s” does not name weekdays: write them as lu ma me gi ve, or lu-ve."), field="weekdays", text=text
    )


def left_long_ago(today: date) -> date:
    """Who was out on this day or earlier left so long ago that what identifies them is no longer kept on `today`."""
    day = 28 if (today.month, today.day) == (2, 29) else today.day
    return date(today.year - RETENTION_YEARS, today.month, day)

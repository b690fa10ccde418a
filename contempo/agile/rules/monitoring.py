"""Figures of agile work: periods, what each is made of, what may be told to whom. What is missing is not zero."""

import re
from collections.abc import Iterable, Mapping
from dataclasses import dataclass
from datetime import date
from enum import StrEnum

from contempo.core.small_cells import LEAST, hidden_in_row, hidden_together, is_small
from contempo.core.words import N_

_MONTHS, _QUARTER = 12, 3
_KEY = re.compile(r"((?:19|20)\d\d)(?:-(0[1-9]|1[0-2])|-T([1-4]))?")
MOST_DAYS_OF_A_PERSON = 31
"""Days that one person can work elsewhere in a month, at the very most."""


def month_after(month: date, months: int) -> date:
    """The first day of the month so many `months` after another; before it, when negative."""
    year, number = divmod(month.year * _MONTHS + month.month - 1 + months, _MONTHS)
    return date(year, number + 1, 1)


@dataclass(frozen=True)
class Period:
    """A month, a calendar quarter or a calendar year: from the first day of its first month, `[since, until)`."""

    since: date
    until: date

    @property
    def length(self) -> int:
        """How many months."""
        return (self.until.year - self.since.year) * _MONTHS + self.until.month - self.since.month

    @property
    def is_year(self) -> bool:
        return self.length == _MONTHS

    @property
    def months(self) -> tuple[date, ...]:
        """The first day of each of its months, in order."""
        return tuple(month_after(self.since, number) for number in range(self.length))

    @property
    def before(self) -> "Period":
        """As many months, just before."""
        return Period(month_after(self.since, -self.length), self.since)

    @property
    def key(self) -> str:
        """As addresses name it: `2026`, `2026-T4` or `2026-10`."""
        if self.is_year:
            return f"{self.since:%Y}"
        if self.length == _QUARTER:
            return f"{self.since:%Y}-T{(self.since.month - 1) // _QUARTER + 1}"
        return f"{self.since:%Y-%m}"


def period_called(key: str) -> Period | None:
    """The period an address names; None when it names none."""
    found = _KEY.fullmatch(key)
    if found is None:
        return None
    year = int(found[1])
    if found[2]:
        first, length = int(found[2]), 1
    elif found[3]:
        first, length = (int(found[3]) - 1) * _QUARTER + 1, _QUARTER
    else:
        first, length = 1, _MONTHS
    since = date(year, first, 1)
    return Period(since, month_after(since, length))


def periods_with(months: Iterable[date]) -> tuple[Period, ...]:
    """The years, quarters and months that have one of `months` (their first days) in them: newest first, and of those
    that end together the longest first.
    """
    found: set[Period] = set()
    for month in months:
        quarter = (month.month - 1) // _QUARTER + 1
        found |= {
            period
            for key in (f"{month:%Y}", f"{month:%Y}-T{quarter}", f"{month:%Y-%m}")
            if (period := period_called(key))
        }
    return tuple(sorted(found, key=lambda it: (it.since.year, it.length == _MONTHS, it.until, it.length), reverse=True))


@dataclass(frozen=True)
class Share:
    """`numerator` of `denominator`; both kept, because a percentage alone hides how many it speaks of."""

    numerator: int
    denominator: int

    @property
    def percent(self) -> float | None:
        """0-100; None when there was nothing to have a share in."""
        return 100 * self.numerator / self.denominator if self.denominator else None


class Figure(StrEnum):
    """What is counted. People are those of the last month of a period; days are summed over all its months."""

    ELIGIBLE = "eligible"
    AGREEMENTS = "agreements"
    ACTIVE = "active"
    PLANNED = "planned"
    USED = "used"
    DONATED = "donated"
    ASKED = "asked"
    AWARDED = "awarded"
    DRAWN = "drawn"
    REFUSED = "refused"
    DECLARED = "declared"
    METRES = "metres"
    GRAMS = "grams"


FIGURE_LABELS: dict[str, str] = {
    Figure.ELIGIBLE: N_("May ask for agile work"),
    Figure.AGREEMENTS: N_("With an agreement in force"),
    Figure.ACTIVE: N_("Active: worked an agile day"),
    Figure.PLANNED: N_("Days planned"),
    Figure.USED: N_("Days used"),
    Figure.DONATED: N_("Days donated"),
    Figure.ASKED: N_("Days asked of the bank"),
    Figure.AWARDED: N_("Days got from the bank"),
    Figure.DRAWN: N_("Days drawn after the clearing"),
    Figure.REFUSED: N_("Days refused"),
    Figure.DECLARED: N_("Days with a known way to work"),
    Figure.METRES: N_("Way to work avoided"),
    Figure.GRAMS: N_("CO₂ avoided"),
}

MADE_OF: dict[Figure, Mapping[str, int]] = {
    Figure.ELIGIBLE: {"accounts": 1},
    Figure.AGREEMENTS: {"agreements": 1},
    Figure.ACTIVE: {"active": 1},
    Figure.PLANNED: {"plan": 1, "return": -1},
    Figure.USED: {"use": 1},
    Figure.DONATED: {"donate": 1},
    Figure.ASKED: {"asked": 1},
    Figure.AWARDED: {"award": 1},
    Figure.DRAWN: {"drawn": 1},
    Figure.REFUSED: {"asked": 1, "award": -1, "drawn": 1},
    Figure.DECLARED: {"declared": 1},
    Figure.METRES: {"metres": 1},
    Figure.GRAMS: {"grams": 1},
}
"""The measures of the sums of a month that make each figure, with their sign.

Refused is what was asked of the clearing less what the clearing gave; a day drawn afterwards answers no such question.
A day given back is not planned any more.
"""

PEOPLE = frozenset({Figure.ELIGIBLE, Figure.AGREEMENTS, Figure.ACTIVE})


def made(figure: Figure, sums: Mapping[str, int]) -> int:
    """A figure from the sums of its measures; what was never seen is zero."""
    return sum(sign * sums.get(measure, 0) for measure, sign in MADE_OF[figure].items())


def refused(sums: Mapping[str, int]) -> Share:
    """The share of the days asked of clearings that were refused."""
    return Share(made(Figure.REFUSED, sums), made(Figure.ASKED, sums))


TOGETHER = (Figure.ELIGIBLE, Figure.AGREEMENTS, Figure.ACTIVE, Figure.PLANNED, Figure.USED)
"""Told or hidden together: from some of them the others could be found, and all speak of the same people."""

BANK = (Figure.ASKED, Figure.AWARDED, Figure.DRAWN, Figure.REFUSED)
COMMUTING = (Figure.DECLARED, Figure.METRES, Figure.GRAMS)

Sums = Mapping[str, int]


def hidden_figures(rows: Mapping[str, Sums]) -> dict[str, frozenset[Figure]]:
    """What is not told of each row of a table of one dimension, and under the key "" of their total, to who may not
    read exact figures. See docs/algorithms/small-cells.md.

    What is not told in all is told of no row. People and their days are hidden together, row by row; what concerns the
    bank is hidden too wherever they are. What was spared of somebody's way to work is never told by row.
    """
    whole = hidden_total(_total(rows.values()))
    people = tuple(each for each in TOGETHER if each not in whole)
    few = hidden_together({key: _apart(people, sums) for key, sums in rows.items()}) if people else frozenset(rows)
    donated = _closed({key: made(Figure.DONATED, sums) for key, sums in rows.items()}, few)
    bank = {key: _bank(sums) for key, sums in rows.items()}
    asked = hidden_together(bank) | few
    for part in range(3):
        asked = _closed({key: parts[part] for key, parts in bank.items()}, asked)

    def of(key: str) -> frozenset[Figure]:
        found = {*whole, *COMMUTING}
        found |= {*TOGETHER} if key in few else set()
        found |= {Figure.DONATED} if key in donated else set()
        return frozenset(found | ({*BANK} if key in asked else set()))

    return {**{key: of(key) for key in rows}, "": whole}


def hidden_total(total: Sums) -> frozenset[Figure]:
    """What is not told of a total.

    Of people who may, who have an agreement and who worked agile days each is part of the one before: where two differ
    by a few the larger is hidden, so that the few are not told. What was spared of the way to work is told only of so
    many days that no fewer than `LEAST` people can have worked them.
    """
    found = {each for each in (*TOGETHER, Figure.DONATED) if is_small(made(each, total))}
    if Figure.ACTIVE in found:
        found |= {Figure.PLANNED, Figure.USED}
    last = 0
    for each in (Figure.ACTIVE, Figure.AGREEMENTS, Figure.ELIGIBLE):
        if each in found:
            continue
        if is_small(made(each, total) - last):
            found.add(each)
        else:
            last = made(each, total)
    if any(is_small(part) for part in _bank(total)):
        found |= {*BANK}
    if 0 < made(Figure.DECLARED, total) <= (LEAST - 1) * MOST_DAYS_OF_A_PERSON:
        found |= {*COMMUTING}
    return frozenset(found)


def _apart(told: Iterable[Figure], sums: Sums) -> tuple[int, ...]:
    """The figures of people and their days as parts of which none holds another."""
    parts, last = [], 0
    for each in reversed([figure for figure in told if figure in PEOPLE]):
        parts.append(max(made(each, sums) - last, 0))
        last = made(each, sums)
    return (*parts, *(made(each, sums) for each in told if each not in PEOPLE))


def _bank(sums: Sums) -> tuple[int, int, int]:
    return made(Figure.AWARDED, sums), made(Figure.REFUSED, sums), made(Figure.DRAWN, sums)


def _closed(counts: Mapping[str, int], hidden: frozenset[str]) -> frozenset[str]:
    """`hidden` and what must be hidden with it, so that the sum of what is hidden tells nothing of one of them."""
    found = {*hidden, *hidden_in_row(counts)}
    others = sorted(counts.keys() - found, key=lambda key: (counts[key], key))
    for key in others:
        total = sum(counts[each] for each in found)
        if not found or (len(found) > 1 and not is_small(total)):
            break
        found.add(key)
    return frozenset(found)


def _total(rows: Iterable[Sums]) -> dict[str, int]:
    total: dict[str, int] = {}
    for sums in rows:
        for measure, count in sums.items():
            total[measure] = total.get(measure, 0) + count
    return total

"""What pages and files show of a question: its table, the facts beside it, its numbers line by line."""

from collections.abc import Iterator, Sequence
from dataclasses import dataclass, field
from typing import Any

from django.utils.translation import gettext as _

from contempo.questionnaires.queries.reading.wording import NOT_TOLD, decimal, from_to, percent, whole
from contempo.questionnaires.queries.tables import Bar, Base, Category, Frequency, Numbers
from contempo.web.charts import Chart


@dataclass(frozen=True)
class Row:
    """A row of the table of a question: what, cells in words, the address of its responses."""

    label: str
    cells: tuple[str, ...]
    url: str = ""


@dataclass(frozen=True)
class Table:
    """A table in words: heads of its columns, the first one of the labels."""

    head: tuple[str, ...]
    rows: tuple[Row, ...]
    more: int = 0


@dataclass(frozen=True)
class Line:
    """An answer to a question as a line of a file: shares in percent. `part` is the row or option it is about."""

    question: str
    part: str
    answer: str
    count: int | None
    share: float | None
    low: float | None
    high: float | None
    asked: int | None
    answered: int | None
    missing: int | None
    unasked: int | None


@dataclass(frozen=True)
class Result:
    """A question with its answers. `facts` are pairs (label, value): who answered, mean and quartiles; `code` names it
    where it can be crossed.
    """

    id: str
    label: str
    kind: str
    sentence: str
    facts: tuple[tuple[str, str], ...] = ()
    chart: Chart | None = None
    table: Table | None = None
    kept_back: bool = False
    silent: bool = False
    code: str = ""
    texts: str = ""
    lines: tuple[Line, ...] = ()
    notes: tuple[str, ...] = field(default_factory=tuple)


def base_facts(base: Base) -> Iterator[tuple[str, str]]:
    """Of how many a question speaks: asked, answered, not asked, left empty."""
    if base.responses is None:
        return
    yield _("Asked of"), whole(base.asked)
    yield _("Answered by"), whole(base.answered)
    yield _("Left empty"), whole(base.missing)
    yield _("Not asked, because of an earlier answer"), whole(base.unasked)


def number_facts(numbers: Numbers | None, unit: str = "") -> Iterator[tuple[str, str]]:
    """Mean, median, quartiles, spread and ends of numbers, those that are told."""
    if numbers is None or numbers.mean is None:
        return
    low_high = ""
    if numbers.interval is not None and numbers.interval.low != numbers.interval.high:
        low_high = _(" (from %(low)s to %(high)s)") % {
            "low": decimal(numbers.interval.low),
            "high": decimal(numbers.interval.high),
        }
    yield _("Mean"), f"{decimal(numbers.mean)} {unit}".strip() + low_high
    told: Sequence[tuple[str, Any]] = (
        (_("Median"), numbers.median),
        (_("First quartile"), numbers.first),
        (_("Third quartile"), numbers.third),
        (_("Standard deviation"), numbers.deviation),
        (_("Least"), numbers.least),
        (_("Most"), numbers.most),
    )
    for label, value in told:
        if value is not None:
            yield label, decimal(value)


def box_facts(found: Frequency) -> Iterator[tuple[str, str]]:
    """The shares of the best answers of a scale."""
    for label, one in ((_("Best answer"), found.top), (_("Two best answers"), found.top_two)):
        if one is not None and one.share is not None:
            between = from_to(one.interval)
            yield label, f"{percent(one.share)} ({between})" if between else percent(one.share)


def shares_and_count(one: Category | None) -> str:
    """`42,5 % (17)`."""
    if one is None or one.share is None:
        return NOT_TOLD
    return f"{percent(one.share)} ({whole(one.count)})"


def hundredths(share: float | None) -> float | None:
    """A share from 0 to 1 in percent, for charts."""
    return None if share is None else round(100 * share, 1)


def bar_label(bar: Bar) -> str:
    """`10–19`, or `10` when a bar holds one number."""
    last = last_of(bar)
    return decimal(bar.low) if last <= bar.low else f"{decimal(bar.low)}–{decimal(last)}"


def last_of(bar: Bar) -> float:
    """The last number of a bar of whole numbers: `high` is not in it."""
    whole_ends = float(bar.low).is_integer() and float(bar.high).is_integer()
    return bar.high - 1 if whole_ends and bar.high - bar.low >= 1 else bar.high


def lines_of(found: Frequency, names: dict[str, str], question: str, part: str = "") -> Iterator[Line]:
    """The answers of a frequency as lines; one without answers when there is none to tell."""
    base = (found.base.asked, found.base.answered, found.base.missing, found.base.unasked)
    for one in found.categories:
        low, high = (one.interval.low, one.interval.high) if one.interval else (None, None)
        ends = hundredths(one.share), hundredths(low), hundredths(high)
        yield Line(question, part, names[one.key], one.count, *ends, *base)
    for bar in found.bars:
        yield Line(question, part, bar_label(bar), bar.count, hundredths(bar.share), None, None, *base)
    if not found.categories and not found.bars:
        yield Line(question, part, "", None, None, None, None, *base)

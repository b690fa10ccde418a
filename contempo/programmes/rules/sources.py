"""The port through which values are computed: what a source of records says of itself, and who asks for what."""

from collections.abc import Callable, Iterable, Mapping
from dataclasses import dataclass, field
from datetime import date, datetime
from decimal import Decimal
from typing import Any

from contempo.core.clock import ROME
from contempo.core.words import N_
from contempo.programmes.rules.plan.measures import Dimension, Unit

Counts = Mapping[str, tuple[int, int]]
"""By key: how many are counted, of how many. For a count both are the same."""

Breakdown = Mapping[str, Counts]
"""By dimension."""


@dataclass(frozen=True)
class Scope:
    """What is asked of a source: the records of a plan, or of one alliance of it, from `since` to `until` (half-open).

    `filters` narrow them; a filter may name several values, with a plus between (`company+school`).
    """

    network_id: int
    plan_id: int
    since: date
    until: date
    alliance_id: int | None = None
    filters: Mapping[str, str] = field(default_factory=dict)

    @property
    def instants(self) -> tuple[datetime, datetime]:
        """The first instant in it and the first after it, by the calendar of Italy."""
        begin, end = (datetime(day.year, day.month, day.day, tzinfo=ROME) for day in (self.since, self.until))
        return begin, end

    def chosen(self, name: str) -> tuple[str, ...]:
        """The values a filter names; none when it is not set."""
        return tuple(value.strip() for value in self.filters.get(name, "").split("+") if value.strip())


@dataclass(frozen=True)
class Measured:
    """What was counted: `numerator`, for a share of `denominator`; both divided in `breakdown`."""

    numerator: int
    denominator: int | None
    breakdown: Breakdown = field(default_factory=dict)


@dataclass(frozen=True)
class Record:
    """One of the records behind a value. `counted` is False for one that is in the denominator of a share alone.

    `url` is empty when it has no page, or none its reader may open; `facets` give its key in each dimension.
    """

    key: str
    label: str
    url: str
    counted: bool
    facets: Mapping[str, str]
    personal: bool = False


def no_words(_dimension: Dimension, _keys: Iterable[str]) -> Mapping[str, str]:
    """For sources that cannot be divided."""
    return {}


def nobody(_actor: Any) -> bool:
    """For records that have no page of their own."""
    return False


def everybody(_actor: Any) -> bool:
    """For records with public pages."""
    return True


def no_page(_network: str, _page: str) -> str:
    """For records that have no page of their own."""
    return ""


@dataclass(frozen=True)
class IndicatorSource:
    """Records from which indicators are computed; a context registers its own (`public.register_indicator_source`).

    - `label` names the source, `noun` one of its records ("Question"), both message ids.
    - `rows(scope)` gives the records as a lazy queryset with the columns that `public.as_records` adds. Value, division
      and list are all read from these rows: they cannot differ.
    - `filters` are the names it knows in `Scope.filters`, `dimensions` what it can be divided by; `by_alliance` tells
      whether it can be asked of one alliance.
    - `labels(dimension, keys)` words the keys of a division; `other` names the dimension `other` here.
    - `url(network, page)` is the address of a record's page from the column `page`, for who `may_open` it.
    - `personal`: a record speaks of a person. It is sealed under a pseudonym, and only who `may_open` its records reads
      small counts of it.
    """

    key: str
    label: str
    noun: str
    rows: Callable[[Scope], Any]
    unit: Unit = Unit.COUNT
    filters: frozenset[str] = frozenset()
    dimensions: frozenset[Dimension] = frozenset()
    by_alliance: bool = False
    labels: Callable[[Dimension, Iterable[str]], Mapping[str, str]] = no_words
    other: str = N_("Other")
    url: Callable[[str, str], str] = no_page
    may_open: Callable[[Any], bool] = nobody
    personal: bool = False


_sources: dict[str, IndicatorSource] = {}


def register_indicator_source(source: IndicatorSource) -> None:
    """Let indicators be computed from `source`; called once, when the application starts."""
    _sources[source.key] = source


def source_called(key: str) -> IndicatorSource | None:
    """The source a plan names by its key; None when nobody registered it."""
    return _sources.get(key)


def registered_sources() -> tuple[IndicatorSource, ...]:
    """Every source there is, by key."""
    return tuple(_sources[key] for key in sorted(_sources))


def trouble_with(source: str, unit: Unit, filters: Iterable[str], by: Iterable[str]) -> str:
    """Why an indicator cannot be computed as it is defined: a message id, empty when it can, or needs no source."""
    if not source:
        return ""
    found = source_called(source)
    if found is None:
        return N_("The source of this indicator is not available.")
    if found.unit is not unit:
        return N_("The source of this indicator counts in another unit.")
    if set(filters) - found.filters:
        return N_("The source of this indicator does not know one of its filters.")
    if set(by) - found.dimensions:
        return N_("The source of this indicator cannot be divided as it asks.")
    return ""


def as_decimal(count: int | None) -> Decimal | None:
    """A count as values are kept."""
    return None if count is None else Decimal(count)

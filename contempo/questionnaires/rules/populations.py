"""Where the units of a campaign come from: a port to which contexts bring sources. Pure.

    register_population(PopulationSource(
        key="staff", label=N_("Staff of the employer"), unit_kind=UnitKind.PERSON, of_organisation=True,
        fields=lambda about: (...), rows=lambda about, chosen: ..., count=lambda about, chosen: ...,
    ))

What is chosen is kept in the campaign as a *saved filter*; taking the population copies its rows into units, a
snapshot, and taking it again tells what changed.
"""

from collections.abc import Callable, Iterable, Iterator, Mapping, Sequence
from dataclasses import dataclass, field, fields
from typing import Any, TypeAlias

from contempo.core.verdict import ALLOWED, Verdict
from contempo.core.words import N_
from contempo.questionnaires.rules.states import UnitKind

Chosen: TypeAlias = Mapping[str, Sequence[str]]
"""A saved filter: of each field the values of which a unit has one; a field without values asks nothing."""

UPLOADED = "list"
"""The key of the source whose units come from an uploaded list, not from rows of a context."""

LIST_KEY = "questionnaires.list"
"""The kind of import that brings such a list."""

_ROW = "row:"


def list_key(value: Any) -> Any:
    """The code of a row of a list as it is kept: without case and outer spaces."""
    return value.strip().lower() if isinstance(value, str) else value


def target_key(code: str) -> str:
    """The key of the unit with this code in an uploaded list."""
    return f"{_ROW}{code}"


def list_code(key: str) -> str:
    """The code in an uploaded list of the unit with this key."""
    return key.removeprefix(_ROW)


@dataclass(frozen=True)
class Asking:
    """For whom units are asked for: the network, and the organisation whose campaign it is, if any."""

    network_id: int
    organisation_id: int | None = None


@dataclass(frozen=True)
class PopulationRow:
    """A unit as its source knows it. `key` names it for ever in the source; `email` is where its `contact` is asked."""

    key: str
    name: str
    contact: str = ""
    email: str = ""
    language: str = "it"
    organisation_id: int | None = None
    kind: str = ""
    size: str = ""
    sector: str = ""
    municipality_id: str | None = None
    stratum: str = ""


def row_of(unit: Any) -> PopulationRow:
    """The row a unit was taken from: anything with its fields as attributes."""
    return PopulationRow(**{name: getattr(unit, name) for name in (each.name for each in fields(PopulationRow))})


@dataclass(frozen=True)
class FilterField:
    """What a population may be narrowed by; `choices` are values with their words, of which several may be chosen."""

    key: str
    label: str
    choices: tuple[tuple[str, str], ...]
    help: str = ""


def _for_everybody(_actor: Any, _asking: Asking) -> Verdict:
    return ALLOWED


def _no_rows(_asking: Asking, _chosen: Chosen) -> Iterable[PopulationRow]:
    return ()


def _no_fields(_asking: Asking) -> tuple[FilterField, ...]:
    return ()


@dataclass(frozen=True)
class PopulationSource:
    """A source of units. `label` and `help` are message ids; `of_organisation` ones serve the campaigns of one
    organisation alone, the others those of the network (`for_both`: either).

    `may(actor, asking)` says whether who keeps the campaign may ask them; `fields(asking)` what they may be narrowed
    by, in the language of the reader; `rows(asking, chosen)` gives the units, lazily; `count(asking, chosen)` how many
    they are.
    """

    key: str
    label: str
    unit_kind: UnitKind
    help: str = ""
    of_organisation: bool = False
    for_both: bool = False
    may: Callable[[Any, Asking], Verdict] = _for_everybody
    fields: Callable[[Asking], tuple[FilterField, ...]] = _no_fields
    rows: Callable[[Asking, Chosen], Iterable[PopulationRow]] = _no_rows
    count: Callable[[Asking, Chosen], int] = lambda asking, chosen: 0

    def serves(self, asking: Asking) -> bool:
        """Whether campaigns of this network, or of this organisation of it, take their units here."""
        return self.for_both or self.of_organisation == (asking.organisation_id is not None)


_sources: dict[str, PopulationSource] = {}


def register_population(source: PopulationSource) -> None:
    """Let campaigns take their units from `source`; registering a key again replaces it."""
    _sources[source.key] = source


def population_called(key: str) -> PopulationSource | None:
    """The source registered under `key`."""
    return _sources.get(key)


def populations_for(asking: Asking) -> tuple[PopulationSource, ...]:
    """The sources that serve a campaign, in the order in which they were registered."""
    return tuple(source for source in _sources.values() if source.serves(asking))


@dataclass(frozen=True)
class Population:
    """What a campaign keeps of whom it asks: the source and the saved filter."""

    source: str = ""
    chosen: Chosen = field(default_factory=dict)

    @classmethod
    def read(cls, kept: Mapping[str, Any]) -> "Population":
        """From what `to_json` gave; empty when nothing was chosen yet."""
        chosen = {str(key): tuple(map(str, values)) for key, values in (kept.get("filter") or {}).items()}
        return cls(str(kept.get("source", "")), chosen)

    def to_json(self) -> dict[str, Any]:
        """As the database keeps it, without empty fields."""
        return {"source": self.source, "filter": {key: list(values) for key, values in self.chosen.items() if values}}


@dataclass(frozen=True)
class Difference:
    """What taking a population again changes: rows to add, rows that are otherwise now (by key), keys that are gone."""

    added: tuple[PopulationRow, ...] = ()
    changed: tuple[PopulationRow, ...] = ()
    gone: tuple[str, ...] = ()

    @property
    def any(self) -> bool:
        return bool(self.added or self.changed or self.gone)


def difference(known: Mapping[str, PopulationRow], rows: Iterable[PopulationRow]) -> Difference:
    """What is different between the units known, by key, and those a source gives now. A key given twice counts once,
    as it was given first.
    """
    found: dict[str, PopulationRow] = {}
    for row in rows:
        found.setdefault(row.key, row)
    return Difference(
        added=tuple(row for key, row in found.items() if key not in known),
        changed=tuple(row for key, row in found.items() if key in known and known[key] != row),
        gone=tuple(key for key in known if key not in found),
    )


def batches(rows: Sequence[PopulationRow], size: int) -> Iterator[Sequence[PopulationRow]]:
    """`rows` in pieces of at most `size`."""
    for start in range(0, len(rows), size):
        yield rows[start : start + size]


UPLOADED_LIST = PopulationSource(
    key=UPLOADED,
    label=N_("A list you upload"),
    unit_kind=UnitKind.ORGANISATION,
    help=N_("A CSV or Excel file with name, e-mail and, where known, kind, size, municipality and group."),
    for_both=True,
)
register_population(UPLOADED_LIST)

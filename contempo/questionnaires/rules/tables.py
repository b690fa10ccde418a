"""What a table of a campaign shows, as data: which answers stand in rows, columns and layers, filtered how. Pure.

A `Spec` is kept as JSON and comes from addresses of pages, so it is read strictly: a name that the questionnaire does
not know is refused, and no text of it ever becomes SQL. A spec speaks of keys, which keep their meaning from version to
version and from wave to wave: `fits` says whether another questionnaire answers the same table.
"""

from collections.abc import Iterator, Mapping
from dataclasses import dataclass, field
from enum import StrEnum
from math import isfinite
from typing import Any

from contempo.core.verdict import Refusal
from contempo.core.words import N_
from contempo.questionnaires.rules.columns import ATTRIBUTES, repeats
from contempo.questionnaires.rules.document import Kind, Placed, Question

MOST_FILTERS = 6
MOST_VALUES = 60


class Source(StrEnum):
    """Where a variable comes from."""

    QUESTION = "q"
    ATTRIBUTE = "a"
    CHANNEL = "channel"


CROSSED = frozenset(
    {
        Kind.SINGLE,
        Kind.MULTIPLE,
        Kind.SCALE,
        Kind.LIKERT,
        Kind.MATRIX,
        Kind.NUMBER,
        Kind.DATE,
        Kind.RANKING,
        Kind.MUNICIPALITY,
        Kind.ORGANISATION,
    }
)
"""The kinds that can stand in a table."""

MEASURED = frozenset({Kind.SCALE, Kind.NUMBER})
"""The kinds whose answers are numbers; a Likert scale has its scores."""


@dataclass(frozen=True)
class Variable:
    """What is told apart: a question, an attribute of the unit, or the channel. `part` is the row of a matrix, or the
    option of a ranking whose place is told.
    """

    source: Source
    key: str = ""
    part: str = ""

    @property
    def code(self) -> str:
        """How it is written: `q.flexible`, `q.table.mothers`, `a.size`, `channel`."""
        return ".".join(part for part in (self.source.value, self.key, self.part) if part)


CHANNEL = Variable(Source.CHANNEL)


@dataclass(frozen=True)
class Filter:
    """Only responses where the variable has one of `values`, or a number from `least` to `most`, both included."""

    variable: Variable
    values: tuple[str, ...] = ()
    least: float | None = None
    most: float | None = None


@dataclass(frozen=True)
class Spec:
    """A table: `rows` alone is a frequency; with `columns` a table of two dimensions, with `layers` of three.

    `mentions`: shares of a multiple choice are of all its mentions, not of who answered. `weighted`: by strata.
    """

    rows: Variable
    columns: Variable | None = None
    layers: Variable | None = None
    filters: tuple[Filter, ...] = ()
    weighted: bool = False
    mentions: bool = False

    @property
    def variables(self) -> tuple[Variable, ...]:
        """Rows, columns and layers, those there are."""
        return tuple(one for one in (self.rows, self.columns, self.layers) if one is not None)


@dataclass(frozen=True)
class Offer:
    """A variable that a questionnaire offers, with its question; without one it is an attribute or the channel."""

    variable: Variable
    placed: Placed | None = None
    part: str = ""


@dataclass(frozen=True)
class Book:
    """The variables of a questionnaire, by code, in order: `questions` as `rules.columns` merges them."""

    offers: Mapping[str, Offer] = field(default_factory=dict)

    def variable(self, code: str, place: str) -> Variable:
        """The variable called `code`. Raises Refusal beside `place`."""
        if code not in self.offers:
            raise Refusal(N_("This question is not in the questionnaire: choose among those offered."), field=place)
        return self.offers[code].variable

    def question(self, variable: Variable) -> Question | None:
        """The question of a variable, None for what is none."""
        placed = self.offers[variable.code].placed
        return placed.question if placed else None


def book(questions: Mapping[str, Placed]) -> Book:
    """The variables that may stand in tables and filters."""
    return Book({offer.variable.code: offer for offer in _offers(questions)})


def _offers(questions: Mapping[str, Placed]) -> Iterator[Offer]:
    for key, placed in questions.items():
        question = placed.question
        if question.kind not in CROSSED or repeats(placed):
            continue
        if question.kind == Kind.MATRIX:
            for row in question.rows:
                yield Offer(Variable(Source.QUESTION, key, row.key), placed, row.key)
        elif question.kind == Kind.RANKING:
            for option in question.options:
                yield Offer(Variable(Source.QUESTION, key, option.key), placed, option.key)
        else:
            yield Offer(Variable(Source.QUESTION, key), placed)
    for name in ATTRIBUTES:
        yield Offer(Variable(Source.ATTRIBUTE, name))
    yield Offer(CHANNEL)


def read(kept: Mapping[str, Any], known: Book) -> Spec:
    """The table kept as JSON. Raises Refusal, beside `rows`, `columns`, `layers` or `filters`, for what is none."""
    strange = sorted(set(kept) - {"rows", "columns", "layers", "filters", "weighted", "mentions"})
    if strange:
        raise Refusal(N_("This is not a table: “%(what)s” is not known."), what=strange[0])
    codes = {place: kept.get(place) or "" for place in ("rows", "columns", "layers")}
    if not codes["rows"]:
        raise Refusal(N_("Choose what stands in the rows."), field="rows")
    found = {place: known.variable(str(code), place) for place, code in codes.items() if code}
    if "layers" in found and "columns" not in found:
        raise Refusal(N_("Choose the columns before the third question."), field="columns")
    used: set[Variable] = set()
    for place, variable in found.items():
        if variable in used:
            raise Refusal(N_("The same question stands here twice: choose another."), field=place)
        used.add(variable)
    mentions = kept.get("mentions") is True
    question = known.question(found["rows"])
    if mentions and (question is None or question.kind != Kind.MULTIPLE):
        raise Refusal(N_("Only a question with several answers is told by mentions."), field="rows")
    filters = kept.get("filters") or []
    if not isinstance(filters, list) or len(filters) > MOST_FILTERS:
        raise Refusal(N_("At most %(most)s filters fit."), field="filters", most=MOST_FILTERS)
    return Spec(
        found["rows"],
        found.get("columns"),
        found.get("layers"),
        tuple(read_filter(one, known) for one in filters),
        kept.get("weighted") is True,
        mentions,
    )


def read_filter(kept: Any, known: Book) -> Filter:
    """One filter kept as JSON: `variable`, and `values` or `least` and `most`. Raises Refusal beside `filters`."""
    if not isinstance(kept, Mapping) or set(kept) - {"variable", "values", "least", "most"}:
        raise Refusal(N_("This filter is not known."), field="filters")
    variable = known.variable(str(kept.get("variable", "")), "filters")
    values, least, most = kept.get("values") or [], kept.get("least"), kept.get("most")
    question = known.question(variable)
    numeric = question is not None and (question.kind in MEASURED or question.kind == Kind.RANKING)
    bounds = [bound for bound in (least, most) if bound is not None]
    if not isinstance(values, list) or len(values) > MOST_VALUES or not all(isinstance(one, str) for one in values):
        raise Refusal(N_("Choose at most %(most)s answers."), field="filters", most=MOST_VALUES)
    if bounds and (not numeric or not all(_is_number(bound) for bound in bounds)):
        raise Refusal(N_("Only a number is filtered from … to."), field="filters")
    if len(bounds) == 2 and least > most:  # type: ignore[operator]
        raise Refusal(N_("“From” is larger than “to”."), field="filters")
    if bool(values) == bool(bounds):
        raise Refusal(N_("Choose the answers of the filter."), field="filters")
    if question is not None and question.options and question.kind != Kind.RANKING:
        options = {option.key for option in question.options}
        if not options.issuperset(values):
            raise Refusal(N_("This answer is not in the questionnaire: choose among those offered."), field="filters")
    elif numeric and not all(_is_text_of_number(value) for value in values):
        raise Refusal(N_("This answer is not in the questionnaire: choose among those offered."), field="filters")
    return Filter(variable, tuple(dict.fromkeys(values)), least, most)


def to_json(spec: Spec) -> dict[str, Any]:
    """What the database keeps of a table, which `read` takes."""
    kept: dict[str, Any] = {"rows": spec.rows.code}
    if spec.columns:
        kept["columns"] = spec.columns.code
    if spec.layers:
        kept["layers"] = spec.layers.code
    if spec.filters:
        kept["filters"] = [_filter_json(one) for one in spec.filters]
    return kept | {name: True for name in ("weighted", "mentions") if getattr(spec, name)}


def fits(spec: Spec, known: Book) -> bool:
    """Whether another questionnaire, a later wave for instance, has everything the table speaks of."""
    try:
        read(to_json(spec), known)
    except Refusal:
        return False
    return True


def _filter_json(one: Filter) -> dict[str, Any]:
    kept: dict[str, Any] = {"variable": one.variable.code}
    if one.values:
        kept["values"] = list(one.values)
    for name in ("least", "most"):
        if getattr(one, name) is not None:
            kept[name] = getattr(one, name)
    return kept


def _is_number(value: object) -> bool:
    return isinstance(value, int | float) and not isinstance(value, bool) and isfinite(value)


def _is_text_of_number(value: str) -> bool:
    try:
        return isfinite(float(value))
    except ValueError:
        return False

"""Types of need: what the tag of an option says that whoever chooses it lacks. Pure.

A questionnaire may use tags of its own; these are the ones whose words the network shares, so that surveys of different
years and campaigns add up.
"""

from collections import Counter
from collections.abc import Mapping
from dataclasses import dataclass, field

from contempo.core.small_cells import LEAST, hidden_in_row, hidden_in_table
from contempo.core.words import N_
from contempo.questionnaires.rules.document import Document, Kind

NEED_LABELS: dict[str, str] = {
    "childcare": N_("Care of small children"),
    "school_time": N_("Afternoons and school holidays"),
    "elder_care": N_("Care of elderly relatives"),
    "disability": N_("Care of people with disabilities"),
    "hours": N_("Flexible working hours"),
    "agile_work": N_("Agile work and work near home"),
    "leave": N_("Leave and days off"),
    "return": N_("Return after a long absence"),
    "sharing": N_("Sharing care between women and men"),
    "commuting": N_("Way to work"),
    "city_times": N_("Opening hours of services"),
    "household": N_("Help with the household"),
    "money": N_("Money for services and care"),
    "wellbeing": N_("Health and well-being"),
    "information": N_("Information on rights and services"),
}
"""Message ids by tag, in the order in which they are shown."""


def need_order(tag: str) -> tuple[int, str]:
    """The place of a tag: shared ones in their order, the others behind, by name."""
    keys = list(NEED_LABELS)
    return (keys.index(tag) if tag in NEED_LABELS else len(keys), tag)


@dataclass(frozen=True)
class Asked:
    """A question of a document whose options name needs: `path` finds what was chosen in the answers (SQL/JSON path),
    `tags` the type of need of each option.
    """

    question: str
    path: str
    tags: tuple[tuple[str, str], ...]


def asked_needs(document: Document) -> tuple[Asked, ...]:
    """The questions of a document that name needs; a matrix names one for each row that chooses it."""
    found = []
    for placed in document.questions():
        question = placed.question
        tags = tuple((option.key, option.tag) for option in question.options if option.tag)
        if tags:
            inside = f'$."{placed.group.key}"[*]' if placed.group is not None and placed.group.repeat else "$"
            each = ".*" if question.kind == Kind.MATRIX else "[*]"
            found.append(Asked(question.key, f'{inside}."{question.key}"{each}', tags))
    return tuple(found)


def place_question(document: Document) -> str:
    """The key of the first question that asks for a municipality, outside groups that repeat; empty when none does."""
    for placed in document.questions():
        if placed.question.kind == Kind.MUNICIPALITY and (placed.group is None or not placed.group.repeat):
            return placed.question.key
    return ""


OTHERS = "~"
"""Stands for the types, or the municipalities, that are told together because each alone would tell too little."""


@dataclass(frozen=True)
class Counted:
    """Answers that name needs: `cells` by type and municipality, `places` by municipality alone, `total` of all."""

    cells: Mapping[tuple[str, str], int]
    places: Mapping[str, int]
    total: int


@dataclass(frozen=True)
class NeedTable:
    """How many answers name each type of need in each municipality; `types` and `places` are those told, in order.

    `cells` holds a count for each pair, None where it is not told. `by_type` are sums of cells; `by_place` counts each
    answer once, however many needs it names, and so does `total`. `hidden` tells whether anything is not told. An
    unknown municipality is an empty key.
    """

    types: tuple[str, ...] = ()
    places: tuple[str, ...] = ()
    cells: Mapping[tuple[str, str], int | None] = field(default_factory=dict)
    by_type: Mapping[str, int] = field(default_factory=dict)
    by_place: Mapping[str, int] = field(default_factory=dict)
    total: int = 0
    hidden: bool = False


def told(counted: Counted, *, exact: bool) -> NeedTable | None:
    """The table of what was `counted` as it may be told; None when too few answered to tell anything.

    Unless `exact`: types and municipalities with few answers stand together as `OTHERS`, and no small cell is told, nor
    one from which it could be found (docs/algorithms/small-cells.md).
    """
    if exact:
        return _table(counted.cells, counted.places, counted.total, frozenset())
    few_types, few_places = hidden_in_row(_by_type(counted.cells)), hidden_in_row(counted.places)
    cells: Counter[tuple[str, str]] = Counter()
    for (tag, place), count in counted.cells.items():
        cells[OTHERS if tag in few_types else tag, OTHERS if place in few_places else place] += count
    places: Counter[str] = Counter()
    for place, count in counted.places.items():
        places[OTHERS if place in few_places else place] += count
    if min((counted.total or LEAST, *_by_type(cells).values(), *places.values())) < LEAST:
        return None
    return _table(cells, places, counted.total, hidden_in_table(cells))


def _by_type(cells: Mapping[tuple[str, str], int]) -> dict[str, int]:
    found: Counter[str] = Counter()
    for (tag, _place), count in cells.items():
        found[tag] += count
    return dict(found)


def _table(
    counts: Mapping[tuple[str, str], int],
    by_place: Mapping[str, int],
    total: int,
    hidden: frozenset[tuple[str, str]],
) -> NeedTable:
    by_type = _by_type(counts)
    types = sorted(by_type, key=lambda tag: (tag == OTHERS, -by_type[tag], need_order(tag)))
    places = sorted(by_place, key=lambda place: (place == OTHERS, not place, -by_place[place], place))
    cells = {
        (tag, place): None if (tag, place) in hidden else counts.get((tag, place), 0)
        for tag in types
        for place in places
    }
    grouped = OTHERS in by_type or OTHERS in by_place
    return NeedTable(tuple(types), tuple(places), cells, by_type, by_place, total, bool(hidden) or grouped)

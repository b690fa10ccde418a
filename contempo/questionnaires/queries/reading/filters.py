"""What results may be narrowed by, and what they are narrowed by now."""

from collections.abc import Iterator, Sequence
from dataclasses import dataclass

from django.http import QueryDict
from django.utils.translation import gettext as _

from contempo.core.small_cells import LEAST
from contempo.core.text import normalise
from contempo.questionnaires.queries.reading.labels import Labels
from contempo.questionnaires.queries.tables import Tables
from contempo.questionnaires.rules.columns import name_of
from contempo.questionnaires.rules.document import Kind
from contempo.questionnaires.rules.narrowing import token, tokens, understood
from contempo.questionnaires.rules.tables import Filter, Offer, Source

NARROWED, WEIGHTED = "vale", "pesi"
"""Names in the address: of each filter, and of the weights."""

_MOST_SEEN = 200
_SEEN = frozenset({Kind.MUNICIPALITY, Kind.SCALE})
_OFFERED = frozenset({Kind.SINGLE, Kind.MULTIPLE, Kind.LIKERT, Kind.MATRIX, *_SEEN})


@dataclass(frozen=True)
class Choice:
    """An answer to narrow by."""

    token: str
    label: str


@dataclass(frozen=True)
class ChoiceGroup:
    """The answers of one question, or the values of an attribute."""

    label: str
    choices: tuple[Choice, ...]


@dataclass(frozen=True)
class Chip:
    """A filter that is set, and the address without it."""

    label: str
    value: str
    url: str


@dataclass(frozen=True)
class Narrowing:
    """The filters of a page: those set, and those that may be. `hidden` are the pairs a form of the page carries on."""

    filters: tuple[Filter, ...]
    chips: tuple[Chip, ...]
    groups: tuple[ChoiceGroup, ...]
    clear_url: str
    hidden: tuple[tuple[str, str], ...]
    weighted: bool

    @property
    def query(self) -> str:
        """The filters and the weights as an address writes them."""
        params = QueryDict(mutable=True)
        params.setlist(NARROWED, tokens(self.filters))
        if self.weighted:
            params[WEIGHTED] = "1"
        return params.urlencode()


def narrowing(tables: Tables, labels: Labels, params: QueryDict) -> Narrowing:
    """What the address narrows by, and what it may. Filters that say nothing here are passed over."""
    found = understood(params.getlist(NARROWED), tables.book)
    return Narrowing(
        filters=found,
        chips=tuple(_chips(labels, params, found)),
        groups=tuple(_groups(tables, labels)),
        clear_url=_without(params, NARROWED),
        hidden=tuple(
            (name, value) for name, values in params.lists() for value in values if value and name != "formato"
        ),
        weighted=params.get(WEIGHTED) == "1" and tables.may_weigh,
    )


def _without(params: QueryDict, name: str) -> str:
    rest = params.copy()
    rest.pop(name, None)
    return f"?{rest.urlencode()}"


def _chips(labels: Labels, params: QueryDict, found: Sequence[Filter]) -> Iterator[Chip]:
    for one in found:
        gone = set(tokens([one]))
        rest = params.copy()
        rest.setlist(NARROWED, [value for value in tokens(found) if value not in gone])
        yield Chip(labels.variable(one.variable), labels.filter(one), f"?{rest.urlencode()}")


def _groups(tables: Tables, labels: Labels) -> Iterator[ChoiceGroup]:
    """Attributes first, then the questions in order."""
    offers = sorted(tables.book.offers.values(), key=lambda offer: offer.variable.source == Source.QUESTION)
    for offer in offers:
        if choices := tuple(_choices(tables, labels, offer)):
            yield ChoiceGroup(labels.variable(offer.variable), choices)


def _choices(tables: Tables, labels: Labels, offer: Offer) -> Iterator[Choice]:
    question = tables.book.question(offer.variable)
    if question is not None and question.kind not in _OFFERED:
        return
    if question is None or question.kind in _SEEN:
        keys = _seen(tables, offer)
    else:
        keys = [option.key for option in question.options]
    called = labels.values(offer.variable, keys)
    ordered = (
        keys
        if question is not None and question.kind != Kind.MUNICIPALITY
        else sorted(keys, key=lambda key: normalise(called[key]))
    )
    for key in ordered:
        yield Choice(token(offer.variable.code, key), called[key])


def _seen(tables: Tables, offer: Offer) -> list[str]:
    """The values that responses have of an attribute, or of a question whose answers are no options.

    Of a guarded campaign only those that `LEAST` have: its name alone would tell that somebody gave it.
    """
    question = tables.book.question(offer.variable)
    if question is not None and question.kind == Kind.SCALE:
        least, most = int(question.least or 0), int(10 if question.most is None else question.most)
        return [str(value) for value in range(least, most + 1)]
    names = {Source.CHANNEL: "channel", Source.ATTRIBUTE: f"a_{offer.variable.key}"}
    column = name_of(names.get(offer.variable.source, f"q_{offer.variable.key}"))
    rows = tables.columns.rows(
        f"SELECT {column}::VARCHAR AS one FROM responses WHERE {column} IS NOT NULL "
        f"GROUP BY 1 HAVING count(*) >= {LEAST if tables.guarded else 1} ORDER BY count(*) DESC, 1 LIMIT {_MOST_SEEN}"
    )
    return [row[0] for row in rows]


def named(narrowed: Narrowing) -> str:
    """The filters in one sentence, empty when there is none."""
    if not narrowed.chips:
        return ""
    told = "; ".join(f"{chip.label}: {chip.value}" for chip in narrowed.chips)
    return _("Only responses with %(filters)s.") % {"filters": told}

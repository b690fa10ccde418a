"""Counting responses by several variables at once, without ever multiplying them."""

from collections import defaultdict
from collections.abc import Iterable, Iterator, Sequence
from dataclasses import dataclass
from functools import cached_property
from itertools import product

from contempo.core.small_cells import LEAST
from contempo.core.verdict import Refusal
from contempo.core.words import N_
from contempo.network.public import KINDS, SIZES
from contempo.questionnaires.queries.tables import sql
from contempo.questionnaires.queries.tables.opened import Tables
from contempo.questionnaires.rules.document import Kind, Question
from contempo.questionnaires.rules.guarding import ANYBODY, NOBODY, UNASKED, Guard
from contempo.questionnaires.rules.statistics import edges
from contempo.questionnaires.rules.tables import Filter, Source, Variable

MOST_CELLS = 4000
"""Cells of a table; a larger one tells nobody anything."""

ORDERS = {"kind": KINDS, "size": SIZES}
"""Attributes of the register whose values have an order of their own."""


@dataclass(frozen=True)
class Sum:
    """How many responses, the sum of their weights and of the squares of those."""

    count: int = 0
    weight: float = 0.0
    squares: float = 0.0

    def __add__(self, other: "Sum") -> "Sum":
        return Sum(self.count + other.count, self.weight + other.weight, self.squares + other.squares)


@dataclass(frozen=True)
class Dimension:
    """A variable told apart by its values, or with `options` a multiple choice told apart option by option."""

    variable: Variable
    question: Question | None
    held: str
    options: tuple[str, ...] = ()
    bars: tuple[float, ...] = ()

    def ordered(self, levels: Iterable[str]) -> tuple[str, ...]:
        """Its levels in order: as the questionnaire has them all, else those found."""
        if self.options:
            return self.options
        if self.bars:
            return tuple(str(place) for place in range(len(self.bars) - 1))
        question = self.question
        if question is not None and question.options and question.kind != Kind.RANKING:
            return tuple(option.key for option in question.options)
        found = set(levels) - _SILENT
        if question is not None and question.kind == Kind.RANKING:
            return tuple(str(place) for place in [*range(1, len(question.options) + 1), *([0] if "0" in found else [])])
        if question is not None and question.kind == Kind.SCALE:
            ends = [int(question.least or 0), int(10 if question.most is None else question.most)]
            known = {str(value) for value in range(min(ends), max(ends) + 1)} | found
            return tuple(sorted(known, key=int))
        if order := ORDERS.get(self.variable.key if self.variable.source == Source.ATTRIBUTE else ""):
            return tuple(sorted(found, key=lambda level: (order.index(level) if level in order else len(order), level)))
        return tuple(sorted(found))


@dataclass(frozen=True)
class Counted:
    """The responses by level of each dimension: `sums` by levels, `ANYBODY` standing for who answered a multiple choice
    at all, `NOBODY` for who did not answer. `inside` are those the filters leave, by the number of filters they pass
    otherwise. Of a guarded campaign nothing but responses is told (`of_responses`): a few mentions may be of one.
    """

    dimensions: tuple[Dimension, ...]
    sums: dict[tuple[tuple[str, ...], int], Sum]
    inside: int
    guarded: bool
    of_responses: bool = True

    def sum(self, *levels: str | None) -> Sum:
        """Who the filters leave with these levels; `ANYBODY` stands for all who answered, None for all."""
        found = Sum()
        for place, level in enumerate(levels):
            if level is None:
                rest = levels[:place], levels[place + 1 :]
                for one in (ANYBODY, *_SILENT):
                    found += self.sum(*rest[0], one, *rest[1])
                return found
        wanted = [self._meant(dimension, level) for dimension, level in zip(self.dimensions, levels, strict=True)]
        for cell in product(*wanted):
            found += self.sums.get((cell, self.inside), _NONE)
        return found

    def tells(self, *levels: str | None) -> bool:
        """Whether that count may be told."""
        if not self.guarded:
            return True
        return self.of_responses and all(
            guard.tells(*self._of(atom, levels), *self._last) for atom, guard in self._guards(levels)
        )

    def levels(self, place: int) -> tuple[str, ...]:
        """The levels of a dimension, in order, those of nobody the filters leave among them when it has them anyway.

        Of a guarded campaign those given by fewer than `LEAST` in all of it are not among them, whatever the filters
        leave: that somebody gave such an answer would be told by its name, or by the filter under which it appears.
        """
        if self.guarded:
            return self.dimensions[place].ordered(key for key, count in self.in_all(place).items() if count >= LEAST)
        found = {levels[place] for levels, inside in self.sums if inside == self.inside}
        return self.dimensions[place].ordered(found)

    def in_all(self, place: int) -> dict[str, int]:
        """How many responses of a guarded campaign have each level of a dimension, whatever the filters leave."""
        found: dict[str, int] = defaultdict(int)
        for (levels, _inside), sums in self.sums.items():
            others = zip(self.dimensions, levels, strict=True)
            if all(at == place or not one.options or level in _ANY for at, (one, level) in enumerate(others)):
                found[levels[place]] += sums.count
        return {level: count for level, count in found.items() if level not in _ANY}

    def keeps_back(self, place: int) -> bool:
        """Whether a level of a dimension is left out because too few have it."""
        return self.guarded and any(0 < count < LEAST for count in self.in_all(place).values())

    @property
    def _last(self) -> tuple[str, ...]:
        return (str(self.inside),) if self.inside else ()

    def _meant(self, dimension: Dimension, level: str) -> Sequence[str]:
        if level == ANYBODY and not dimension.options:
            place = self.dimensions.index(dimension)
            return [one for one in self._found[place] if one not in _SILENT]
        return [level]

    @cached_property
    def _found(self) -> tuple[tuple[str, ...], ...]:
        found: list[set[str]] = [set() for _ in self.dimensions]
        for levels, _inside in self.sums:
            for place, level in enumerate(levels):
                found[place].add(level)
        return tuple(tuple(sorted(one)) for one in found)

    def _guards(self, levels: Sequence[str | None]) -> Iterator[tuple[tuple[str, ...], Guard]]:
        """The tables in which a count is a cell or a total: one for each choice of an option of multiple choices."""
        choices = [
            [""] if not one.options else [level] if level in one.options else list(one.options)
            for one, level in zip(self.dimensions, levels, strict=True)
        ]
        for atom in product(*choices):
            if atom not in self._made:
                self._made[atom] = Guard(self._table(atom))
            yield atom, self._made[atom]

    @cached_property
    def _made(self) -> dict[tuple[str, ...], Guard]:
        return {}

    @staticmethod
    def _of(atom: tuple[str, ...], levels: Sequence[str | None]) -> list[str | None]:
        return [_CHOSEN if option and level == option else level for option, level in zip(atom, levels, strict=True)]

    def _table(self, atom: tuple[str, ...]) -> dict[tuple[str, ...], int]:
        """The table of which `atom` names an option for each multiple choice: chosen, not chosen, not answered."""
        found: dict[tuple[str, ...], int] = defaultdict(int)
        for (levels, inside), sums in self.sums.items():
            terms: list[list[tuple[str, int]]] = []
            for option, level in zip(atom, levels, strict=True):
                if not option or level in _SILENT:
                    terms.append([(level, 1)])
                elif level == ANYBODY:
                    terms.append([(_NOT_CHOSEN, 1)])
                elif level == option:
                    terms.append([(_CHOSEN, 1), (_NOT_CHOSEN, -1)])
                else:
                    break
            else:
                last = (str(inside),) if self.inside else ()
                for term in product(*terms):
                    sign = 1
                    for _level, one in term:
                        sign *= one
                    found[(*(level for level, _one in term), *last)] += sign * sums.count
        return {levels: count for levels, count in found.items() if count}


_NONE = Sum()
_SILENT = frozenset({NOBODY, UNASKED})
_ANY = _SILENT | {ANYBODY}
_CHOSEN, _NOT_CHOSEN = "+", "-"


def dimension(tables: Tables, variable: Variable) -> Dimension:
    """A variable as a dimension of a table. Numbers are told by bars of round width, read from the data."""
    question = tables.book.question(variable)
    held = sql.answer(variable, question)
    if question is not None and question.kind == Kind.MULTIPLE:
        return Dimension(variable, question, held, tuple(option.key for option in question.options))
    if question is not None and question.kind == Kind.NUMBER:
        bars = bars_of(tables, held)
        place = " + ".join(f"({held} >= {edge!r})::SMALLINT" for edge in bars[1:-1]) or f"0 * ({held} >= 0)::SMALLINT"
        return Dimension(variable, question, place, bars=bars)
    return Dimension(variable, question, held)


def bars_of(tables: Tables, held: str) -> tuple[float, ...]:
    """The edges of the bars of a number."""
    least, most, count = tables.columns.row(f"SELECT min({held}), max({held}), count({held}) FROM {tables.relation}")
    return edges(least, most, count) if count else (0.0, 1.0)


def counted(
    tables: Tables, dimensions: Sequence[Dimension], filters: Sequence[Filter], *, weighted: bool, split: str = ""
) -> Counted:
    """The responses by dimensions. Raises Refusal beside `columns` when there would be too many cells.

    Of a guarded campaign those outside the filters are counted too, by how many of them they pass: what is told of a
    part must not tell of the rest. `split` says who was not asked: in the first dimension they are told apart.
    """
    conditions = [sql.condition(tables, one) for one in filters]
    grouped = [f"({one.held}) IS NOT NULL" if one.options else one.held for one in dimensions]
    combos = list(product(*([ANYBODY, *one.options] if one.options else [""] for one in dimensions)))
    if len(combos) > MOST_CELLS:
        raise Refusal(N_("This table has too many cells: choose a question with fewer answers."), field="columns")
    source = tables.weighed() if weighted else tables.relation
    if weighted:
        conditions.insert(0, sql.Where("weight IS NOT NULL"))
    aggregates = [sum_sql for combo in combos for sum_sql in _aggregates(dimensions, combo, weighted)]
    level, where = "0", sql.Where()
    values: tuple[object, ...] = ()
    if tables.guarded and conditions:
        steps = " ".join(f"WHEN NOT {one.sql} THEN {place}" for place, one in enumerate(conditions))
        level, values = f"CASE {steps} ELSE {len(conditions)} END", sql.everything(conditions).values
    else:
        where = sql.everything(conditions)
    extra = split or "false"
    keys = ", ".join(map(str, range(1, len(grouped) + 3)))
    rows = tables.columns.rows(
        f"SELECT {', '.join([*grouped, extra, level, *aggregates])} FROM {source} WHERE {where.sql} GROUP BY {keys}",
        [*values, *where.values],
    )
    sums: dict[tuple[tuple[str, ...], int], Sum] = defaultdict(Sum)
    for row in rows:
        told, apart, inside = row[: len(grouped)], row[len(grouped)], row[len(grouped) + 1]
        numbers = iter(row[len(grouped) + 2 :])
        for combo in combos:
            sum_ = _read(numbers, weighted)
            levels = [_level(one, value, chosen) for one, value, chosen in zip(dimensions, told, combo, strict=True)]
            if None not in levels and sum_.count:
                if apart:
                    levels[0] = UNASKED
                sums[tuple(str(one) for one in levels), inside] += sum_
    inside = len(conditions) if tables.guarded else 0
    found = Counted(tuple(dimensions), dict(sums), inside, tables.guarded, tables.relation == "responses")
    size = 1
    for place in range(len(dimensions)):
        size *= len(found.levels(place))
    if size > MOST_CELLS:
        raise Refusal(N_("This table has too many cells: choose a question with fewer answers."), field="columns")
    return found


def _aggregates(dimensions: Sequence[Dimension], combo: Sequence[str], weighed: bool) -> list[str]:
    chosen = [
        sql.option(one.variable.key, option)
        for one, option in zip(dimensions, combo, strict=True)
        if option and option != ANYBODY
    ]
    only = f" FILTER ({' AND '.join(chosen)})" if chosen else ""
    sums = [f"count(*){only}"]
    return [*sums, f"sum(weight){only}", f"sum(weight * weight){only}"] if weighed else sums


def _read(numbers: Iterator[float | None], weighed: bool) -> Sum:
    count = int(next(numbers) or 0)
    return Sum(count, next(numbers) or 0.0, next(numbers) or 0.0) if weighed else Sum(count, count, count)


def _level(one: Dimension, value: object, chosen: str) -> str | None:
    """The level of a group of responses in a dimension; None for a combination that does not exist."""
    if one.options:
        if not value:
            return NOBODY if chosen == ANYBODY else None
        return chosen
    return NOBODY if value is None else str(value)

"""How often each answer to one question was given."""

from collections.abc import Iterator, Mapping

from contempo.core.small_cells import LEAST
from contempo.questionnaires.queries.tables import sql
from contempo.questionnaires.queries.tables.counting import Counted, Dimension, Sum, counted, dimension
from contempo.questionnaires.queries.tables.numbers import scores, summed_up, summed_up_levels
from contempo.questionnaires.queries.tables.opened import Tables
from contempo.questionnaires.queries.tables.shapes import Bar, Base, Category, Frequency
from contempo.questionnaires.rules.document import Kind
from contempo.questionnaires.rules.guarding import ANYBODY, NOBODY, UNASKED
from contempo.questionnaires.rules.statistics import effective, share_interval
from contempo.questionnaires.rules.tables import Spec


def frequency(tables: Tables, spec: Spec) -> Frequency:
    """The answers of `spec.rows` under the filters; columns and layers are not looked at. One SQL of DuckDB, of a
    number three.
    """
    offer = tables.book.offers[spec.rows.code]
    one = dimension(tables, spec.rows)
    found = counted(tables, [one], spec.filters, weighted=spec.weighted, split=sql.unasked(spec.rows))
    answered, values = found.sum(ANYBODY), scores(one, found.levels(0))
    whole = answered
    if spec.mentions:
        whole = sum((found.sum(level) for level in found.levels(0)), Sum())
    size = effective(answered.count, answered.weight, answered.squares, tables.population_of(answered.count))
    base = _base(found, spec, size)
    known = base.mentions if spec.mentions else base.answered

    def category(key: str, levels: tuple[str, ...]) -> Category:
        sums = sum((found.sum(level) for level in levels), Sum())
        if not all(found.tells(level) for level in levels):
            return Category(key, None, None, None)
        share = sums.weight / whole.weight if known is not None and whole.weight else None
        known_error = share is not None and not spec.mentions and tables.relation == "responses"
        interval = share_interval(share, size) if known_error else None
        return Category(key, sums.count, share, interval)

    levels = found.levels(0)
    categories = tuple(category(level, (level,)) for level in levels)
    kept_back = base.responses is None or any(one.count is None for one in categories) or found.keeps_back(0)
    bars = _told(found, tuple(_bars(one, categories)))
    if offer.placed is not None and offer.placed.question.kind == Kind.NUMBER:
        numbers = summed_up(tables, one, spec, silent=base.answered is None)
    else:
        numbers = summed_up_levels(tables, found, one) if values else None
    best = _best(values, one)
    return Frequency(
        spec,
        offer.placed,
        base,
        () if one.bars else categories,
        numbers,
        bars,
        category(best[0], best[:1]) if best else None,
        category(best[0], best) if len(best) > 1 else None,
        kept_back,
    )


def _base(found: Counted, spec: Spec, size: float) -> Base:
    def told(*levels: str | None) -> int | None:
        return found.sum(*levels).count if all(found.tells(level) for level in levels) else None

    whole, unasked = told(None), told(UNASKED)
    if whole is None:
        return Base(None, None, None, None, None)
    options = found.levels(0)
    mentions = sum(found.sum(level).count for level in options)
    answered, tells = found.sum(ANYBODY), found.tells(ANYBODY)
    return Base(
        whole,
        whole - unasked if unasked is not None else None,
        told(ANYBODY),
        unasked,
        told(NOBODY) if tells else None,
        mentions if spec.mentions and all(found.tells(level) for level in options) else None,
        answered.weight if spec.weighted and tells else None,
        effective(answered.count, answered.weight, answered.squares, None) if tells else None,
        size if tells and not spec.mentions else None,
    )


def _bars(one: Dimension, categories: tuple[Category, ...]) -> Iterator[Bar]:
    for place, category in enumerate(categories if one.bars else ()):
        yield Bar(one.bars[place], one.bars[place + 1], category.count, category.share)


def _told(found: Counted, bars: tuple[Bar, ...]) -> tuple[Bar, ...]:
    """The bars between the first and the last that enough responses of a guarded campaign are in: the ends of the
    others would tell the least and the largest answer.
    """
    if not found.guarded:
        return bars
    many = found.in_all(0)
    enough = [place for place in range(len(bars)) if many.get(str(place), 0) >= LEAST]
    return bars[enough[0] : enough[-1] + 1] if enough else ()


def _best(values: Mapping[str, float], one: Dimension) -> tuple[str, ...]:
    """The levels with the two highest values of a scale, the highest first."""
    if one.question is None or one.question.kind not in (Kind.SCALE, Kind.LIKERT, Kind.MATRIX) or len(values) < 3:
        return ()
    return tuple(sorted(values, key=lambda level: -values[level])[:2])

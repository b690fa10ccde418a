"""How often each answer to one question was given."""

from contempo.questionnaires.queries.tables import sql
from contempo.questionnaires.queries.tables.opened import Tables
from contempo.questionnaires.queries.tables.shapes import Base, Category, Frequency
from contempo.questionnaires.rules.document import Kind
from contempo.questionnaires.rules.statistics import effective, share_interval
from contempo.questionnaires.rules.tables import Spec


def frequency(tables: Tables, spec: Spec) -> Frequency:
    """The answers of `spec.rows` under the filters; columns and layers are not looked at."""
    offer = tables.book.offers[spec.rows.code]
    question = offer.placed.question if offer.placed else None
    where = sql.everything([sql.condition(tables, one) for one in spec.filters])
    held = sql.answer(spec.rows, question)
    rows = tables.columns.rows(
        f"SELECT {held}, {sql.unasked(spec.rows)}, count(*) FROM responses WHERE {where.sql} GROUP BY 1, 2",
        where.values,
    )
    counts: dict[str, int] = {}
    unasked = missing = 0
    for value, left_out, count in rows:
        if left_out:
            unasked += count
        elif value is None:
            missing += count
        else:
            counts[str(value)] = counts.get(str(value), 0) + count
    answered = sum(counts.values())
    if question is not None and question.kind in (Kind.SINGLE, Kind.LIKERT, Kind.MATRIX):
        counts = {option.key: counts.get(option.key, 0) for option in question.options}
    size = effective(answered, answered, answered, tables.units)
    told = tuple(
        Category(key, count, count / answered if answered else None, share_interval(count / answered, size))
        for key, count in counts.items()
        if answered
    )
    base = Base(answered + missing + unasked, answered + missing, answered, unasked, missing)
    return Frequency(spec, offer.placed, base, told)

"""Tables of a campaign: frequencies, cross-tables, comparisons.

    with opened_tables(campaign) as tables:
        spec = rules.tables.read({"rows": "q.flexible", "columns": "a.size"}, tables.book)
        frequency(tables, spec)
        cross(tables, spec)

Answers and values are told by their keys; what they are called is for the page. See
docs/algorithms/survey-statistics.md.
"""

from contempo.questionnaires.queries.tables.comparing import (
    Change,
    Comparison,
    Composed,
    Composition,
    compared,
    compositions,
)
from contempo.questionnaires.queries.tables.crossing import cross
from contempo.questionnaires.queries.tables.frequency import frequency
from contempo.questionnaires.queries.tables.opened import Tables, is_guarded, opened_tables
from contempo.questionnaires.queries.tables.shapes import (
    Bar,
    Base,
    Category,
    Cell,
    Cross,
    Frequency,
    Line,
    Numbers,
    Sheet,
)

__all__ = [
    "Bar",
    "Base",
    "Category",
    "Cell",
    "Change",
    "Comparison",
    "Composed",
    "Composition",
    "Cross",
    "Frequency",
    "Line",
    "Numbers",
    "Sheet",
    "Tables",
    "compared",
    "compositions",
    "cross",
    "frequency",
    "is_guarded",
    "opened_tables",
]

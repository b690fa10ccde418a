"""All that questions may be narrowed by, in one array, so that one index finds those with several things at once.

An index for every filter alone reads far too much when two of them meet, and one for every pair would be a hundred.
"""

from django.contrib.postgres.fields import ArrayField
from django.db.models import Func, TextField

_PARTS = {
    "state": "'state:' || {}",
    "topic": "'topic:' || {}",
    "capacity": "'capacity:' || {}",
    "municipality_id": "'municipality:' || coalesce({}, '')",
    "sector": "'sector:' || {}",
    "channel": "'channel:' || {}",
    "language": "'language:' || {}",
    "holder_id": "'holder:' || coalesce({}::text, '')",
    "within": "CASE WHEN {0} THEN 'within:yes' WHEN NOT {0} THEN 'within:no' ELSE 'within:' END",
    "minutes_to_answer": "CASE WHEN {} IS NULL THEN 'answered:no' ELSE 'answered:yes' END",
    "pauses": "CASE WHEN {} > 0 THEN 'pauses:yes' ELSE 'pauses:no' END",
    "reopenings": "CASE WHEN {} > 0 THEN 'reopened:yes' ELSE 'reopened:no' END",
    "rating": "'rating:' || coalesce({}::text, '')",
}
"""SQL by column, which stands for the braces; all of it immutable, as an index needs."""


def facets() -> Func:
    """The array of a question, as the index has it and as a query must write it for the index to serve."""
    parts = [
        Func(column, template=sql.format("%(expressions)s"), output_field=TextField()) for column, sql in _PARTS.items()
    ]
    return Func(*parts, template="(ARRAY[%(expressions)s])", output_field=ArrayField(TextField()))

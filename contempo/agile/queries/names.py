"""The names workers are shown under."""

from collections.abc import Iterable

from contempo.agile.models import Worker
from contempo.people.public import names


def shown_names(worker_ids: Iterable[int]) -> dict[int, str]:
    """The name of each worker: that of the linked person, else the staff number. At most two SQL."""
    wanted = set(worker_ids)
    rows = Worker.objects.filter(pk__in=wanted).values_list("pk", "number", "person_id") if wanted else ()
    return named(rows)


def named(rows: Iterable[tuple[int, str, int | None]]) -> dict[int, str]:
    """The same for rows already read: (number of the row, staff number, linked person). At most one SQL."""
    found = tuple(rows)
    persons = names(person_id for _pk, _number, person_id in found if person_id is not None)
    return {pk: persons.get(person_id or 0, "") or number for pk, number, person_id in found}

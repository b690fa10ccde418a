"""The names workers are shown under."""

from collections.abc import Iterable

from contempo.people.public import names


def named(rows: Iterable[tuple[int, str, int | None]]) -> dict[int, str]:
    """The name of each worker: that of the linked person, else the staff number. At most one SQL.

    `rows` are (number of the row, staff number, linked person).
    """
    found = tuple(rows)
    persons = names(person_id for _pk, _number, person_id in found if person_id is not None)
    return {pk: persons.get(person_id or 0, "") or number for pk, number, person_id in found}

"""What workers are called."""

from contempo.agile.queries.names import named
from contempo.agile.tests.conftest import Comune


def test_a_worker_is_shown_by_the_name_of_their_person_else_by_number(comune: Comune) -> None:
    anna, unlinked = comune.it.anna, comune.it.unlinked
    rows = [(each.pk, each.number, each.person_id) for each in (anna, unlinked)]
    assert named(rows) == {anna.pk: "Anna Rossetti", unlinked.pk: "000107"}


def test_the_world_of_an_employer_stands(comune: Comune) -> None:
    it = comune.it
    assert it.counter.path == f"/{it.civic.pk}/{it.registry.pk}/{it.counter.pk}/"
    assert it.anna.directorate == it.civic
    assert comune.part("paolo").hr
    assert not comune.part("chiara").any
    assert comune.part("ugo").heads == it.counter.path
    assert comune.part("sergio").safety

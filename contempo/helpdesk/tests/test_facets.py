"""Several filters at once leave the questions that each of them leaves, through one index."""

from itertools import combinations
from random import Random

import pytest
from django.db import connection
from django.http import QueryDict

from contempo.helpdesk.models import Question
from contempo.helpdesk.queries.desk_filters import DeskFilters
from contempo.helpdesk.tests.factories import Desk
from contempo.helpdesk.tests.invented import invented
from contempo.network.tests.factories import BERGAMO, MILANO, SESTO, place

FILTERS = {
    "stato": "closed",
    "argomento": "childcare",
    "qualita": "worker",
    "comune": MILANO,
    "settore": "ignoto",
    "canale": "web",
    "risposta": "si",
    "entro": "no",
    "pausa": "si",
    "riaperta": "si",
    "voto": "5",
    "lingua": "it",
}


@pytest.fixture
def questions(desk: Desk) -> Desk:
    """The desk of Milan with 400 questions."""
    for code in (MILANO, BERGAMO, SESTO):
        place(code)
    random = Random(5)
    Question.objects.bulk_create(
        invented(desk.world.milano, random, number, asker=desk.sara, experts=[desk.nadia]) for number in range(1, 401)
    )
    return desk


def left(desk: Desk, **asked: str) -> set[int]:
    params = QueryDict(mutable=True)
    params.update(asked)
    filters = DeskFilters(
        params=params,
        queryset=Question.objects.filter(network_id=desk.network_id),
        experts={desk.nadia.pk: "Nadia"},
        network_id=desk.network_id,
    )
    return set(filters.qs.values_list("pk", flat=True))


def test_two_filters_leave_what_both_leave(questions: Desk) -> None:
    filters = {**FILTERS, "esperto": str(questions.nadia.pk)}
    alone = {name: left(questions, **{name: value}) for name, value in filters.items()}
    assert all(alone.values())
    for one, other in combinations(filters, 2):
        assert left(questions, **{one: filters[one], other: filters[other]}) == alone[one] & alone[other], (one, other)


def test_what_was_not_told_and_who_has_nobody_is_found_with_others(questions: Desk) -> None:
    expected = Question.objects.filter(municipality=None, holder=None, sector="")
    assert expected.exists()
    assert left(questions, comune="ignoto", esperto="ignoto", settore="ignoto") == {each.pk for each in expected}


def test_the_index_serves_the_query(questions: Desk) -> None:
    with connection.cursor() as cursor:
        # With so few rows any index would do: the others are put aside until the test ends.
        cursor.execute(
            "SELECT indexname FROM pg_indexes"
            " WHERE tablename = 'helpdesk_question' AND indexname ~ '^question_(by|dis)'"
        )
        for (name,) in cursor.fetchall():
            cursor.execute(f"DROP INDEX {name}")
        cursor.execute("SET LOCAL enable_seqscan = off; SET LOCAL enable_indexscan = off")
    params = QueryDict("argomento=childcare&settore=ignoto&canale=web")
    filters = DeskFilters(params=params, queryset=Question.objects.all(), experts={}, network_id=questions.network_id)
    assert "question_facets" in filters.qs.order_by().explain()

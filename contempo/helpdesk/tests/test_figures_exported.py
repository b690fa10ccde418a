"""Whoever takes every file that may be taken, and subtracts all from all, finds nothing that is not told."""

from itertools import product
from random import Random

import pytest
from hypothesis import HealthCheck, given, settings
from hypothesis import strategies as st

from contempo.core.small_cells import is_small
from contempo.helpdesk.models import Question
from contempo.helpdesk.queries.figures.dashboard import dashboard
from contempo.helpdesk.queries.figures.files import lines
from contempo.helpdesk.queries.figures.reading import Asked, read_published
from contempo.helpdesk.rules.asking import Capacity, Channel
from contempo.helpdesk.rules.figures import Period, month_of, quarter_of
from contempo.helpdesk.tests.factories import make_desk
from contempo.helpdesk.tests.invented import TOPICS, invented
from contempo.helpdesk.tests.subtraction import Reader
from contempo.network.tests.factories import BERGAMO, MILANO, SESTO, place

pytestmark = pytest.mark.django_db

YEAR = Period("2025-01", "2025-12")
MEASURES = {
    "topic": [str(topic) for topic in TOPICS[:3]],
    "capacity": [str(Capacity.WORKER), str(Capacity.EMPLOYER), str(Capacity.UNION)],
    "channel": [str(channel) for channel in Channel],
    "quarter": ["2025-01", "2025-04", "2025-07", "2025-10"],
}


@pytest.fixture
def world(db):
    """The desk, and places to ask from."""
    for code in (MILANO, BERGAMO, SESTO):
        place(code)
    return make_desk()


def ask_many(desk, seed, questions):
    random = Random(seed)
    made = []
    for number in range(1, questions + 1):
        question = invented(desk.world.milano, random, number, asker=desk.sara, experts=[desk.nadia], days=360)
        question.topic = random.choices(MEASURES["topic"], [6, 3, 1])[0]
        question.capacity = random.choices(MEASURES["capacity"], [6, 3, 1])[0]
        made.append(question)
    Question.objects.all().delete()
    return Question.objects.bulk_create(made)


def every_choice():
    """All that a reader of published figures may ask of one year."""
    yield {}, Asked(YEAR, {})
    for measure in ("topic", "capacity", "channel"):
        for key in MEASURES[measure]:
            yield {measure: key}, Asked(YEAR, {measure: key})
    for quarter in MEASURES["quarter"]:
        yield {"quarter": quarter}, Asked(YEAR, {}, quarter)


def key_of(question):
    return question.topic, question.capacity, question.channel, quarter_of(month_of(question.received_at)).since


@settings(max_examples=12, suppress_health_check=[HealthCheck.function_scoped_fixture])
@given(st.integers(0, 2**32), st.integers(0, 160))
def test_nothing_that_is_not_told_follows_from_all_that_is(world, seed, questions):
    asked = [key_of(question) for question in ask_many(world, seed, questions)]
    names = list(MEASURES)
    reader = Reader(product(*MEASURES.values()))
    secrets = []
    for chosen, wanted in every_choice():
        here = [cell for cell in reader.cells if all(cell[names.index(name)] == key for name, key in chosen.items())]
        told = read_published(world.network_id, wanted).told
        sums = [(here, told.total)]
        for place_of, name in enumerate(names):
            if name not in chosen:
                for key in MEASURES[name]:
                    sums.append(([cell for cell in here if cell[place_of] == key], told.count(name, key)))
        for cells, count in sums:
            if count is None:
                secrets += [cells] if any(cell in cells for cell in asked) else []
            else:
                assert not is_small(count)
                assert count == sum(cell in cells for cell in asked)
                reader.told(cells, count)
    assert not [cells for cells in secrets if reader.knows(cells)]


@pytest.mark.parametrize("seed", range(4))
def test_no_file_holds_a_small_count(world, seed):
    ask_many(world, seed, 150)
    marta = world.actor(world.world.marta)
    for _chosen, wanted in every_choice():
        shown = dashboard(marta, network="milano", asked=wanted, places={}, published=True)
        for line in lines(shown):
            if line.note == "" or line.out_of is not None:
                assert line.number is None or not is_small(int(line.number)), line
            if line.out_of is not None and line.percent is not None:
                assert not is_small(line.out_of - int(line.number)), line

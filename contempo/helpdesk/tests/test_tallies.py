"""Whatever is written, and however, the tallies of the desk are what a recount finds, and so are the figures."""

from collections import Counter
from datetime import datetime, timedelta
from random import Random

import pytest
from django.db import connection, transaction
from hypothesis import HealthCheck, given, settings
from hypothesis import strategies as st

from contempo.core.clock import ROME
from contempo.helpdesk.models import Deflection, DeskTally, Question, SearchMiss
from contempo.helpdesk.queries.figures.counting import COLUMNS, QUARTER, counted, parts_of
from contempo.helpdesk.rules.figures import Period, month_of, quarter_of
from contempo.helpdesk.rules.publication import TOTAL
from contempo.helpdesk.tests.invented import FIRST, PLACES, SECTORS, TOPICS, entry_of, invented, of_the_catalogue
from contempo.network.tests.factories import BERGAMO, MILANO, SESTO, NetworkFactory, place
from contempo.people.tests.factories import person

pytestmark = pytest.mark.django_db

ALL_TIME = Period("2025-01", "2026-12")


def recount():
    """The tallies, counted from the rows one by one."""
    found = Counter()
    for it in Question.objects.all():
        facts = {
            ("received", "all"): 1,
            ("state", it.state): 1,
            ("topic", it.topic): 1,
            ("capacity", it.capacity): 1,
            ("channel", it.channel): 1,
            ("language", it.language): 1,
            ("municipality", it.municipality_id or ""): 1,
            ("sector", it.sector): 1,
            ("holder", str(it.holder_id or "")): 1,
            ("pauses", "questions"): it.pauses > 0,
            ("pauses", "pauses"): it.pauses,
            ("pauses", "minutes"): it.paused_minutes,
            ("reopened", "questions"): it.reopenings > 0,
            ("reopened", "times"): it.reopenings,
        }
        if it.within is not None:
            facts["within", "yes" if it.within else "no"] = 1
        facts["answered", "no" if it.minutes_to_answer is None else "yes"] = 1
        if it.minutes_to_answer is not None:
            facts["minutes", str(it.minutes_to_answer)] = 1
        if it.rating is not None:
            facts["rating", str(it.rating)] = 1
        for (measure, key), amount in facts.items():
            found[it.network_id, month_of(it.received_at), measure, key] += amount
    for it in Deflection.objects.all():
        found[it.network_id, month_of(it.at), "deflected", "all"] += 1
        found[it.network_id, month_of(it.at), "deflected_topic", it.topic] += 1
    for it in SearchMiss.objects.all():
        found[it.network_id, month_of(it.at), "misses", "all"] += 1
    return {key: count for key, count in found.items() if count}


def kept():
    """The tallies as the database keeps them."""
    rows = DeskTally.objects.values_list("network_id", "month", "measure", "key", "count")
    return {(network, month, measure, key): count for network, month, measure, key, count in rows if count}


class Writer:
    """Somebody who writes questions in every way there is."""

    def __init__(self, seed):
        for code in (MILANO, BERGAMO, SESTO):
            place(code)
        self.random = Random(seed)
        self.networks = [NetworkFactory(), NetworkFactory()]
        self.asker = person("Sara", "Prova")
        self.experts = [person("Nadia", "Prova"), person("Tullio", "Prova")]
        self.entries = [entry_of(network) for network in self.networks]
        self.number = 0

    def some(self, rows):
        keys = list(rows.values_list("pk", flat=True))
        return rows.model.objects.filter(pk__in=self.random.sample(keys, self.random.randint(0, len(keys))))

    def made(self):
        self.number += 1
        network = self.random.choice(self.networks)
        return invented(network, self.random, self.number, asker=self.asker, experts=self.experts)

    def add(self):
        Question.objects.bulk_create(self.made() for _number in range(self.random.randint(0, 8)))

    def save_one(self):
        question = self.made()
        question.save()
        question.topic, question.rating = self.random.choice(TOPICS), 5
        question.save()

    def change(self):
        moved = FIRST + timedelta(days=self.random.randrange(600))
        change = self.random.choice(
            [
                {"topic": self.random.choice(TOPICS)},
                {"municipality_id": self.random.choice(PLACES)},
                {"sector": self.random.choice(SECTORS), "rating": None},
                {"within": self.random.choice([True, False, None])},
                {"minutes_to_answer": self.random.choice([None, 0, 77])},
                {"pauses": 2, "paused_minutes": 61},
                {"reopenings": self.random.randint(0, 3)},
                {"received_at": moved},
                {"subject": "niente che si conti"},
            ]
        )
        self.some(Question.objects.all()).update(**change)

    def change_each(self):
        rows = list(self.some(Question.objects.all()))
        for row in rows:
            row.capacity, row.rating = "other", self.random.choice([None, 2, 4])
        Question.objects.bulk_update(rows, ["capacity", "rating"])

    def write_sql(self):
        with connection.cursor() as cursor:
            cursor.execute(
                "UPDATE helpdesk_question SET channel = 'desk', paused_minutes = number,"
                " received_at = received_at + interval '40 days' WHERE id %% 3 = %s",
                [self.random.randrange(3)],
            )

    def remove(self):
        self.some(Question.objects.all()).delete()

    def add_of_the_catalogue(self):
        of_the_catalogue(self.random.choice(self.entries), self.random, 3)

    def remove_of_the_catalogue(self):
        self.some(Deflection.objects.all()).delete()
        self.some(SearchMiss.objects.all()).delete()

    def think_better_of_it(self):
        with transaction.atomic():
            self.add()
            self.change()
            transaction.set_rollback(True)


WRITES = (
    "add",
    "save_one",
    "change",
    "change_each",
    "write_sql",
    "remove",
    "add_of_the_catalogue",
    "remove_of_the_catalogue",
    "think_better_of_it",
)


@settings(max_examples=15, suppress_health_check=[HealthCheck.function_scoped_fixture])
@given(st.lists(st.sampled_from(WRITES), min_size=1, max_size=10), st.integers(0, 2**32))
def test_after_any_writes_the_tallies_are_what_a_recount_finds(db, writes, seed):
    with transaction.atomic():
        writer = Writer(seed)
        for write in ["add", "add_of_the_catalogue", *writes]:
            getattr(writer, write)()
            assert kept() == recount()
        transaction.set_rollback(True)


def filled(questions=200):
    writer = Writer(7)
    Question.objects.bulk_create(writer.made() for _number in range(questions))
    for _time in range(5):
        writer.add_of_the_catalogue()
    return writer


def values_of(network, column):
    return set(Question.objects.filter(network=network).values_list(column, flat=True))


PERIODS = [ALL_TIME, Period("2025-06", "2025-06"), Period("2026-01", "2026-06"), Period("2019-01", "2019-03")]


@pytest.mark.parametrize("period", PERIODS, ids=lambda period: f"{period.since} {period.until}")
def test_counted_from_tallies_and_counted_from_rows_are_the_same(period):
    writer = filled()
    for network in writer.networks:
        from_tallies = counted(network.pk, period, {})
        for measure in COLUMNS:
            together = [Counter() for _which in from_tallies]
            minutes = [Counter() for _which in from_tallies]
            counts = [{} for _which in from_tallies]
            for value in values_of(network, COLUMNS[measure]):
                for number, part in enumerate(counted(network.pk, period, {measure: value or ""})):
                    together[number][TOTAL] += part.total
                    together[number]["pauses"] += part.pauses
                    together[number]["paused"] += part.paused_minutes
                    minutes[number].update(part.minutes)
                    for name, keys in part.counts.items():
                        counts[number].setdefault(name, Counter()).update(keys)
            for number, expected in enumerate(from_tallies):
                assert together[number][TOTAL] == expected.total
                assert (together[number]["pauses"], together[number]["paused"]) == (
                    expected.pauses,
                    expected.paused_minutes,
                )
                assert minutes[number] == Counter(expected.minutes)
                assert {name: dict(keys) for name, keys in counts[number].items() if keys} == {
                    name: dict(keys) for name, keys in expected.counts.items() if keys
                }


def test_the_parts_of_a_period_are_the_whole():
    writer = filled()
    network = writer.networks[0]
    whole = counted(network.pk, ALL_TIME, {})[0].counts
    for by in (*COLUMNS, QUARTER):
        together = {}
        for part, counts in parts_of(network.pk, ALL_TIME, {}, by).items():
            assert by == QUARTER or counts[by] == {part: counts[TOTAL]["all"]}
            assert by != QUARTER or {quarter_of(month).since for month in counts["month"]} == {part}
            for name, keys in counts.items():
                together.setdefault(name, Counter()).update(keys)
        assert {name: dict(keys) for name, keys in together.items()} == whole


def test_a_question_counts_in_the_month_in_which_italy_received_it():
    writer = Writer(1)
    question = writer.made()
    question.received_at = datetime(2026, 3, 31, 23, 59, tzinfo=ROME)
    question.save()
    assert counted(question.network_id, Period("2026-03", "2026-03"), {})[0].total == 1
    assert counted(question.network_id, Period("2026-03", "2026-03"), {"topic": question.topic})[0].total == 1
    assert counted(question.network_id, Period("2026-04", "2026-04"), {})[0].total == 0


def test_of_another_network_nothing_is_counted():
    filled()
    other = NetworkFactory()
    assert counted(other.pk, ALL_TIME, {})[0].total == 0

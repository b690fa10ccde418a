"""A fact reaches each listener once it is true, and never because of a transaction that came to nothing."""

from concurrent.futures import ThreadPoolExecutor
from contextlib import ExitStack
from dataclasses import dataclass
from datetime import timedelta

import pytest
from django.contrib.auth.models import Group
from django.db import connection, transaction
from django.db.transaction import TransactionManagementError

from contempo.core import clock
from contempo.core.outbox import deliver_pending, publish
from contempo.core.outbox.delivery import forget_delivered
from contempo.core.outbox.events import deliver, deliver_event
from contempo.core.outbox.models import DeliveryState, OutboxDelivery, OutboxEvent
from contempo.core.outbox.retries import BACKOFF, next_try
from contempo.core.testing import listening, published


@dataclass(frozen=True)
class GroupFounded:
    """A group exists."""

    group_id: int
    name: str = "x"


@dataclass(frozen=True)
class GroupGreeted:
    """A group was told that it exists."""

    group_id: int


class Ear:
    """A listener that remembers what it heard, and fails as often as it is told to."""

    def __init__(self, name: str, failures: int = 0) -> None:
        self.__qualname__ = name
        self.heard: list[object] = []
        self.failures = failures

    def __call__(self, event: object) -> None:
        Group.objects.create(name=f"{self.__qualname__} {event} {len(self.heard)}"[:150])
        if self.failures:
            self.failures -= 1
            raise RuntimeError("not now")
        self.heard.append(event)


def _publish(event=GroupFounded(group_id=1)):
    with transaction.atomic():
        publish(event, network_id=1)


def _jobs():
    with connection.cursor() as cursor:
        cursor.execute("SELECT task_name, args, scheduled_at FROM procrastinate_jobs ORDER BY id")
        return cursor.fetchall()


@pytest.mark.django_db(transaction=True)
def test_nothing_is_told_of_a_transaction_that_is_rolled_back(no_jobs):
    ear = Ear("ear")
    with listening(GroupFounded, ear):
        with transaction.atomic():
            publish(GroupFounded(group_id=1), network_id=1)
            transaction.set_rollback(True)
        assert deliver_pending() == 0
    assert (ear.heard, OutboxEvent.objects.count(), _jobs()) == ([], 0, [])


@pytest.mark.django_db(transaction=True)
def test_before_the_commit_no_other_connection_sees_anything_and_after_it_the_job_is_there(no_jobs):
    with listening(GroupFounded, Ear("ear")):
        with transaction.atomic():
            publish(GroupFounded(group_id=1), network_id=1)
            assert _seen_from_elsewhere() == (0, 0, 0)
        assert _seen_from_elsewhere() == (1, 1, 1)


def _seen_from_elsewhere():
    other = connection.copy()
    try:
        with other.cursor() as cursor:
            cursor.execute(
                "SELECT (SELECT count(*) FROM core_outboxevent), (SELECT count(*) FROM core_outboxdelivery),"
                " (SELECT count(*) FROM procrastinate_jobs)"
            )
            return cursor.fetchone()
    finally:
        other.close()


@pytest.mark.django_db
def test_a_fact_is_told_once_to_each_listener_with_what_it_carries():
    first, second = Ear("first"), Ear("second")
    with listening(GroupFounded, first), listening(GroupFounded, second):
        _publish(GroupFounded(group_id=5, name="Ivo"))
        assert deliver_pending() == 2
        assert deliver_pending() == 0
    assert first.heard == second.heard == [GroupFounded(group_id=5, name="Ivo")]


@pytest.mark.django_db
def test_the_job_of_a_fact_delivers_it_also_when_it_runs_twice():
    ear = Ear("ear")
    with listening(GroupFounded, ear):
        _publish()
        (event,) = OutboxEvent.objects.all()
        deliver_event(event.pk)
        deliver_event(event.pk)
    assert len(ear.heard) == 1


@pytest.mark.django_db
def test_equal_facts_that_wait_together_are_told_once_to_who_wants_it_so(at):
    start = at("2026-11-27T18:00")
    every, once = Ear("every"), Ear("once")
    with listening(GroupFounded, every), listening(GroupFounded, once, once=True):
        for number in (1, 2, 1, 1):
            _publish(GroupFounded(group_id=number))
        deliver_pending()
        assert len(every.heard) == 4
        assert [fact.group_id for fact in once.heard] == [2, 1]
        at(start + timedelta(seconds=1))
        _publish(GroupFounded(group_id=1))
        deliver_pending()
    assert [fact.group_id for fact in once.heard] == [2, 1, 1]


@pytest.mark.django_db
def test_a_fact_put_off_because_its_listener_failed_keeps_no_equal_one_waiting(at):
    at("2026-11-27T18:00")
    ear = Ear("late", failures=1)
    with listening(GroupFounded, ear, once=True):
        _publish()
        deliver_pending()
        _publish()
        deliver_pending()
    assert len(ear.heard) == 1


@pytest.mark.django_db(transaction=True)
def test_equal_facts_delivered_at_the_same_moment_are_heard_and_none_stays_behind(no_jobs):
    heard = []

    def count(event):
        heard.append(Group.objects.filter(name__startswith="told").count())

    with listening(GroupFounded, count, once=True):
        for number in range(4):
            with transaction.atomic():
                Group.objects.create(name=f"told {number}")
                publish(GroupFounded(group_id=1), network_id=1)
        keys = list(OutboxDelivery.objects.values_list("pk", flat=True))
        with ThreadPoolExecutor(4) as pool:
            list(pool.map(_delivered, keys))
    assert heard[-1] == 4
    assert not OutboxDelivery.objects.filter(state=DeliveryState.PENDING).exists()


def _delivered(key):
    try:
        return deliver(key)
    finally:
        connection.close()


@pytest.mark.django_db
def test_a_listener_that_fails_keeps_nobody_else_from_hearing_and_leaves_no_half_work(at):
    start = at("2026-11-27T18:00")
    deaf, good = Ear("deaf", failures=1), Ear("good")
    with listening(GroupFounded, deaf), listening(GroupFounded, good):
        _publish()
        deliver_pending()
        assert (len(good.heard), len(deaf.heard)) == (1, 0)
        assert [group.name.split()[0] for group in Group.objects.all()] == ["good"]
        at(start + timedelta(seconds=59))
        assert deliver_pending() == 0
        at(start + timedelta(seconds=60))
        assert deliver_pending() == 1
    assert (len(good.heard), len(deaf.heard)) == (1, 1)


@pytest.mark.django_db
def test_after_six_repetitions_the_delivery_is_given_up_and_says_why(at):
    moment = at("2026-11-27T18:00")
    ear = Ear("ear", failures=100)
    with listening(GroupFounded, ear):
        _publish()
        tried = [deliver_pending()]
        for wait in BACKOFF:
            moment = at(moment + wait)
            tried.append(deliver_pending())
        at(moment + timedelta(days=365))
        tried.append(deliver_pending())
    delivery = OutboxDelivery.objects.get()
    assert tried == [1] * 7 + [0]
    assert (delivery.state, delivery.attempts, delivery.error) == (DeliveryState.DEAD, 7, "RuntimeError: not now")
    assert Group.objects.count() == 0


def test_the_waits_between_repetitions_grow_from_a_minute_to_a_day():
    now = clock.now()
    waits = [next_try(attempts, now) for attempts in range(1, 8)]
    assert [wait and (wait - now) / timedelta(minutes=1) for wait in waits] == [1, 5, 30, 120, 480, 1440, None]


@pytest.mark.django_db
def test_each_repetition_has_its_own_job_at_its_time(no_jobs, at):
    start = at("2026-11-27T18:00")
    with listening(GroupFounded, Ear("ear", failures=1)):
        _publish()
        deliver_pending()
    assert [scheduled for _, _, scheduled in _jobs()] == [None, start + timedelta(minutes=1)]


@pytest.mark.django_db
def test_a_fact_told_because_of_a_fact_is_delivered_too():
    ear = Ear("ear")

    def greet(event):
        publish(GroupGreeted(group_id=event.group_id), network_id=1)

    with listening(GroupFounded, greet), listening(GroupGreeted, ear):
        _publish()
        deliver_pending()
    assert ear.heard == published(GroupGreeted) == [GroupGreeted(group_id=1)]


@pytest.mark.django_db
def test_a_listener_that_is_no_longer_there_is_waited_for_and_then_given_up(at):
    at("2026-11-27T18:00")
    with listening(GroupFounded, Ear("ear")):
        _publish()
    deliver_pending()
    delivery = OutboxDelivery.objects.get()
    assert (delivery.state, delivery.attempts) == (DeliveryState.PENDING, 1)
    assert delivery.error == f"LookupError: {__name__}.ear is not known here"


@pytest.mark.django_db
def test_a_fact_nobody_listens_to_is_kept_all_the_same(no_jobs):
    _publish()
    assert published(GroupFounded) == [GroupFounded(group_id=1)]
    assert _jobs() == []


@pytest.mark.django_db(transaction=True)
def test_a_fact_is_told_inside_the_transaction_that_makes_it_true():
    with pytest.raises(TransactionManagementError):
        publish(GroupFounded(group_id=1), network_id=1)


@pytest.mark.django_db
@pytest.mark.parametrize("thing", [{"group_id": 1}, GroupFounded, GroupFounded(group_id=Group(name="x"))])
def test_an_event_carries_ids_and_not_things(thing):
    with pytest.raises(TypeError):
        publish(thing, network_id=1)


@pytest.mark.django_db
def test_what_is_long_delivered_is_forgotten_and_what_is_not_is_kept(at):
    moment = at("2026-01-01T00:00")
    with listening(GroupFounded, Ear("ear")):
        _publish(GroupFounded(group_id=1))
        deliver_pending()
    with listening(GroupFounded, Ear("never", failures=100)):
        _publish(GroupFounded(group_id=2))
    _publish(GroupFounded(group_id=3))
    at(moment + timedelta(days=29))
    forget_delivered(0)
    assert len(published(GroupFounded)) == 3
    at(moment + timedelta(days=31))
    forget_delivered(0)
    assert [fact.group_id for fact in published(GroupFounded)] == [2]


@pytest.mark.django_db
@pytest.mark.parametrize("listeners", [0, 1, 5])
def test_telling_takes_the_same_statements_however_many_listen(budget, listeners):
    with ExitStack() as stack:
        for number in range(listeners):
            stack.enter_context(listening(GroupFounded, Ear(f"ear {number}")))
        with budget("publish to listeners" if listeners else "publish to nobody"):
            publish(GroupFounded(group_id=1), network_id=1)

"""An action happens as a whole or not at all, and survives a lost race."""

import threading

import pytest
from django.contrib.auth.models import Group
from django.db import IntegrityError, OperationalError, connection, transaction
from psycopg import errors

from contempo.core.action import ATTEMPTS, action
from contempo.core.verdict import Refusal


@action
def found_group(actor, *, name, then=lambda: None):
    group = Group.objects.create(name=name)
    then()
    return group


@action
def found_two(actor, *, names):
    return [found_group(actor, name=name) for name in names]


def _database_error(cause, kind=OperationalError):
    error = kind("lost")
    error.__cause__ = cause
    return error


def _losing(times, error):
    """A function that raises `error` the first `times` times it is called."""
    calls = []

    def lose():
        calls.append(len(calls))
        if len(calls) <= times:
            raise error

    return lose, calls


@pytest.mark.django_db(transaction=True)
def test_what_an_action_wrote_is_undone_when_it_fails(marta):
    with pytest.raises(ZeroDivisionError):
        found_group(marta, name="A", then=lambda: 1 / 0)
    assert not Group.objects.exists()


@pytest.mark.django_db(transaction=True)
def test_an_action_within_an_action_is_undone_with_it(marta):
    Group.objects.create(name="B")
    with pytest.raises(IntegrityError):
        found_two(marta, names=["A", "B"])
    assert list(Group.objects.values_list("name", flat=True)) == ["B"]


@pytest.mark.django_db
def test_an_action_caught_inside_another_transaction_leaves_nothing_of_its_own(marta):
    with transaction.atomic():
        Group.objects.create(name="before")
        with pytest.raises(ZeroDivisionError):
            found_group(marta, name="A", then=lambda: 1 / 0)
    assert list(Group.objects.values_list("name", flat=True)) == ["before"]


@pytest.mark.django_db(transaction=True)
@pytest.mark.parametrize(
    "error",
    [
        _database_error(errors.SerializationFailure()),
        _database_error(errors.DeadlockDetected()),
        _database_error(errors.ExclusionViolation(), IntegrityError),
    ],
)
def test_after_a_lost_race_the_outermost_action_runs_again(marta, error):
    lose, calls = _losing(ATTEMPTS - 1, error)
    found_group(marta, name="A", then=lose)
    assert len(calls) == ATTEMPTS
    assert Group.objects.count() == 1


@pytest.mark.django_db(transaction=True)
def test_who_loses_every_race_gets_a_sentence(marta):
    lose, calls = _losing(ATTEMPTS, _database_error(errors.DeadlockDetected()))
    with pytest.raises(Refusal, match="Try again in a moment"):
        found_group(marta, name="A", then=lose)
    assert len(calls) == ATTEMPTS
    assert not Group.objects.exists()


@pytest.mark.django_db(transaction=True)
def test_other_faults_are_not_tried_again(marta):
    lose, calls = _losing(ATTEMPTS, _database_error(errors.UniqueViolation(), IntegrityError))
    with pytest.raises(IntegrityError):
        found_group(marta, name="A", then=lose)
    assert len(calls) == 1


@pytest.mark.django_db(transaction=True)
def test_within_an_open_transaction_the_race_is_the_outer_ones_to_run_again(marta):
    lose, calls = _losing(ATTEMPTS, _database_error(errors.DeadlockDetected()))
    with pytest.raises(OperationalError), transaction.atomic():
        found_group(marta, name="A", then=lose)
    assert len(calls) == 1


@pytest.mark.django_db(transaction=True)
def test_two_actions_in_a_real_deadlock_both_succeed(marta):
    first, second = Group.objects.create(name="first"), Group.objects.create(name="second")
    both_hold_one = threading.Barrier(2, timeout=60)
    failures = []

    @action
    def lock_both(actor, *, one, other, waits):
        Group.objects.select_for_update().get(pk=one.pk)
        if waits:
            both_hold_one.wait()
            waits.clear()
        Group.objects.select_for_update().get(pk=other.pk)

    def run(one, other):
        try:
            lock_both(marta, one=one, other=other, waits=[True])
        except Exception as failure:
            failures.append(failure)
        finally:
            connection.close()

    threads = [threading.Thread(target=run, args=pair) for pair in ((first, second), (second, first))]
    for thread in threads:
        thread.start()
    for thread in threads:
        thread.join(timeout=120)
    assert failures == []
    assert not any(thread.is_alive() for thread in threads)


@pytest.mark.parametrize(
    "function", [lambda person, *, name: None, lambda actor, name: None, lambda actor, *names: None]
)
def test_an_action_that_could_be_called_wrongly_is_refused_at_import(function):
    with pytest.raises(TypeError, match=r"\(actor, \*, …\)"):
        action(function)

"""A job belongs to the transaction that asks for it, and outlives the worker that takes it."""

from datetime import UTC, datetime
from types import SimpleNamespace

import pytest
from asgiref.sync import async_to_sync
from django.db import connection, transaction
from procrastinate.contrib.django import app

from contempo.core.jobs import MAX_RETRIES, defer, forget_old_jobs, take_up_stalled_jobs
from contempo.core.outbox.delivery import forget_delivered, sweep
from contempo.core.outbox.mail import send_mail

pytestmark = [pytest.mark.django_db(transaction=True), pytest.mark.usefixtures("no_jobs")]
HERE = SimpleNamespace(app=app)


def _jobs(columns="status"):
    with connection.cursor() as cursor:
        cursor.execute(f"SELECT {columns} FROM procrastinate_jobs ORDER BY id")
        return cursor.fetchall()


def _execute(statement):
    with connection.cursor() as cursor:
        cursor.execute(statement)


def test_a_job_asked_for_in_a_transaction_that_fails_was_never_asked_for():
    with transaction.atomic():
        defer(send_mail, mail_id=1)
        transaction.set_rollback(True)
    assert _jobs() == []


def test_the_same_holds_inside_a_worker_which_talks_to_the_database_in_its_own_way():
    with app.replace_connector(app.connector.get_worker_connector()), transaction.atomic():
        defer(send_mail, mail_id=1)
        transaction.set_rollback(True)
    assert _jobs() == []


def test_a_job_is_asked_for_by_name_with_its_arguments_its_queue_and_its_time():
    moment = datetime(2026, 11, 27, 17, tzinfo=UTC)
    number = defer(send_mail, at=moment, mail_id=7)
    assert _jobs("id, task_name, args, queue_name, scheduled_at") == [
        (number, "contempo.core.outbox.mail.send_mail", '{"mail_id": 7}', "outbox", moment)
    ]


def test_the_job_of_a_dead_worker_is_taken_up_again():
    defer(send_mail, mail_id=1)
    _execute("UPDATE procrastinate_jobs SET status = 'doing'")
    async_to_sync(take_up_stalled_jobs.func)(HERE, timestamp=0)
    assert _jobs("status, attempts") == [("todo", 1)]


def test_a_job_that_kills_worker_after_worker_is_dropped():
    defer(send_mail, mail_id=1)
    _execute(f"UPDATE procrastinate_jobs SET status = 'doing', attempts = {MAX_RETRIES}")
    async_to_sync(take_up_stalled_jobs.func)(HERE, timestamp=0)
    assert _jobs() == [("failed",)]


def test_a_job_at_work_is_left_alone():
    defer(send_mail, mail_id=1)
    _execute("INSERT INTO procrastinate_workers DEFAULT VALUES")
    _execute("UPDATE procrastinate_jobs SET status = 'doing', worker_id = (SELECT max(id) FROM procrastinate_workers)")
    async_to_sync(take_up_stalled_jobs.func)(HERE, timestamp=0)
    assert _jobs() == [("doing",)]


def test_what_is_known_of_jobs_done_long_ago_is_forgotten():
    defer(send_mail, mail_id=1)
    defer(send_mail, mail_id=2)
    _execute("UPDATE procrastinate_jobs SET status = 'succeeded'")
    _execute(
        "UPDATE procrastinate_events SET at = at - interval '8 days'"
        " WHERE job_id = (SELECT min(id) FROM procrastinate_jobs)"
    )
    async_to_sync(forget_old_jobs.func)(HERE, timestamp=0)
    assert len(_jobs()) == 1


def test_the_kernel_looks_after_itself_by_the_clock():
    lines = {task.task.name: task.cron for task in app.periodic_registry.periodic_tasks.values()}
    assert lines[sweep.name] == lines[take_up_stalled_jobs.name] == "* * * * *"
    assert {forget_delivered.name, forget_old_jobs.name} <= set(lines)

"""A real worker process: letters leave by themselves, and a worker killed in the middle of something loses nothing."""

import os
import subprocess
import sys
from collections.abc import Callable, Iterator
from urllib.parse import urlsplit

import pytest
from django.contrib.auth.models import Group
from django.db import connection, transaction

from contempo.core.outbox import deliver_pending, publish, queue_mail
from contempo.core.outbox.models import DeliveryState, OutboxDelivery
from contempo.core.testing import listening
from contempo.core.tests.worker import WorkBegun, work

Start = Callable[[], subprocess.Popen[str]]


@pytest.fixture
def start_worker(transactional_db, no_jobs, settings) -> Iterator[Start]:
    """Start a worker on the database of the test; those still running are killed when the test ends."""
    here = urlsplit(os.environ["DATABASE_URL"])._replace(path=f"/{connection.settings_dict['NAME']}").geturl()
    running: list[subprocess.Popen[str]] = []

    def start() -> subprocess.Popen[str]:
        environment = {**os.environ, "DATABASE_URL": here, "SMTP_URL": settings.SMTP_URL}
        command = [sys.executable, "-c", "from contempo.core.tests.worker import main; main()"]
        running.append(
            subprocess.Popen(
                command,
                stdin=subprocess.PIPE,
                stdout=subprocess.PIPE,
                stderr=subprocess.DEVNULL,
                text=True,
                env=environment,
            )
        )
        return running[-1]

    yield start
    for process in running:
        process.kill()
        process.communicate()


def test_a_letter_written_in_a_request_leaves_without_anybody_asking(postbox, start_worker):
    start_worker()
    for number in range(3):
        with transaction.atomic():
            queue_mail(kind="test", to="ivo@example.org", subject=f"Codice {number}", text="123456")
        assert postbox.arrivals.get(timeout=60)["Subject"] == f"Codice {number}"


def test_a_letter_does_not_wait_until_long_work_is_done(postbox, start_worker):
    with listening(WorkBegun, work), transaction.atomic():
        publish(WorkBegun(name="bread"), network_id=1)
    worker = start_worker()
    assert worker.stdout.readline() == "working\n"
    queue_mail(kind="test", to="ivo@example.org", subject="Codice", text="123456")
    assert postbox.arrivals.get(timeout=60)["Subject"] == "Codice"
    assert OutboxDelivery.objects.get().state == DeliveryState.PENDING


def test_a_worker_killed_at_work_leaves_no_half_work_and_the_next_one_does_it_once(start_worker):
    with listening(WorkBegun, work), transaction.atomic():
        publish(WorkBegun(name="bread"), network_id=1)
    first = start_worker()
    assert first.stdout.readline() == "working\n"
    first.kill()
    first.wait(timeout=30)
    with transaction.atomic():
        (left,) = OutboxDelivery.objects.select_for_update()
    assert (left.state, left.attempts, Group.objects.count()) == (DeliveryState.PENDING, 0, 0)

    done = []
    with listening(WorkBegun, _named_like_work(done.append)):
        assert deliver_pending() == 1
        assert deliver_pending() == 0
    assert done == [WorkBegun(name="bread")]
    assert OutboxDelivery.objects.get().state == DeliveryState.DELIVERED


def _named_like_work(handler):
    def listener(event):
        handler(event)

    listener.__module__, listener.__qualname__ = work.__module__, work.__qualname__
    return listener

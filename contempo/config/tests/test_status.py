"""What a monitor is told."""

import json
from contextlib import AbstractContextManager
from typing import Any

import pytest
from django.db import OperationalError, connection
from django.test import Client
from procrastinate.contrib.django.models import ProcrastinateWorker

from contempo.config.installation import release


@pytest.mark.django_db
def test_release_database_and_a_worker_that_is_not_there(client: Client) -> None:
    answer = client.get("/status")
    assert answer.status_code == 200
    assert answer.json() == {"version": release(), "database": "up", "worker": "down"}
    assert "no-store" in answer["Cache-Control"]


@pytest.mark.django_db
def test_a_worker_that_lately_gave_a_sign_is_up(client: Client) -> None:
    with connection.cursor() as cursor:
        cursor.execute("INSERT INTO procrastinate_workers (last_heartbeat) VALUES (now() - interval '5 seconds')")
    assert ProcrastinateWorker.objects.count() == 1
    assert client.get("/status").json()["worker"] == "up"


@pytest.mark.django_db
def test_a_worker_silent_for_long_is_down(client: Client) -> None:
    with connection.cursor() as cursor:
        cursor.execute("INSERT INTO procrastinate_workers (last_heartbeat) VALUES (now() - interval '5 minutes')")
    assert client.get("/status").json()["worker"] == "down"


def test_a_database_that_does_not_answer_is_a_problem_in_the_standard_form(
    client: Client, monkeypatch: pytest.MonkeyPatch
) -> None:
    def refuses() -> AbstractContextManager[Any]:
        raise OperationalError("it is away")

    monkeypatch.setattr(connection, "cursor", refuses)
    answer = client.get("/status")
    assert answer.status_code == 503
    assert answer["Content-Type"] == "application/problem+json"
    assert json.loads(answer.content)["title"] == "Service Unavailable"


@pytest.mark.django_db
def test_it_is_only_read(client: Client) -> None:
    assert client.post("/status").status_code == 405

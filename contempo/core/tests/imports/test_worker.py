"""A worker killed while it writes an import (`kill -9`): the next one goes on, and each row is written once."""

import os
import subprocess
import sys
from collections.abc import Callable, Iterator
from urllib.parse import urlsplit

import pytest
from django.conf import settings
from django.db import connection

from contempo.core.imports.bringing import choose_columns, confirm, go_on
from contempo.core.imports.reading import read_run
from contempo.core.imports.rules import RunState
from contempo.core.tests.imports import staff
from contempo.core.tests.imports.conftest import PAOLO, Office

TEN = "Matricola;Nome\n" + "".join(f"{number:03};Persona {number}\n" for number in range(1, 11))
Start = Callable[[bool], subprocess.Popen[str]]


@pytest.fixture
def start_worker(lasting_office: Office, no_jobs: None) -> Iterator[Start]:
    """Start a worker on the database of the test; those still running are killed when the test ends."""
    here = urlsplit(os.environ["DATABASE_URL"])._replace(path=f"/{connection.settings_dict['NAME']}").geturl()
    running: list[subprocess.Popen[str]] = []

    def start(waits: bool) -> subprocess.Popen[str]:
        environment = {**os.environ, "DATABASE_URL": here, "FILES_ROOT": str(settings.FILES_ROOT)}
        command = [sys.executable, "-c", f"from contempo.core.tests.imports.worker import main; main({waits})"]
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


def test_a_worker_killed_at_work_loses_no_row_and_doubles_none(lasting_office: Office, start_worker: Start) -> None:
    run = lasting_office.bring(TEN)
    choose_columns(PAOLO, kind=staff.STAFF, run_id=run.pk, mapping=run.mapping)
    read_run(run.pk)
    confirm(PAOLO, kind=staff.STAFF, run_id=run.pk)
    first = start_worker(True)
    assert first.stdout.readline() == "working\n"
    first.kill()
    first.wait(timeout=30)
    run = lasting_office.again(run)
    assert (run.state, run.written, len(lasting_office.records())) == (RunState.WRITING, 6, 6)

    go_on(PAOLO, kind=staff.STAFF, run_id=run.pk)
    assert start_worker(False).wait(timeout=60) == 0
    run = lasting_office.again(run)
    assert (run.state, run.written, run.done, run.wrong) == (RunState.DONE, 10, 10, 0)
    assert len(lasting_office.records()) == 10

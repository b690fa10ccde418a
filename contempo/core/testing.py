"""What the tests of every context use. A pytest plugin: its fixtures need no import."""

import json
from collections.abc import Callable, Iterator
from contextlib import AbstractContextManager, ExitStack, contextmanager
from datetime import datetime
from typing import TypeVar

import hypothesis
import pytest

from contempo.core import clock

# Tests assert what happens, never how long it takes: a busy machine must not fail them.
hypothesis.settings.register_profile("contempo", deadline=None)
hypothesis.settings.load_profile("contempo")

E = TypeVar("E")
At = Callable[[datetime | str], datetime]
Budget = Callable[[str], AbstractContextManager[None]]


@pytest.fixture(scope="session", autouse=True)
def _no_trace_outside(django_test_environment: None, tmp_path_factory: pytest.TempPathFactory) -> None:
    """E-mails go through the outbox, as in production, and attachments into a folder of this run."""
    from django.conf import settings

    settings.EMAIL_BACKEND = "contempo.core.outbox.backend.OutboxBackend"
    settings.FILES_ROOT = tmp_path_factory.mktemp("files")
    settings.COLUMNS_ROOT = tmp_path_factory.mktemp("columns")


@pytest.fixture
def at() -> Iterator[At]:
    """`at("2026-11-27T18:00")` stops the clock there, Italian time, until it is called again or the test ends."""
    with ExitStack() as stopped:

        def stop(moment: datetime | str) -> datetime:
            instant = datetime.fromisoformat(moment) if isinstance(moment, str) else moment
            instant = instant if instant.tzinfo else instant.replace(tzinfo=clock.ROME)
            stopped.enter_context(clock.replaying(instant))
            return instant

        yield stop


@pytest.fixture
def budget(request: pytest.FixtureRequest) -> Budget:
    """`with budget("member list"):` fails unless it takes the number of SQL statements in `queries.json` beside it.

    The failure lists the statements. More and fewer both fail: the file tells the truth.
    """
    file = request.path.parent / "queries.json"

    @contextmanager
    def counted(name: str) -> Iterator[None]:
        from django.db import connection
        from django.test.utils import CaptureQueriesContext

        with CaptureQueriesContext(connection) as captured:
            yield
        expected = json.loads(file.read_text(encoding="utf-8")).get(name) if file.exists() else None
        if len(captured) != expected:
            listing = "\n".join(f"{number:3}. {query['sql']}" for number, query in enumerate(captured, start=1))
            pytest.fail(
                f"{name}: {len(captured)} SQL statements, {file.name} says {expected}\n{listing}", pytrace=False
            )

    return counted


def published(event_class: type[E]) -> list[E]:
    """The facts of a class published so far, in order."""
    from contempo.core.outbox.models import OutboxEvent

    kind = f"{event_class.__module__}.{event_class.__qualname__}"
    return [event_class(**row.payload) for row in OutboxEvent.objects.filter(kind=kind).order_by("id")]


@contextmanager
def listening(event_class: type[E], handler: Callable[[E], None], *, once: bool = False) -> Iterator[None]:
    """Within it, `handler` listens to `event_class`, as if its context had said so."""
    from contempo.core.outbox import events

    before = {kind: dict(handlers) for kind, handlers in events._listeners.items()}
    events.listen(event_class, handler, once=once)
    try:
        yield
    finally:
        events._listeners.clear()
        events._listeners.update(before)

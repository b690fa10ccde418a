"""The only place that reads the clock."""

from collections.abc import Iterator
from contextlib import contextmanager
from contextvars import ContextVar
from datetime import UTC, date, datetime
from zoneinfo import ZoneInfo

ROME = ZoneInfo("Europe/Rome")

_replayed: ContextVar[datetime | None] = ContextVar("replayed", default=None)


def now() -> datetime:
    """The present instant, aware, in UTC."""
    return _replayed.get() or datetime.now(UTC)


def today() -> date:
    """The present day for people in Italy."""
    return now().astimezone(ROME).date()


@contextmanager
def replaying(moment: datetime) -> Iterator[None]:
    """Let everything inside happen at `moment` (aware): for loading what happened in the past, and for tests."""
    token = _replayed.set(moment.astimezone(UTC))
    try:
        yield
    finally:
        _replayed.reset(token)

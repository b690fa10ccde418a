"""When to try again, and when to give up. Pure."""

from datetime import datetime, timedelta

BACKOFF = (
    timedelta(minutes=1),
    timedelta(minutes=5),
    timedelta(minutes=30),
    timedelta(hours=2),
    timedelta(hours=8),
    timedelta(hours=24),
)


def next_try(attempts: int, now: datetime) -> datetime | None:
    """When to try again after `attempts` failures (1 or more), the last one at `now`; None to give up."""
    return now + BACKOFF[attempts - 1] if attempts <= len(BACKOFF) else None

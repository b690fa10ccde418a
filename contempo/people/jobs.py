"""What people do by the clock. Periodic lines are in UTC: the morning is found by asking what time it is in Italy."""

from datetime import UTC, datetime

from contempo.core.clock import ROME
from contempo.core.jobs import every, task
from contempo.people.actions import forget_expired, send_digest
from contempo.people.queries import awaiting_digest
from contempo.people.rules import SYSTEM, is_digest_hour


@every("0 6,7 * * *")
@task
def send_digests(timestamp: int) -> None:
    """At eight in Italy, summer and winter: one mail to each person with something unread for the summary."""
    at = datetime.fromtimestamp(timestamp, UTC)
    if is_digest_hour(at, ROME):
        for person_id in awaiting_digest(at):
            send_digest(SYSTEM, person_id=person_id, until=at)


@every("20 3 * * *")
@task(queue="housekeeping")
def forget(timestamp: int) -> None:
    """Erase what the retention of each table says is over."""
    forget_expired(SYSTEM, at=datetime.fromtimestamp(timestamp, UTC))

"""What the registry of norms does by the clock. Safe to run twice."""

from datetime import UTC, datetime

from contempo.core.clock import ROME
from contempo.core.jobs import every, task
from contempo.norms.actions import tell_endings
from contempo.people.public import SYSTEM


@every("10 * * * *")
@task
def tell_of_ended_norms(timestamp: int) -> None:
    """Tell of the norms that are in force no longer since the last time, however long ago that was.

    Asked every hour, so that it happens soon after midnight in Italy, and also where no worker runs at night.
    """
    today = datetime.fromtimestamp(timestamp, UTC).astimezone(ROME).date()
    while tell_endings(SYSTEM, on=today):
        pass

"""What programmes does by itself. Safe to run twice, and after any stop."""

from contempo.core.jobs import every, task
from contempo.people.public import SYSTEM
from contempo.programmes.actions.periods import closing_periods, seal_rest
from contempo.programmes.actions.uploads import erase_old_uploads


@every("*/5 * * * *")
@task
def finish_closings(timestamp: int) -> None:
    """Carry on the closings that something stopped; those under way are locked step by step, so both go on."""
    for period_id in closing_periods():
        seal_rest(SYSTEM, period_id=period_id)


@every("10 3 * * *")
@task(queue="housekeeping")
def erase_forgotten_uploads(timestamp: int) -> None:
    """Erase files of plans that nobody loaded within a week."""
    erase_old_uploads(SYSTEM)

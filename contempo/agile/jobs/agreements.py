"""What the days do to agreements."""

from contempo.agile.actions.agreements import upkeep
from contempo.core import clock
from contempo.core.jobs import every, task
from contempo.people.public import SYSTEM


@every("5 * * * *")
@task
def turn_agreements(timestamp: int) -> None:
    """End the agreements whose days are over, and bring in line who has one that holds today.

    Every hour: the day of people in Italy begins at 22 or 23 by the clock of the jobs.
    """
    while due := upkeep.over_today(clock.today()):
        for agreement_id in due:
            upkeep.end_over(SYSTEM, agreement_id=agreement_id)
    upkeep.mirror_all(SYSTEM)


@every("40 6 * * *")
@task
def remind_of_communications(timestamp: int) -> None:
    """Tell human resources of what the Ministry is owed soon, and of what is late."""
    upkeep.remind_telling(SYSTEM)


@every("20 3 * * *")
@task(queue="housekeeping")
def erase_agreements(timestamp: int) -> None:
    """Erase what was kept as long as it may be."""
    while upkeep.erase_old(SYSTEM):
        pass
    while upkeep.erase_verifications(SYSTEM):
        pass

"""What time does to the staff. Safe to run twice."""

from contempo.agile.actions.staff.passing import forget_former_workers, mirror_presence, remove_bare_workers
from contempo.core import clock
from contempo.core.jobs import every, task
from contempo.people.public import SYSTEM


@every("5 22,23 * * *")
@task(queue="housekeeping")
def note_who_works_here(timestamp: int) -> None:
    """Just after midnight in Italy, in summer and in winter: who begins, who left."""
    mirror_presence(SYSTEM, today=clock.today())


@every("50 3 * * *")
@task(queue="housekeeping")
def forget_who_left(timestamp: int) -> None:
    """Erase what identifies those who left longer ago than it is kept."""
    while forget_former_workers(SYSTEM, today=clock.today()):
        pass
    while remove_bare_workers(SYSTEM, today=clock.today()):
        pass

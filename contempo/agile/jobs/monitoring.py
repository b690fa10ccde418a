"""What the monitoring keeps each night. Safe to run twice."""

from contempo.agile.actions.monitoring.presence import employers_to_record, record_presence
from contempo.core.jobs import every, task
from contempo.people.public import SYSTEM


@every("20 4 * * *")
@task(queue="housekeeping")
def record_presence_held(timestamp: int) -> None:
    """Keep how the presence of the working days that have passed ended, after those days have become used."""
    for employer_id in employers_to_record():
        record_presence(SYSTEM, employer_id=employer_id)

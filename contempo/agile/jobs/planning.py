"""What time does to plans of days. Safe to run twice, and after any stop."""

from contempo.agile.actions.planning.settling import months_to_settle, settle_presence
from contempo.agile.actions.planning.using import months_to_use, use_days
from contempo.core.jobs import every, task
from contempo.people.public import SYSTEM


@every("*/5 * * * *")
@task
def settle_closed_plans(timestamp: int) -> None:
    """Settle the presence of the months whose planning has closed."""
    for month_id in months_to_settle():
        settle_presence(SYSTEM, month_id=month_id)


@every("15 0 * * *")
@task
def use_past_days(timestamp: int) -> None:
    """Turn the planned days that have passed into used ones."""
    for month_id in months_to_use():
        use_days(SYSTEM, month_id=month_id)

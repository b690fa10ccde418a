"""Months whose time has come: cleared, published, closed, and long after that forgotten."""

import logging

from contempo.agile.actions.clearing.making import clear_bank
from contempo.agile.actions.clearing.publishing import publish_result
from contempo.agile.actions.months.closing import close_month
from contempo.agile.actions.months.due import Due, months_due
from contempo.agile.actions.months.passing import forget_month
from contempo.core import clock
from contempo.core.jobs import defer, every, task
from contempo.core.verdict import Refusal
from contempo.people.public import SYSTEM

logger = logging.getLogger(__name__)

_STEPS = {Due.CLEAR: clear_bank, Due.PUBLISH: publish_result, Due.CLOSE: close_month}


@every("*/5 * * * *")
@task
def look_at_the_months(timestamp: int) -> None:
    """Ask for the step of each month whose time has come."""
    for month_id, step in months_due():
        defer(take_step, month_id=month_id, step=step.value)


@task
def take_step(month_id: int, step: str) -> None:
    """Take the step of one month, unless it was taken meanwhile, or something still waits for people."""
    try:
        _STEPS[Due(step)](SYSTEM, month_id=month_id)
    except Refusal as refusal:
        logger.info("month %s: %s is not taken: %s", month_id, step, refusal)


@every("10 4 * * *")
@task(queue="housekeeping")
def forget_old_months(timestamp: int) -> None:
    """Erase what tells of persons in months that ended longer ago than it is kept."""
    while forget_month(SYSTEM, today=clock.today()):
        pass

"""What keeps the columns of campaigns up to date. Figures are right without it, only slower to come."""

from contempo.core.jobs import every, task
from contempo.people.public import SYSTEM
from contempo.questionnaires.actions.columns import (
    campaigns_to_refresh,
    forget_damaged,
    refresh,
    sweep_columns,
)


@every("*/3 * * * *")
@task
def refresh_columns(timestamp: int) -> None:
    """Write what is new or changed into the columns, of every campaign that has something."""
    for campaign_id in campaigns_to_refresh():
        refresh(SYSTEM, campaign_id=campaign_id)


@every("15 3 * * *")
@task(queue="housekeeping", retry=False)
def look_after_columns(timestamp: int) -> None:
    """Look into every file, have those damaged written anew, and throw away those that nobody names."""
    forget_damaged(SYSTEM)
    sweep_columns(SYSTEM)

"""Personal data that were kept long enough. Safe to run twice."""

from contempo.core.jobs import every, task
from contempo.people.public import SYSTEM
from contempo.questionnaires.actions.erasing import campaigns_to_erase, erase_campaign


@every("40 3 * * *")
@task(queue="housekeeping")
def erase_what_was_kept_long_enough(timestamp: int) -> None:
    """Erase what names people in the campaigns whose last day of keeping is past, one after the other."""
    for campaign_id in campaigns_to_erase():
        erase_campaign(SYSTEM, campaign_id=campaign_id)

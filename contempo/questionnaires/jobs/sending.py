"""Campaigns that open and close on time, letters that were left behind, reminders that are due. Safe to run twice."""

from contempo.core import clock
from contempo.core.jobs import every, task
from contempo.people.public import SYSTEM
from contempo.questionnaires.actions.campaigns.moving import close_on_time, due_campaigns, open_on_time
from contempo.questionnaires.actions.invitations.asking import ask_due_reminders, left_letters, reminding_campaigns
from contempo.questionnaires.actions.invitations.reminding import remind_delegates
from contempo.questionnaires.actions.invitations.sending import note_refused_letters, write_letters


@every("* * * * *")
@task(queue="default")
def open_and_close(timestamp: int) -> None:
    """Open the campaigns whose period begins, close those whose period is over."""
    to_open, to_close = due_campaigns(clock.now())
    for campaign_id in to_open:
        open_on_time(SYSTEM, campaign_id=campaign_id)
    for campaign_id in to_close:
        close_on_time(SYSTEM, campaign_id=campaign_id)


@every("*/15 * * * *")
@task(queue="default")
def remind(timestamp: int) -> None:
    """Ask for the reminders that are due by plan, and write those to delegates."""
    for campaign_id in reminding_campaigns():
        ask_due_reminders(SYSTEM, campaign_id=campaign_id, now=clock.now())
        remind_delegates(SYSTEM, campaign_id=campaign_id, now=clock.now())


@every("*/5 * * * *")
@task(queue="default")
def write_what_is_left(timestamp: int) -> None:
    """Write letters that a stopped process left behind, and note those that the mail server refused."""
    for campaign_id in left_letters():
        write_letters(SYSTEM, campaign_id=campaign_id)
    note_refused_letters(SYSTEM)

"""What the desk does by itself. Safe to run twice, and after any stop."""

import logging

from django.conf import settings

from contempo.core.jobs import defer, every, task
from contempo.helpdesk.actions.catalogue.reading import erase_old_words
from contempo.helpdesk.actions.clock import check_question, questions_to_check
from contempo.helpdesk.actions.experts import erase_former_experts
from contempo.helpdesk.actions.mail.polling import MailboxTrouble
from contempo.helpdesk.actions.mail.taking import fetch_mail, file_left_behind
from contempo.helpdesk.actions.retention import erase_old_question_drafts, erase_old_questions, erase_stray_mail
from contempo.people.public import SYSTEM

logger = logging.getLogger(__name__)


@every("*/5 * * * *")
@task
def look_at_the_clock(timestamp: int) -> None:
    """Ask for a look at each question whose time has come; after a stop, what has waited longest comes first."""
    for question_id in questions_to_check():
        defer(look_at_question, question_id=question_id)


@task
def look_at_question(question_id: int) -> None:
    """Call, record, resume or close what is due for one question, unless it was done meanwhile."""
    check_question(SYSTEM, question_id=question_id)


@every("* * * * *")
@task(retry=False)
def file_mail_left_behind(timestamp: int) -> None:
    """File mail that was kept by a process which then stopped."""
    file_left_behind(SYSTEM)


@every("*/2 * * * *")
@task(queue="mailbox", retry=False)
def fetch_unread_mail(timestamp: int) -> None:
    """Fetch the unread mail of the desk's mailbox, where one is set; a mailbox that is down is tried again soon."""
    if not settings.IMAP_URL:
        return
    try:
        fetch_mail(SYSTEM, url=settings.IMAP_URL)
    except MailboxTrouble as trouble:
        logger.warning("the mailbox cannot be read: %s", trouble)


@every("10 3 * * *")
@task(queue="housekeeping")
def erase_what_the_desk_kept_long_enough(timestamp: int) -> None:
    """Erase old questions, drafts nobody sent, mail of no question, what was known of former experts, old searches."""
    erase_old_questions(SYSTEM)
    erase_former_experts(SYSTEM)
    erase_old_question_drafts(SYSTEM)
    erase_stray_mail(SYSTEM)
    while erase_old_words(SYSTEM):
        pass

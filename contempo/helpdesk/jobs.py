"""What the desk does by itself. Safe to run twice, and after any stop."""

from contempo.core.jobs import every, task
from contempo.helpdesk.actions.retention import erase_old_question_drafts, erase_old_questions, erase_stray_mail
from contempo.people.public import SYSTEM


@every("10 3 * * *")
@task(queue="housekeeping")
def erase_what_the_desk_kept_long_enough(timestamp: int) -> None:
    """Erase old questions, drafts nobody sent and mail that belongs to no question, after the time they are kept."""
    erase_old_questions(SYSTEM)
    erase_old_question_drafts(SYSTEM)
    erase_stray_mail(SYSTEM)

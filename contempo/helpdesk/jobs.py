"""What the desk does by itself. Safe to run twice, and after any stop."""

from contempo.core.jobs import defer, every, task
from contempo.helpdesk.actions.catalogue.reading import erase_old_words
from contempo.helpdesk.actions.clock import check_question, questions_to_check
from contempo.helpdesk.actions.retention import erase_old_question_drafts, erase_old_questions, erase_stray_mail
from contempo.people.public import SYSTEM


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


@every("10 3 * * *")
@task(queue="housekeeping")
def erase_what_the_desk_kept_long_enough(timestamp: int) -> None:
    """Erase old questions, drafts nobody sent and mail that belongs to no question, after the time they are kept."""
    erase_old_questions(SYSTEM)
    erase_old_question_drafts(SYSTEM)
    erase_stray_mail(SYSTEM)
    while erase_old_words(SYSTEM):
        pass

"""What the network context does by itself every day. Safe to run twice."""

from contempo.core.jobs import defer, every, task
from contempo.network.actions.accession.upkeep import erase_forgotten_drafts, remind_idle, waiting_for_reminder
from contempo.network.actions.retention import erase_ended_requests, erase_old_contacts, erase_old_signatures
from contempo.people.public import SYSTEM


@every("0 6 * * *")
@task
def remind_idle_requests(timestamp: int) -> None:
    """Ask for a reminder of each request that waits too long for its organisation."""
    for request_id in waiting_for_reminder():
        defer(remind_applicant, request_id=request_id)


@task
def remind_applicant(request_id: int) -> None:
    """Send the reminder, unless it has left or the request has moved meanwhile."""
    remind_idle(SYSTEM, request_id=request_id)


@every("20 3 * * *")
@task(queue="housekeeping")
def erase_old_drafts(timestamp: int) -> None:
    """Erase drafts nobody touched for as long as they are kept."""
    erase_forgotten_drafts(SYSTEM)


@every("40 3 * * *")
@task(queue="housekeeping")
def erase_what_was_kept_long_enough(timestamp: int) -> None:
    """Erase requests that ended, and contacts of organisations that left, after the time they are kept."""
    erase_ended_requests(SYSTEM)
    erase_old_signatures(SYSTEM)
    erase_old_contacts(SYSTEM)

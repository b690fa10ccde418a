"""What happens to requests by itself: reminders and the end of old drafts. Safe to run twice."""

from collections.abc import Iterable

from django.db.models import F, Q, QuerySet

from contempo.core import clock
from contempo.core.action import action
from contempo.core.verdict import require
from contempo.network.access import may_run_installation
from contempo.network.actions.accession.drafts import erase_draft
from contempo.network.actions.accession.reminders import send_reminder
from contempo.network.models import AccessionRequest
from contempo.network.rules.accession import DRAFT_KEPT, REMIND_AFTER, State, reminder_due
from contempo.people.public import Actor


def waiting_for_reminder() -> Iterable[int]:
    """Ids of the requests whose applicant, or whoever left an address for the draft, must be reminded now."""
    moment = clock.now()
    stale = Q(pk__in=[])
    for state, wait in REMIND_AFTER.items():
        stale |= Q(state=state, state_since__lte=moment - wait)
    unreminded = Q(reminded_at__isnull=True) | Q(reminded_at__lt=F("state_since"))
    reachable = Q(applicant__isnull=False) | ~Q(contact_email="")
    return AccessionRequest.objects.filter(stale, unreminded, reachable).values_list("id", flat=True)


@action
def remind_idle(actor: Actor, *, request_id: int) -> bool:
    """Send the one reminder of a stay, unless it left meanwhile; tells whether it was sent."""
    require(may_run_installation(actor))
    request = AccessionRequest.objects.select_for_update().filter(id=request_id).first()
    if request is None or not reminder_due(request.state, request.state_since, request.reminded_at, clock.now()):
        return False
    send_reminder(actor, request)
    return True


def forgotten_drafts() -> QuerySet[AccessionRequest]:
    """Drafts untouched for longer than they are kept."""
    return AccessionRequest.objects.filter(state=State.DRAFT, changed_at__lt=clock.now() - DRAFT_KEPT)


@action
def erase_forgotten_drafts(actor: Actor) -> int:
    """Erase drafts untouched for longer than they are kept; tells how many."""
    require(may_run_installation(actor))
    drafts = list(forgotten_drafts().select_for_update(skip_locked=True).order_by("id"))
    for draft in drafts:
        erase_draft(draft)
    return len(drafts)

"""Asking for letters: invitations and reminders that the worker then writes, some at a time."""

from collections.abc import Collection
from datetime import datetime, timedelta

from django.db.models import Q, QuerySet

from contempo.core import clock
from contempo.core.action import action
from contempo.core.outbox import publish
from contempo.core.verdict import Refusal
from contempo.core.words import N_
from contempo.people.public import Actor
from contempo.questionnaires.access import remindable
from contempo.questionnaires.actions.holding import hold_campaign
from contempo.questionnaires.events import InvitationsAsked
from contempo.questionnaires.models import Campaign, Invitation
from contempo.questionnaires.rules.reminders import HOUR, LEAST_DAYS, REMINDED, Due, due_by, end_of
from contempo.questionnaires.rules.states import CampaignState, Channel, InvitationState

NOT_OPEN = N_("Letters are written while the campaign takes answers: open it first.")
NOBODY = N_("Nobody to write to: choose invitations with an address that are not done yet.")
NOBODY_TO_REMIND = N_(
    "Nobody to remind: those left have answered, have no address, or had a letter in the last %(days)s days."
)
_FIRST = (InvitationState.PREPARED.value, InvitationState.BOUNCED.value)
_REMINDED = [state.value for state in REMINDED]


@action
def ask_invitations(actor: Actor, *, campaign_id: int, chosen: Collection[int] | None = None) -> int:
    """Ask for the letters of invitations not sent yet, all of them or those `chosen` by number; how many.

    One that came back is written again only when its address was corrected since. Refusal when there are none.
    """
    campaign = _open_campaign(actor, campaign_id)
    rows = Invitation.objects.filter(campaign=campaign, channel=Channel.EMAIL.value, state__in=_FIRST)
    if not (asked := _asked(campaign, _among(rows, chosen))):
        raise Refusal(NOBODY)
    return asked


@action
def ask_reminders(actor: Actor, *, campaign_id: int, chosen: Collection[int] | None = None) -> int:
    """Ask for a reminder to those invited by e-mail who are not done, all of them or those `chosen`; how many.

    It counts as the next of the plan. Who had a letter in the last days is left out, and whose unit is covered by
    another answer. Refusal when nobody is left.
    """
    campaign = _open_campaign(actor, campaign_id)
    rows = _by_mail(campaign)
    since = clock.now() - timedelta(days=LEAST_DAYS)
    rows = rows.filter(sent_at__lte=since).filter(Q(reminded_at=None) | Q(reminded_at__lte=since))
    if not (asked := _asked(campaign, _among(rows, chosen))):
        raise Refusal(NOBODY_TO_REMIND, days=LEAST_DAYS)
    return asked


def ask_prepared(campaign: Campaign) -> int:
    """Ask for the letters of all invitations prepared for a campaign that opens; how many."""
    rows = Invitation.objects.filter(campaign=campaign, channel=Channel.EMAIL.value, state=_FIRST[0])
    return _asked(campaign, rows.exclude(email=""))


@action
def stop_reminders(actor: Actor, *, campaign_id: int, stopped: bool) -> Campaign:
    """Let no reminder of the plan leave any more, or let them leave again. Those asked for and not written are
    dropped."""
    campaign = hold_campaign(actor, campaign_id)
    campaign.reminders_stopped = stopped
    campaign.save(update_fields=["reminders_stopped"])
    if stopped:
        Invitation.objects.filter(campaign=campaign, state__in=_REMINDED, asked_at__isnull=False).update(asked_at=None)
    return campaign


@action
def ask_due_reminders(actor: Actor, *, campaign_id: int, now: datetime) -> int:
    """Ask for the reminders that are due by plan at `now`; how many. None before the hour at which they leave."""
    campaign = hold_campaign(actor, campaign_id)
    if not reminds(campaign, now):
        return 0
    return _asked(campaign, _by_mail(campaign).filter(due_of(campaign, now)).exclude(email=""))


def reminds(campaign: Campaign, now: datetime) -> bool:
    """Whether reminders of the plan of a campaign leave at `now`."""
    runs = campaign.state == CampaignState.OPEN and not campaign.reminders_stopped and now < campaign.closes_at
    return runs and bool(campaign.reminders) and now.astimezone(clock.ROME).time() >= HOUR


def due_of(campaign: Campaign, now: datetime) -> Q:
    """Which of the invitations of a campaign that wait are due for a reminder of its plan at `now`."""
    due = Q(pk__in=[])
    for one in due_by(campaign.reminders, now.astimezone(clock.ROME).date()):
        due |= _reached(one)
    return due


def reminding_campaigns() -> list[int]:
    """Campaigns that may have reminders due. One SQL."""
    rows = Campaign.objects.filter(state=CampaignState.OPEN.value, reminders_stopped=False).exclude(reminders=[])
    return list(rows.values_list("pk", flat=True))


def left_letters() -> list[int]:
    """Campaigns with letters asked for that are not written yet. One SQL."""
    rows = Invitation.objects.filter(asked_at__isnull=False, campaign__state=CampaignState.OPEN.value)
    return list(rows.values_list("campaign", flat=True).order_by().distinct())


def _by_mail(campaign: Campaign) -> QuerySet[Invitation]:
    """The invitations of a campaign that a reminder may reach, by e-mail."""
    return remindable(Invitation.objects.filter(campaign=campaign, channel=Channel.EMAIL.value))


def _reached(due: Due) -> Q:
    found = Q(reminders=due.number - 1, sent_at__lt=end_of(due.sent_by))
    if due.reminded_by is None:
        return found
    return found & (Q(reminded_at=None) | Q(reminded_at__lt=end_of(due.reminded_by)))


def _open_campaign(actor: Actor, campaign_id: int) -> Campaign:
    campaign = hold_campaign(actor, campaign_id)
    if campaign.state != CampaignState.OPEN:
        raise Refusal(NOT_OPEN)
    return campaign


def _among(rows: QuerySet[Invitation], chosen: Collection[int] | None) -> QuerySet[Invitation]:
    rows = rows.exclude(email="")
    return rows if chosen is None else rows.filter(pk__in=chosen)


def _asked(campaign: Campaign, rows: QuerySet[Invitation]) -> int:
    asked = rows.filter(asked_at=None).update(asked_at=clock.now())
    if asked:
        publish(InvitationsAsked(campaign_id=campaign.pk), network_id=campaign.network_id)
    return asked

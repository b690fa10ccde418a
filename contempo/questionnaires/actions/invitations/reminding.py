"""Reminders to who hands invitations on: one letter a delegate, with how many wait, never with what was answered."""

from collections.abc import Sequence
from datetime import datetime

from django.conf import settings
from django.db.models import F, Max, QuerySet
from django.urls import reverse
from django.utils import translation
from django.utils.translation import gettext, ngettext

from contempo.core import clock
from contempo.core.action import action
from contempo.core.outbox import queue_mail
from contempo.core.verdict import Refusal
from contempo.core.words import N_
from contempo.people.public import Actor, Button, letter
from contempo.questionnaires.access import handed_on
from contempo.questionnaires.actions.holding import hold_campaign
from contempo.questionnaires.actions.invitations.asking import NOT_OPEN, due_of, reminds
from contempo.questionnaires.actions.invitations.delegates import NO_DELEGATE
from contempo.questionnaires.models import Campaign, Delegate, Invitation
from contempo.questionnaires.rules.reminders import LEAST_DAYS, may_write_again
from contempo.questionnaires.rules.states import CampaignState
from contempo.web.templatetags.web import by_time

TOO_SOON = N_("This delegate had a letter in the last %(days)s days: wait a little.")
NOTHING_WAITS = N_("Nothing to remind of: no invitation handed to this delegate waits for an answer.")
NO_ADDRESS = N_("There is no address to write to: give the delegate one first.")


@action
def remind_delegates(actor: Actor, *, campaign_id: int, now: datetime) -> int:
    """Write to the delegates who have invitations that are due for a reminder by plan at `now`; to how many.

    Each gets one letter, whatever the number of its invitations that wait, and none so soon after another one.
    """
    campaign = hold_campaign(actor, campaign_id)
    if not reminds(campaign, now):
        return 0
    waiting = handed_on(Invitation.objects.filter(campaign=campaign))
    due = waiting.filter(due_of(campaign, now))
    delegates = Delegate.objects.filter(pk__in=due.order_by().values("delegate")).exclude(email="").order_by("pk")
    found = [one for one in delegates if may_write_again(last_letter(one), now)]
    for delegate in found:
        _remind(campaign, delegate, waiting.filter(delegate=delegate), due.filter(delegate=delegate))
    return len(found)


@action
def remind_delegate(actor: Actor, *, delegate_id: int) -> int:
    """Write to a delegate now about what it handed on and waits; how many invitations. It counts as the next reminder
    of the plan. Refusal when nothing waits, there is no address, or the last letter is too new.
    """
    delegate = Delegate.objects.filter(pk=delegate_id, campaign__network_id=actor.network_id).first()
    if delegate is None:
        raise Refusal(NO_DELEGATE)
    campaign = hold_campaign(actor, delegate.campaign_id)
    if campaign.state != CampaignState.OPEN:
        raise Refusal(NOT_OPEN)
    waiting = handed_on(Invitation.objects.filter(delegate=delegate))
    if not waiting.exists():
        raise Refusal(NOTHING_WAITS)
    if not delegate.email:
        raise Refusal(NO_ADDRESS)
    if not may_write_again(last_letter(delegate), clock.now()):
        raise Refusal(TOO_SOON, days=LEAST_DAYS)
    return _remind(campaign, delegate, waiting, waiting)


def last_letter(delegate: Delegate) -> datetime | None:
    """When a delegate was last written to: its list handed over, or a reminder. One SQL."""
    rows = Invitation.objects.filter(delegate=delegate).order_by()
    times: Sequence[datetime | None] = (delegate.told_at, rows.aggregate(last=Max("reminded_at"))["last"])
    return max((one for one in times if one is not None), default=None)


def _remind(
    campaign: Campaign, delegate: Delegate, waiting: QuerySet[Invitation], reminded: QuerySet[Invitation]
) -> int:
    """Write the letter, then note it on the invitations it is a reminder of."""
    missing = waiting.count()
    _write(campaign, delegate, missing)
    keys = list(reminded.order_by("pk").select_for_update(of=("self",), no_key=True).values_list("pk", flat=True))
    Invitation.objects.filter(pk__in=keys).update(reminders=F("reminders") + 1, reminded_at=clock.now())
    return missing


def _write(campaign: Campaign, delegate: Delegate, missing: int) -> None:
    with translation.override("it"):
        who = campaign.organisation.name if campaign.organisation else campaign.network.name
        facts = {
            "title": campaign.title,
            "who": who,
            "email": delegate.email,
            "by": by_time(campaign.closes_at),
            "missing": missing,
        }
        path = reverse("questionnaires:delegate", args=[campaign.network.slug, campaign.number, delegate.pk])
        told = ngettext(
            "Of the links of “%(title)s” that you hand on, %(missing)s still waits for an answer.",
            "Of the links of “%(title)s” that you hand on, %(missing)s still wait for an answer.",
            missing,
        )
        text, html = letter(
            greeting=gettext("Hello,"),
            paragraphs=[
                told % facts,
                gettext(
                    "You find which ones on Contempo: remind who has them, there is time until %(by)s. You see who "
                    "has answered, never the answers."
                )
                % facts,
            ],
            button=Button(gettext("Open the list"), f"{settings.SITE_URL}{path}"),
            footer=[gettext("This message was sent by %(who)s to %(email)s.") % facts],
        )
        queue_mail(
            kind="questionnaires.delegate",
            to=delegate.email,
            subject=gettext("Answers still missing: %(title)s") % facts,
            text=text,
            html=html,
            network_id=campaign.network_id,
        )

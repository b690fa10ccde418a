"""How far letters have come, and whom the next reminders reach."""

from dataclasses import dataclass
from datetime import date, datetime

from django.db.models import Count, Min, Q
from django.db.models.functions import TruncDate

from contempo.core.clock import ROME
from contempo.questionnaires.access import covered_by_others, handed_on, remindable
from contempo.questionnaires.models import CampaignTally, Invitation, Sending, Target
from contempo.questionnaires.queries.opened import OpenedCampaign
from contempo.questionnaires.rules.reminders import leaves_at, reminder_day
from contempo.questionnaires.rules.states import INVITATION, CampaignState, Channel, InvitationState


@dataclass(frozen=True)
class Sums:
    """Invitations by state, each with the address of its list; letters that wait and have left; units still alone."""

    states: tuple[tuple[str, str, int, str], ...]
    total: int
    to_send: int
    waiting: int
    left: int
    uninvited: int
    without_address: int

    @property
    def asked(self) -> int:
        """Letters of the present sending, those that left and those that wait."""
        return self.waiting + self.left


def sums(opened: OpenedCampaign) -> Sums:
    """The invitations of a campaign in figures. Five SQL."""
    campaign = opened.campaign
    by_state: dict[str, int] = {}
    rows = CampaignTally.objects.filter(campaign=campaign, facet="invitation.channel")
    for key, count in rows.values_list("key", "count"):
        state = key.split("|")[1]
        by_state[state] = by_state.get(state, 0) + count
    mine = Invitation.objects.filter(campaign=campaign)
    first = (InvitationState.PREPARED.value, InvitationState.BOUNCED.value)
    told = mine.filter(asked_at__isnull=False).aggregate(waiting=Count("pk"), since=Min("asked_at"))
    to_send = mine.filter(state=first[0], channel=Channel.EMAIL.value, asked_at=None).exclude(email="").count()
    left = 0
    if told["waiting"]:
        left = Sending.objects.filter(invitation__campaign=campaign, at__gte=told["since"]).count()
    alone = Target.objects.filter(campaign=campaign, eligible=True, covered=False, channel="").aggregate(
        all=Count("pk"), without=Count("pk", filter=Q(email=""))
    )
    url = opened.url("invitations")
    return Sums(
        states=tuple(
            (state.value, look.label, by_state.get(state.value, 0), f"{url}?stato={state.value}")
            for state in InvitationState
            if (look := INVITATION.looks[state]) and (by_state.get(state.value) or state != InvitationState.REPLACED)
        ),
        total=sum(by_state.values()),
        to_send=to_send,
        waiting=told["waiting"],
        left=left,
        uninvited=alone["all"],
        without_address=alone["without"],
    )


@dataclass(frozen=True)
class Wave:
    """A day of reminders: when they leave, whom they reach, by number of the reminder; `url` lists them."""

    day: date
    leaves_at: datetime
    people: int
    numbers: tuple[int, ...]
    url: str


@dataclass(frozen=True)
class RemindersPage:
    """The plan, the days of reminders to come, how many nobody can remind by e-mail; how many wait that were `handed`
    on by `delegates` with an address, who are reminded of them; and how many that wait are left out because an answer
    speaks for their unit, in the list at `covered_url`.
    """

    plan: tuple[int, ...]
    stopped: bool
    runs: bool
    waves: tuple[Wave, ...]
    unreachable: int
    handed: int
    delegates: int
    covered: int
    covered_url: str


def reminders_page(opened: OpenedCampaign, today: date) -> RemindersPage:
    """Whom the reminders of the plan reach next, by day. Four SQL: invitations are counted by day, never listed."""
    campaign = opened.campaign
    invited = Invitation.objects.filter(campaign=campaign)
    rows = remindable(invited)
    mailed = rows.filter(channel=Channel.EMAIL.value, sent_at__isnull=False).exclude(email="")
    counted = mailed.order_by().values_list(
        "reminders", TruncDate("sent_at", tzinfo=ROME), TruncDate("reminded_at", tzinfo=ROME)
    )
    days: dict[date, dict[int, int]] = {}
    last = campaign.closes_at.astimezone(ROME).date()
    for reminders, sent, reminded, people in counted.annotate(people=Count("pk")):
        day = reminder_day(campaign.reminders, reminders=reminders, sent=sent, reminded=reminded)
        if day is None:
            continue
        day = max(day, today)
        if day <= last:
            numbers = days.setdefault(day, {})
            numbers[reminders + 1] = numbers.get(reminders + 1, 0) + people
    url = opened.url("invitations")
    told = handed_on(invited).exclude(sent_at=None).exclude(delegate__email="")
    handed = told.order_by().aggregate(all=Count("pk"), delegates=Count("delegate", distinct=True))
    return RemindersPage(
        plan=tuple(campaign.reminders),
        stopped=campaign.reminders_stopped,
        runs=campaign.state == CampaignState.OPEN,
        waves=tuple(
            Wave(day, leaves_at(day), sum(numbers.values()), tuple(sorted(numbers)), f"{url}?sollecito={day}")
            for day, numbers in sorted(days.items())
        ),
        unreachable=rows.exclude(pk__in=mailed.values("pk")).exclude(pk__in=told.values("pk")).count(),
        handed=handed["all"],
        delegates=handed["delegates"],
        covered=covered_by_others(invited).count(),
        covered_url=f"{url}?unita=coperta",
    )

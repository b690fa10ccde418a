"""What awaits a person about questionnaires, as cards of their own desk."""

from collections.abc import Iterator
from datetime import datetime, timedelta

from django.db.models import Count, Q, QuerySet
from django.urls import reverse
from django.utils.translation import gettext as _

from contempo.network.public import networks_called
from contempo.people.public import Actor, DeskCard, verified_addresses
from contempo.questionnaires.access import kept_campaigns, represented
from contempo.questionnaires.models import Campaign, Coverage, Delegate, Invitation, Practice
from contempo.questionnaires.queries.invitations.story import answer_link
from contempo.questionnaires.queries.opened import title_of
from contempo.questionnaires.rules.states import CampaignState, CoverageState, InvitationState, PracticeState

SOON = timedelta(days=7)
MOST = 3
"""Campaigns shown one by one of each thing to do."""

_TO_ANSWER = (
    InvitationState.SENT.value,
    InvitationState.BOUNCED.value,
    InvitationState.OPENED.value,
    InvitationState.BEGUN.value,
)


def cards(actor: Actor, now: datetime) -> Iterator[DeskCard]:
    """The cards of `actor` at `now` (aware). Seven SQL at most; three for who neither keeps nor represents anybody."""
    if actor.network_id is None or actor.is_visitor:
        return
    if (network := networks_called([actor.network_id]).get(actor.network_id)) is None:
        return
    kept = kept_campaigns(actor, Campaign.objects.all())
    if kept is not None:
        yield from _ending(kept, network.slug, now)
        yield from _disputed(kept, network.slug)
        yield from _practices(kept, network.slug)
    if organisations := represented(actor):
        yield from _delegated(actor, organisations, network.slug)
    yield from _to_answer(actor, network.slug, now)


def _page(name: str, network: str, campaign: int, **parts: object) -> str:
    return reverse(f"questionnaires:{name}", kwargs={"network": network, "campaign": campaign, **parts})


def _ending(kept: QuerySet[Campaign], network: str, now: datetime) -> Iterator[DeskCard]:
    ending = kept.filter(state=CampaignState.OPEN.value, closes_at__gt=now, closes_at__lte=now + SOON)
    for one in ending.order_by("closes_at", "pk")[:MOST]:
        title = _("“%(title)s” takes answers for a few more days") % {"title": title_of(one)}
        yield DeskCard(title, 0, _page("campaign", network, one.number), due_at=one.closes_at, tone="info", order=30)


def _disputed(kept: QuerySet[Campaign], network: str) -> Iterator[DeskCard]:
    waiting = Coverage.objects.filter(state=CoverageState.DISPUTED.value, target__campaign__in=kept).order_by()
    found = waiting.values("target__campaign__number", "target__campaign__title")
    counted = found.annotate(units=Count("target", distinct=True)).order_by("target__campaign__number")
    for row in counted[:MOST]:
        title = _("Answered twice, to be settled: “%(title)s”") % {"title": row["target__campaign__title"]}
        url = _page("overlaps", network, row["target__campaign__number"])
        yield DeskCard(title, row["units"], url, tone="warning", order=20)


def _practices(kept: QuerySet[Campaign], network: str) -> Iterator[DeskCard]:
    rows = Practice.objects.filter(campaign__in=kept.filter(organisation=None)).order_by()
    counted = rows.values("campaign__number", "campaign__title").annotate(
        agreed=Count("pk", filter=Q(state=PracticeState.AGREED.value)),
        found=Count("pk", filter=Q(state=PracticeState.FOUND.value)),
    )
    for row in counted.filter(Q(agreed__gt=0) | Q(found__gt=0)).order_by("campaign__number")[:MOST]:
        facts = {"title": row["campaign__title"]}
        page = _page("campaign_practices", network, row["campaign__number"])
        if row["agreed"]:
            title = _("Good practices agreed to, to be published: “%(title)s”") % facts
            yield DeskCard(title, row["agreed"], f"{page}?stato=agreed", tone="success", order=25)
        if row["found"]:
            title = _("Good practices whose consent is still to be asked: “%(title)s”") % facts
            yield DeskCard(title, row["found"], f"{page}?stato=found", tone="info", order=26)


def _delegated(actor: Actor, organisations: list[int], network: str) -> Iterator[DeskCard]:
    """The lists that somebody hands on, as long as some have not answered."""
    rows = Delegate.objects.filter(
        organisation__in=organisations,
        campaign__network_id=actor.network_id,
        campaign__state=CampaignState.OPEN.value,
    ).select_related("campaign")
    open_ones = Q(invitations__state__in=(InvitationState.PREPARED.value, *_TO_ANSWER))
    counted = rows.annotate(waiting=Count("invitations", filter=open_ones)).filter(waiting__gt=0)
    for delegate in counted.order_by("campaign__closes_at", "pk")[:MOST]:
        one = delegate.campaign
        title = _("Your list has not all answered: “%(title)s”") % {"title": title_of(one)}
        url = _page("delegate", network, one.number, delegate=delegate.pk)
        yield DeskCard(title, delegate.waiting, url, due_at=one.closes_at, tone="info", order=35)


def _to_answer(actor: Actor, network: str, now: datetime) -> Iterator[DeskCard]:
    """The questionnaires that wait for the person, by the addresses they have shown to be theirs."""
    if not (addresses := verified_addresses(actor.person_id)):
        return
    rows = Invitation.objects.filter(
        campaign__network_id=actor.network_id,
        campaign__state=CampaignState.OPEN.value,
        campaign__closes_at__gt=now,
        email__in=addresses,
        state__in=_TO_ANSWER,
    ).select_related("campaign")
    for invitation in rows.order_by("campaign__closes_at", "pk")[:MOST]:
        title = _("A questionnaire waits for you: “%(title)s”") % {"title": title_of(invitation.campaign)}
        url = answer_link(network, invitation)
        yield DeskCard(title, 0, url, due_at=invitation.campaign.closes_at, tone="info", order=15)

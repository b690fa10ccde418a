"""The campaigns of a network as a list: for everybody those open to all, for who keeps them all of theirs."""

from collections.abc import Iterator
from dataclasses import dataclass
from datetime import datetime
from typing import Any

import django_filters
from django.db.models import IntegerField, OuterRef, Q, QuerySet, Subquery, Sum, Value
from django.db.models.functions import Coalesce
from django.http import QueryDict
from django.urls import reverse
from django.utils.translation import gettext
from django.utils.translation import gettext_lazy as _

from contempo.core.choices import choices
from contempo.core.workflow import Look
from contempo.people.public import Actor
from contempo.questionnaires.access import makes_for, reads_network, visible_campaigns
from contempo.questionnaires.models import Campaign, CampaignTally
from contempo.questionnaires.queries.opened import title_of
from contempo.questionnaires.rules.states import (
    CAMPAIGN,
    CHANNEL_LABELS,
    MODE_LABELS,
    PURPOSE_LABELS,
    CampaignState,
    InvitationState,
    ResponseState,
)
from contempo.web.lists import Column, ListPage, build, every_row


@dataclass(frozen=True)
class CampaignRow:
    """A campaign in the list. `invited` and `answers` are None for who may not read its figures."""

    title: str
    who: str
    state: Look
    mode: str
    purpose: str
    opens_at: datetime
    closes_at: datetime
    invited: int | None
    answers: int | None
    url: str


COLUMNS = (
    Column("title", _("Title"), sort="title"),
    Column("who", _("Run by")),
    Column("state", _("State"), sort=("state", "closes_at")),
    Column("closes_at", _("Closes"), sort="closes_at"),
    Column("invited", _("Invited"), numeric=True),
    Column("answers", _("Answers"), numeric=True),
    Column("opens_at", _("Opens"), sort="opens_at", only_export=True),
    Column("mode", _("What is known of who answers"), only_export=True),
    Column("purpose", _("Purpose"), only_export=True),
)
PUBLIC_COLUMNS = tuple(column for column in COLUMNS if column.key not in ("invited", "answers"))


class CampaignFilters(django_filters.FilterSet):
    """What campaigns may be narrowed by; named as in the address."""

    cerca = django_filters.CharFilter(label=_("Title"), method="find")
    stato = django_filters.ChoiceFilter(
        empty_label=_("Any"),
        label=_("State"),
        field_name="state",
        choices=choices({state: look.label for state, look in CAMPAIGN.looks.items()}),
    )
    scopo = django_filters.ChoiceFilter(
        empty_label=_("Any"), label=_("Purpose"), field_name="questionnaire__purpose", choices=choices(PURPOSE_LABELS)
    )
    modo = django_filters.ChoiceFilter(
        empty_label=_("Any"), label=_("What is known of who answers"), field_name="mode", choices=choices(MODE_LABELS)
    )

    class Meta:
        model = Campaign
        fields: tuple[str, ...] = ()

    def find(self, rows: QuerySet[Campaign], name: str, text: str) -> QuerySet[Campaign]:
        """By part of the title, in either language."""
        return rows.filter(Q(title__icontains=text.strip()) | Q(title_en__icontains=text.strip()))


@dataclass(frozen=True)
class CampaignsPage:
    """The list, whether the reader may make campaigns, and whether they read figures at all."""

    page: ListPage
    makes: bool
    reads: bool


def campaigns(actor: Actor, params: QueryDict) -> CampaignsPage:
    """The campaigns that `params` ask for. Three SQL, one more for who represents organisations."""
    reads = _reads(actor)
    page = build(_filters(actor, params), columns=columns_for(actor), to_row=_Rows(actor), sort="-closes_at")
    return CampaignsPage(page, bool(makes_for(actor)), reads)


def campaign_rows(actor: Actor, params: QueryDict) -> Iterator[CampaignRow]:
    """All of them, for a file."""
    return every_row(_filters(actor, params), columns=columns_for(actor), to_row=_Rows(actor), sort="-closes_at")


def columns_for(actor: Actor) -> tuple[Column, ...]:
    """The columns the actor reads: without numbers for who reads no figures."""
    return COLUMNS if _reads(actor) else PUBLIC_COLUMNS


def _reads(actor: Actor) -> bool:
    return bool(makes_for(actor)) or reads_network(actor)


def _filters(actor: Actor, params: QueryDict) -> CampaignFilters:
    rows = visible_campaigns(actor, Campaign.objects.select_related("network", "organisation", "questionnaire"))
    states = [state.value for state in InvitationState if state != InvitationState.REPLACED]
    invited = [f"{channel.value}|{state}" for channel in CHANNEL_LABELS for state in states]  # type: ignore[attr-defined]
    answered = [f"{channel.value}|{ResponseState.COMPLETED}" for channel in CHANNEL_LABELS]  # type: ignore[attr-defined]
    rows = rows.annotate(
        invited=_sum("invitation.channel", invited, "invitations"), answers=_sum("response", answered, "responses")
    )
    return CampaignFilters(params, rows)


def _sum(facet: str, keys: list[str], measure: str) -> Coalesce:
    rows = CampaignTally.objects.filter(campaign=OuterRef("pk"), facet=facet, measure=measure, key__in=keys)
    total = rows.order_by().values("campaign").annotate(total=Sum("count")).values("total")
    return Coalesce(Subquery(total, output_field=IntegerField()), Value(0))


class _Rows:
    def __init__(self, actor: Actor) -> None:
        self.actor = actor
        self.kept = makes_for(actor)

    def __call__(self, campaign: Any) -> CampaignRow:
        keeps = self.actor.is_system or campaign.organisation_id in self.kept
        network = campaign.organisation_id is None and reads_network(self.actor)
        reads = keeps or network
        return CampaignRow(
            title=title_of(campaign),
            who=campaign.organisation.name if campaign.organisation else campaign.network.name,
            state=CAMPAIGN.looks[campaign.state],
            mode=gettext(MODE_LABELS[campaign.mode]),
            purpose=gettext(PURPOSE_LABELS[campaign.questionnaire.purpose]),
            opens_at=campaign.opens_at,
            closes_at=campaign.closes_at,
            invited=campaign.invited if reads else None,
            answers=campaign.answers if reads else None,
            url=self._url(campaign, reads=reads),
        )

    def _url(self, campaign: Campaign, *, reads: bool) -> str:
        where = {"network": campaign.network.slug, "campaign": campaign.number}
        if reads:
            return reverse("questionnaires:campaign", kwargs=where)
        if campaign.public_link and campaign.state == CampaignState.OPEN:
            return f"/{campaign.network.slug}/r/p/{campaign.public_key}/"
        if campaign.results_public and campaign.state == CampaignState.CLOSED:
            return reverse("questionnaires:results", kwargs=where)
        return reverse("questionnaires:delegates", kwargs=where)

"""The units of a campaign: which of them an answer speaks for, and whose."""

from collections.abc import Callable, Iterator
from dataclasses import dataclass
from datetime import datetime
from typing import Any

import django_filters
from django.db.models import Exists, F, OuterRef, Prefetch, QuerySet, Subquery
from django.http import QueryDict
from django.utils.translation import gettext
from django.utils.translation import gettext_lazy as _

from contempo.core.words import N_
from contempo.core.workflow import Look
from contempo.questionnaires.models import Coverage, Invitation, Target
from contempo.questionnaires.queries.board.narrowing import Narrowing, unit_choices
from contempo.questionnaires.queries.board.sums import Sums, sums
from contempo.questionnaires.queries.board.told import Rate, by_unit
from contempo.questionnaires.queries.board.words import names_of
from contempo.questionnaires.queries.opened import OpenedCampaign
from contempo.questionnaires.rules.states import CoverageState, InvitationState
from contempo.web.lists import Column, ListPage, build, every_row

FACETS = ("kind", "size", "municipality", "stratum", "channel", "delegate")

COVERED, MISSING, LEFT_OUT, CONCERNED, DISPUTED, BY_OTHERS = (
    "coperte",
    "scoperte",
    "non-coinvolte",
    "coinvolte",
    "da-decidere",
    "da-altri",
)
STANDINGS = (
    (COVERED, N_("Covered by an answer")),
    (MISSING, N_("Not covered yet")),
    (BY_OTHERS, N_("Covered by the answer of another unit")),
    (DISPUTED, N_("To be settled: answered twice")),
    (CONCERNED, N_("All those concerned")),
    (LEFT_OUT, N_("Not concerned")),
)

LOOKS = {
    COVERED: Look(N_("Covered"), "success", "it-check-circle"),
    MISSING: Look(N_("Not covered yet"), "warning", "it-clock"),
    LEFT_OUT: Look(N_("Not concerned"), "neutral", "it-minus-circle"),
    DISPUTED: Look(N_("To be settled"), "danger", "it-error"),
}


@dataclass(frozen=True)
class UnitRow:
    """A unit: `by` is whose answer speaks for it, `own` whether that is its own."""

    name: str
    standing: Look
    by: str
    since: datetime | None
    kind: str
    size: str
    municipality: str
    stratum: str
    channel: str
    delegate: str
    url: str


@dataclass(frozen=True)
class UnitsPage:
    """A page of units, the rate of all of them, how many have no answer, and how many answers wait to be settled."""

    page: ListPage
    told: tuple[Rate, ...]
    missing: int
    disputed: int


COLUMNS = (
    Column("name", _("Unit"), sort="search_name"),
    Column("standing", _("Answer"), sort="is_covered"),
    Column("by", _("Whose answer")),
    Column("since", _("Since"), only_export=True),
    Column("kind", _("Kind"), sort="kind"),
    Column("municipality", _("Municipality"), sort="municipality__name"),
    Column("size", _("Size class"), only_export=True),
    Column("stratum", _("Group"), only_export=True),
    Column("channel", _("Channel"), only_export=True),
    Column("delegate", _("Through whom"), only_export=True),
)


class _Filters(Narrowing):
    """What units may be narrowed by; named as in the address."""

    cerca = django_filters.CharFilter(label=_("Name"), method="named")
    stato = django_filters.ChoiceFilter(
        label=_("Answer"),
        choices=[(key, _(label)) for key, label in STANDINGS],
        method="standing",
        empty_label=_("All"),
    )

    class Meta:
        model = Target
        fields: tuple[str, ...] = ()

    def standing(self, rows: "QuerySet[Any]", name: str, value: str) -> "QuerySet[Any]":
        """By whether, and how, an answer speaks for them."""
        claims = Coverage.objects.filter(target=OuterRef("pk"))
        if value == DISPUTED:
            return rows.filter(Exists(claims.filter(state=CoverageState.DISPUTED.value)))
        if value == BY_OTHERS:
            counted = claims.filter(state=CoverageState.COUNTED.value, own=False)
            return rows.filter(Exists(counted), eligible=True)
        if value in (CONCERNED, LEFT_OUT):
            return rows.filter(eligible=value == CONCERNED)
        return rows.filter(eligible=True, is_covered=value == COVERED)


def units(opened: OpenedCampaign, params: QueryDict) -> UnitsPage:
    """The units that `params` ask for. Seven SQL at most."""
    kept = _kept(opened)
    page = build(_filters(opened, params, kept), columns=COLUMNS, to_row=_row_maker(opened), sort="name")
    count = kept.unit_count()
    told = () if opened.campaign.anonymous else by_unit(opened, count)
    return UnitsPage(page, told, count.missing, kept.disputed)


def every_unit(opened: OpenedCampaign, params: QueryDict) -> Iterator[UnitRow]:
    """All of them, for a file."""
    filters = _filters(opened, params, _kept(opened))
    return every_row(filters, columns=COLUMNS, to_row=_row_maker(opened), sort="name")


def _kept(opened: OpenedCampaign) -> Sums:
    return sums(opened.campaign.pk, "coverage", *(f"unit.{facet}" for facet in FACETS))


def _filters(opened: OpenedCampaign, params: QueryDict, kept: Sums) -> _Filters:
    rows = with_claims(units_of(opened))
    return _Filters(choices=unit_choices(kept, FACETS, params), params=params, queryset=rows)


def units_of(opened: OpenedCampaign) -> "QuerySet[Any]":
    """The units of a campaign; `is_covered` tells those an answer speaks for, in an anonymous campaign those whose
    invitation was answered.
    """
    rows = Target.objects.filter(campaign=opened.campaign)
    if not opened.campaign.anonymous:
        return rows.annotate(is_covered=F("covered"))
    answered = Invitation.objects.filter(target=OuterRef("pk"), state=InvitationState.COMPLETED.value)
    return rows.annotate(is_covered=Exists(answered))


def with_claims(rows: "QuerySet[Any]") -> "QuerySet[Any]":
    """Units with the answers that speak for them (`claims`), each with the name of the unit it came from (`of`)."""
    own = Coverage.objects.filter(response=OuterRef("response"), own=True).values("target__name")[:1]
    claims = Coverage.objects.exclude(state=CoverageState.DROPPED.value).select_related("response__invitation")
    found = rows.select_related("municipality", "delegate__organisation")
    return found.prefetch_related(
        Prefetch("coverages", claims.annotate(of=Subquery(own)).order_by("state", "since", "pk"), to_attr="claims")
    )


def _row_maker(opened: OpenedCampaign) -> Callable[[Any], UnitRow]:
    def to_row(target: Any) -> UnitRow:
        counted = next((one for one in target.claims if one.state == CoverageState.COUNTED), None)
        delegate = target.delegate
        return UnitRow(
            name=target.name,
            standing=LOOKS[standing_of(target)],
            by=whose(counted) if counted else "",
            since=counted.since if counted else None,
            kind=_word("kind", target.kind),
            size=_word("size", target.size),
            municipality=target.municipality.name if target.municipality else "",
            stratum=target.stratum,
            channel=_word("channel", target.channel),
            delegate=delegate.organisation.name if delegate else "",
            url=opened.url("unit", target=target.pk),
        )

    return to_row


def standing_of(target: Any) -> str:
    """The key in `LOOKS` of a unit read by `with_claims`."""
    if any(one.state == CoverageState.DISPUTED for one in target.claims):
        return DISPUTED
    if not target.eligible:
        return LEFT_OUT
    return COVERED if target.is_covered else MISSING


def whose(claim: Any) -> str:
    """Whose answer it is that speaks for a unit, of a claim read by `with_claims`."""
    if claim.own:
        return gettext("its own")
    invitation = claim.response.invitation
    named = claim.of or (str(invitation) if invitation else "")
    return named or gettext("an answer without an invitation")


def _word(facet: str, value: str) -> str:
    return names_of(facet, [value])[value] if value else ""

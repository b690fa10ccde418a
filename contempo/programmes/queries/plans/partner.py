"""What one organisation owes to a plan, as its page shows it."""

from collections.abc import Iterator
from dataclasses import dataclass
from datetime import date
from operator import attrgetter

from django.db.models import Case, F, IntegerField, Q, QuerySet, Value, When
from django.utils.translation import gettext

from contempo.core.money import in_euro
from contempo.core.workflow import Look
from contempo.network.public import organisation_links
from contempo.people.public import Actor
from contempo.programmes.access import READERS, visible_claims, works_for
from contempo.programmes.models import (
    Activity,
    Alliance,
    Allocation,
    Claim,
    Indicator,
    Measurement,
    MonitoringPeriod,
    Partner,
)
from contempo.programmes.queries.opened import OpenedPlan
from contempo.programmes.queries.plans.activities import ActivityRow, row_maker, with_names
from contempo.programmes.queries.plans.activity import Named
from contempo.programmes.queries.plans.timing import late, upcoming
from contempo.programmes.rules.activities import OPEN
from contempo.programmes.rules.claims import CLAIM, ClaimState
from contempo.programmes.rules.periods import MeasurementState, PeriodState

SHOWN = 10
"""Activities and claims that the page shows; behind them their lists."""


@dataclass(frozen=True)
class RoleShown:
    """What an organisation is and does in one alliance."""

    alliance: Named
    leads: bool
    role: str
    group: str
    through: str


@dataclass(frozen=True)
class MoneyShown:
    """Money set aside for an organisation: a line, a source, the amount, what of it was accepted and what is left."""

    line: str
    source: str
    amount: str
    accepted: str
    left: str


@dataclass(frozen=True)
class ClaimShown:
    title: str
    url: str
    look: Look
    claimed: str


@dataclass(frozen=True)
class ValueDue:
    """A value that an alliance led by the organisation has not given for a period."""

    indicator: str
    alliance: str
    period: str
    url: str


@dataclass(frozen=True)
class PartnerPage:
    """An organisation in a plan. `whole` tells that money, claims and values are shown to this reader.

    `activities` are the first of `total`, the late ones before the next; `late_total` of them are late.
    """

    id: int
    name: str
    member_url: str
    roles: tuple[RoleShown, ...]
    activities: tuple[ActivityRow, ...]
    total: int
    late_total: int
    activities_url: str
    late_url: str
    whole: bool
    money: tuple[MoneyShown, ...]
    money_total: str
    claims: tuple[ClaimShown, ...]
    claims_url: str
    values: tuple[ValueDue, ...]


def partner_page(actor: Actor, plan: OpenedPlan, organisation_id: int, *, today: date) -> PartnerPage | None:
    """What an organisation owes to a plan; None when it has no part in it. Thirteen SQL at most."""
    link = organisation_links(plan.plan.network_id, [organisation_id]).get(organisation_id)
    if link is None:
        return None
    leads = tuple(Alliance.objects.filter(plan=plan.plan, lead_id=organisation_id).defer("document"))
    partners = Partner.objects.filter(alliance__plan=plan.plan, organisation_id=organisation_id)
    takes_part = tuple(partners.select_related("alliance").defer("alliance__document"))
    mine = Activity.objects.filter(plan=plan.plan, responsibles__organisation_id=organisation_id)
    total = mine.count()
    aside = tuple(_set_aside(plan, organisation_id))
    if not (leads or takes_part or total or aside):
        return None
    whole = _reads_whole(actor, organisation_id, takes_part)
    listed = f"{plan.url('activities')}?responsabile={organisation_id}"
    return PartnerPage(
        id=organisation_id,
        name=link.name,
        member_url=link.url,
        roles=tuple(_roles(plan, leads, takes_part)),
        activities=_first(plan, mine, today),
        total=total,
        late_total=mine.filter(late(today)).count() if plan.in_force and total else 0,
        activities_url=listed,
        late_url=f"{listed}&quando=ritardo",
        whole=whole,
        money=tuple(_money(aside)) if whole else (),
        money_total=in_euro(sum(map(attrgetter("cents"), aside))),
        claims=_claims(actor, plan, organisation_id) if whole else (),
        claims_url=f"{plan.pages['claims']}?soggetto={organisation_id}" if "claims" in plan.pages else "",
        values=tuple(_values(plan, leads, today)) if whole else (),
    )


def _reads_whole(actor: Actor, organisation_id: int, takes_part: tuple[Partner, ...]) -> bool:
    """Who works for the organisation, who leads an alliance it takes part in, who reads the money of the network."""
    mine = works_for(actor)
    return actor.has(*READERS) or organisation_id in mine or any(each.alliance.lead_id in mine for each in takes_part)


def _roles(plan: OpenedPlan, leads: tuple[Alliance, ...], takes_part: tuple[Partner, ...]) -> Iterator[RoleShown]:
    for alliance in leads:
        yield RoleShown(_named(plan, alliance), leads=True, role="", group="", through="")
    for each in takes_part:
        yield RoleShown(_named(plan, each.alliance), False, each.role, each.group, each.through)


def _named(plan: OpenedPlan, alliance: Alliance) -> Named:
    return Named(alliance.name, plan.url("alliance", alliance=alliance.key))


def _first(plan: OpenedPlan, mine: QuerySet[Activity], today: date) -> tuple[ActivityRow, ...]:
    """The first activities to think of: late, then next, then the other open ones, then those that are over."""
    order = Case(
        When(late(today), then=Value(0)),
        When(upcoming(today), then=Value(1)),
        When(state__in=sorted(OPEN), then=Value(2)),
        default=Value(3),
        output_field=IntegerField(),
    )
    rows = with_names(mine).order_by(order, F("until").asc(nulls_last=True), "position")
    return tuple(map(row_maker(plan, today), rows[:SHOWN]))


def _set_aside(plan: OpenedPlan, organisation_id: int) -> QuerySet[Allocation]:
    rows = Allocation.objects.filter(plan=plan.plan, partner_id=organisation_id).select_related("line", "source")
    return rows.order_by("line__position", "source__position", "pk")


def _money(aside: tuple[Allocation, ...]) -> Iterator[MoneyShown]:
    for each in aside:
        left = in_euro(each.cents - each.accepted_cents)
        yield MoneyShown(each.line.title, each.source.name, in_euro(each.cents), in_euro(each.accepted_cents), left)


def _claims(actor: Actor, plan: OpenedPlan, organisation_id: int) -> tuple[ClaimShown, ...]:
    """The latest claims of the organisation that `actor` may see."""
    rows = visible_claims(actor, Claim.objects.filter(plan=plan.plan, organisation_id=organisation_id))
    return tuple(
        ClaimShown(
            title=gettext("%(number)s. %(title)s") % {"number": claim.number, "title": claim.title},
            url=plan.url("claim", number=claim.number),
            look=CLAIM.looks[ClaimState(claim.state)],
            claimed=in_euro(claim.claimed_cents),
        )
        for claim in rows.order_by("-state_since", "-pk")[:SHOWN]
    )


def _values(plan: OpenedPlan, leads: tuple[Alliance, ...], today: date) -> Iterator[ValueDue]:
    """What the alliances that the organisation leads have promised to measure and have not, in periods that began."""
    if not leads:
        return
    periods = list(MonitoringPeriod.objects.filter(plan=plan.plan, state=PeriodState.OPEN, since__lte=today))
    promised = Indicator.objects.filter(plan=plan.plan, source="", alliance_targets__alliance__in=leads)
    given = set(
        Measurement.objects.filter(period__in=periods, alliance__in=leads)
        .exclude(state=MeasurementState.REFUSED)
        .values_list("indicator_id", "alliance_id", "period_id")
    )
    names = {alliance.pk: alliance.name for alliance in leads}
    wanted = promised.values_list("pk", "key", "name", "alliance_targets__alliance_id").order_by("position", "pk")
    for period in periods:
        for pk, key, name, alliance in wanted.filter(Q(alliance_targets__alliance__in=leads)):
            if (pk, alliance, period.pk) not in given:
                yield ValueDue(name, names[alliance], period.title, plan.url("indicator", indicator=key))

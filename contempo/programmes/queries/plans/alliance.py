"""One alliance, as its page shows it."""

from collections.abc import Iterable, Iterator
from dataclasses import dataclass
from datetime import date
from typing import Any

import django_filters
from django.db.models import Count, F, QuerySet, Sum, Window
from django.db.models.functions import RowNumber
from django.http import QueryDict
from django.utils.translation import gettext_lazy as _

from contempo.core.money import in_euro
from contempo.network.public import organisation_names
from contempo.programmes.models import Activity, Alliance, AllianceTarget, Allocation, Partner, Phase
from contempo.programmes.queries.opened import OpenedPlan
from contempo.programmes.queries.plans.activities import (
    ActivityRow,
    last_day,
    row_maker,
    with_names,
)
from contempo.programmes.queries.plans.activity import Named
from contempo.programmes.queries.plans.documents import parts_of
from contempo.programmes.rules.plan.tree import AllianceObjective, Audience
from contempo.web.lists import Column, ListPage, build, every_row, paginate

SHOWN = 10
"""Activities of a phase that its page shows; behind them the list."""

WITHOUT_FILTERS = 15
"""Partners that are looked through without a filter."""


@dataclass(frozen=True)
class PartnerRow:
    """A partner of an alliance in a list; `through` is who acts for it."""

    name: str
    role: str
    group: str
    through: str
    url: str


@dataclass(frozen=True)
class PhaseShown:
    """A phase with the first of its activities; `url` is the list of all `total` of them. A phase without a number
    stands for the activities of no phase."""

    number: int | None
    title: str
    text: str
    starts_on: date | None
    ends_on: date | None
    activities: tuple[ActivityRow, ...]
    total: int
    url: str


@dataclass(frozen=True)
class LineShown:
    """The money of a line from one source."""

    line: str
    source: str
    amount: str


@dataclass(frozen=True)
class AlliancePage:
    """An alliance with everything the plan says of it; `ends_on` is the last day."""

    key: str
    name: str
    title: str
    lead: Named
    lead_office: str
    starts_on: date | None
    ends_on: date | None
    period_text: str
    cup: str
    context: str
    aims: str
    partners: ListPage
    partner_count: int
    unnamed_partners: int | None
    phases: tuple[PhaseShown, ...]
    objectives: tuple[AllianceObjective, ...]
    audiences: tuple[Audience, ...]
    reward_uses: tuple[str, ...]
    targets: tuple[tuple[str, str], ...]
    lines: tuple[LineShown, ...]
    total: str


PARTNER_COLUMNS = (
    Column("name", _("Organisation"), sort="organisation__search_name"),
    Column("role", _("Role"), template="programmes/plan/cells/role.html"),
    Column("group", _("Group"), sort="group"),
    Column("through", _("Through"), only_export=True),
)


class _PartnerFilters(django_filters.FilterSet):
    cerca = django_filters.CharFilter(label=_("Name or role"), method="worded")
    gruppo = django_filters.ChoiceFilter(label=_("Group"), field_name="group", empty_label=_("All"))

    class Meta:
        model = Partner
        fields: tuple[str, ...] = ()

    def __init__(self, params: QueryDict, queryset: QuerySet[Partner], *, groups: Iterable[str]) -> None:
        super().__init__(params, queryset)
        named = [(group, group) for group in groups if group]
        if named:
            self.filters["gruppo"].extra["choices"] = named
        else:
            del self.filters["gruppo"]

    def worded(self, rows: QuerySet[Partner], name: str, text: str) -> QuerySet[Partner]:
        """With `text` in the name of the organisation or in its role."""
        text = text.strip()
        return rows.filter(organisation__name__icontains=text) | rows.filter(role__icontains=text)


def alliance_page(plan: OpenedPlan, key: str, params: QueryDict, *, today: date) -> AlliancePage | None:
    """The page of an alliance of a plan, None when it is not there. Thirteen SQL at most."""
    alliance = Alliance.objects.filter(plan=plan.plan, key=key).first()
    if alliance is None:
        return None
    said: dict[str, Any] = alliance.document
    partners = Partner.objects.filter(alliance=alliance).count()
    lines, total = _lines(alliance)
    return AlliancePage(
        key=alliance.key,
        name=alliance.name,
        title=alliance.title,
        lead=Named(
            organisation_names([alliance.lead_id])[alliance.lead_id],
            plan.url("partner", organisation_id=alliance.lead_id),
        ),
        lead_office=said.get("lead_office", ""),
        starts_on=alliance.since,
        ends_on=last_day(alliance.until),
        period_text=said.get("period_text", ""),
        cup=alliance.cup,
        context=said.get("context", ""),
        aims=said.get("aims", ""),
        partners=_partners(plan, alliance, params, count=partners),
        partner_count=partners,
        unnamed_partners=alliance.unnamed_partners,
        phases=tuple(_phases(plan, alliance, today)),
        objectives=parts_of(said, "objectives", AllianceObjective),
        audiences=parts_of(said, "audiences", Audience),
        reward_uses=tuple(said.get("reward_uses") or ()),
        targets=_targets(alliance),
        lines=lines,
        total=total,
    )


def partner_rows(plan: OpenedPlan, key: str, params: QueryDict) -> Iterator[PartnerRow] | None:
    """Every partner of an alliance that `params` ask for, for a file; None when there is no such alliance."""
    alliance = Alliance.objects.filter(plan=plan.plan, key=key).defer("document").first()
    if alliance is None:
        return None
    filters = _PartnerFilters(params, _named(alliance), groups=_groups(alliance))
    return every_row(filters, columns=PARTNER_COLUMNS, to_row=_partner_row(plan), sort="")


def _partners(plan: OpenedPlan, alliance: Alliance, params: QueryDict, *, count: int) -> ListPage:
    shared: dict[str, Any] = {"columns": PARTNER_COLUMNS, "to_row": _partner_row(plan), "sort": ""}
    if count <= WITHOUT_FILTERS:
        return paginate(_named(alliance), params=params, total=count, **shared)
    return build(_PartnerFilters(params, _named(alliance), groups=_groups(alliance)), **shared)


def _named(alliance: Alliance) -> QuerySet[Partner]:
    rows = Partner.objects.filter(alliance=alliance).select_related("organisation").order_by("position")
    return rows.only("alliance_id", "position", "role", "group", "through", "organisation__name")


def _groups(alliance: Alliance) -> Iterable[str]:
    return Partner.objects.filter(alliance=alliance).order_by("group").values_list("group", flat=True).distinct()


def _partner_row(plan: OpenedPlan) -> Any:
    def row(partner: Partner) -> PartnerRow:
        return PartnerRow(
            name=partner.organisation.name,
            role=partner.role,
            group=partner.group,
            through=partner.through,
            url=plan.url("partner", organisation_id=partner.organisation_id),
        )

    return row


def _phases(plan: OpenedPlan, alliance: Alliance, today: date) -> Iterator[PhaseShown]:
    """The phases in their order, then the activities of none."""
    mine = Activity.objects.filter(alliance=alliance)
    totals = dict(mine.order_by().values_list("phase_id").annotate(Count("pk")))
    place = Window(RowNumber(), partition_by="phase_id", order_by=("position", "pk"))
    first: dict[int | None, list[ActivityRow]] = {}
    to_row = row_maker(plan, today)
    numbers = mine.annotate(in_phase=place).filter(in_phase__lte=SHOWN).values("pk")
    for activity in with_names(Activity.objects.filter(pk__in=numbers)):
        first.setdefault(activity.phase_id, []).append(to_row(activity))
    for phase in Phase.objects.filter(alliance=alliance).order_by("number"):
        yield _phase(plan, alliance, phase, first.get(phase.pk, []), totals.get(phase.pk, 0))
    if rest := totals.get(None):
        yield _phase(plan, alliance, None, first[None], rest)


def _phase(
    plan: OpenedPlan, alliance: Alliance, phase: Phase | None, rows: list[ActivityRow], total: int
) -> PhaseShown:
    narrowed = f"?alleanza={alliance.key}" + (f"&fase={phase.key}" if phase else "")
    return PhaseShown(
        number=phase.number if phase else None,
        title=phase.title if phase else "",
        text=phase.text if phase else "",
        starts_on=phase.since if phase else None,
        ends_on=last_day(phase.until) if phase else None,
        activities=tuple(rows),
        total=total,
        url=f"{plan.url('activities')}{narrowed}",
    )


def _targets(alliance: Alliance) -> tuple[tuple[str, str], ...]:
    rows = AllianceTarget.objects.filter(alliance=alliance).order_by("indicator__position", "pk")
    return tuple(rows.values_list("indicator__name", "target"))


def _lines(alliance: Alliance) -> tuple[tuple[LineShown, ...], str]:
    """The money of the alliance's lines by source, and all of it."""
    rows = (
        Allocation.objects.filter(line__alliance=alliance)
        .order_by("line__position", "line_id", "source__position", "source_id")
        .values("line_id", "source_id", title=F("line__title"), name=F("source__name"))
        .annotate(sum=Sum("cents"))
    )
    found = [(row["title"], row["name"], row["sum"]) for row in rows]
    shown = tuple(LineShown(line, source, in_euro(cents)) for line, source, cents in found)
    return shown, in_euro(sum(cents for _line, _source, cents in found))

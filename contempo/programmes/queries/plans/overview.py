"""A plan at a glance, and everything it says."""

from collections import Counter
from collections.abc import Iterator, Mapping
from dataclasses import dataclass
from datetime import date
from urllib.parse import urlencode

from django.db.models import Count, Sum
from django.utils.translation import gettext, ngettext

from contempo.core.money import in_euro
from contempo.core.workflow import Transition
from contempo.people.public import Actor
from contempo.programmes.access import may_keep_plans, parts_in_plan
from contempo.programmes.models import Activity, Alliance, Allocation, PlanFinding, PlanTally
from contempo.programmes.queries.indicators.board import board_rows
from contempo.programmes.queries.opened import OpenedPlan
from contempo.programmes.queries.plans.activities import LATE_ONES, NEXT_ONES, OF_THE_PLAN
from contempo.programmes.queries.plans.activity import Named
from contempo.programmes.queries.plans.documents import parts_of, pieces_of
from contempo.programmes.queries.plans.timing import late, upcoming
from contempo.programmes.rules.activities import PLAN, ActivityState
from contempo.programmes.rules.periods import Standing
from contempo.programmes.rules.plan.tree import (
    AREA_LABELS,
    Act,
    Area,
    GovernanceLevel,
    NamedOrganisation,
    ObjectiveCategory,
    PlannedAction,
    PlanningDocument,
    Purpose,
)

_READ = (
    "network_name",
    "context",
    "acts",
    "purposes",
    "objectives",
    "planning_documents",
    "planned_actions",
    "governance",
    "organisations",
)
SHOWN = 8
"""Activities of an area that the overview shows; behind them their list."""


@dataclass(frozen=True)
class Figure:
    """A figure, what it means, and the page of its records (empty where its reader has none)."""

    label: str
    value: str
    url: str


@dataclass(frozen=True)
class Progress:
    """The activities, or the indicators, that stand in one way (`label` agrees with `count`), and their list."""

    label: str
    count: int
    url: str


@dataclass(frozen=True)
class AllianceCard:
    """An alliance at a glance; `done` of `total` activities are done."""

    name: str
    title: str
    url: str
    lead: str
    partners: int
    done: int
    total: int


@dataclass(frozen=True)
class ActionShown:
    """A planned action, with the names of who is responsible."""

    action: PlannedAction
    responsible: tuple[str, ...]


@dataclass(frozen=True)
class DocumentShown:
    """A planning document, with the name of whose it is."""

    document: PlanningDocument
    organisation: str


@dataclass(frozen=True)
class AreaShown:
    """The first activities of an area of the plan itself; `url` is the list of all `total`."""

    key: str
    title: str
    activities: tuple[Named, ...]
    total: int
    url: str


@dataclass(frozen=True)
class Overview:
    """A plan at a glance, and what it says. `steps` are those its reader may take with the plan itself."""

    summary: str
    network_name: str
    context: str
    source_document: str
    money: tuple[Figure, ...]
    progress: tuple[Progress, ...]
    targets: tuple[Progress, ...]
    activity_total: int
    activities_url: str
    alliances: tuple[AllianceCard, ...]
    acts: tuple[Act, ...]
    purposes: tuple[Purpose, ...]
    objectives: tuple[ObjectiveCategory, ...]
    documents: tuple[DocumentShown, ...]
    actions: tuple[ActionShown, ...]
    governance: tuple[GovernanceLevel, ...]
    areas: tuple[AreaShown, ...]
    steps: tuple[Transition, ...]
    keeps: bool
    findings: int | None


def overview(actor: Actor, plan: OpenedPlan, *, today: date) -> Overview:
    """A plan at a glance. Eleven SQL at most beside those of the board, whatever its size."""
    said = pieces_of(plan.plan, *_READ)
    names = {each.key: each.name for each in parts_of(said, "organisations", NamedOrganisation)}
    counts = _counts(plan)
    keeps = bool(may_keep_plans(actor))
    return Overview(
        summary=plan.plan.summary,
        network_name=said.get("network_name", ""),
        context=said.get("context", ""),
        source_document=plan.plan.source_document,
        money=tuple(_money(plan)),
        progress=(*_progress(plan, counts), *_timings(plan, today)),
        targets=tuple(_targets(actor, plan, today)),
        activity_total=sum(count for (alliance, _state), count in counts.items() if alliance is None),
        activities_url=plan.url("activities"),
        alliances=tuple(_alliances(plan, counts)),
        acts=parts_of(said, "acts", Act),
        purposes=parts_of(said, "purposes", Purpose),
        objectives=parts_of(said, "objectives", ObjectiveCategory),
        documents=tuple(
            DocumentShown(each, names.get(each.organisation or "", ""))
            for each in parts_of(said, "planning_documents", PlanningDocument)
        ),
        actions=tuple(
            ActionShown(each, tuple(names.get(key, key) for key in each.responsible))
            for each in parts_of(said, "planned_actions", PlannedAction)
        ),
        governance=parts_of(said, "governance", GovernanceLevel),
        areas=tuple(_areas(plan)),
        steps=PLAN.available(plan.plan.state, parts_in_plan(actor, plan.plan)),
        keeps=keeps,
        findings=PlanFinding.objects.filter(plan=plan.plan).count() if "findings" in plan.pages else None,
    )


def _counts(plan: OpenedPlan) -> dict[tuple[int | None, str], int]:
    """The activities by alliance (None: all of them, 0: the plan itself) and state."""
    kept = PlanTally.objects.filter(plan=plan.plan, measure="activities", facet__in=("state", "alliance|state"))
    found: dict[tuple[int | None, str], int] = {}
    for facet, key, count in kept.values_list("facet", "key", "count"):
        alliance, _bar, state = key.rpartition("|")
        found[None if facet == "state" else int(alliance), state] = count
    return found


def _progress(plan: OpenedPlan, counts: Mapping[tuple[int | None, str], int]) -> Iterator[Progress]:
    for state in ActivityState:
        if count := counts.get((None, state), 0):
            yield Progress(_activities_that_are(state, count), count, f"{plan.url('activities')}?stato={state}")


def _timings(plan: OpenedPlan, today: date) -> Iterator[Progress]:
    """The activities that are late, and those that come next: of a plan in force alone."""
    if not plan.in_force:
        return
    mine = Activity.objects.filter(plan=plan.plan)
    found = mine.aggregate(late=Count("pk", filter=late(today)), next=Count("pk", filter=upcoming(today)))
    for count, label, which in (
        (found["late"], ngettext("activity late", "activities late", found["late"]), LATE_ONES),
        (found["next"], ngettext("activity next", "activities next", found["next"]), NEXT_ONES),
    ):
        if count:
            yield Progress(label, count, f"{plan.url('activities')}?quando={which}")


def _targets(actor: Actor, plan: OpenedPlan, today: date) -> Iterator[Progress]:
    """How many indicators stand in each way, as the board tells this reader."""
    rows = Counter(row.standing_key for row in board_rows(actor, plan, today=today))
    for standing in Standing:
        if count := rows[standing]:
            yield Progress(_indicators_that_are(standing, count), count, f"{plan.url('board')}?stato={standing}")


def _activities_that_are(state: ActivityState, count: int) -> str:
    match state:
        case ActivityState.PLANNED:
            return ngettext("activity planned", "activities planned", count)
        case ActivityState.UNDER_WAY:
            return ngettext("activity under way", "activities under way", count)
        case ActivityState.DONE:
            return ngettext("activity done", "activities done", count)
        case ActivityState.SUSPENDED:
            return ngettext("activity suspended", "activities suspended", count)
        case ActivityState.CANCELLED:
            return ngettext("activity cancelled", "activities cancelled", count)


def _indicators_that_are(standing: Standing, count: int) -> str:
    match standing:
        case Standing.REACHED:
            return ngettext("target reached", "targets reached", count)
        case Standing.BELOW:
            return ngettext("indicator below its target", "indicators below their targets", count)
        case Standing.MISSING:
            return ngettext("indicator not measured yet", "indicators not measured yet", count)
        case Standing.HIDDEN:
            return ngettext("indicator too small to be told", "indicators too small to be told", count)
        case Standing.NO_TARGET:
            return ngettext("indicator without a target", "indicators without a target", count)


def _money(plan: OpenedPlan) -> Iterator[Figure]:
    """The total, then the money of each source."""
    rows = (
        Allocation.objects.filter(plan=plan.plan)
        .order_by("source__position", "source_id")
        .values_list("source__name", "source_id")
        .annotate(sum=Sum("cents"))
    )
    found = [(name, cents) for name, _source, cents in rows]
    url = plan.pages.get("budget", "")
    if found:
        yield Figure(gettext("The whole budget"), in_euro(sum(cents for _name, cents in found)), url)
    for name, cents in found:
        yield Figure(name, in_euro(cents), url)


def _alliances(plan: OpenedPlan, counts: Mapping[tuple[int | None, str], int]) -> Iterator[AllianceCard]:
    rows = Alliance.objects.filter(plan=plan.plan).select_related("lead").annotate(named=Count("partners"))
    for alliance in rows.only("plan_id", "key", "position", "name", "title", "unnamed_partners", "lead__name"):
        yield AllianceCard(
            name=alliance.name,
            title=alliance.title,
            url=plan.url("alliance", alliance=alliance.key),
            lead=alliance.lead.name,
            partners=alliance.named + (alliance.unnamed_partners or 0),
            done=counts.get((alliance.pk, ActivityState.DONE), 0),
            total=sum(count for (number, _state), count in counts.items() if number == alliance.pk),
        )


def _areas(plan: OpenedPlan) -> Iterator[AreaShown]:
    """What the plan does itself, area by area: one statement for the counts, one for the first of each."""
    mine = Activity.objects.filter(plan=plan.plan, alliance__isnull=True)
    totals = dict(mine.order_by().values_list("area").annotate(Count("pk")))
    if not totals:
        return
    first: dict[str, list[Named]] = {}
    for number, area, title in mine.order_by("position", "pk").values_list("pk", "area", "title")[: SHOWN * len(Area)]:
        if len(shown := first.setdefault(area, [])) < SHOWN:
            shown.append(Named(title, plan.url("activity", activity_id=number)))
    for area in Area:
        if total := totals.get(area):
            narrowed = urlencode({"alleanza": OF_THE_PLAN, "area": area.value})
            yield AreaShown(
                key=area.value,
                title=gettext(AREA_LABELS[area]),
                activities=tuple(first.get(area, ())),
                total=total,
                url=f"{plan.url('activities')}?{narrowed}",
            )

"""One activity, as its page shows it."""

from dataclasses import dataclass
from datetime import date

from django.utils.translation import gettext

from contempo.core.verdict import Verdict
from contempo.core.workflow import Look, Transition
from contempo.network.public import organisation_links
from contempo.people.public import Actor
from contempo.programmes.access import READERS, may_change_activity, parts_in_activity
from contempo.programmes.models import Activity, Alliance, Partner
from contempo.programmes.models.editions import edition_of_activity
from contempo.programmes.queries.opened import OpenedPlan
from contempo.programmes.queries.plans.activities import last_day, timing_of
from contempo.programmes.queries.plans.story import story_of
from contempo.programmes.rules.activities import ACTIVITY, ActivityState, PlanState
from contempo.programmes.rules.lateness import TIMING_LOOKS, Timing
from contempo.programmes.rules.plan.tree import AREA_LABELS, Area
from contempo.web.timeline import Entry


@dataclass(frozen=True)
class Named:
    """A name and the page behind it."""

    name: str
    url: str


@dataclass(frozen=True)
class ActivityPage:
    """An activity with what its reader may do; `ends_on` is the last day, `story` empty for who has no part in it."""

    id: int
    title: str
    state: Look
    timing: Timing | None
    timing_look: Look | None
    starts_on: date | None
    ends_on: date | None
    alliance: Named | None
    phase: str
    area: str
    place: str
    times: int | None
    text: str
    responsible: tuple[Named, ...]
    steps: tuple[Transition, ...]
    may_change: bool
    closed: bool
    story: tuple[Entry, ...]


@dataclass(frozen=True)
class ActivityTyped:
    """What the form of an activity begins with, the organisations to choose from, and whether it may be changed."""

    verdict: Verdict
    title: str
    initial: dict[str, object]
    organisations: tuple[tuple[int, str], ...]


def activity_page(actor: Actor, plan: OpenedPlan, activity_id: int, *, today: date) -> ActivityPage | None:
    """The page of an activity of a plan, None when it is not there. Twelve SQL at most."""
    if (activity := _found(plan, activity_id)) is None:
        return None
    numbers = tuple(activity.responsibles.values_list("organisation_id", flat=True))
    parts = parts_in_activity(actor, activity, frozenset(numbers))
    closed = plan.plan.state == PlanState.CLOSED
    links = organisation_links(plan.plan.network_id, numbers)
    when = timing_of(plan, activity, today)
    return ActivityPage(
        id=activity.pk,
        title=activity.title,
        state=ACTIVITY.looks[ActivityState(activity.state)],
        timing=when,
        timing_look=TIMING_LOOKS[when] if when else None,
        starts_on=activity.since,
        ends_on=last_day(activity.until),
        alliance=_alliance(plan, activity.alliance),
        phase=f"{activity.phase.number}. {activity.phase.title}" if activity.phase else "",
        area="" if activity.area == Area.ALLIANCE else gettext(AREA_LABELS[activity.area]),
        place=activity.place,
        times=activity.times,
        text=activity.text,
        responsible=tuple(Named(links[number].name, plan.url("partner", organisation_id=number)) for number in numbers),
        steps=() if closed else ACTIVITY.available(activity.state, parts),
        may_change=not closed and bool(may_change_activity(parts)),
        closed=closed,
        story=story_of(activity) if parts or actor.has(*READERS) else (),
    )


def activity_typed(actor: Actor, plan: OpenedPlan, activity_id: int) -> ActivityTyped | None:
    """What is to be changed of an activity; None when it is not there. Five SQL at most."""
    if (activity := _found(plan, activity_id)) is None:
        return None
    numbers = list(activity.responsibles.values_list("organisation_id", flat=True))
    return ActivityTyped(
        verdict=may_change_activity(parts_in_activity(actor, activity, frozenset(numbers))),
        title=activity.title,
        initial={
            "title": activity.title,
            "text": activity.text,
            "place": activity.place,
            "times": activity.times,
            "starts_on": activity.since,
            "ends_on": last_day(activity.until),
            "responsible": numbers,
            "edition": edition_of_activity(activity, numbers),
        },
        organisations=_choices(plan, activity.alliance, numbers),
    )


def _found(plan: OpenedPlan, activity_id: int) -> Activity | None:
    rows = Activity.objects.filter(plan=plan.plan, pk=activity_id).select_related("plan", "alliance", "phase")
    return rows.defer("plan__document", "alliance__document").first()


def _alliance(plan: OpenedPlan, alliance: Alliance | None) -> Named | None:
    return Named(alliance.name, plan.url("alliance", alliance=alliance.key)) if alliance else None


def _choices(plan: OpenedPlan, alliance: Alliance | None, chosen: list[int]) -> tuple[tuple[int, str], ...]:
    """The organisations of the alliance, of every alliance for what the plan does itself, and those chosen already."""
    alliances = [alliance] if alliance else list(Alliance.objects.filter(plan=plan.plan).defer("document"))
    numbers = {*chosen, *(each.lead_id for each in alliances)}
    partners = Partner.objects.filter(alliance__in=alliances)
    numbers |= set(partners.values_list("organisation_id", flat=True))
    links = organisation_links(plan.plan.network_id, numbers)
    return tuple((number, link.name) for number, link in links.items())

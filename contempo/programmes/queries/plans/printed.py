"""A whole plan as a document to print and keep: what its file says, part by part."""

from collections import Counter
from collections.abc import Iterator, Mapping
from datetime import date, datetime
from pathlib import Path
from typing import Any

from django.apps import apps
from django.utils.translation import get_language, gettext

from contempo.programmes.models.tree import tree_of
from contempo.programmes.queries.opened import OpenedPlan
from contempo.programmes.queries.plans.blocks import Block, facts, items, table, text, title, written
from contempo.programmes.queries.plans.printed_calendar import calendar_of
from contempo.programmes.queries.plans.printed_money import budget, reward
from contempo.programmes.rules.activities import ACTIVITY
from contempo.programmes.rules.plan import tree
from contempo.programmes.rules.plan.measures import METHOD_LABELS, TYPOLOGY_LABELS, UNIT_LABELS
from contempo.programmes.rules.plan.tree import AREA_LABELS, Area
from contempo.web.templatetags.web import at_time, on_day

TEMPLATE = Path(apps.get_app_config("programmes").path) / "templates" / "programmes" / "plan" / "plan.typ"

Names = Mapping[str, str]

MOST_LISTED = 100
"""Activities of one phase that are listed on paper one by one."""


def printed(opened: OpenedPlan, *, author: str, made_at: datetime) -> dict[str, Any]:
    """What `plan.typ` prints of a plan. As many SQL for any size."""
    plan = tree_of(opened.plan)
    names = {each.key: each.name for each in plan.organisations}
    lead = gettext("from %(first)s to %(last)s") % {"first": on_day(plan.starts_on), "last": on_day(plan.ends_on)}
    return {
        "language": get_language() or "it",
        "title": plan.title,
        "author": author,
        "lead": lead,
        "notes": [
            *([plan.network_name] if plan.network_name else []),
            gettext("State: %(state)s") % {"state": gettext(opened.look.label)},
        ],
        "contents": gettext("Contents"),
        "footer": gettext("%(plan)s. Printed on %(time)s.") % {"plan": plan.title, "time": at_time(made_at)},
        "blocks": list(_blocks(plan, names)),
    }


def _blocks(plan: tree.Plan, names: Names) -> Iterator[Block]:
    if plan.summary:
        yield title(gettext("In short"), 2)
        yield from written(plan.summary)
    yield from _foundations(plan, names)
    for alliance in plan.alliances:
        yield from _alliance(plan, alliance, names)
    yield from _own_work(plan, names)
    yield from _governance(plan)
    yield from _indicators(plan)
    yield from budget(plan, names)
    yield from reward(plan)
    yield from calendar_of(plan)


def _foundations(plan: tree.Plan, names: Names) -> Iterator[Block]:
    """What the plan rests on and wants."""
    if plan.purposes:
        yield title(gettext("Purposes"), 2)
        yield items(each.text for each in plan.purposes)
    if plan.context:
        yield title(gettext("Context"), 2)
        yield from written(plan.context)
    if plan.objectives:
        yield title(gettext("Objectives"), 2)
    for category in plan.objectives:
        yield title(category.title, 3)
        yield items(f"{each.text} ({each.audience})" if each.audience else each.text for each in category.objectives)
    if plan.acts:
        yield title(gettext("Acts"), 2)
        yield items(map(_act, plan.acts))
    if plan.planning_documents:
        yield title(gettext("Planning documents"), 2)
    for each in plan.planning_documents:
        yield title(each.title, 3)
        yield facts(
            (
                (gettext("Organisation"), names.get(each.organisation or "", "")),
                (gettext("When"), _days(each.starts_on, each.ends_on)),
            )
        )
        if each.points:
            yield items(each.points)


def _act(act: tree.Act) -> str:
    number = f"{act.number}/{act.year}" if act.number else str(act.year)
    return ", ".join(filter(None, (f"{act.kind} {number}", act.title, act.body, _day(act.date), act.note)))


def _alliance(plan: tree.Plan, it: tree.Alliance, names: Names) -> Iterator[Block]:
    yield title(gettext("Alliance: %(name)s") % {"name": it.name}, 2)
    if it.title:
        yield text(it.title)
    lead = names.get(it.lead, it.lead)
    yield facts(
        (
            (gettext("Lead"), f"{lead} ({it.lead_office})" if it.lead_office else lead),
            (gettext("When"), _days(it.starts_on, it.ends_on) or it.period_text),
            (gettext("Project code (CUP)"), it.cup),
        )
    )
    for heading, source in ((gettext("Aims"), it.aims), (gettext("Context"), it.context)):
        if source:
            yield title(heading, 3)
            yield from written(source)
    yield from _partners(it, names)
    yield from _phases(it, names)
    yield from _expected(plan, it)


def _partners(it: tree.Alliance, names: Names) -> Iterator[Block]:
    if it.partners or it.unnamed_partners:
        yield title(gettext("Partners and roles"), 3)
    if it.partners:
        head = (gettext("Organisation"), gettext("Role"))
        rows = ((names.get(each.organisation, each.organisation), each.role or each.group) for each in it.partners)
        yield table(head, rows, widths=(2, 3))
    if it.unnamed_partners:
        yield text(gettext("Partners without a name: %(count)s.") % {"count": it.unnamed_partners})


def _phases(it: tree.Alliance, names: Names) -> Iterator[Block]:
    if it.phases or it.activities:
        yield title(gettext("Phases and activities"), 3)
    for phase in sorted(it.phases, key=lambda phase: phase.number):
        yield title(f"{phase.number}. {phase.title}", 4)
        if days := _days(phase.starts_on, phase.ends_on):
            yield text(days)
        yield from written(phase.text)
        yield from _activities([each for each in it.activities if each.phase == phase.key], names)
    if rest := [each for each in it.activities if each.phase is None]:
        if it.phases:
            yield title(gettext("Of no phase"), 4)
        yield from _activities(rest, names)


def _activities(rows: list[tree.Activity], names: Names) -> Iterator[Block]:
    if not rows:
        return
    if len(rows) > MOST_LISTED:
        counts = Counter(each.state for each in rows)
        yield text(
            gettext("%(total)s activities: %(states)s. Each of them is in the workbook (XLSX) of the plan.")
            % {
                "total": len(rows),
                "states": ", ".join(f"{gettext(ACTIVITY.looks[state].label)} {counts[state]}" for state in counts),
            }
        )
        return
    head = (gettext("Activity"), gettext("Responsible"), gettext("When"), gettext("State"))
    lines = (
        (
            "\n".join(filter(None, (each.title, each.place, _times(each.times)))),
            ", ".join(names.get(key, key) for key in each.responsible),
            _days(each.starts_on, each.ends_on),
            gettext(ACTIVITY.looks[each.state].label),
        )
        for each in rows
    )
    yield table(head, lines, widths=(4, 3, 2, 0))


def _expected(plan: tree.Plan, it: tree.Alliance) -> Iterator[Block]:
    if it.audiences:
        yield title(gettext("For whom"), 3)
        yield items(f"{each.name}: {each.text}" if each.text else each.name for each in it.audiences)
    if it.objectives:
        yield title(gettext("Objectives and expected results"), 3)
    for objective in it.objectives:
        yield text(objective.text)
        if objective.results:
            yield items(result.text for result in objective.results)
    promised = [
        (indicator.name, target.target)
        for indicator in plan.indicators
        for target in indicator.targets
        if target.alliance == it.key
    ]
    if promised:
        yield title(gettext("Targets of the alliance"), 3)
        yield table((gettext("Indicator"), gettext("Target")), promised, widths=(4, 1))
    if it.reward_uses:
        yield title(gettext("How it would spend the reward quota"), 3)
        yield items(it.reward_uses)


def _own_work(plan: tree.Plan, names: Names) -> Iterator[Block]:
    if plan.activities:
        yield title(gettext("Activities of the plan itself"), 2)
    for area in Area:
        if rows := [each for each in plan.activities if each.area is area]:
            yield title(gettext(AREA_LABELS[area]), 3)
            yield from _activities(rows, names)
    if plan.planned_actions:
        yield title(gettext("Planned actions"), 2)
    for each in sorted(plan.planned_actions, key=lambda each: each.number):
        yield title(f"{each.number}. {each.title}", 3)
        yield from written(each.text)
        if each.points:
            yield items(each.points)
        responsible = ", ".join(names.get(key, key) for key in each.responsible)
        yield facts(((gettext("Responsible"), responsible),))


def _governance(plan: tree.Plan) -> Iterator[Block]:
    if plan.governance:
        yield title(gettext("Levels of governance"), 2)
    for each in sorted(plan.governance, key=lambda each: each.level):
        yield title(f"{each.level}. {each.name}", 3)
        yield from written(each.text)
        if each.members:
            yield items(each.members)
        yield facts(((gettext("Meets"), each.meets),))


def _indicators(plan: tree.Plan) -> Iterator[Block]:
    if plan.monitoring:
        yield title(gettext("Monitoring periods"), 2)
        rows = ((each.title, _days(each.starts_on, each.ends_on)) for each in plan.monitoring)
        yield table((gettext("Period"), gettext("When")), rows, widths=(1, 1))
    if plan.indicators:
        yield title(gettext("Indicators"), 2)
        head = (gettext("Indicator"), gettext("Typology"), gettext("How it is counted"), gettext("Target"))
        yield table(
            head,
            (
                (
                    f"{each.number}. {each.name}" if each.number else each.name,
                    gettext(TYPOLOGY_LABELS[each.typology]),
                    f"{gettext(UNIT_LABELS[each.unit])}, {gettext(METHOD_LABELS[each.method])}",
                    each.target or gettext("no target"),
                )
                for each in plan.indicators
            ),
            widths=(4, 2, 2, 2),
        )


def _times(times: int | None) -> str:
    return gettext("Times planned: %(count)s") % {"count": times} if times else ""


def _day(day: date | None) -> str:
    return on_day(day)


def _days(first: date | None, last: date | None) -> str:
    """From when to when, in words; empty without days."""
    if first and last:
        return (
            on_day(first)
            if first == last
            else gettext("from %(first)s to %(last)s") % {"first": on_day(first), "last": on_day(last)}
        )
    if first:
        return gettext("from %(first)s") % {"first": on_day(first)}
    return gettext("by %(last)s") % {"last": on_day(last)} if last else ""

"""The agile work plan as its pages and files show it."""

from collections.abc import Iterable, Iterator, Mapping
from dataclasses import dataclass
from datetime import date
from typing import Any

import django_filters
from django.db.models import Q, QuerySet
from django.http import QueryDict
from django.utils.translation import gettext
from django.utils.translation import gettext_lazy as _

from contempo.agile.access import visible_work_plans
from contempo.agile.models import PlanAction, Unit, WorkPlan
from contempo.agile.queries.opened import OpenedEmployer
from contempo.agile.rules.workplan import (
    ACTION_STATE_LABELS,
    SECTION_LABELS,
    ActionState,
    Section,
    Undertaken,
)
from contempo.core.choices import choices
from contempo.core.workflow import Look
from contempo.web import lists
from contempo.web.lists import Column, ListPage

LOOKS: Mapping[str, Look] = {
    ActionState.PLANNED: Look(ACTION_STATE_LABELS[ActionState.PLANNED], "neutral", "it-calendar"),
    ActionState.UNDER_WAY: Look(ACTION_STATE_LABELS[ActionState.UNDER_WAY], "info", "it-settings"),
    ActionState.DONE: Look(ACTION_STATE_LABELS[ActionState.DONE], "success", "it-check-circle"),
    ActionState.DROPPED: Look(ACTION_STATE_LABELS[ActionState.DROPPED], "neutral", "it-close-circle"),
}


@dataclass(frozen=True)
class ActionRow:
    """An action; `late` when its day has passed. Its addresses are empty for who may not follow them."""

    id: int
    section: str
    position: int
    title: str
    responsible: str
    due_on: date | None
    late: bool
    state: Look
    indicator: str
    baseline: str
    target: str
    value: str
    note: str
    url: str
    move_url: str
    drop_url: str

    @property
    def late_text(self) -> str:
        return gettext("late") if self.late else ""


@dataclass(frozen=True)
class SectionPart:
    """A section with its text and its actions; `edit_url` and `add_url` are empty for who may not write it."""

    key: str
    number: int
    title: str
    text: str
    actions: tuple[ActionRow, ...]
    edit_url: str
    add_url: str


@dataclass(frozen=True)
class PlanBrief:
    """A plan in a list of them."""

    year: int
    title: str
    years: str
    adopted_on: date | None
    url: str


@dataclass(frozen=True)
class PlanPage:
    """A plan with all its sections, as its reader may read and write it."""

    year: int
    title: str
    years: str
    adopted_on: date | None
    act: str
    sections: tuple[SectionPart, ...]
    others: tuple[PlanBrief, ...]
    may_write: bool
    may_follow: bool
    list_url: str

    @property
    def actions(self) -> tuple[ActionRow, ...]:
        return tuple(action for section in self.sections for action in section.actions)

    @property
    def late(self) -> tuple[ActionRow, ...]:
        return tuple(action for action in self.actions if action.late)

    @property
    def done(self) -> int:
        return sum(action.state is LOOKS[ActionState.DONE] for action in self.actions)


def plans_of(opened: OpenedEmployer) -> tuple[PlanBrief, ...]:
    """The plans who opened the employer may read, newest first. One SQL."""
    rows = visible_work_plans(opened.part, WorkPlan.objects.all()).order_by("-first_year")
    return tuple(_brief(opened, plan) for plan in rows)


def _brief(opened: OpenedEmployer, plan: WorkPlan) -> PlanBrief:
    url = opened.url("work_plan_of", year=plan.first_year)
    return PlanBrief(plan.first_year, plan.title, years_text(plan), plan.adopted_on, url)


def years_text(plan: WorkPlan) -> str:
    """`2026-2028`, or one year."""
    same = plan.first_year == plan.last_year
    return f"{plan.first_year}" if same else f"{plan.first_year}-{plan.last_year}"


def plan_page(opened: OpenedEmployer, year: int, *, today: date) -> PlanPage | None:
    """A plan by its first year; None when there is none its reader may read. Two SQL."""
    plans = list(visible_work_plans(opened.part, WorkPlan.objects.all()).order_by("-first_year"))
    plan = next((each for each in plans if each.first_year == year), None)
    if plan is None:
        return None
    writes = opened.part.hr and plan.adopted_on is None
    rows = PlanAction.objects.filter(plan=plan).select_related("unit").order_by("position")
    actions = [action_row(opened, plan, row, today=today) for row in rows]
    return PlanPage(
        year=plan.first_year,
        title=plan.title,
        years=years_text(plan),
        adopted_on=plan.adopted_on,
        act=plan.act,
        sections=tuple(_sections(opened, plan, actions, writes=writes)),
        others=tuple(_brief(opened, each) for each in plans if each is not plan),
        may_write=writes,
        may_follow=opened.part.hr,
        list_url=opened.url("plan_actions", year=plan.first_year),
    )


def _sections(
    opened: OpenedEmployer, plan: WorkPlan, actions: Iterable[ActionRow], *, writes: bool
) -> Iterator[SectionPart]:
    found = list(actions)
    for number, section in enumerate(Section, start=1):
        add = f"{opened.url('plan_action_new', year=plan.first_year)}?sezione={section.value}"
        yield SectionPart(
            key=section.value,
            number=number,
            title=gettext(SECTION_LABELS[section]),
            text=plan.texts.get(section.value, ""),
            actions=tuple(each for each in found if each.section == section.value),
            edit_url=opened.url("plan_section", year=plan.first_year, section=section.value) if writes else "",
            add_url=add if writes else "",
        )


def action_row(opened: OpenedEmployer, plan: WorkPlan, row: PlanAction, *, today: date) -> ActionRow:
    """An action as pages show it; its addresses are for human resources."""
    where = {"year": plan.first_year, "action_id": row.pk}
    hr, draft = opened.part.hr, plan.adopted_on is None
    unit = row.unit.name if row.unit else ""
    return ActionRow(
        id=row.pk,
        section=row.section,
        position=row.position,
        title=row.title,
        responsible=", ".join(filter(None, [unit, row.responsible])),
        due_on=row.due_on,
        late=Undertaken(row.state, row.due_on).late(today),
        state=LOOKS[row.state],
        indicator=row.indicator,
        baseline=row.baseline,
        target=row.target,
        value=row.value,
        note=row.note,
        url=opened.url("plan_action", **where) if hr else "",
        move_url=opened.url("plan_action_move", **where) if hr and draft else "",
        drop_url=opened.url("plan_action_drop", **where) if hr and draft else "",
    )


@dataclass(frozen=True)
class Listed:
    """An action in the list of a plan."""

    section: str
    title: str
    responsible: str
    due_on: date | None
    late_text: str
    state: Look
    indicator: str
    baseline: str
    target: str
    value: str
    note: str
    url: str


COLUMNS = (
    Column("title", _("Action"), sort="title"),
    Column("section", _("Section"), sort="section"),
    Column("responsible", _("Responsible"), sort=("unit__name", "responsible")),
    Column("due_on", _("To be done by"), sort="due_on"),
    Column("late_text", _("Late")),
    Column("state", _("State"), sort="state"),
    Column("indicator", _("Indicator"), sort="indicator"),
    Column("baseline", _("At the start"), only_export=True),
    Column("target", _("Target")),
    Column("value", _("Today")),
    Column("note", _("Note"), only_export=True),
)

LATE = "si"


class ActionFilters(django_filters.FilterSet):
    """What narrows the actions of a plan; `today` says which are late."""

    q = django_filters.CharFilter(label=_("Words"), method="with_words")
    sezione = django_filters.ChoiceFilter(
        label=_("Section"), field_name="section", empty_label=_("All"), choices=choices(SECTION_LABELS)
    )
    stato = django_filters.ChoiceFilter(
        label=_("State"), field_name="state", empty_label=_("All"), choices=choices(ACTION_STATE_LABELS)
    )
    ritardo = django_filters.ChoiceFilter(
        label=_("Late"), method="late", empty_label=_("All"), choices=[(LATE, _("Only those that are late"))]
    )

    class Meta:
        model = PlanAction
        fields: list[str] = []

    def __init__(self, data: QueryDict, queryset: QuerySet[PlanAction], *, today: date) -> None:
        super().__init__(data, queryset)
        self.today = today

    def with_words(self, rows: QuerySet[PlanAction], _name: str, value: str) -> QuerySet[PlanAction]:
        said = Q()
        for word in value.split():
            said &= Q(title__icontains=word) | Q(responsible__icontains=word) | Q(indicator__icontains=word)
        return rows.filter(said)

    def late(self, rows: QuerySet[PlanAction], _name: str, _value: str) -> QuerySet[PlanAction]:
        return rows.filter(due_on__lt=self.today).exclude(state__in=[ActionState.DONE, ActionState.DROPPED])


def plan_actions(opened: OpenedEmployer, year: int, params: QueryDict, *, today: date) -> ListPage | None:
    """The actions of a plan; None when there is none its reader may read. Three SQL."""
    plan = _visible(opened, year)
    if plan is None:
        return None
    filters = ActionFilters(params, _actions(plan), today=today)
    return lists.build(filters, columns=COLUMNS, to_row=lambda row: _listed(opened, plan, row, today), sort="due_on")


def plan_action_rows(opened: OpenedEmployer, year: int, params: QueryDict, *, today: date) -> Iterator[Listed] | None:
    """The same, every one, for a file."""
    plan = _visible(opened, year)
    if plan is None:
        return None
    filters = ActionFilters(params, _actions(plan), today=today)
    return lists.every_row(
        filters, columns=COLUMNS, to_row=lambda row: _listed(opened, plan, row, today), sort="due_on"
    )


def _visible(opened: OpenedEmployer, year: int) -> WorkPlan | None:
    return visible_work_plans(opened.part, WorkPlan.objects.all()).filter(first_year=year).first()


def _actions(plan: WorkPlan) -> QuerySet[PlanAction]:
    return PlanAction.objects.filter(plan=plan).select_related("unit")


def _listed(opened: OpenedEmployer, plan: WorkPlan, row: PlanAction, today: date) -> Listed:
    return listed(action_row(opened, plan, row, today=today))


def listed(row: ActionRow) -> Listed:
    """An action as the list and the workbook have it."""
    return Listed(
        section=gettext(SECTION_LABELS[Section(row.section)]),
        title=row.title,
        responsible=row.responsible,
        due_on=row.due_on,
        late_text=row.late_text,
        state=row.state,
        indicator=row.indicator,
        baseline=row.baseline,
        target=row.target,
        value=row.value,
        note=row.note,
        url=row.url,
    )


@dataclass(frozen=True)
class Typed:
    """A plan, or an action of it, as a form begins with it."""

    title: str
    initial: dict[str, Any]
    draft: bool


def plan_typed(opened: OpenedEmployer, year: int) -> Typed | None:
    """Title and years of a plan; None when there is none. One SQL."""
    plan = _visible(opened, year)
    if plan is None:
        return None
    initial = {"title": plan.title, "first_year": plan.first_year, "last_year": plan.last_year}
    return Typed(plan.title, initial, plan.adopted_on is None)


def section_typed(opened: OpenedEmployer, year: int, section: str) -> Typed | None:
    """The text of a section; None when there is no such plan or section. One SQL."""
    plan = _visible(opened, year)
    if plan is None or section not in SECTION_LABELS:
        return None
    words = plan.texts.get(section, "")
    return Typed(gettext(SECTION_LABELS[section]), {"text": words}, plan.adopted_on is None)


def action_typed(opened: OpenedEmployer, year: int, action_id: int) -> Typed | None:
    """What is written of an action; None when there is none. Two SQL."""
    plan = _visible(opened, year)
    row = _actions(plan).filter(pk=action_id).first() if plan is not None else None
    if plan is None or row is None:
        return None
    names = (
        "section",
        "title",
        "unit_id",
        "responsible",
        "state",
        "due_on",
        "indicator",
        "baseline",
        "target",
        "value",
        "note",
    )
    return Typed(row.title, {name: getattr(row, name) for name in names}, plan.adopted_on is None)


def units_to_choose(opened: OpenedEmployer) -> list[tuple[str, str]]:
    """The units that may answer for an action. One SQL."""
    rows = Unit.objects.filter(employer=opened.employer, until__isnull=True).order_by("path")
    return [(str(pk), name) for pk, name in rows.values_list("pk", "name")]

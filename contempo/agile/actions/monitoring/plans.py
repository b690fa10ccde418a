"""The agile work plan: written and put in order while it is a draft, adopted, then followed action by action."""

from dataclasses import dataclass
from datetime import date

from django.db.models import Max

from contempo.agile.access import may_keep, part_of
from contempo.agile.models import Employer, PlanAction, Unit, WorkPlan
from contempo.agile.rules.workplan import ADOPTED, ActionState, Section, check_years, neighbour
from contempo.core.action import action
from contempo.core.clock import today
from contempo.core.verdict import Refusal, require
from contempo.core.words import N_
from contempo.people.public import Actor

_AWAY = 30_000
"""Where an action stands while it changes places with another."""


@dataclass(frozen=True)
class Written:
    """What is written of an action."""

    section: str
    title: str
    unit_id: int | None = None
    responsible: str = ""
    state: str = ActionState.PLANNED.value
    due_on: date | None = None
    indicator: str = ""
    baseline: str = ""
    target: str = ""
    value: str = ""
    note: str = ""


@action
def create_plan(actor: Actor, *, employer_id: int, title: str, first_year: int, last_year: int) -> WorkPlan:
    """Begin the agile work plan of some years, as a draft."""
    employer = _kept(actor, employer_id)
    _check(employer.pk, first_year, last_year)
    return WorkPlan.objects.create(employer=employer, title=title, first_year=first_year, last_year=last_year)


@action
def change_plan(actor: Actor, *, employer_id: int, year: int, title: str, first_year: int, last_year: int) -> WorkPlan:
    """Change title and years of a draft."""
    plan = _draft(actor, employer_id, year)
    _check(employer_id, first_year, last_year, but=plan.pk)
    plan.title, plan.first_year, plan.last_year = title, first_year, last_year
    plan.save(update_fields=["title", "first_year", "last_year"])
    return plan


def _check(employer_id: int, first_year: int, last_year: int, but: int | None = None) -> None:
    check_years(first_year, last_year)
    if WorkPlan.objects.filter(employer=employer_id, first_year=first_year).exclude(pk=but).exists():
        raise Refusal(N_("There is already a plan from %(year)s."), field="first_year", year=first_year)


@action
def write_section(actor: Actor, *, employer_id: int, year: int, section: str, text: str) -> WorkPlan:
    """Write the text of a section of a draft; an empty one takes it away."""
    plan = _draft(actor, employer_id, year)
    texts = {**plan.texts, Section(section).value: text}
    plan.texts = {key: words for key, words in texts.items() if words}
    plan.save(update_fields=["texts"])
    return plan


@action
def adopt_plan(actor: Actor, *, employer_id: int, year: int, adopted_on: date, act: str) -> WorkPlan:
    """Say by which act and on which day the plan was adopted: from then on everybody reads it, and its words stay."""
    plan = _draft(actor, employer_id, year)
    if adopted_on > today():
        raise Refusal(N_("This day is still to come: write the day of the act."), field="adopted_on")
    if not plan.texts and not plan.actions.exists():
        raise Refusal(N_("The plan is empty: write a section or an action first."))
    plan.adopted_on, plan.act = adopted_on, act
    plan.save(update_fields=["adopted_on", "act"])
    return plan


@action
def add_action(actor: Actor, *, employer_id: int, year: int, written: Written) -> PlanAction:
    """Add an action at the end of its section."""
    plan = _draft(actor, employer_id, year)
    made = PlanAction(plan=plan, position=_next(plan.pk, written.section))
    _write(made, employer_id, written)
    made.save()
    return made


@action
def change_action(actor: Actor, *, employer_id: int, year: int, action_id: int, written: Written) -> PlanAction:
    """Change what is written of an action of a draft; one that changes section goes to the end of the other."""
    plan = _draft(actor, employer_id, year)
    found = _action(plan, action_id)
    if found.section != written.section:
        found.position = _next(plan.pk, written.section)
    _write(found, employer_id, written)
    found.save()
    return found


@action
def record_progress(
    actor: Actor, *, employer_id: int, year: int, action_id: int, state: str, value: str, note: str
) -> PlanAction:
    """Record how far an action is: the only thing of an adopted plan that changes."""
    found = _action(_plan(actor, employer_id, year), action_id)
    found.state, found.value, found.note = ActionState(state).value, value, note
    found.save(update_fields=["state", "value", "note"])
    return found


@action
def move_action(actor: Actor, *, employer_id: int, year: int, action_id: int, up: bool) -> PlanAction:
    """Move an action of a draft one place up or down within its section."""
    plan = _draft(actor, employer_id, year)
    found = _action(plan, action_id)
    rows = PlanAction.objects.filter(plan=plan, section=found.section)
    order = list(rows.order_by("position").values_list("pk", flat=True))
    if (near := neighbour(order, found.pk, up=up)) is not None:
        _swap(found, near)
    return found


@action
def drop_action(actor: Actor, *, employer_id: int, year: int, action_id: int) -> str:
    """Take an action out of a draft; gives its title."""
    found = _action(_draft(actor, employer_id, year), action_id)
    found.delete()
    return found.title


def _swap(one: PlanAction, with_id: int) -> None:
    """Two actions of a section change places; a position is never held twice."""
    other = PlanAction.objects.get(pk=with_id)
    for row, position in ((one, _AWAY), (other, one.position), (one, other.position)):
        PlanAction.objects.filter(pk=row.pk).update(position=position)


def _write(into: PlanAction, employer_id: int, written: Written) -> None:
    if written.unit_id and not Unit.objects.filter(pk=written.unit_id, employer=employer_id).exists():
        raise Refusal(N_("Choose a unit of this employer."), field="unit_id")
    into.section, into.state = Section(written.section).value, ActionState(written.state).value
    for name in ("title", "unit_id", "responsible", "due_on", "indicator", "baseline", "target", "value", "note"):
        setattr(into, name, getattr(written, name))


def _next(plan_id: int, section: str) -> int:
    last = PlanAction.objects.filter(plan=plan_id, section=section).aggregate(last=Max("position"))["last"]
    return 0 if last is None else last + 1


def _kept(actor: Actor, employer_id: int) -> Employer:
    employer = Employer.objects.get(pk=employer_id)
    require(may_keep(part_of(actor, employer)))
    return employer


def _plan(actor: Actor, employer_id: int, year: int) -> WorkPlan:
    """The plan from a year, locked until the end of the transaction."""
    employer = _kept(actor, employer_id)
    plan = WorkPlan.objects.select_for_update(of=("self",)).filter(employer=employer, first_year=year).first()
    if plan is None:
        raise Refusal(N_("This plan is not there any more."))
    return plan


def _draft(actor: Actor, employer_id: int, year: int) -> WorkPlan:
    plan = _plan(actor, employer_id, year)
    if plan.adopted_on is not None:
        raise Refusal(ADOPTED)
    return plan


def _action(plan: WorkPlan, action_id: int) -> PlanAction:
    found = PlanAction.objects.select_for_update(of=("self",)).filter(plan=plan, pk=action_id).first()
    if found is None:
        raise Refusal(N_("This action is no longer in the plan."))
    return found

"""The agile work plan of the demo employer: written and adopted."""

from typing import Any

from contempo.agile.actions.monitoring.plans import (
    Written,
    add_action,
    adopt_plan,
    create_plan,
    write_section,
)
from contempo.agile.models import Employer, Unit
from contempo.people.public import Actor


def load_work_plan(actor: Actor, employer: Employer, told: dict[str, Any]) -> None:
    """Write the plan as its file has it, and adopt it."""
    year, last = told["years"]
    plan = create_plan(actor, employer_id=employer.pk, title=told["title"], first_year=year, last_year=last)
    for section, text in told["texts"].items():
        write_section(actor, employer_id=employer.pk, year=year, section=section, text=text)
    units = dict(Unit.objects.filter(employer=employer).values_list("code", "pk"))
    for each in told["actions"]:
        add_action(actor, employer_id=employer.pk, year=year, written=_written(each, units[each["unit"]]))
    adopt_plan(actor, employer_id=employer.pk, year=plan.first_year, adopted_on=told["adopted_on"], act=told["act"])


def _written(told: dict[str, Any], unit_id: int) -> Written:
    words = {name: told.get(name, "") for name in ("indicator", "baseline", "target", "value", "note")}
    return Written(
        section=told["section"],
        title=told["title"],
        unit_id=unit_id,
        responsible=told["responsible"],
        state=told["state"],
        due_on=told["due_on"],
        **words,
    )

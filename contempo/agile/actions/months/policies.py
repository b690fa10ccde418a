"""The rules of an employer: a version at a time, never rewritten."""

from datetime import date

from django.db.models import Max

from contempo.agile.access import may_keep, part_of
from contempo.agile.models import Employer, Month, Policy
from contempo.agile.rules.months import MonthState
from contempo.agile.rules.policy import Policy as Rules
from contempo.core import clock
from contempo.core.action import action
from contempo.core.verdict import Refusal, require
from contempo.core.words import N_
from contempo.people.public import Actor


@action
def publish_policy(actor: Actor, *, employer_id: int, rules: Rules, first_month: date, note: str = "") -> Policy:
    """Publish rules that hold from a month on. Months already open keep the rules they were opened with.

    Raises NotPermitted, and Refusal beside `first_month` when a month from then on is open already, `note` when a
    change has no reason.
    """
    employer = Employer.objects.select_for_update(of=("self",)).get(id=employer_id)
    require(may_keep(part_of(actor, employer)))
    if first_month.day != 1:
        raise Refusal(N_("Rules hold from the first day of a month."), field="first_month")
    open_ones = Month.objects.filter(employer=employer, first_day__gte=first_month).exclude(state=MonthState.DRAFT)
    if open_ones.exists():
        raise Refusal(
            N_("A month from then on is open already, under the rules it was opened with: choose a later one."),
            field="first_month",
        )
    last = Policy.objects.filter(employer=employer).aggregate(last=Max("number"))["last"] or 0
    if last and not note.strip():
        raise Refusal(N_("Say why the rules change: it is published with them."), field="note")
    return Policy.objects.create(
        employer=employer,
        number=last + 1,
        first_month=first_month,
        document=rules.as_json(),
        note=note.strip(),
        published_at=clock.now(),
        published_by_id=actor.person_id,
    )

"""The least presence units set for themselves."""

from contempo.agile.access import may_keep, part_of
from contempo.agile.models import Employer, PresenceRule, Unit
from contempo.core.action import action
from contempo.core.verdict import Refusal, require
from contempo.core.words import N_
from contempo.people.public import Actor


def _unit(actor: Actor, employer_id: int, unit_id: int) -> Unit:
    """A unit of an employer that the actor keeps."""
    employer = Employer.objects.get(pk=employer_id)
    require(may_keep(part_of(actor, employer)))
    unit = Unit.objects.filter(pk=unit_id, employer=employer).first()
    if unit is None:
        raise Refusal(N_("This unit is not there any more."), field="unit")
    return unit


@action
def set_presence(actor: Actor, *, employer_id: int, unit_id: int, weekday: int | None, percent: int) -> PresenceRule:
    """Set the least presence of a unit on a weekday (Monday is 0), or on every weekday, in per cent of its staff."""
    unit = _unit(actor, employer_id, unit_id)
    if not 0 <= percent <= 100:
        raise Refusal(N_("Write a number from 0 to %(most)s."), field="percent", most=100)
    if weekday is not None and not 0 <= weekday <= 6:
        raise Refusal(N_("Choose a day of the week."), field="weekday")
    rule, _created = PresenceRule.objects.update_or_create(
        unit=unit, weekday=weekday, defaults={"minimum_percent": percent}
    )
    return rule


@action
def drop_presence(actor: Actor, *, employer_id: int, rule_id: int) -> None:
    """Let the presence of the employer's own rules hold again."""
    found = PresenceRule.objects.filter(pk=rule_id, unit__employer=employer_id).first()
    if found is not None:
        _unit(actor, employer_id, found.unit_id)
        found.delete()

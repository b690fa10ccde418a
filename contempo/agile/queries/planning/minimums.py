"""The least presence of each unit, as it is set."""

from collections.abc import Iterator
from dataclasses import dataclass
from typing import Any

from babel.dates import get_day_names
from django.http import QueryDict
from django.utils.translation import get_language, gettext_lazy
from django.utils.translation import gettext as _

from contempo.agile.access import visible_units
from contempo.agile.models import Policy, PresenceRule, Unit
from contempo.agile.queries.opened import OpenedEmployer
from contempo.agile.rules import policy
from contempo.core.clock import today
from contempo.web import lists
from contempo.web.lists import Column, ListPage

COLUMNS = (
    Column("unit", gettext_lazy("Unit"), sort=("unit__name", "weekday")),
    Column("weekday", gettext_lazy("Day of the week"), sort="weekday"),
    Column("percent", gettext_lazy("At least, in per cent"), sort="minimum_percent", numeric=True),
    Column("id", "", template="agile/planning/cells/drop_rule.html"),
)


@dataclass(frozen=True)
class RuleRow:
    """One minimum a unit has of its own."""

    id: int
    unit: str
    weekday: str
    percent: int
    drop_url: str


def weekday_name(weekday: int | None) -> str:
    """`lunedì` for 0; every day for None."""
    if weekday is None:
        return _("Every day")
    return str(get_day_names("wide", locale=get_language() or "it")[weekday])


def rule_list(opened: OpenedEmployer, params: QueryDict) -> ListPage:
    """The minimums that units have of their own. Two SQL."""
    return lists.paginate(_rules(opened), params=params, columns=columns(opened), to_row=_to_row(opened), sort="unit")


def rule_rows(opened: OpenedEmployer, params: QueryDict) -> Iterator[RuleRow]:
    """The same rows, for a file."""
    for rule in _rules(opened).order_by("unit__name", "weekday").iterator():
        yield _to_row(opened)(rule)


def columns(opened: OpenedEmployer) -> tuple[Column, ...]:
    """The columns for who reads; who keeps the employer may also take a rule away."""
    return COLUMNS if opened.part.hr else COLUMNS[:-1]


def employer_minimums(opened: OpenedEmployer) -> tuple[tuple[str, int], ...]:
    """The minimum by weekday in the rules that hold today, for units without one of their own. One SQL."""
    found = Policy.objects.filter(employer=opened.employer, first_month__lte=today()).order_by("-number").first()
    if found is None:
        return ()
    presence = policy.read(found.document).presence
    return tuple((weekday_name(weekday), percent) for weekday, percent in enumerate(presence) if weekday < 5 or percent)


def unit_choices(opened: OpenedEmployer) -> list[tuple[str, str]]:
    """Units to choose from, from the top of the structure down. One SQL."""
    units = visible_units(opened.part, Unit.objects.filter(until__isnull=True)).order_by("path")
    return [(str(unit.pk), unit.name) for unit in units]


def _rules(opened: OpenedEmployer) -> Any:
    units = visible_units(opened.part, Unit.objects.all())
    return PresenceRule.objects.filter(unit__in=units).select_related("unit")


def _to_row(opened: OpenedEmployer) -> Any:
    def row(rule: PresenceRule) -> RuleRow:
        return RuleRow(
            id=rule.pk,
            unit=rule.unit.name,
            weekday=weekday_name(rule.weekday),
            percent=rule.minimum_percent,
            drop_url=opened.url("presence_drop", rule_id=rule.pk),
        )

    return row

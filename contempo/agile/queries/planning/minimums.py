"""The least presence of each unit, as it is set."""

from collections.abc import Iterator
from dataclasses import dataclass
from typing import Any

import django_filters
from babel.dates import get_day_names
from django.http import QueryDict
from django.utils.translation import get_language, gettext_lazy
from django.utils.translation import gettext as _

from contempo.agile.access import visible_units
from contempo.agile.models import Policy, PresenceRule, Unit
from contempo.agile.queries.opened import OpenedEmployer
from contempo.agile.queries.staff.units import directorates_of
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


class RuleFilters(django_filters.FilterSet):
    """What the minimums may be narrowed by; named as in the address."""

    cerca = django_filters.CharFilter(label=gettext_lazy("Name of the unit"), method="find")
    direzione = django_filters.ChoiceFilter(
        empty_label=gettext_lazy("Any"), label=gettext_lazy("Directorate"), field_name="unit__directorate_id"
    )

    class Meta:
        model = PresenceRule
        fields: tuple[str, ...] = ()

    def __init__(self, params: QueryDict, queryset: Any, *, directorates: list[tuple[str, str]]) -> None:
        super().__init__(params, queryset)
        self.filters["direzione"].extra["choices"] = directorates

    def find(self, rows: Any, name: str, text: str) -> Any:
        """By part of the name."""
        return rows.filter(unit__name__icontains=" ".join(text.split()))


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
    """The minimums that units have of their own. Three SQL."""
    return lists.build(_filters(opened, params), columns=columns(opened), to_row=_to_row(opened), sort="unit")


def rule_rows(opened: OpenedEmployer, params: QueryDict) -> Iterator[RuleRow]:
    """The same rows, for a file."""
    return lists.every_row(_filters(opened, params), columns=COLUMNS[:-1], to_row=_to_row(opened), sort="unit")


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


def _filters(opened: OpenedEmployer, params: QueryDict) -> RuleFilters:
    units = visible_units(opened.part, Unit.objects.all())
    rules = PresenceRule.objects.filter(unit__in=units).select_related("unit")
    return RuleFilters(params, rules, directorates=directorates_of(opened))


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

"""The structure of an employer as a list."""

from collections.abc import Iterator
from dataclasses import dataclass
from datetime import date, timedelta

import django_filters
from django.db.models import Q, QuerySet
from django.http import QueryDict
from django.utils.translation import gettext_lazy as _

from contempo.agile.access import visible_units
from contempo.agile.models import Unit, Worker
from contempo.agile.queries.names import named
from contempo.agile.queries.opened import OpenedEmployer
from contempo.agile.rules.staff import UNIT_KIND_LABELS, UnitKind
from contempo.agile.rules.structure import depth_of
from contempo.core.choices import choices
from contempo.web.lists import Column, ListPage, build, every_row

_DAY = timedelta(days=1)
NOW, ENDED = "ora", "finite"


@dataclass(frozen=True)
class UnitRow:
    """A unit of the list; `depth` is how many stand above it, `head` empty when nobody heads it."""

    code: str
    name: str
    depth: int
    kind: str
    directorate: str
    parent_code: str
    head: str
    since: date
    last: date | None
    url: str


COLUMNS = (
    Column("name", _("Unit"), sort=("path", "code"), template="agile/staff/cells/unit.html"),
    Column("kind", _("Kind of unit")),
    Column("code", _("Unit code"), sort="code"),
    Column("directorate", _("Directorate")),
    Column("head", _("Headed by")),
    Column("last", _("Last day"), sort="until"),
    Column("parent_code", _("Code of the unit above"), only_export=True),
    Column("since", _("From"), only_export=True),
)


class UnitFilters(django_filters.FilterSet):
    """What the structure may be narrowed by; named as in the address."""

    cerca = django_filters.CharFilter(label=_("Name or code"), method="find")
    tipo = django_filters.ChoiceFilter(
        empty_label=_("Any"), label=_("Kind of unit"), choices=choices(UNIT_KIND_LABELS), field_name="kind"
    )
    direzione = django_filters.ChoiceFilter(empty_label=_("Any"), label=_("Directorate"), field_name="directorate_id")
    quando = django_filters.ChoiceFilter(
        empty_label=_("Any"), label=_("When"), choices=[(NOW, _("There now")), (ENDED, _("Ended"))], method="there"
    )

    class Meta:
        model = Unit
        fields: tuple[str, ...] = ()

    def __init__(
        self, params: QueryDict, queryset: QuerySet[Unit], *, directorates: list[tuple[str, str]], today: date
    ) -> None:
        super().__init__(params, queryset)
        self.today = today
        self.filters["direzione"].extra["choices"] = directorates

    def find(self, rows: QuerySet[Unit], name: str, text: str) -> QuerySet[Unit]:
        """By part of the name, or by how the code begins."""
        text = " ".join(text.split())
        return rows.filter(Q(name__icontains=text) | Q(code__istartswith=text))

    def there(self, rows: QuerySet[Unit], name: str, value: str) -> QuerySet[Unit]:
        """There today, or not any more."""
        ended = Q(until__lte=self.today)
        return rows.filter(ended) if value == ENDED else rows.exclude(ended)


def directorates_of(opened: OpenedEmployer) -> list[tuple[str, str]]:
    """The directorates of an employer to choose from, by name. One SQL."""
    rows = visible_units(opened.part, Unit.objects.filter(kind=UnitKind.DIRECTORATE.value))
    return [(str(pk), name) for pk, name in rows.order_by("name").values_list("pk", "name")]


def _filters(opened: OpenedEmployer, params: QueryDict, today: date) -> UnitFilters:
    rows = visible_units(opened.part, Unit.objects.select_related("directorate", "parent"))
    return UnitFilters(params, rows, directorates=directorates_of(opened), today=today)


def _heads(opened: OpenedEmployer) -> dict[int, str]:
    """Who heads each unit, as shown. Two SQL."""
    rows = Worker.objects.filter(employer=opened.employer, heads_unit=True, present=True)
    found = list(rows.values_list("pk", "number", "person_id", "unit_id"))
    called = named((pk, number, person_id) for pk, number, person_id, _unit in found)
    return {unit_id: called[pk] for pk, _number, _person, unit_id in found}


class _Rows:
    def __init__(self, opened: OpenedEmployer) -> None:
        self.opened, self.heads = opened, _heads(opened)

    def __call__(self, unit: Unit) -> UnitRow:
        return UnitRow(
            code=unit.code,
            name=unit.name,
            depth=depth_of(unit.path),
            kind=unit.get_kind_display(),
            directorate=unit.directorate.name if unit.directorate else "",
            parent_code=unit.parent.code if unit.parent else "",
            head=self.heads.get(unit.pk, ""),
            since=unit.since,
            last=unit.until - _DAY if unit.until else None,
            url=self.opened.url("unit", unit_id=unit.pk),
        )


def units(opened: OpenedEmployer, params: QueryDict, *, today: date) -> ListPage:
    """The page of the structure that `params` ask for, as a tree unless another order is asked. Five SQL."""
    filters = _filters(opened, params, today)
    return build(filters, columns=COLUMNS, to_row=_Rows(opened), sort="name", per_page=50)


def unit_rows(opened: OpenedEmployer, params: QueryDict, *, today: date) -> Iterator[UnitRow]:
    """Every unit that `params` ask for, for a file."""
    return every_row(_filters(opened, params, today), columns=COLUMNS, to_row=_Rows(opened), sort="name")

"""The persons of a month, one list for each budget: their days come to it exactly."""

from collections.abc import Iterator
from dataclasses import dataclass
from typing import Any

import django_filters
from django.db.models import F, QuerySet
from django.http import QueryDict
from django.utils.translation import gettext_lazy as _

from contempo.agile.access import visible_accounts
from contempo.agile.models import Account, Month, Pool
from contempo.agile.queries.opened import OpenedEmployer
from contempo.web import lists
from contempo.web.lists import Column, ListPage


class PersonFilters(django_filters.FilterSet):
    """What the persons of a budget may be narrowed by."""

    numero = django_filters.CharFilter(label=_("Staff number"), field_name="worker__number", lookup_expr="startswith")
    accordo = django_filters.BooleanFilter(label=_("Agreement in force"), field_name="agreement")

    class Meta:
        model = Account
        fields: tuple[str, ...] = ()


@dataclass(frozen=True)
class PersonRow:
    """An account in the list: `days` is what it adds to the budget."""

    name: str
    number: str
    category: str
    part_time: str
    agreement: str
    entitled: int
    carried: int
    days: int
    cap: int


COLUMNS = (
    Column("name", _("Person"), sort="worker__number"),
    Column("number", _("Staff number"), sort="worker__number"),
    Column("category", _("Category"), sort=("worker__category", "worker__number")),
    Column("part_time", _("Working time"), sort="worker__part_time_percent"),
    Column("agreement", _("Agreement in force"), sort="agreement"),
    Column("entitled", _("Days of the month"), sort="entitled", numeric=True),
    Column("carried", _("Carried over"), sort="carried", numeric=True),
    Column("days", _("Into the budget"), sort="into_budget", numeric=True),
    Column("cap", _("Most agile days"), sort="cap", numeric=True),
)


def find_pool(opened: OpenedEmployer, month: Month, unit_id: int) -> Pool | None:
    """The pool of a directorate in a month. One SQL."""
    return Pool.objects.filter(month=month, directorate=unit_id).select_related("directorate").first()


def persons(opened: OpenedEmployer, month: Month, unit_id: int, params: QueryDict) -> ListPage:
    """The accounts of a directorate that the reader may see. Three SQL."""
    return lists.build(_filters(opened, month, unit_id, params), columns=COLUMNS, to_row=_row, sort="number")


def person_rows(opened: OpenedEmployer, month: Month, unit_id: int, params: QueryDict) -> Iterator[PersonRow]:
    """Every row of the list, for files."""
    return lists.every_row(_filters(opened, month, unit_id, params), columns=COLUMNS, to_row=_row, sort="number")


def _filters(opened: OpenedEmployer, month: Month, unit_id: int, params: QueryDict) -> PersonFilters:
    rows: QuerySet[Any] = visible_accounts(opened.part, Account.objects.filter(month=month, directorate=unit_id))
    return PersonFilters(
        params, rows.select_related("worker__person").annotate(into_budget=F("entitled") + F("carried"))
    )


def _row(account: Any) -> PersonRow:
    worker = account.worker
    return PersonRow(
        worker.person.full_name if worker.person_id else worker.number,
        worker.number,
        worker.category,
        f"{worker.part_time_percent} %",
        str(_("yes") if account.agreement else _("no")),
        account.entitled,
        account.carried,
        account.into_budget,
        account.cap,
    )

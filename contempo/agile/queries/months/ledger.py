"""The ledger of a month for human resources: every entry, and sums that are those of the entries shown."""

from collections.abc import Iterator
from dataclasses import dataclass
from datetime import date, datetime
from typing import Any

import django_filters
from django.db.models import Q, QuerySet, Sum
from django.http import QueryDict
from django.utils.translation import gettext_lazy as _

from contempo.agile.models import Entry, Month, MonthTally, Unit, Worker
from contempo.agile.queries.opened import OpenedEmployer
from contempo.agile.rules.ledger import ENTRY_KIND_LABELS, EntryKind
from contempo.core.choices import choices
from contempo.web import lists
from contempo.web.lists import Column, ListPage


class EntryFilters(django_filters.FilterSet):
    """What entries may be narrowed by."""

    tipo = django_filters.ChoiceFilter(
        label=_("Kind"), choices=choices(ENTRY_KIND_LABELS), empty_label=_("All"), field_name="kind"
    )
    direzione = django_filters.ModelChoiceFilter(
        label=_("Directorate"), queryset=Unit.objects.none(), empty_label=_("All"), method="in_directorate"
    )
    numero = django_filters.CharFilter(label=_("Staff number"), method="of_worker")

    class Meta:
        model = Entry
        fields: tuple[str, ...] = ()

    def __init__(self, params: QueryDict, queryset: QuerySet[Entry], *, month: Month) -> None:
        self.month = month
        super().__init__(params, queryset)
        self.filters["direzione"].queryset = Unit.objects.filter(employer=month.employer_id, parent=None)

    def in_directorate(self, rows: QuerySet[Entry], _name: str, unit: Unit) -> QuerySet[Entry]:
        """Entries of the accounts and of the pool of a directorate."""
        return rows.filter(Q(account__directorate=unit) | Q(directorate=unit))

    def of_worker(self, rows: QuerySet[Entry], _name: str, number: str) -> QuerySet[Entry]:
        """Entries of the account of one worker."""
        worker = Worker.objects.filter(employer=self.month.employer_id, number=number.strip())
        return rows.filter(account__worker__in=worker)


@dataclass(frozen=True)
class EntryRow:
    """An entry in the list. `own` and `shared` are what it adds to the pools."""

    number: int
    at: datetime
    kind: str
    worker: str
    directorate: str
    days: int
    asked: int
    own: int
    shared: int
    day: date | None


COLUMNS = (
    Column("number", _("Entry"), sort="id", numeric=True),
    Column("at", _("When"), sort="id"),
    Column("kind", _("Kind"), sort=("kind", "id")),
    Column("worker", _("Staff number")),
    Column("directorate", _("Directorate")),
    Column("days", _("Days"), numeric=True),
    Column("asked", _("Request answered"), numeric=True, only_export=True),
    Column("own", _("Pool of the directorate"), numeric=True),
    Column("shared", _("Shared pool"), numeric=True),
    Column("day", _("Date")),
)


@dataclass(frozen=True)
class Box:
    """The sum of a kind of entries, and the address of the list of them."""

    label: str
    days: int
    url: str


def entries(opened: OpenedEmployer, month: Month, params: QueryDict) -> ListPage:
    """The entries of a month, newest first. Three SQL."""
    return lists.build(_filters(month, params), columns=COLUMNS, to_row=_row, sort="-number")


def entry_rows(opened: OpenedEmployer, month: Month, params: QueryDict) -> Iterator[EntryRow]:
    """Every entry of the list, for files."""
    return lists.every_row(_filters(month, params), columns=COLUMNS, to_row=_row, sort="-number")


def boxes(opened: OpenedEmployer, month: Month, params: QueryDict) -> tuple[Box, ...]:
    """The sums by kind over what the list is narrowed to, whatever its kind. One or two SQL.

    Those of everybody or of a directorate are kept by the database; those of one worker are few entries.
    """
    asked, number = params.get("direzione", ""), params.get("numero", "").strip()
    unit = int(asked) if asked.isdecimal() else None
    if number:
        rows = Entry.objects.filter(month=month, account__worker__number=number)
        rows = rows.filter(account__worker__employer=month.employer_id)
        rows = rows.filter(account__directorate=unit) if unit is not None else rows
        found = dict(rows.values_list("kind").annotate(total=Sum("days")).order_by("kind"))
    else:
        sums = MonthTally.objects.filter(month=month)
        sums = sums.filter(directorate=unit) if unit is not None else sums
        found = dict(sums.values_list("measure").annotate(total=Sum("count")).order_by("measure"))
        pools = Entry.objects.filter(month=month, account=None)
        pools = pools.filter(directorate=unit) if unit is not None else pools
        found["expire"] = found.get("expire", 0) + (pools.aggregate(days=Sum("days"))["days"] or 0)
    return tuple(
        Box(str(label), found.get(kind, 0), _address(params, kind)) for kind, label in choices(ENTRY_KIND_LABELS)
    )


def _address(params: QueryDict, kind: str) -> str:
    query = params.copy()
    query["tipo"] = kind
    query.pop("pagina", None)
    return f"?{query.urlencode()}"


def _filters(month: Month, params: QueryDict) -> EntryFilters:
    rows = Entry.objects.filter(month=month).select_related("account__worker", "account__directorate", "directorate")
    return EntryFilters(params, rows, month=month)


def _row(entry: Any) -> EntryRow:
    account = entry.account
    where = account.directorate if account else entry.directorate
    return EntryRow(
        number=entry.pk,
        at=entry.at,
        kind=str(dict(choices(ENTRY_KIND_LABELS))[EntryKind(entry.kind)]),
        worker=account.worker.number if account else "",
        directorate=str(where) if where else str(_("Shared pool")),
        days=entry.days,
        asked=entry.asked,
        own=entry.own,
        shared=entry.shared,
        day=entry.day,
    )

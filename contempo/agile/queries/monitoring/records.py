"""The records behind each figure: as many as it counts, or with exactly its sum."""

from collections.abc import Callable, Iterator, Mapping, Sequence
from dataclasses import dataclass, replace
from datetime import date
from decimal import Decimal
from typing import Any

import django_filters
from django import forms
from django.db.models import Case, F, IntegerField, Q, QuerySet, Sum, Value, When
from django.db.models.functions import ExtractYear
from django.http import QueryDict
from django.utils.translation import gettext as _t
from django.utils.translation import gettext_lazy as _

from contempo.agile.models import Account, Entry, PlannedDay, PresenceDay
from contempo.agile.queries.monitoring import words
from contempo.agile.queries.monitoring.choices import Offer
from contempo.agile.queries.monitoring.counting import NOT_KNOWN, months_of
from contempo.agile.queries.monitoring.dashboard import PRESENCE, figure_label
from contempo.agile.queries.monitoring.shown import figure_text
from contempo.agile.queries.names import named
from contempo.agile.queries.opened import OpenedEmployer
from contempo.agile.rules.ledger import ENTRY_KIND_LABELS, EntryKind
from contempo.agile.rules.monitoring import Figure, Period, period_called
from contempo.agile.rules.months import MonthState
from contempo.agile.rules.staff import AGE_CLASSES
from contempo.core.clock import today
from contempo.web import lists
from contempo.web.lists import Column, ListPage

_ACCOUNTS: Mapping[str, Q] = {
    Figure.ELIGIBLE: Q(),
    Figure.AGREEMENTS: Q(agreement=True),
    Figure.ACTIVE: Q(first_used_on__isnull=False),
}
_CLEARED = Q(kind=EntryKind.AWARD, clearing__isnull=False)
_ENTRIES: Mapping[str, Q] = {
    Figure.PLANNED: Q(kind__in=[EntryKind.PLAN, EntryKind.RETURN]),
    Figure.USED: Q(kind=EntryKind.USE),
    Figure.DONATED: Q(kind=EntryKind.DONATE),
    Figure.ASKED: ~Q(asked=0),
    Figure.AWARDED: Q(kind=EntryKind.AWARD),
    Figure.DRAWN: Q(kind=EntryKind.AWARD, clearing__isnull=True),
    Figure.REFUSED: ~Q(asked=0) | _CLEARED,
}
_AMOUNTS: Mapping[str, Any] = {
    Figure.PLANNED: Case(When(kind=EntryKind.RETURN, then=-F("days")), default=F("days")),
    Figure.ASKED: F("asked"),
    Figure.REFUSED: F("asked") - Case(When(_CLEARED, then=F("days")), default=Value(0)),
}
_DAYS: Mapping[str, str] = {Figure.DECLARED: "", Figure.METRES: "metres_avoided", Figure.GRAMS: "grams_avoided"}

WHAT = (*_ACCOUNTS, *_ENTRIES, *_DAYS, PRESENCE)
"""The figures that have records, as addresses name them."""


@dataclass(frozen=True)
class Row:
    """A record: of a person (`who`) or of a unit alone, on a day or in a month."""

    who: str
    unit: str
    directorate: str
    day: date
    kind: str
    amount: Decimal | int | None
    held: str


@dataclass(frozen=True)
class Records:
    """The records of a figure, and what they come to: `figure` is the same as on the page of the figures."""

    what: str
    label: str
    period: str
    figure: str
    back_url: str
    page: ListPage


class _Filters(django_filters.FilterSet):
    """What narrows the records of a figure; `cosa` and `periodo` say which they are and stay with every address."""

    cosa = django_filters.CharFilter(method="kept", widget=forms.HiddenInput)
    periodo = django_filters.ChoiceFilter(
        label=_("Period"), method="kept", empty_label=None, choices=(), widget=forms.HiddenInput
    )
    direzione = django_filters.ChoiceFilter(
        label=_("Directorate"), field_name="directorate_id", empty_label=_("All"), choices=()
    )
    sesso = django_filters.ChoiceFilter(label=_("Sex"), method="of_sex", empty_label=_("All"), choices=())
    eta = django_filters.ChoiceFilter(label=_("Age class"), method="of_age", empty_label=_("All"), choices=())

    people = ""
    """The path to the account, with its final `__`."""

    def __init__(self, data: QueryDict, queryset: QuerySet[Any], *, offer: Offer) -> None:
        super().__init__(data, queryset)
        choices = {
            "periodo": offer.periods,
            "direzione": offer.directorates,
            "sesso": offer.sexes,
            "eta": offer.ages,
        }
        for name, values in choices.items():
            if name in self.filters:
                self.filters[name].extra["choices"] = values

    def kept(self, rows: QuerySet[Any], _name: str, _value: str) -> QuerySet[Any]:
        return rows

    def of_sex(self, rows: QuerySet[Any], _name: str, value: str) -> QuerySet[Any]:
        return rows.filter(**{f"{self.people}sex": value})

    def of_age(self, rows: QuerySet[Any], _name: str, value: str) -> QuerySet[Any]:
        born = f"{self.people}birth_year"
        if value == NOT_KNOWN:
            return rows.filter(**{born: 0})
        first, last = AGE_CLASSES[value]
        reached = rows.exclude(**{born: 0}).annotate(
            age_reached=ExtractYear(f"{self.people}month__first_day") - F(born)
        )
        return reached.filter(age_reached__range=(first, last))


class _OfAccounts(_Filters):
    class Meta:
        model = Account
        fields: Sequence[str] = ()


class _OfPeople(_Filters):
    people = "account__"
    direzione = django_filters.ChoiceFilter(
        label=_("Directorate"), field_name="account__directorate_id", empty_label=_("All"), choices=()
    )

    class Meta:
        fields: Sequence[str] = ()


class _OfUnits(_Filters):
    sesso = None
    eta = None

    class Meta:
        model = PresenceDay
        fields: Sequence[str] = ()


_WHO = Column("who", _("Worker"), sort=("account__worker__number",))
_UNIT = Column("unit", _("Organisational unit"), sort=("account__unit__name",))
_DIRECTORATE = Column("directorate", _("Directorate"), sort=("account__directorate__name",))


@dataclass(frozen=True)
class _Kind:
    """How the records of some figures are read and shown."""

    columns: tuple[Column, ...]
    filters: type[_Filters]
    to_row: Callable[[Any], Row]
    sort: str


def _account(account: Account) -> Row:
    return Row(
        account.worker.number, account.unit.name, account.directorate.name, account.month.first_day, "", None, ""
    )


def _entry(entry: Any) -> Row:
    account = entry.account
    day = entry.day or entry.at.date()
    kind = _t(ENTRY_KIND_LABELS[EntryKind(entry.kind)])
    return Row(account.worker.number, account.unit.name, account.directorate.name, day, kind, entry.amount, "")


def _day(planned: Any) -> Row:
    account = planned.account
    amount = None if planned.amount is None else Decimal(planned.amount) / 1000
    return Row(account.worker.number, account.unit.name, account.directorate.name, planned.day, "", amount, "")


def _presence(day: PresenceDay) -> Row:
    present = day.staff - day.remote
    kept = _t("yes") if present >= day.least else _t("no")
    return Row("", day.unit.name, day.directorate.name, day.day, f"{day.least} / {day.staff}", present, kept)


_KINDS = {
    "accounts": _Kind(
        (
            Column("who", _("Worker"), sort=("worker__number",)),
            Column("unit", _("Organisational unit"), sort=("unit__name",)),
            Column("directorate", _("Directorate"), sort=("directorate__name",)),
        ),
        _OfAccounts,
        _account,
        "who",
    ),
    "entries": _Kind(
        (
            _WHO,
            Column("day", _("Date"), sort="at"),
            Column("kind", _("What"), sort="kind"),
            Column("amount", _("Days"), sort="amount", numeric=True),
            _UNIT,
            _DIRECTORATE,
        ),
        _OfPeople,
        _entry,
        "-day",
    ),
    "days": _Kind(
        (
            _WHO,
            Column("day", _("Date"), sort="day"),
            Column("amount", _("Kilometres, or kilograms"), sort="amount", numeric=True),
            _UNIT,
            _DIRECTORATE,
        ),
        _OfPeople,
        _day,
        "-day",
    ),
    "presence": _Kind(
        (
            Column("unit", _("Organisational unit"), sort=("unit__name",)),
            Column("day", _("Date"), sort="day"),
            Column("kind", _("Least presence, of how many")),
            Column("amount", _("Present"), numeric=True),
            Column("held", _("Held")),
            Column("directorate", _("Directorate"), sort=("directorate__name",)),
        ),
        _OfUnits,
        _presence,
        "-day",
    ),
}


@dataclass(frozen=True)
class _Wanted:
    what: str
    kind: _Kind
    filters: _Filters
    period: Period


def _wanted(opened: OpenedEmployer, params: QueryDict, offer: Offer) -> _Wanted | None:
    """Which records are asked for; None when there is no such figure or period."""
    what, period = params.get("cosa", ""), period_called(params.get("periodo", ""))
    if what not in WHAT or period is None:
        return None
    name, rows = _rows(opened.employer.pk, what, period)
    kind = _KINDS[name]
    return _Wanted(what, kind, kind.filters(params, rows, offer=offer), period)


def _rows(employer_id: int, what: str, period: Period) -> tuple[str, QuerySet[Any]]:
    if what in _ACCOUNTS:
        return "accounts", _accounts(employer_id, what, period)
    if what == PRESENCE:
        kept = PresenceDay.objects.select_related("unit", "directorate")
        return "presence", kept.filter(unit__employer=employer_id, day__gte=period.since, day__lt=period.until)
    of_months = Q(
        account__month__employer=employer_id,
        account__month__first_day__gte=period.since,
        account__month__first_day__lt=period.until,
        account__month__first_day__lte=today(),
    ) & ~Q(account__month__state=MonthState.DRAFT)
    people = "account__worker", "account__unit", "account__directorate"
    if what in _ENTRIES:
        amount = _AMOUNTS.get(what, F("days"))
        entries = Entry.objects.select_related(*people).filter(of_months, _ENTRIES[what])
        return "entries", entries.annotate(amount=Case(default=amount, output_field=IntegerField()))
    days = PlannedDay.objects.select_related(*people).filter(of_months, metres_avoided__isnull=False)
    column = _DAYS[what]
    return "days", days.annotate(amount=F(column) if column else Value(None, output_field=IntegerField()))


def _accounts(employer_id: int, what: str, period: Period) -> QuerySet[Account]:
    """The accounts of the last month of the period that was opened and has begun."""
    months = [month for month in months_of(employer_id) if month in period.months]
    rows = Account.objects.select_related("worker", "unit", "directorate", "month")
    return rows.filter(_ACCOUNTS[what], month__employer=employer_id, month__first_day__in=months[:1])


def records(opened: OpenedEmployer, params: QueryDict, offer: Offer) -> Records | None:
    """The records behind a figure, for human resources; None when the address names none. At most six SQL."""
    wanted = _wanted(opened, params, offer)
    if wanted is None:
        return None
    kind = wanted.kind
    page = lists.build(wanted.filters, columns=_columns(wanted), to_row=lambda it: it, sort=kind.sort)
    rows = tuple(_with_names(page.rows, kind.to_row))
    return Records(
        what=wanted.what,
        label=figure_label(wanted.what),
        period=words.period_name(wanted.period),
        figure=_figure(wanted, page.total),
        back_url=f"{opened.url('monitoring')}?periodo={wanted.period.key}",
        page=replace(page, rows=rows),
    )


def _columns(wanted: _Wanted) -> tuple[Column, ...]:
    """Those of the kind, without the amount where records are only counted."""
    return tuple(each for each in wanted.kind.columns if not (each.key == "amount" and wanted.what == Figure.DECLARED))


def _with_names(found: Sequence[Any], to_row: Callable[[Any], Row]) -> Iterator[Row]:
    """The rows under the names of their workers. At most one SQL."""
    workers = [each.worker if isinstance(each, Account) else each.account.worker for each in found if _has(each)]
    called = named((worker.pk, worker.number, worker.person_id) for worker in workers)
    for each in found:
        row = to_row(each)
        if _has(each):
            worker = each.worker_id if isinstance(each, Account) else each.account.worker_id
            row = replace(row, who=called[worker])
        yield row


def _has(each: Any) -> bool:
    return not isinstance(each, PresenceDay)


def _figure(wanted: _Wanted, total: int) -> str:
    """What the records come to: their number, or the sum of what they move. One SQL where it is a sum."""
    what = wanted.what
    if what in _ACCOUNTS or what == Figure.DECLARED:
        return words.count_text(total)
    if what == PRESENCE:
        held = wanted.filters.qs.filter(staff__gte=F("remote") + F("least")).count()
        return _t("%(some)s of %(all)s") % {"some": words.count_text(held), "all": words.count_text(total)}
    found = wanted.filters.qs.order_by().aggregate(whole=Sum("amount"))["whole"] or 0
    return figure_text(Figure(what), int(found))


def record_rows(
    opened: OpenedEmployer, params: QueryDict, offer: Offer
) -> tuple[Iterator[Row], tuple[Column, ...]] | None:
    """Every record and the columns, for a file: workers under their number alone."""
    wanted = _wanted(opened, params, offer)
    if wanted is None:
        return None
    columns = _columns(wanted)
    return lists.every_row(wanted.filters, columns=columns, to_row=wanted.kind.to_row, sort=wanted.kind.sort), columns

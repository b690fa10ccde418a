"""Requests of a month, and appeals, for human resources."""

from collections.abc import Callable, Iterator
from dataclasses import dataclass
from datetime import datetime
from typing import Any

import django_filters
from django.db.models import OuterRef, QuerySet, Subquery, Sum
from django.http import QueryDict
from django.utils.translation import gettext
from django.utils.translation import gettext_lazy as _

from contempo.agile.access import visible_appeals
from contempo.agile.models import Appeal, Entry, Month, Request, Unit
from contempo.agile.queries.months.finding import key_of
from contempo.agile.queries.opened import OpenedEmployer
from contempo.agile.rules.ledger import EntryKind
from contempo.agile.rules.months import APPEAL, REASON_LABELS, AppealState, MonthState, Reason, RequestState
from contempo.core.choices import choices
from contempo.core.workflow import Look
from contempo.web import lists
from contempo.web.lists import Column, ListPage


class RequestFilters(django_filters.FilterSet):
    """What requests may be narrowed by."""

    motivo = django_filters.ChoiceFilter(
        label=_("Reason"), choices=choices(REASON_LABELS), empty_label=_("All"), field_name="reason"
    )
    direzione = django_filters.ModelChoiceFilter(
        label=_("Directorate"),
        queryset=Unit.objects.none(),
        empty_label=_("All"),
        field_name="account__directorate",
    )
    numero = django_filters.CharFilter(
        label=_("Staff number"), field_name="account__worker__number", lookup_expr="startswith"
    )

    class Meta:
        model = Request
        fields: tuple[str, ...] = ()

    def __init__(self, params: QueryDict, queryset: QuerySet[Request], *, month: Month) -> None:
        super().__init__(params, queryset)
        self.filters["direzione"].queryset = Unit.objects.filter(employer=month.employer_id, parent=None)


@dataclass(frozen=True)
class RequestRow:
    """A request in the list; `awarded` is not known before the result."""

    worker: str
    number: str
    directorate: str
    klass: int
    reason: str
    days: int
    awarded: int | None
    state: str


COLUMNS = (
    Column("worker", _("Person"), sort="account__worker__number"),
    Column("number", _("Staff number"), sort="account__worker__number"),
    Column("directorate", _("Directorate"), sort="account__directorate__name"),
    Column("klass", _("Class"), sort="klass", numeric=True),
    Column("reason", _("Reason"), sort="reason"),
    Column("days", _("Days asked"), sort="days", numeric=True),
    Column("awarded", _("Days awarded"), numeric=True),
    Column("state", _("State"), sort="state"),
)


def requests(opened: OpenedEmployer, month: Month, params: QueryDict) -> ListPage:
    """The requests of a month, class by class. Three SQL."""
    return lists.build(_filters(month, params), columns=COLUMNS, to_row=_to_row(month), sort="klass")


def request_rows(opened: OpenedEmployer, month: Month, params: QueryDict) -> Iterator[RequestRow]:
    """Every request of the list, for files."""
    return lists.every_row(_filters(month, params), columns=COLUMNS, to_row=_to_row(month), sort="klass")


def _filters(month: Month, params: QueryDict) -> RequestFilters:
    awarded = (
        Entry.objects.filter(account=OuterRef("account_id"), kind=EntryKind.AWARD, clearing__isnull=False)
        .order_by()
        .values("account")
        .annotate(total=Sum("days"))
        .values("total")
    )
    rows = Request.objects.filter(month=month).select_related("account__worker__person", "account__directorate")
    return RequestFilters(params, rows.annotate(awarded=Subquery(awarded)), month=month)


def _to_row(month: Month) -> Callable[[Any], RequestRow]:
    known = month.state in (MonthState.PUBLISHED, MonthState.CLOSED)

    def row(request: Any) -> RequestRow:
        worker = request.account.worker
        withdrawn = request.state == RequestState.WITHDRAWN
        answered = gettext("Answered") if known else gettext("Waits for the clearing")
        return RequestRow(
            worker=worker.person.full_name if worker.person_id else worker.number,
            number=worker.number,
            directorate=str(request.account.directorate),
            klass=request.klass,
            reason=gettext(REASON_LABELS[Reason(request.reason)]),
            days=request.days,
            awarded=request.awarded if known else None,
            state=gettext("Taken back") if withdrawn else answered,
        )

    return row


class AppealFilters(django_filters.FilterSet):
    """What appeals may be narrowed by."""

    stato = django_filters.ChoiceFilter(
        label=_("State"),
        choices=choices({state: look.label for state, look in APPEAL.looks.items()}),
        empty_label=_("All"),
        field_name="state",
    )

    class Meta:
        model = Appeal
        fields: tuple[str, ...] = ()


@dataclass(frozen=True)
class AppealRow:
    """An appeal in the list."""

    worker: str
    url: str
    made_at: datetime
    state: Look
    decided_at: datetime | None


APPEAL_COLUMNS = (
    Column("worker", _("Person"), sort="account__worker__number"),
    Column("made_at", _("Made on"), sort="made_at"),
    Column("state", _("State"), sort="state"),
    Column("decided_at", _("Decided on"), sort="decided_at"),
)


def appeals(opened: OpenedEmployer, month: Month, params: QueryDict) -> ListPage:
    """The appeals of a month, newest first. Two SQL."""
    filters = AppealFilters(params, _appeals(opened, month))
    return lists.build(filters, columns=APPEAL_COLUMNS, to_row=_appeal_row(opened, month), sort="-made_at")


def appeal_rows(opened: OpenedEmployer, month: Month, params: QueryDict) -> Iterator[AppealRow]:
    """Every appeal of the list, for files."""
    filters = AppealFilters(params, _appeals(opened, month))
    return lists.every_row(filters, columns=APPEAL_COLUMNS, to_row=_appeal_row(opened, month), sort="-made_at")


@dataclass(frozen=True)
class AppealPage:
    """An appeal for who decides on it, with what was asked and got."""

    id: int
    worker: str
    number: str
    text: str
    made_at: datetime
    look: Look
    open: bool
    answer: str
    decided_at: datetime | None
    reason: str
    days: int
    awarded: int
    corrected: str


def appeal_page(opened: OpenedEmployer, month: Month, appeal_id: int) -> AppealPage | None:
    """One appeal, None when the reader may not see it. Three SQL."""
    appeal = _appeals(opened, month).filter(pk=appeal_id).first()
    if appeal is None:
        return None
    request = Request.objects.filter(account=appeal.account_id).first()
    awards = Entry.objects.filter(account=appeal.account_id, kind=EntryKind.AWARD, clearing__isnull=False)
    worker = appeal.account.worker
    corrected = ""
    if appeal.corrected_days is not None:
        params = {"days": appeal.corrected_days, "reason": gettext(REASON_LABELS[Reason(appeal.corrected_reason)])}
        corrected = gettext("It counts with %(days)s days: %(reason)s.") % params
    return AppealPage(
        id=appeal.pk,
        worker=worker.person.full_name if worker.person_id else worker.number,
        number=worker.number,
        text=appeal.text,
        made_at=appeal.made_at,
        look=APPEAL.looks[AppealState(appeal.state)],
        open=appeal.state == AppealState.OPEN,
        answer=appeal.answer,
        decided_at=appeal.decided_at,
        reason=gettext(REASON_LABELS[Reason(request.reason)]) if request else "",
        days=request.days if request else 0,
        awarded=awards.aggregate(days=Sum("days"))["days"] or 0,
        corrected=corrected,
    )


def _appeals(opened: OpenedEmployer, month: Month) -> QuerySet[Any]:
    rows = visible_appeals(opened.part, Appeal.objects.filter(month=month))
    return rows.select_related("account__worker__person")


def _appeal_row(opened: OpenedEmployer, month: Month) -> Callable[[Any], AppealRow]:
    def row(appeal: Any) -> AppealRow:
        worker = appeal.account.worker
        return AppealRow(
            worker.person.full_name if worker.person_id else worker.number,
            opened.url("month_appeal", month=key_of(month.first_day), appeal_id=appeal.pk),
            appeal.made_at,
            APPEAL.looks[AppealState(appeal.state)],
            appeal.decided_at,
        )

    return row

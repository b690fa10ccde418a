"""The verified grounds of priority, for human resources alone."""

from collections.abc import Callable, Iterator
from dataclasses import dataclass
from datetime import date

import django_filters
from django.db.models import Q, QuerySet
from django.http import QueryDict
from django.utils.translation import gettext
from django.utils.translation import gettext_lazy as _

from contempo.agile.models import PriorityVerification
from contempo.agile.models.agreements import in_effect_on
from contempo.agile.queries.agreements.wording import last_day, name_of
from contempo.agile.queries.opened import OpenedEmployer
from contempo.agile.rules.agreements import GROUND_LABELS
from contempo.core.choices import choices
from contempo.core.clock import today
from contempo.core.words import N_
from contempo.core.workflow import Look
from contempo.web.lists import Column, ListPage, build, every_row

COUNTS, OVER = "valide", "concluse"
LOOKS = {
    COUNTS: Look(N_("Counts"), "success", "it-check-circle"),
    OVER: Look(N_("Over"), "neutral", "it-clock"),
}


@dataclass(frozen=True)
class VerificationRow:
    """That a ground of a worker was verified, by whom and when."""

    id: int
    name: str
    staff_number: str
    ground: str
    verified_on: date
    verified_by: str
    last_day: date | None
    state: Look
    end_url: str


COLUMNS = (
    Column("name", _("Worker"), sort="worker__number"),
    Column("ground", _("Ground"), sort="ground"),
    Column("verified_on", _("Verified on"), sort="verified_on"),
    Column("verified_by", _("Verified by")),
    Column("last_day", _("Last day"), sort="until"),
    Column("state", _("State"), template="agile/agreements/cells/ground.html"),
    Column("staff_number", _("Staff number"), only_export=True),
)
SORT = "-verified_on"


class _Filters(django_filters.FilterSet):
    """What the verified grounds may be narrowed by; named as in the address."""

    cerca = django_filters.CharFilter(label=_("Staff number or name"), method="found")
    motivo = django_filters.ChoiceFilter(
        label=_("Ground"), choices=choices(GROUND_LABELS), field_name="ground", empty_label=_("All")
    )
    stato = django_filters.ChoiceFilter(
        label=_("State"), choices=[(COUNTS, _("Counts")), (OVER, _("Over"))], method="in_state", empty_label=_("All")
    )

    class Meta:
        model = PriorityVerification
        fields: tuple[str, ...] = ()

    def found(self, rows: QuerySet[PriorityVerification], name: str, text: str) -> QuerySet[PriorityVerification]:
        text = text.strip()
        return rows.filter(Q(worker__number__iexact=text) | Q(worker__person__full_name__icontains=text))

    def in_state(self, rows: QuerySet[PriorityVerification], name: str, value: str) -> QuerySet[PriorityVerification]:
        counts = in_effect_on(today())
        return rows.filter(counts) if value == COUNTS else rows.exclude(counts)


def verifications(opened: OpenedEmployer, params: QueryDict) -> ListPage:
    """The page of verified grounds that `params` ask for. Two SQL."""
    return build(_filters(opened, params), columns=COLUMNS, to_row=_row_maker(opened), sort=SORT)


def verification_rows(opened: OpenedEmployer, params: QueryDict) -> Iterator[VerificationRow]:
    """Every one of them, for a file."""
    return every_row(_filters(opened, params), columns=COLUMNS, to_row=_row_maker(opened), sort=SORT)


def _filters(opened: OpenedEmployer, params: QueryDict) -> _Filters:
    rows = PriorityVerification.objects.filter(worker__employer=opened.employer)
    return _Filters(params, rows.select_related("worker__person", "verified_by"))


def _row_maker(opened: OpenedEmployer) -> Callable[[PriorityVerification], VerificationRow]:
    day = today()

    def row(each: PriorityVerification) -> VerificationRow:
        counts = each.verified_on <= day and (each.until is None or each.until > day)
        return VerificationRow(
            id=each.pk,
            name=name_of(each.worker),
            staff_number=each.worker.number,
            ground=gettext(GROUND_LABELS[each.ground]),
            verified_on=each.verified_on,
            verified_by=each.verified_by.full_name if each.verified_by else "",
            last_day=last_day(each.until),
            state=LOOKS[COUNTS if counts else OVER],
            end_url=opened.url("priority_end", verification_id=each.pk) if counts else "",
        )

    return row

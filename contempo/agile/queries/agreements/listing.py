"""The register of agreements."""

from collections.abc import Callable, Iterator
from dataclasses import dataclass
from datetime import date, datetime

import django_filters
from django.db.models import Q, QuerySet
from django.http import QueryDict
from django.utils.translation import gettext_lazy as _

from contempo.agile.access import visible_agreements
from contempo.agile.models import Agreement, Unit
from contempo.agile.models.agreements import AGREEMENT_STATES, in_force_on
from contempo.agile.queries.agreements.mine import to_evaluate, waiting
from contempo.agile.queries.agreements.wording import last_day, name_of
from contempo.agile.queries.opened import OpenedEmployer
from contempo.agile.rules.agreements import AGREEMENT, TERM_LABELS, AgreementState
from contempo.agile.rules.agreements.evaluation import FROM_BEFORE_END
from contempo.core.clock import today
from contempo.core.workflow import Look
from contempo.web.forms import DateInput
from contempo.web.lists import Column, ListPage, build, every_row

FOR_ME, HOLDS, ENDS, TO_EVALUATE = "decidere", "vigore", "scadenza", "valutare"


@dataclass(frozen=True)
class AgreementRow:
    """An agreement in the register."""

    name: str
    number: int
    staff_number: str
    unit: str
    directorate: str
    state: Look
    days: int | None
    term: str
    since: date | None
    last_day: date | None
    signed_at: datetime | None
    state_since: datetime
    url: str


COLUMNS = (
    Column("name", _("Agreement"), sort="number"),
    Column("unit", _("Organisational unit")),
    Column("state", _("State"), sort="state"),
    Column("days", _("Days a month"), sort="days_per_month", numeric=True),
    Column("since", _("First day"), sort="starts_on"),
    Column("last_day", _("Last day"), sort="until"),
    Column("state_since", _("In this state since"), sort="state_since", template="agile/agreements/cells/since.html"),
    Column("number", _("Number"), only_export=True),
    Column("staff_number", _("Staff number"), only_export=True),
    Column("directorate", _("Directorate"), only_export=True),
    Column("term", _("Term"), only_export=True),
    Column("signed_at", _("Signed at"), only_export=True),
)
SORT = "-state_since"


class _Filters(django_filters.FilterSet):
    """What the register may be narrowed by; named as in the address."""

    cerca = django_filters.CharFilter(label=_("Number or name"), method="found")
    stato = django_filters.ChoiceFilter(
        label=_("State"), choices=AGREEMENT_STATES, field_name="state", empty_label=_("All")
    )
    solo = django_filters.ChoiceFilter(
        label=_("Only"),
        choices=[
            (FOR_ME, _("Those that wait for me")),
            (HOLDS, _("Those that hold today")),
            (ENDS, _("Those that end within thirty days")),
            (TO_EVALUATE, _("Those to evaluate")),
        ],
        method="only",
        empty_label=_("All"),
    )
    direzione = django_filters.ChoiceFilter(label=_("Directorate"), field_name="directorate_id", empty_label=_("All"))
    dal = django_filters.DateFilter(
        label=_("Holds from"),
        method="holds_from",
        widget=DateInput(),
        help_text=_("Agreements that hold on this day or later."),
    )
    al = django_filters.DateFilter(
        label=_("Holds until"),
        method="holds_until",
        widget=DateInput(),
        help_text=_("Agreements that hold on this day or sooner."),
    )

    class Meta:
        model = Agreement
        fields: tuple[str, ...] = ()

    def __init__(self, opened: OpenedEmployer, params: QueryDict, queryset: QuerySet[Agreement]) -> None:
        super().__init__(params, queryset)
        self.part = opened.part
        units = Unit.objects.filter(employer=opened.employer, parent__isnull=True)
        self.filters["direzione"].extra["choices"] = [
            (str(pk), name) for pk, name in units.order_by("name").values_list("pk", "name")
        ]

    def found(self, rows: QuerySet[Agreement], name: str, text: str) -> QuerySet[Agreement]:
        """By the number of the agreement, the staff number, or words of the name."""
        text = text.strip().lstrip("#")
        by_text = Q(worker__number__iexact=text) | Q(worker__person__full_name__icontains=text)
        return rows.filter(by_text | Q(number=int(text)) if text.isdecimal() and len(text) < 9 else by_text)

    def only(self, rows: QuerySet[Agreement], name: str, value: str) -> QuerySet[Agreement]:
        if value == FOR_ME:
            return rows.filter(pk__in=waiting(self.part).values("pk"))
        if value == TO_EVALUATE:
            return rows.filter(pk__in=to_evaluate(self.part, today()).values("pk"))
        if value == HOLDS:
            return rows.filter(in_force_on(today()))
        return rows.filter(ending_soon(today()))

    def holds_from(self, rows: QuerySet[Agreement], name: str, day: date) -> QuerySet[Agreement]:
        return rows.filter(Q(until__isnull=True) | Q(until__gt=day), starts_on__isnull=False)

    def holds_until(self, rows: QuerySet[Agreement], name: str, day: date) -> QuerySet[Agreement]:
        return rows.filter(starts_on__lte=day)


def ending_soon(day: date) -> Q:
    """Agreements in force that end within thirty days of `day`."""
    return Q(state=AgreementState.IN_FORCE, until__isnull=False, until__gt=day, until__lte=day + FROM_BEFORE_END)


def register(opened: OpenedEmployer, params: QueryDict) -> ListPage:
    """The page of the register that `params` ask for, of the agreements the reader may see. Three SQL."""
    return build(_filters(opened, params), columns=COLUMNS, to_row=_row_maker(opened), sort=SORT)


def register_rows(opened: OpenedEmployer, params: QueryDict) -> Iterator[AgreementRow]:
    """Every agreement that `params` ask for, for a file."""
    return every_row(_filters(opened, params), columns=COLUMNS, to_row=_row_maker(opened), sort=SORT)


def _filters(opened: OpenedEmployer, params: QueryDict) -> _Filters:
    rows = visible_agreements(opened.part, Agreement.objects.all())
    return _Filters(opened, params, rows.select_related("worker__person", "unit", "directorate"))


def _row_maker(opened: OpenedEmployer) -> Callable[[Agreement], AgreementRow]:
    def row(agreement: Agreement) -> AgreementRow:
        name = name_of(agreement.worker)
        return AgreementRow(
            name=f"{agreement.number}. {name}",
            number=agreement.number,
            staff_number=agreement.worker.number,
            unit=agreement.unit.name,
            directorate=agreement.directorate.name,
            state=AGREEMENT.looks[AgreementState(agreement.state)],
            days=agreement.days_per_month,
            term=str(_(TERM_LABELS[agreement.term])),
            since=agreement.starts_on,
            last_day=last_day(agreement.until),
            signed_at=agreement.signed_at,
            state_since=agreement.state_since,
            url=opened.url("agreement", number=agreement.number),
        )

    return row

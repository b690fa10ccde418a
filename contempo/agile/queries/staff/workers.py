"""The staff of an employer as a list."""

from collections.abc import Iterator
from dataclasses import dataclass
from datetime import date, timedelta

import django_filters
from django.db.models import Q, QuerySet, Sum
from django.http import QueryDict
from django.utils.translation import gettext
from django.utils.translation import gettext_lazy as _

from contempo.agile.access import visible_units, visible_workers
from contempo.agile.models import EmployerTally, Unit, Worker
from contempo.agile.queries.opened import OpenedEmployer
from contempo.agile.queries.staff.unit import tree_choices
from contempo.agile.queries.staff.units import directorates_of
from contempo.agile.rules.staff import CONTRACT_LABELS
from contempo.agile.rules.structure_staff import weekdays_written
from contempo.core.choices import choices
from contempo.web.lists import Column, ListPage, build, every_row

_DAY = timedelta(days=1)
YES, NO, NOT_YET = "si", "no", "non-ancora"
HERE, GONE, EVER = "ora", "non-piu", "tutti"


@dataclass(frozen=True)
class WorkerRow:
    """Somebody of the staff; `remote_percent` is None until shares are known."""

    number: str
    name: str
    unit: str
    unit_code: str
    directorate: str
    contract: str
    category: str
    pattern: str
    remote_percent: int | None
    eligible: bool
    agile: bool
    linked: str
    email: str
    part_time_percent: int
    weekdays: str
    since: date
    last: date | None
    heads_unit: bool
    safety_representative: bool
    url: str


COLUMNS = (
    Column("number", _("Staff number"), sort="number"),
    Column("name", _("Name")),
    Column("unit", _("Unit"), sort=("unit", "number")),
    Column("contract", _("Contract")),
    Column("pattern", _("Working time")),
    Column("eligible", _("May ask for agile work"), sort=("eligible", "number")),
    Column("agile", _("Agreement in force")),
    Column("linked", _("Access")),
    Column("directorate", _("Directorate"), only_export=True),
    Column("unit_code", _("Unit code"), only_export=True),
    Column("email", _("E-mail"), only_export=True),
    Column("category", _("Category"), only_export=True),
    Column("part_time_percent", _("Working time, in per cent"), only_export=True),
    Column("weekdays", _("Weekdays worked"), only_export=True),
    Column("remote_percent", _("Share that can be done remotely, in per cent"), only_export=True),
    Column("since", _("From"), only_export=True),
    Column("last", _("To"), only_export=True),
    Column("heads_unit", _("Heads the unit"), only_export=True),
    Column("safety_representative", _("Safety representative"), only_export=True),
)


class WorkerFilters(django_filters.FilterSet):
    """What the staff may be narrowed by; named as in the address."""

    cerca = django_filters.CharFilter(label=_("Number or e-mail"), method="find")
    direzione = django_filters.ChoiceFilter(empty_label=_("Any"), label=_("Directorate"), field_name="directorate_id")
    unita = django_filters.ChoiceFilter(empty_label=_("Any"), label=_("Unit, with those below it"), method="within")
    contratto = django_filters.ChoiceFilter(
        empty_label=_("Any"), label=_("Contract"), choices=choices(CONTRACT_LABELS), field_name="contract"
    )
    idoneita = django_filters.ChoiceFilter(
        empty_label=_("Any"),
        label=_("May ask for agile work"),
        choices=[(YES, _("yes")), (NO, _("no")), (NOT_YET, _("Not known yet"))],
        method="may_ask",
    )
    accordo = django_filters.ChoiceFilter(
        empty_label=_("Any"),
        label=_("Agreement in force"),
        choices=[(YES, _("yes")), (NO, _("no"))],
        method="in_agreement",
    )
    accesso = django_filters.ChoiceFilter(
        empty_label=_("Any"),
        label=_("Access"),
        choices=[
            (YES, _("Linked")),
            ("invitati", _("Invited")),
            ("da-invitare", _("To be invited")),
            ("senza-indirizzo", _("Without an address")),
        ],
        method="linked",
    )
    ruolo = django_filters.ChoiceFilter(
        empty_label=_("Any"),
        label=_("Role"),
        choices=[("responsabili", _("Heads a unit")), ("sicurezza", _("Safety representative"))],
        method="role",
    )
    quando = django_filters.ChoiceFilter(
        empty_label=_("There now"),
        label=_("When"),
        choices=[(GONE, _("Not there now")), (EVER, _("All, whenever"))],
        method="when",
    )

    class Meta:
        model = Worker
        fields: tuple[str, ...] = ()

    def __init__(self, params: QueryDict, queryset: QuerySet[Worker], *, opened: OpenedEmployer) -> None:
        super().__init__(params, queryset)
        units = visible_units(opened.part, Unit.objects.all())
        self.paths: dict[str, str] = {}
        tree = list(units.order_by("path").values_list("pk", "name", "path"))
        if not opened.part.hr:
            tree = [row for row in tree if opened.part.heads and row[2].startswith(opened.part.heads)]
        self.paths = {str(pk): path for pk, _name, path in tree}
        self.filters["unita"].extra["choices"] = tree_choices(tree)
        self.filters["direzione"].extra["choices"] = directorates_of(opened) if opened.part.hr else []

    def filter_queryset(self, queryset: QuerySet[Worker]) -> QuerySet[Worker]:
        """Those there now, unless others are asked for."""
        found = super().filter_queryset(queryset)
        return found if self.form.cleaned_data.get("quando") else found.filter(present=True)

    def find(self, rows: QuerySet[Worker], name: str, text: str) -> QuerySet[Worker]:
        """By how the number begins, or by part of the address."""
        text = "".join(text.split())
        return rows.filter(Q(number__istartswith=text) | Q(email__icontains=text))

    def within(self, rows: QuerySet[Worker], name: str, value: str) -> QuerySet[Worker]:
        """In the unit or in one below it."""
        return rows.filter(unit__path__startswith=self.paths[value])

    def may_ask(self, rows: QuerySet[Worker], name: str, value: str) -> QuerySet[Worker]:
        """Who may ask for agile work, who may not, of whom it is not known."""
        if value == NOT_YET:
            return rows.filter(remote_percent=None)
        return rows.filter(eligible=value == YES, **({} if value == YES else {"remote_percent__isnull": False}))

    def in_agreement(self, rows: QuerySet[Worker], name: str, value: str) -> QuerySet[Worker]:
        """With an agreement in force, or without."""
        return rows.filter(agile=value == YES)

    def linked(self, rows: QuerySet[Worker], name: str, value: str) -> QuerySet[Worker]:
        """By how far the invitation has come."""
        if value == YES:
            return rows.filter(person__isnull=False)
        rows = rows.filter(person=None)
        if value == "senza-indirizzo":
            return rows.filter(email="")
        return rows.exclude(email="").filter(invitation_asked_at__isnull=value == "da-invitare")

    def role(self, rows: QuerySet[Worker], name: str, value: str) -> QuerySet[Worker]:
        """Who heads a unit, or represents the workers for safety."""
        return rows.filter(heads_unit=True) if value == "responsabili" else rows.filter(safety_representative=True)

    def when(self, rows: QuerySet[Worker], name: str, value: str) -> QuerySet[Worker]:
        """Who is not there now, or all."""
        return rows.filter(present=False) if value == GONE else rows


def _filters(opened: OpenedEmployer, params: QueryDict) -> WorkerFilters:
    rows = visible_workers(opened.part, Worker.objects.select_related("unit", "directorate", "person"))
    return WorkerFilters(params, rows, opened=opened)


def workers(opened: OpenedEmployer, params: QueryDict) -> ListPage:
    """The page of the staff that `params` ask for. At most five SQL: sums are kept, nobody counts all rows."""
    filters = _filters(opened, params)
    filters.is_valid()
    total = _kept_total(opened, {name: value for name, value in filters.form.cleaned_data.items() if value})
    return build(filters, columns=COLUMNS, to_row=_Rows(opened), sort="number", total=total)


def worker_rows(opened: OpenedEmployer, params: QueryDict) -> Iterator[WorkerRow]:
    """Everybody `params` ask for, for a file."""
    return every_row(_filters(opened, params), columns=COLUMNS, to_row=_Rows(opened), sort="number")


def _kept_total(opened: OpenedEmployer, chosen: dict[str, str]) -> int | None:
    """How many rows the filters leave, when kept sums tell; None when rows must be counted."""
    measures = {"idoneita": "eligible", "accordo": "agile"}
    asked = [name for name in chosen if name != "direzione"]
    if not opened.part.hr or len(asked) > 1 or (asked and (asked[0] not in measures or chosen[asked[0]] != YES)):
        return None
    measure = measures[asked[0]] if asked else "staff"
    sums = EmployerTally.objects.filter(employer=opened.employer, facet="worker", measure=measure)
    if directorate := chosen.get("direzione"):
        sums = sums.filter(key__startswith=f"{directorate}|")
    return int(sums.aggregate(total=Sum("count"))["total"] or 0)


class _Rows:
    def __init__(self, opened: OpenedEmployer) -> None:
        self.opened = opened

    def __call__(self, worker: Worker) -> WorkerRow:
        return WorkerRow(
            number=worker.number,
            name=str(worker.person) if worker.person else "",
            unit=worker.unit.name,
            unit_code=worker.unit.code,
            directorate=worker.directorate.name,
            contract=worker.get_contract_display(),
            category=worker.category,
            pattern=pattern_of(worker),
            remote_percent=worker.remote_percent,
            eligible=worker.eligible,
            agile=worker.agile,
            linked=access_of(worker),
            email=worker.email,
            part_time_percent=worker.part_time_percent,
            weekdays=weekdays_written(worker.weekdays),
            since=worker.since,
            last=worker.until - _DAY if worker.until else None,
            heads_unit=worker.heads_unit,
            safety_representative=worker.safety_representative,
            url=self.opened.url("worker", worker_id=worker.pk),
        )


def pattern_of(worker: Worker) -> str:
    """The working time of a worker in a few words: "full time", "50 %, lu ma gi"."""
    days = weekdays_written(worker.weekdays)
    if worker.part_time_percent == 100:
        return gettext("full time") if days == "lu-ve" else gettext("full time, %(days)s") % {"days": days}
    return gettext("%(percent)s %%, %(days)s") % {"percent": worker.part_time_percent, "days": days}


def access_of(worker: Worker) -> str:
    """How far a worker has come on the way into the platform."""
    if worker.person_id is not None:
        return gettext("Linked")
    if not worker.email:
        return gettext("Without an address")
    return gettext("Invited") if worker.invitation_asked_at else gettext("To be invited")

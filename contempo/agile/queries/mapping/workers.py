"""The staff with the share of their time that can be done remotely: a list, and the shares of one of them."""

from collections.abc import Callable, Iterable, Iterator
from dataclasses import dataclass, replace
from datetime import date
from itertools import islice

import django_filters
from django.db.models import Case, IntegerField, OuterRef, Q, QuerySet, Subquery, Sum, Value, When
from django.db.models.functions import Coalesce
from django.http import QueryDict
from django.utils.translation import gettext_lazy as _

from contempo.agile.access import may_share_out, visible_workers
from contempo.agile.models import Share, WorkActivity, Worker
from contempo.agile.queries.mapping.activities import directorate_choices, unit_choices, units_of
from contempo.agile.queries.mapping.criteria import current_version
from contempo.agile.queries.names import named
from contempo.agile.queries.opened import OpenedEmployer
from contempo.agile.rules.mapping import HALVES, REMOTENESS_LOOKS, UNKNOWN_AGE, WHOLE, Part, Standing, standing
from contempo.agile.rules.staff import AGE_CLASSES, SEX_LABELS
from contempo.core.choices import choices
from contempo.core.verdict import Verdict
from contempo.core.words import N_
from contempo.core.workflow import Look
from contempo.web.lists import Column, ListPage, build, every_row

YES, NO = "si", "no"
NOTHING, SOME = "nessuna", "incomplete"
_CHUNK = 500

AGE_LABELS: dict[str, str] = {
    "under-30": N_("Under 30"),
    "30-39": N_("30 to 39"),
    "40-49": N_("40 to 49"),
    "50-59": N_("50 to 59"),
    "60-up": N_("60 and over"),
    UNKNOWN_AGE: N_("Not known"),
}

ELIGIBLE_LOOKS = {
    True: Look(N_("May ask for it"), "success", "it-check-circle"),
    False: Look(N_("May not ask for it"), "neutral", "it-minus-circle"),
}


@dataclass(frozen=True)
class WorkerRow:
    """Somebody of the staff; `shared` is the part of the time that activities are named for, in per cent."""

    id: int
    person_id: int | None
    name: str
    number: str
    unit: str
    directorate: str
    shared: int
    remote: int | None
    eligible: Look
    url: str


COLUMNS = (
    Column("name", _("Person"), sort="number"),
    Column("number", _("Staff number"), only_export=True),
    Column("unit", _("Unit"), sort=("unit__name", "number")),
    Column("directorate", _("Directorate"), only_export=True),
    Column("shared", _("Time shared out, in per cent"), numeric=True),
    Column("remote", _("Share that can be done remotely"), sort="remote_percent", numeric=True),
    Column("eligible", _("Agile work"), sort="eligible"),
)


class WorkerFilters(django_filters.FilterSet):
    """What the staff may be narrowed by; named as in the address."""

    cerca = django_filters.CharFilter(label=_("Staff number or e-mail"), method="known_by")
    direzione = django_filters.ChoiceFilter(label=_("Directorate"), field_name="directorate", empty_label=_("All"))
    idoneita = django_filters.ChoiceFilter(
        label=_("May ask for agile work"),
        choices=[(YES, _("Yes")), (NO, _("No"))],
        method="allowed",
        empty_label=_("All"),
    )
    quote = django_filters.ChoiceFilter(
        label=_("Shares"),
        choices=[(NOTHING, _("None written")), (SOME, _("Less than the whole time"))],
        method="shared_out",
        empty_label=_("All"),
    )
    unita = django_filters.ChoiceFilter(label=_("Unit, with those below it"), method="below", empty_label=_("All"))
    sesso = django_filters.ChoiceFilter(
        label=_("Sex"), choices=choices(SEX_LABELS), field_name="sex", empty_label=_("All")
    )
    eta = django_filters.ChoiceFilter(
        label=_("Age"), choices=choices(AGE_LABELS), method="of_age", empty_label=_("All")
    )

    class Meta:
        model = Worker
        fields: tuple[str, ...] = ()

    def __init__(self, params: QueryDict, queryset: QuerySet[Worker], *, opened: OpenedEmployer, today: date) -> None:
        super().__init__(params, queryset)
        self.year = today.year
        units = units_of(opened)
        self.paths = {str(unit.pk): unit.path for unit in units}
        self.filters["direzione"].extra["choices"] = directorate_choices(units)
        self.filters["unita"].extra["choices"] = unit_choices(units)

    def known_by(self, rows: QuerySet[Worker], name: str, text: str) -> QuerySet[Worker]:
        """By the beginning of the number, or of the e-mail."""
        return rows.filter(Q(number__istartswith=text.strip()) | Q(email__istartswith=text.strip()))

    def allowed(self, rows: QuerySet[Worker], name: str, value: str) -> QuerySet[Worker]:
        """Who may ask for agile work, or who may not."""
        return rows.filter(eligible=value == YES)

    def shared_out(self, rows: QuerySet[Worker], name: str, value: str) -> QuerySet[Worker]:
        """Who has no share at all, or less than the whole time."""
        running = Share.objects.filter(activity__until__isnull=True)
        if value == NOTHING:
            return rows.exclude(pk__in=running.values("worker"))
        full = running.order_by().values("worker").annotate(total=Sum("percent")).filter(total__gte=WHOLE)
        return rows.exclude(pk__in=full.values("worker"))

    def below(self, rows: QuerySet[Worker], name: str, unit: str) -> QuerySet[Worker]:
        """Of a unit and all units below it."""
        return rows.filter(unit__path__startswith=self.paths[unit])

    def of_age(self, rows: QuerySet[Worker], name: str, value: str) -> QuerySet[Worker]:
        """Who reaches an age of the class within this year. The same as `rules.staff.age_class`."""
        if value == UNKNOWN_AGE:
            return rows.filter(birth_year__isnull=True)
        first, last = AGE_CLASSES[value]
        return rows.filter(birth_year__range=(self.year - last, self.year - first))


def workers(opened: OpenedEmployer, params: QueryDict, *, today: date) -> ListPage:
    """The page of present staff that `params` ask for, of those the reader may see. Four SQL."""
    page = build(_filters(opened, params, today), columns=COLUMNS, to_row=_row_maker(opened), sort="name")
    return replace(page, rows=tuple(_with_names(page.rows)))


def worker_rows(opened: OpenedEmployer, params: QueryDict, *, today: date) -> Iterator[WorkerRow]:
    """Everybody that `params` ask for, for a file; names are read by the chunk."""
    rows = every_row(_filters(opened, params, today), columns=COLUMNS, to_row=_row_maker(opened), sort="name")
    while chunk := list(islice(rows, _CHUNK)):
        yield from _with_names(chunk)


def _filters(opened: OpenedEmployer, params: QueryDict, today: date) -> WorkerFilters:
    rows = visible_workers(opened.part, Worker.objects.filter(present=True))
    running = Share.objects.filter(worker=OuterRef("pk"), activity__until__isnull=True).order_by()
    shared = running.values("worker").annotate(total=Sum("percent")).values("total")
    rows = rows.annotate(shared=Coalesce(Subquery(shared), 0)).select_related("unit", "directorate")
    return WorkerFilters(params, rows, opened=opened, today=today)


def _row_maker(opened: OpenedEmployer) -> Callable[[Worker], WorkerRow]:
    def row(worker: Worker) -> WorkerRow:
        return WorkerRow(
            id=worker.pk,
            person_id=worker.person_id,
            name=worker.number,
            number=worker.number,
            unit=worker.unit.name,
            directorate=worker.directorate.name,
            shared=worker.shared,  # type: ignore[attr-defined]
            remote=worker.remote_percent,
            eligible=ELIGIBLE_LOOKS[worker.eligible],
            url=opened.url("worker_shares", worker_id=worker.pk),
        )

    return row


def _with_names(rows: Iterable[WorkerRow]) -> Iterator[WorkerRow]:
    found = list(rows)
    called = named((row.id, row.number, row.person_id) for row in found)
    return (replace(row, name=called[row.id]) for row in found)


@dataclass(frozen=True)
class ShareRow:
    """One share with what it adds: `weight` is how much of the activity counts, `points` what it gives, in per cent;
    both empty while the activity is not assessed or over."""

    title: str
    url: str
    unit: str
    result: Look
    percent: int
    over: bool
    weight: str
    points: str


@dataclass(frozen=True)
class SharesPage:
    """The shares of a worker and what they say; `threshold` and `version` None before criteria are published.

    `formula` is the sum as it is written, `short` what is missing to the threshold.
    """

    id: int
    name: str
    number: str
    unit: str
    own: bool
    rows: tuple[ShareRow, ...]
    standing: Standing
    threshold: int | None
    version: int | None
    formula: str
    halved: bool
    short: int
    may_edit: bool


def shares_page(opened: OpenedEmployer, worker_id: int) -> SharesPage | None:
    """The shares of a worker the reader may see, None when there is no such one. Four SQL."""
    if (worker := find_worker(opened, worker_id)) is None:
        return None
    return _page(opened, worker)


def why_page(opened: OpenedEmployer) -> SharesPage | None:
    """The reader's own shares; None for who is not on the staff. Three SQL."""
    return _page(opened, opened.part.worker) if opened.part.worker is not None else None


def find_worker(opened: OpenedEmployer, worker_id: int) -> Worker | None:
    """A worker the reader may see, with the unit. One SQL."""
    rows = visible_workers(opened.part, Worker.objects.select_related("unit", "directorate"))
    return rows.filter(pk=worker_id).first()


def _page(opened: OpenedEmployer, worker: Worker) -> SharesPage:
    version = current_version(opened.employer)
    threshold = version.threshold if version else None
    shares = list(
        Share.objects.filter(worker=worker)
        .select_related("activity__unit")
        .order_by("activity__until", "-percent", "activity__title")
    )
    parts = [Part(each.percent, each.activity.result, each.activity.until is not None) for each in shares]
    found = standing(parts, threshold)
    return SharesPage(
        id=worker.pk,
        name=named([(worker.pk, worker.number, worker.person_id)])[worker.pk],
        number=worker.number,
        unit=worker.unit.name,
        own=opened.part.worker is not None and opened.part.worker.pk == worker.pk,
        rows=tuple(_share_row(opened, each, part) for each, part in zip(shares, parts, strict=True)),
        standing=found,
        threshold=threshold,
        version=version.number if version else None,
        formula=" + ".join(f"{each.percent} % × {_weight(each.result)}" for each in parts if each.counts),
        halved=bool(found.half_points % 2),
        short=max((threshold or 0) - (found.remote or 0), 0),
        may_edit=bool(may_share_out(opened.part, worker)),
    )


def _share_row(opened: OpenedEmployer, share: Share, part: Part) -> ShareRow:
    return ShareRow(
        title=share.activity.title,
        url=opened.url("activity", activity_id=share.activity_id),
        unit=share.activity.unit.name,
        result=REMOTENESS_LOOKS[share.activity.result],
        percent=share.percent,
        over=part.over,
        weight=_weight(part.result) if part.counts else "",
        points=_halved(part.half_points) if part.counts else "",
    )


def _weight(result: str) -> str:
    return {0: "0", 1: "½", 2: "1"}[HALVES[result]]


def _halved(half_points: int) -> str:
    """A number of halves, as 12 or 12½."""
    return f"{half_points // 2}{'½' if half_points % 2 else ''}"


@dataclass(frozen=True)
class SharesTyped:
    """What the form of shares begins with: the present ones, and the activities of the worker's own units, each with
    key, title and unit; those shared already come first."""

    name: str
    verdict: Verdict
    activities: tuple[tuple[int, str, str], ...]
    shares: dict[int, int]


def shares_typed(opened: OpenedEmployer, worker_id: int) -> SharesTyped | None:
    """The form of the shares of a worker the reader may see; None when there is no such one. Four SQL."""
    if (worker := find_worker(opened, worker_id)) is None:
        return None
    shares = dict(
        Share.objects.filter(worker=worker, activity__until__isnull=True).values_list("activity_id", "percent")
    )
    above = [int(number) for number in worker.unit.path.strip("/").split("/") if number]
    near = Q(unit__in=above) | Q(unit__path__startswith=worker.unit.path) | Q(pk__in=shares)
    rows = WorkActivity.objects.filter(near, employer=opened.employer, until__isnull=True).select_related("unit")
    first = Case(When(pk__in=list(shares), then=Value(0)), default=Value(1), output_field=IntegerField())
    ordered = rows.annotate(first=first).order_by("first", "unit__name", "title")
    name = named([(worker.pk, worker.number, worker.person_id)])[worker.pk]
    found = tuple((each.pk, each.title, each.unit.name) for each in ordered)
    return SharesTyped(name, may_share_out(opened.part, worker), found, shares)


def activity_coded(opened: OpenedEmployer, code: str) -> int | None:
    """The running activity of a code; None when there is none. One SQL."""
    rows = WorkActivity.objects.filter(employer=opened.employer, until__isnull=True, code__iexact=code.strip())
    return rows.values_list("pk", flat=True).first()

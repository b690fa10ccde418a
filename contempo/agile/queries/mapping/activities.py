"""The activities of the units of an employer as a list."""

from collections.abc import Callable, Iterator
from dataclasses import dataclass
from datetime import date, timedelta

import django_filters
from django.db.models import Q, QuerySet, Sum
from django.http import QueryDict
from django.utils.translation import gettext
from django.utils.translation import gettext_lazy as _

from contempo.agile.access import visible_activities, visible_units
from contempo.agile.models import CriteriaVersion, EmployerTally, Unit, WorkActivity
from contempo.agile.queries.mapping.criteria import current_version
from contempo.agile.queries.opened import OpenedEmployer
from contempo.agile.rules.mapping import (
    REMOTENESS_LABELS,
    REMOTENESS_LOOKS,
    REVIEW_LABELS,
    Review,
    review_limit,
    review_of,
    title_key,
)
from contempo.core.choices import choices
from contempo.core.workflow import Look
from contempo.web.lists import Column, ListPage, build, every_row

ASSESSED, NOT_ASSESSED = "uno", "nessuno"
DUE, ENDED, EVERY = "tutte", "finite", "tutte"
_DAY = timedelta(days=1)
_MOST_WORDS = 8


@dataclass(frozen=True)
class ActivityRow:
    """An activity in a list; `review` is why it is to be assessed, empty when it is not; `ended` its last day."""

    title: str
    code: str
    unit: str
    unit_code: str
    directorate: str
    result: Look
    review: str
    assessed_on: date | None
    version: int | None
    since: date
    ended: date | None
    description: str
    url: str


COLUMNS = (
    Column("title", _("Activity"), sort="search_title"),
    Column("result", _("Result"), sort="result"),
    Column("unit", _("Unit"), sort=("unit__name", "code")),
    Column("assessed_on", _("Assessed on"), sort="assessed_on"),
    Column("review", _("To be assessed again")),
    Column("code", _("Code"), sort="code"),
    Column("unit_code", _("Code of the unit"), only_export=True),
    Column("directorate", _("Directorate"), only_export=True),
    Column("version", _("Version of the criteria"), only_export=True),
    Column("since", _("From"), only_export=True),
    Column("ended", _("Last day"), only_export=True),
    Column("description", _("Description"), only_export=True),
)


class ActivityFilters(django_filters.FilterSet):
    """What the activities may be narrowed by; named as in the address. Those that are over are left out unless asked
    for."""

    cerca = django_filters.CharFilter(label=_("Words of the title, or code"), method="worded")
    direzione = django_filters.ChoiceFilter(label=_("Directorate"), field_name="directorate", empty_label=_("All"))
    esito = django_filters.ChoiceFilter(
        label=_("Result"),
        choices=[
            *choices(REMOTENESS_LABELS),
            (ASSESSED, _("Any: it is assessed")),
            (NOT_ASSESSED, _("Not assessed yet")),
        ],
        method="of_result",
        empty_label=_("All"),
    )
    valutare = django_filters.ChoiceFilter(
        label=_("To be assessed again"),
        choices=[(DUE, _("Yes, for any reason")), *choices(REVIEW_LABELS)],
        method="due",
        empty_label=_("All"),
    )
    unita = django_filters.ChoiceFilter(label=_("Unit, with those below it"), method="below", empty_label=_("All"))
    stato = django_filters.ChoiceFilter(
        label=_("Running or ended"),
        choices=[(ENDED, _("Ended")), (EVERY, _("Running and ended"))],
        method="of_state",
        empty_label=_("Running"),
    )

    class Meta:
        model = WorkActivity
        fields: tuple[str, ...] = ()

    def __init__(
        self,
        params: QueryDict,
        queryset: QuerySet[WorkActivity],
        *,
        opened: OpenedEmployer,
        version: CriteriaVersion | None,
        today: date,
    ) -> None:
        super().__init__(params, queryset)
        self.version, self.today = version, today
        units = units_of(opened)
        self.paths = {str(unit.pk): unit.path for unit in units}
        self.filters["direzione"].extra["choices"] = directorate_choices(units)
        self.filters["unita"].extra["choices"] = unit_choices(units)

    def filter_queryset(self, queryset: QuerySet[WorkActivity]) -> QuerySet[WorkActivity]:
        found: QuerySet[WorkActivity] = super().filter_queryset(queryset)
        return found if self.form.cleaned_data.get("stato") else found.filter(until__isnull=True)

    def worded(self, rows: QuerySet[WorkActivity], name: str, text: str) -> QuerySet[WorkActivity]:
        """With every word of `text` somewhere in the title; or with that code."""
        wanted = Q()
        for word in title_key(text).split()[:_MOST_WORDS]:
            wanted &= Q(search_title__contains=word)
        return rows.filter(wanted | Q(code__iexact=text.strip())) if wanted else rows.filter(code__iexact=text.strip())

    def of_result(self, rows: QuerySet[WorkActivity], name: str, result: str) -> QuerySet[WorkActivity]:
        """Of one result, of any, or of none yet."""
        if result == ASSESSED:
            return rows.exclude(result="")
        return rows.filter(result="" if result == NOT_ASSESSED else result)

    def below(self, rows: QuerySet[WorkActivity], name: str, unit: str) -> QuerySet[WorkActivity]:
        """Of a unit and all units below it."""
        return rows.filter(unit__path__startswith=self.paths[unit])

    def of_state(self, rows: QuerySet[WorkActivity], name: str, state: str) -> QuerySet[WorkActivity]:
        """Those that have ended, or all."""
        return rows.filter(until__isnull=False) if state == ENDED else rows

    def due(self, rows: QuerySet[WorkActivity], name: str, why: str) -> QuerySet[WorkActivity]:
        """To be assessed, or assessed again, for one reason or for any. The same as `rules.mapping.review_of`."""
        if self.version is None:
            return rows.none()
        current, old = Q(assessed_under=self.version), Q(assessed_on__lte=review_limit(self.today))
        never = Q(assessed_on__isnull=True)
        ways = {
            Review.NEVER.value: never,
            Review.CRITERIA.value: ~never & ~current,
            Review.YEAR.value: current & old,
            DUE: never | ~current | old,
        }
        return rows.filter(ways[why], until__isnull=True)


def units_of(opened: OpenedEmployer) -> list[Unit]:
    """The units of an employer, by code, for choices. One SQL."""
    units = visible_units(opened.part, Unit.objects.all())
    return list(units.only("code", "name", "path", "parent_id", "until").order_by("code"))


def directorate_choices(units: list[Unit]) -> list[tuple[str, str]]:
    """The directorates among `units`: those that stand below nothing."""
    return [(str(unit.pk), unit.name) for unit in units if unit.parent_id is None]


def unit_choices(units: list[Unit]) -> list[tuple[str, str]]:
    """Units by name, with the code that tells those of the same name apart."""
    return sorted(((str(unit.pk), f"{unit.name} ({unit.code})") for unit in units), key=lambda each: each[1].casefold())


def activities(opened: OpenedEmployer, params: QueryDict, *, today: date) -> ListPage:
    """The page of activities that `params` ask for. Five SQL."""
    version = current_version(opened.employer)
    filters = _filters(opened, params, version, today)
    to_row = row_maker(opened, version, today)
    return build(filters, columns=COLUMNS, to_row=to_row, sort="title", total=_kept_total(opened, filters))


def activity_rows(opened: OpenedEmployer, params: QueryDict, *, today: date) -> Iterator[ActivityRow]:
    """Every activity that `params` ask for, for a file."""
    version = current_version(opened.employer)
    filters = _filters(opened, params, version, today)
    return every_row(filters, columns=COLUMNS, to_row=row_maker(opened, version, today), sort="title")


def _filters(
    opened: OpenedEmployer, params: QueryDict, version: CriteriaVersion | None, today: date
) -> ActivityFilters:
    rows = visible_activities(opened.part, WorkActivity.objects.all())
    rows = rows.select_related("unit", "directorate", "assessed_under").defer("assessed_under__criteria")
    return ActivityFilters(params, rows, opened=opened, version=version, today=today)


def row_maker(
    opened: OpenedEmployer, version: CriteriaVersion | None, today: date
) -> Callable[[WorkActivity], ActivityRow]:
    """How a row is made of an activity with its unit, directorate and the criteria it was assessed under."""
    current = version.number if version else None

    def row(activity: WorkActivity) -> ActivityRow:
        under = activity.assessed_under.number if activity.assessed_under else None
        why = review_of(activity.assessed_on, under=under, current=current, today=today)
        return ActivityRow(
            title=activity.title,
            code=activity.code,
            unit=activity.unit.name,
            unit_code=activity.unit.code,
            directorate=activity.directorate.name,
            result=REMOTENESS_LOOKS[activity.result],
            review=gettext(REVIEW_LABELS[why]) if why and activity.until is None else "",
            assessed_on=activity.assessed_on,
            version=under,
            since=activity.since,
            ended=activity.until - _DAY if activity.until else None,
            description=activity.description,
            url=opened.url("activity", activity_id=activity.pk),
        )

    return row


def _kept_total(opened: OpenedEmployer, filters: ActivityFilters) -> int | None:
    """How many there are when nothing but directorate and result was chosen, from the sums; None otherwise."""
    if not filters.form.is_valid():
        return None
    chosen = {name: value for name, value in filters.form.cleaned_data.items() if value}
    if not chosen.keys() <= {"direzione", "esito"}:
        return None
    rows = EmployerTally.objects.filter(employer=opened.employer, facet="activity")
    if directorate := chosen.get("direzione"):
        rows = rows.filter(key__startswith=f"{directorate}|")
    if (result := chosen.get("esito")) == ASSESSED:
        rows = rows.exclude(key__endswith="|0")
    elif result:
        rows = rows.filter(key__endswith="|0" if result == NOT_ASSESSED else f"|{result}")
    return int(rows.aggregate(total=Sum("count"))["total"] or 0)

"""The activities of a plan as a list."""

from collections.abc import Callable, Iterator
from dataclasses import dataclass
from datetime import date, timedelta

import django_filters
from django.contrib.postgres.search import SearchQuery
from django.db.models import Prefetch, Q, QuerySet
from django.http import QueryDict
from django.utils.translation import gettext
from django.utils.translation import gettext_lazy as _

from contempo.core.choices import choices
from contempo.core.text import slugify
from contempo.core.workflow import Look
from contempo.network.public import organisation_names
from contempo.programmes.models import Activity, Alliance, Phase, PlanTally, Responsible
from contempo.programmes.queries.opened import OpenedPlan
from contempo.programmes.queries.plans.timing import late, upcoming
from contempo.programmes.rules.activities import ACTIVITY, ActivityState
from contempo.programmes.rules.lateness import TIMING_LOOKS, Timing, timing
from contempo.programmes.rules.plan.tree import AREA_LABELS
from contempo.web.lists import Column, ListPage, build, every_row

OF_THE_PLAN = "-"
"""Stands for the plan itself where an alliance is chosen; no alliance may be called so."""

LATE_ONES, NEXT_ONES = "ritardo", "prossime"
_DAY = timedelta(days=1)
_MOST_WORDS = 8


@dataclass(frozen=True)
class ActivityRow:
    """An activity in a list; `timing` tells late from next, `ends_on` is the last day."""

    title: str
    state: Look
    timing: Timing | None
    timing_look: Look | None
    alliance: str
    phase: str
    responsible: tuple[str, ...]
    starts_on: date | None
    ends_on: date | None
    place: str
    times: int | None
    area: str
    text: str
    key: str
    url: str


_CELLS = "programmes/plan/cells/"
COLUMNS = (
    Column("title", _("Activity"), template=f"{_CELLS}title.html"),
    Column("state", _("State"), sort="state", template=f"{_CELLS}state.html"),
    Column("alliance", _("Alliance")),
    Column("responsible", _("Responsible"), template=f"{_CELLS}responsible.html"),
    Column("starts_on", _("From"), sort="since"),
    Column("ends_on", _("To"), sort="until"),
    Column("phase", _("Phase"), only_export=True),
    Column("place", _("Place"), only_export=True),
    Column("times", _("Times planned"), only_export=True),
    Column("area", _("Area"), only_export=True),
    Column("text", _("Text"), only_export=True),
    Column("key", _("Key in the plan's file"), only_export=True),
)


class ActivityFilters(django_filters.FilterSet):
    """What the activities of a plan may be narrowed by; named as in the address."""

    cerca = django_filters.CharFilter(label=_("Words of title, place or text"), method="worded")
    stato = django_filters.ChoiceFilter(
        label=_("State"),
        choices=choices({state: look.label for state, look in ACTIVITY.looks.items()}),
        field_name="state",
        empty_label=_("All"),
    )
    alleanza = django_filters.ChoiceFilter(label=_("Alliance"), method="of_alliance", empty_label=_("All"))
    fase = django_filters.ChoiceFilter(label=_("Phase"), field_name="phase__key", empty_label=_("All"))
    quando = django_filters.ChoiceFilter(
        label=_("Late or next"),
        choices=[(LATE_ONES, _("Late")), (NEXT_ONES, _("Next, within thirty days"))],
        method="at_such_time",
        empty_label=_("All"),
    )
    responsabile = django_filters.ChoiceFilter(label=_("Responsible"), method="of_responsible", empty_label=_("All"))
    area = django_filters.ChoiceFilter(label=_("Area"), choices=choices(AREA_LABELS), empty_label=_("All"))

    class Meta:
        model = Activity
        fields: tuple[str, ...] = ()

    def __init__(self, params: QueryDict, queryset: QuerySet[Activity], *, plan: OpenedPlan, today: date) -> None:
        super().__init__(params, queryset)
        self.today, self.live = today, plan.in_force
        alliances = list(Alliance.objects.filter(plan=plan.plan).values_list("key", "name"))
        self.filters["alleanza"].extra["choices"] = [*alliances, (OF_THE_PLAN, _("The plan itself"))]
        self.filters["responsabile"].extra["choices"] = _responsible_choices(plan)
        phases = _phases(plan, params.get("alleanza", ""))
        if phases:
            self.filters["fase"].extra["choices"] = phases
        else:
            del self.filters["fase"]

    def worded(self, rows: QuerySet[Activity], name: str, text: str) -> QuerySet[Activity]:
        """With, for each word of `text`, one that begins so in the title, the place or the text; neither case, nor
        accents, nor apostrophes count.
        """
        words = slugify(text).split("-")[:_MOST_WORDS]
        wanted = " & ".join(f"{word}:*" for word in words if word)
        return rows.filter(words=SearchQuery(wanted, config="simple", search_type="raw")) if wanted else rows

    def of_alliance(self, rows: QuerySet[Activity], name: str, key: str) -> QuerySet[Activity]:
        """Of one alliance, or of the plan itself."""
        return rows.filter(alliance__isnull=True) if key == OF_THE_PLAN else rows.filter(alliance__key=key)

    def of_responsible(self, rows: QuerySet[Activity], name: str, number: str) -> QuerySet[Activity]:
        """That an organisation is responsible for."""
        return rows.filter(pk__in=Responsible.objects.filter(organisation_id=number).values("activity"))

    def at_such_time(self, rows: QuerySet[Activity], name: str, when: str) -> QuerySet[Activity]:
        """Late, or next; in a plan that is not in force nothing is."""
        if not self.live:
            return rows.none()
        return rows.filter(late(self.today) if when == LATE_ONES else upcoming(self.today))


def activities(plan: OpenedPlan, params: QueryDict, *, today: date) -> ListPage:
    """The page of activities that `params` ask for. Eight SQL at most."""
    filters = _filters(plan, params, today)
    return build(filters, columns=COLUMNS, to_row=row_maker(plan, today), sort="", total=kept_total(plan, filters))


def activity_rows(plan: OpenedPlan, params: QueryDict, *, today: date) -> Iterator[ActivityRow]:
    """Every activity that `params` ask for, for a file."""
    return every_row(_filters(plan, params, today), columns=COLUMNS, to_row=row_maker(plan, today), sort="")


def _filters(plan: OpenedPlan, params: QueryDict, today: date) -> ActivityFilters:
    return ActivityFilters(params, with_names(Activity.objects.filter(plan=plan.plan)), plan=plan, today=today)


def with_names(rows: QuerySet[Activity]) -> QuerySet[Activity]:
    """Activities with what a row needs, in the order of the plan."""
    responsible = Responsible.objects.select_related("organisation").only(
        "activity_id", "position", "organisation__name"
    )
    rows = rows.select_related("alliance", "phase").defer("words", "alliance__document", "phase__text")
    return rows.prefetch_related(Prefetch("responsibles", queryset=responsible)).order_by("position")


def row_maker(plan: OpenedPlan, today: date) -> Callable[[Activity], ActivityRow]:
    """How a row is made of an activity fetched `with_names`."""

    def row(activity: Activity) -> ActivityRow:
        when = timing_of(plan, activity, today)
        return ActivityRow(
            title=activity.title,
            state=ACTIVITY.looks[ActivityState(activity.state)],
            timing=when,
            timing_look=TIMING_LOOKS[when] if when else None,
            alliance=activity.alliance.name if activity.alliance else "",
            phase=activity.phase.title if activity.phase else "",
            responsible=tuple(each.organisation.name for each in activity.responsibles.all()),
            starts_on=activity.since,
            ends_on=last_day(activity.until),
            place=activity.place,
            times=activity.times,
            area=gettext(AREA_LABELS[activity.area]),
            text=activity.text,
            key=activity.key,
            url=plan.url("activity", activity_id=activity.pk),
        )

    return row


def timing_of(plan: OpenedPlan, activity: Activity, today: date) -> Timing | None:
    """How an activity stands to today; in a plan that is not in force nothing is late."""
    return timing(activity.state, activity.since, activity.until, today=today) if plan.in_force else None


def last_day(until: date | None) -> date | None:
    """The last day of what ends before `until`."""
    return until - _DAY if until is not None else None


def kept_total(plan: OpenedPlan, filters: ActivityFilters) -> int | None:
    """How many activities there are, from the kept counts; None when they cannot tell. One SQL."""
    if not filters.form.is_valid():
        return None
    given = {name: value for name, value in filters.form.cleaned_data.items() if value not in (None, "")}
    if set(given) - {"stato", "alleanza"}:
        return None
    kept = PlanTally.objects.filter(plan=plan.plan, measure="activities")
    state = given.get("stato")
    if (key := given.get("alleanza")) is None:
        kept = kept.filter(Q(key=state) if state else Q(), facet="state")
    else:
        number = 0
        if key != OF_THE_PLAN:
            number = Alliance.objects.values_list("pk", flat=True).get(plan=plan.plan, key=key)
        keys = [f"{number}|{each}" for each in ([state] if state else ActivityState)]
        kept = kept.filter(facet="alliance|state", key__in=keys)
    return sum(kept.values_list("count", flat=True))


def _responsible_choices(plan: OpenedPlan) -> list[tuple[int, str]]:
    rows = Responsible.objects.filter(activity__plan=plan.plan).order_by().values_list("organisation_id", flat=True)
    return sorted(organisation_names(rows.distinct()).items(), key=lambda pair: pair[1].casefold())


def _phases(plan: OpenedPlan, alliance: str) -> list[tuple[str, str]]:
    """The phases of the alliance that is chosen; without one there are too many with the same name."""
    if not alliance or alliance == OF_THE_PLAN:
        return []
    rows = Phase.objects.filter(alliance__plan=plan.plan, alliance__key=alliance).order_by("number")
    return [(key, f"{number}. {title}") for key, number, title in rows.values_list("key", "number", "title")]

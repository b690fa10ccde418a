"""The same activity assessed differently in different units."""

from collections.abc import Iterable, Iterator, Mapping
from dataclasses import dataclass, replace
from typing import Any

import django_filters
from django.db.models import Count, F, Min, OuterRef, Q, QuerySet, Subquery
from django.http import QueryDict
from django.utils.translation import gettext_lazy as _

from contempo.agile.access import visible_activities
from contempo.agile.models import Assessment, CriteriaVersion, WorkActivity
from contempo.agile.queries.mapping.activities import directorate_choices, units_of
from contempo.agile.queries.mapping.activity import MET_LOOKS
from contempo.agile.queries.mapping.criteria import shown
from contempo.agile.queries.opened import OpenedEmployer
from contempo.agile.rules.mapping import REMOTENESS_LOOKS, Answer, Contrast, Criterion, contrast, title_key
from contempo.core.workflow import Look
from contempo.web.lists import Column, ListPage, build

BY_RESULT, BY_ANSWERS = "esito", "risposte"


@dataclass(frozen=True)
class GivenAnswer:
    """What a unit answered where others answered otherwise."""

    criterion: str
    look: Look
    reason: str


@dataclass(frozen=True)
class Member:
    """The activity of one unit, with its answers to the criteria the units answer differently."""

    unit: str
    directorate: str
    result: Look
    version: int
    answers: tuple[GivenAnswer, ...]
    url: str


@dataclass(frozen=True)
class Group:
    """An activity of several units whose assessments differ: in `results`, or only in answers to `criteria`."""

    title: str
    results: bool
    criteria: tuple[str, ...]
    members: tuple[Member, ...]


@dataclass(frozen=True)
class MemberRow:
    """One unit of a group in a file."""

    title: str
    code: str
    unit: str
    directorate: str
    result: Look
    differs: tuple[str, ...]
    answers: tuple[str, ...]
    version: int


_CELLS = "agile/mapping/cells/"
COLUMNS = (
    Column("title", _("Activity"), sort="search_title"),
    Column("criteria", _("Where the units differ"), template=f"{_CELLS}differs.html"),
    Column("members", _("Units"), template=f"{_CELLS}members.html"),
)

FILE_COLUMNS = (
    Column("title", _("Activity")),
    Column("code", _("Code")),
    Column("unit", _("Unit")),
    Column("directorate", _("Directorate")),
    Column("result", _("Result")),
    Column("differs", _("Where the units differ")),
    Column("answers", _("Answers there")),
    Column("version", _("Version of the criteria")),
)


class GroupFilters(django_filters.FilterSet):
    """What the report may be narrowed by; each row of the queryset stands for its title."""

    cerca = django_filters.CharFilter(label=_("Words of the title"), method="worded")
    differenza = django_filters.ChoiceFilter(
        label=_("What differs"),
        choices=[(BY_RESULT, _("The result")), (BY_ANSWERS, _("Only the answers"))],
        method="differing",
        empty_label=_("All"),
    )
    direzione = django_filters.ChoiceFilter(
        label=_("With a unit of the directorate"), method="of_directorate", empty_label=_("All")
    )

    class Meta:
        model = WorkActivity
        fields: tuple[str, ...] = ()

    def __init__(self, params: QueryDict, queryset: QuerySet[WorkActivity], *, opened: OpenedEmployer) -> None:
        super().__init__(params, queryset)
        self.opened = opened
        self.filters["direzione"].extra["choices"] = directorate_choices(units_of(opened))

    def worded(self, rows: QuerySet[WorkActivity], name: str, text: str) -> QuerySet[WorkActivity]:
        """With every word of `text` somewhere in the title."""
        for word in title_key(text).split():
            rows = rows.filter(search_title__contains=word)
        return rows

    def differing(self, rows: QuerySet[WorkActivity], name: str, what: str) -> QuerySet[WorkActivity]:
        """Where results differ, or where only answers do."""
        several = _groups(self.opened).filter(results__gt=1).values("search_title")
        same = Q(search_title__in=several)
        return rows.filter(same if what == BY_RESULT else ~same)

    def of_directorate(self, rows: QuerySet[WorkActivity], name: str, directorate: str) -> QuerySet[WorkActivity]:
        """That a unit of the directorate does too."""
        there = _assessed(self.opened).filter(directorate_id=int(directorate)).values("search_title")
        return rows.filter(search_title__in=there)


def homogeneity(opened: OpenedEmployer, params: QueryDict) -> ListPage:
    """The page of groups that `params` ask for, each as a `Group`. Five SQL."""
    page = build(_filters(opened, params), columns=COLUMNS, to_row=lambda activity: activity.search_title, sort="title")
    found = _members(opened, page.rows)
    return replace(page, rows=tuple(_group(opened, found[title]) for title in page.rows))


def homogeneity_rows(opened: OpenedEmployer, params: QueryDict) -> Iterator[MemberRow]:
    """Every unit of every group that `params` ask for, for a file. Three SQL."""
    titles = list(_filters(opened, params).qs.order_by("search_title").values_list("search_title", flat=True))
    for members in _members(opened, titles).values():
        group = _group(opened, members)
        for activity, member in zip(members, group.members, strict=True):
            yield MemberRow(
                title=activity.activity.title,
                code=activity.activity.code,
                unit=member.unit,
                directorate=member.directorate,
                result=member.result,
                differs=group.criteria,
                answers=tuple(f"{each.criterion}: {each.look.label}" for each in member.answers),
                version=member.version,
            )


def _assessed(opened: OpenedEmployer) -> QuerySet[WorkActivity]:
    rows = visible_activities(opened.part, WorkActivity.objects.all())
    return rows.filter(until__isnull=True).exclude(result="")


def _groups(opened: OpenedEmployer) -> QuerySet[Any, Any]:
    """Titles that several units have with different results, or with different answers to the same criteria.

    `marks` begin with the version: more of them than versions means that some version was answered in two ways.
    """
    rows = _assessed(opened).order_by().values("search_title")
    counted = rows.annotate(
        first=Min("pk"),
        units=Count("unit", distinct=True),
        results=Count("result", distinct=True),
        ways=Count("marks", distinct=True),
        versions=Count("assessed_under", distinct=True),
    )
    return counted.filter(units__gt=1).filter(Q(results__gt=1) | Q(ways__gt=F("versions")))


def _filters(opened: OpenedEmployer, params: QueryDict) -> GroupFilters:
    firsts = WorkActivity.objects.filter(pk__in=_groups(opened).values("first"))
    return GroupFilters(params, firsts, opened=opened)


def _members(opened: OpenedEmployer, titles: Iterable[str]) -> dict[str, list[Assessment]]:
    """The newest assessment of every activity of these titles, by title. One SQL."""
    wanted = list(titles)
    found: dict[str, list[Assessment]] = {title: [] for title in wanted}
    newest = Assessment.objects.filter(activity=OuterRef("pk")).order_by("-assessed_at", "-id").values("pk")[:1]
    last = _assessed(opened).filter(search_title__in=wanted).annotate(newest=Subquery(newest)).values("newest")
    rows = Assessment.objects.filter(pk__in=last).select_related("criteria", "activity__unit", "activity__directorate")
    for each in rows.order_by("activity__search_title", "activity__unit__name", "activity_id"):
        found[each.activity.search_title].append(each)
    return found


def _answers(assessment: Assessment) -> Mapping[str, Answer]:
    return {key: Answer.read(stored) for key, stored in assessment.answers.items()}


def _texts(version: CriteriaVersion) -> dict[str, str]:
    return {each.key: shown(each).text for each in map(Criterion.read, version.criteria)}


def _group(opened: OpenedEmployer, members: list[Assessment]) -> Group:
    found: Contrast = contrast([(each.result, each.criteria.number, _answers(each)) for each in members])
    texts: dict[str, str] = {}
    for each in sorted(members, key=lambda each: each.criteria.number):
        texts |= _texts(each.criteria)
    return Group(
        title=members[0].activity.title,
        results=found.results,
        criteria=tuple(texts[key] for key in found.criteria),
        members=tuple(_member(opened, each, found.criteria, texts) for each in members),
    )


def _member(opened: OpenedEmployer, assessment: Assessment, keys: tuple[str, ...], texts: Mapping[str, str]) -> Member:
    answers, activity = _answers(assessment), assessment.activity
    return Member(
        unit=activity.unit.name,
        directorate=activity.directorate.name,
        result=REMOTENESS_LOOKS[assessment.result],
        version=assessment.criteria.number,
        answers=tuple(
            GivenAnswer(texts[key], MET_LOOKS[answers[key].met], answers[key].reason) for key in keys if key in answers
        ),
        url=opened.url("activity", activity_id=activity.pk),
    )

"""The page of one activity: its result and why, how it was assessed before, who does it."""

from collections.abc import Mapping, Sequence
from dataclasses import dataclass, replace
from datetime import date, datetime, timedelta

from django.http import QueryDict
from django.utils.translation import gettext
from django.utils.translation import gettext_lazy as _

from contempo.agile.access import may_manage, may_tend, visible_activities, visible_units, visible_workers
from contempo.agile.models import Assessment, Share, Unit, WorkActivity, Worker
from contempo.agile.queries.mapping.criteria import CriterionShown, current_version, shown
from contempo.agile.queries.names import named
from contempo.agile.queries.opened import OpenedEmployer
from contempo.agile.rules.mapping import (
    MET_LABELS,
    REMOTENESS_LOOKS,
    REVIEW_LABELS,
    Answer,
    Criterion,
    Met,
    review_of,
)
from contempo.core.verdict import Verdict
from contempo.core.workflow import Look
from contempo.people.public import names
from contempo.web.lists import Column, ListPage, paginate

_DAY = timedelta(days=1)

MET_LOOKS = {
    Met.YES: Look(MET_LABELS[Met.YES], "success", "it-check-circle"),
    Met.PARTLY: Look(MET_LABELS[Met.PARTLY], "warning", "it-minus-circle"),
    Met.NO: Look(MET_LABELS[Met.NO], "danger", "it-close-circle"),
}


@dataclass(frozen=True)
class AnswerShown:
    """An answer to one criterion; one that was not asked then has no `look`."""

    look: Look | None
    reason: str


@dataclass(frozen=True)
class AssessmentShown:
    """One assessment: when, by whom, under which version, with what result."""

    at: datetime
    who: str
    version: int
    result: Look
    note: str


@dataclass(frozen=True)
class CriterionRow:
    """One criterion with its answer in each assessment, newest first."""

    criterion: CriterionShown
    answers: tuple[AnswerShown, ...]


@dataclass(frozen=True)
class PersonRow:
    """Somebody who does the activity."""

    name: str
    unit: str
    percent: int
    url: str


@dataclass(frozen=True)
class ActivityPage:
    """An activity with its assessments side by side; `people` is None for who heads no unit and keeps nothing."""

    id: int
    code: str
    title: str
    description: str
    unit: str
    directorate: str
    since: date
    last_day: date | None
    result: Look
    review: str
    assessments: tuple[AssessmentShown, ...]
    rows: tuple[CriterionRow, ...]
    people: ListPage | None
    may_tend: bool
    may_assess: bool


PEOPLE = (
    Column("name", _("Person")),
    Column("unit", _("Unit")),
    Column("percent", _("Share of working time, in per cent"), sort="percent", numeric=True),
)


def activity_page(opened: OpenedEmployer, activity_id: int, params: QueryDict, *, today: date) -> ActivityPage | None:
    """The page of an activity, None when it is not there. Seven SQL at most, whatever its history and its people."""
    if (activity := find(opened, activity_id)) is None:
        return None
    version = current_version(opened.employer)
    found = list(activity.assessments.select_related("criteria"))
    newest = found[0] if found else None
    review = review_of(
        activity.assessed_on,
        under=newest.criteria.number if newest else None,
        current=version.number if version else None,
        today=today,
    )
    running, tends = activity.until is None, bool(may_tend(opened.part, activity.unit))
    return ActivityPage(
        id=activity.pk,
        code=activity.code,
        title=activity.title,
        description=activity.description,
        unit=activity.unit.name,
        directorate=activity.directorate.name,
        since=activity.since,
        last_day=activity.until - _DAY if activity.until else None,
        result=REMOTENESS_LOOKS[activity.result],
        review=gettext(REVIEW_LABELS[review]) if review and running else "",
        assessments=_assessments(found),
        rows=_side_by_side(found),
        people=_people(opened, activity, params) if may_manage(opened.part) else None,
        may_tend=tends,
        may_assess=tends and running and version is not None,
    )


def find(opened: OpenedEmployer, activity_id: int) -> WorkActivity | None:
    """An activity of the employer with its unit and directorate; None when its reader may not see it. One SQL."""
    rows = visible_activities(opened.part, WorkActivity.objects.select_related("unit", "directorate"))
    return rows.filter(pk=activity_id).first()


def _assessments(found: Sequence[Assessment]) -> tuple[AssessmentShown, ...]:
    called = names(each.assessed_by_id for each in found) if found else {}
    return tuple(
        AssessmentShown(
            at=each.assessed_at,
            who=called.get(each.assessed_by_id or 0, ""),
            version=each.criteria.number,
            result=REMOTENESS_LOOKS[each.result],
            note=each.note,
        )
        for each in found
    )


def _side_by_side(found: Sequence[Assessment]) -> tuple[CriterionRow, ...]:
    """A row for each criterion ever asked, in the words of the newest version that asks it."""
    asked: dict[str, Criterion] = {}
    for each in found:
        for criterion in map(Criterion.read, each.criteria.criteria):
            asked.setdefault(criterion.key, criterion)
    return tuple(
        CriterionRow(shown(criterion), tuple(_answer(each.answers.get(key)) for each in found))
        for key, criterion in asked.items()
    )


def _answer(stored: Mapping[str, str] | None) -> AnswerShown:
    if stored is None:
        return AnswerShown(None, "")
    answer = Answer.read(stored)
    return AnswerShown(MET_LOOKS[answer.met], answer.reason)


def _people(opened: OpenedEmployer, activity: WorkActivity, params: QueryDict) -> ListPage:
    """Who does it, of those the reader may see."""
    seen = visible_workers(opened.part, Worker.objects.filter(present=True))
    shares = Share.objects.filter(activity=activity, worker__in=seen).select_related("worker__unit")
    page = paginate(
        shares, params=params, columns=PEOPLE, to_row=lambda share: share, sort="-percent", exportable=False
    )
    workers = [share.worker for share in page.rows]
    called = named((each.pk, each.number, each.person_id) for each in workers)
    return replace(
        page,
        rows=tuple(
            PersonRow(
                name=called[share.worker_id],
                unit=share.worker.unit.name,
                percent=share.percent,
                url=opened.url("worker_shares", worker_id=share.worker_id),
            )
            for share in page.rows
        ),
    )


@dataclass(frozen=True)
class Tended:
    """An activity to be written: whether its reader may, and what the form of it begins with."""

    id: int
    title: str
    unit: str
    verdict: Verdict
    initial: dict[str, object]


def tended(opened: OpenedEmployer, activity_id: int) -> Tended | None:
    """An activity to be changed, ended or assessed; None when its reader may not even see it. One SQL."""
    if (activity := find(opened, activity_id)) is None:
        return None
    initial: dict[str, object] = {
        "title": activity.title,
        "description": activity.description,
        "unit": str(activity.unit_id),
    }
    verdict = may_tend(opened.part, activity.unit)
    return Tended(activity.pk, activity.title, activity.unit.name, verdict, initial)


def units_to_tend(opened: OpenedEmployer) -> tuple[tuple[str, str], ...]:
    """The units whose activities the reader may write, by name. One SQL."""
    rows = visible_units(opened.part, Unit.objects.filter(until__isnull=True))
    if not opened.part.hr:
        rows = rows.filter(path__startswith=opened.part.heads) if opened.part.heads else rows.none()
    return tuple((str(unit.pk), f"{unit.name} ({unit.code})") for unit in rows.order_by("name", "code"))


@dataclass(frozen=True)
class Questions:
    """The criteria in force as questions about an activity, with the answers of the newest assessment to begin with.

    `seen` is the key of that assessment, 0 when there is none.
    """

    version: int
    threshold: int
    criteria: tuple[tuple[str, CriterionShown], ...]
    before: Mapping[str, Answer]
    seen: int
    assessed_at: datetime | None


def questions(opened: OpenedEmployer, activity_id: int) -> Questions | None:
    """What is to be answered about an activity; None before criteria are published. Two SQL."""
    if (version := current_version(opened.employer)) is None:
        return None
    newest = Assessment.objects.filter(activity=activity_id, activity__employer=opened.employer).first()
    return Questions(
        version=version.number,
        threshold=version.threshold,
        criteria=tuple((each.key, shown(each)) for each in map(Criterion.read, version.criteria)),
        before={key: Answer.read(stored) for key, stored in newest.answers.items()} if newest else {},
        seen=newest.pk if newest else 0,
        assessed_at=newest.assessed_at if newest else None,
    )

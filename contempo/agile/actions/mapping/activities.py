"""The catalogue of what units do: adding to it, changing, ending, opening again."""

from collections.abc import Collection
from datetime import date, timedelta

from django.db.models import Q, Sum

from contempo.agile.access import Part, may_tend, visible_units
from contempo.agile.actions.mapping.standing import begin, begin_with, mirror_activities
from contempo.agile.models import Share, Unit, WorkActivity
from contempo.agile.rules.mapping import WHOLE, title_key
from contempo.core import clock
from contempo.core.action import action
from contempo.core.verdict import Refusal, require
from contempo.core.words import N_
from contempo.people.public import Actor

_DAY = timedelta(days=1)


@action
def add_activity(
    actor: Actor, *, employer_id: int, unit_id: int, title: str, description: str = "", since: date | None = None
) -> WorkActivity:
    """Add what a unit does to the catalogue, from today on unless an earlier day is given. Its code is made here."""
    employer, part = begin(actor, employer_id)
    unit = _unit(part, unit_id)
    since = since or clock.today()
    if since > clock.today():
        raise Refusal(N_("This day is still to come: write today or an earlier one."), field="since")
    _require_new(unit, title)
    return WorkActivity.objects.create(
        employer=employer,
        unit=unit,
        directorate_id=unit.directorate_id or unit.pk,
        code=_free_code(unit),
        title=title,
        search_title=title_key(title),
        description=description,
        since=since,
    )


@action
def change_activity(actor: Actor, *, activity_id: int, unit_id: int, title: str, description: str) -> WorkActivity:
    """Change what is written of an activity, or hand it to another unit; assessments and shares stay as they are."""
    activity, part = begin_with(actor, activity_id)
    require(may_tend(part, activity.unit))
    unit = _unit(part, unit_id)
    _require_new(unit, title, but=activity.pk)
    activity.unit, activity.directorate_id = unit, unit.directorate_id or unit.pk
    activity.title, activity.search_title, activity.description = title, title_key(title), description
    activity.save(update_fields=["unit", "directorate", "title", "search_title", "description"])
    return activity


@action
def end_activity(actor: Actor, *, activity_id: int, last_day: date) -> WorkActivity:
    """End an activity with a day that is not to come. Shares in it stay written and count nothing any more."""
    activity, part = begin_with(actor, activity_id)
    require(may_tend(part, activity.unit))
    if activity.until is not None:
        raise Refusal(N_("This activity has ended already."))
    if last_day > clock.today():
        raise Refusal(N_("This day is still to come: end the activity when it is over."), field="last_day")
    if last_day < activity.since:
        raise Refusal(N_("The activity had not begun on this day."), field="last_day")
    activity.until = last_day + _DAY
    activity.save(update_fields=["until"])
    mirror_activities(activity.employer_id, [activity.pk])
    return activity


@action
def reopen_activity(actor: Actor, *, activity_id: int) -> WorkActivity:
    """Undo the end of an activity: the shares in it count again."""
    activity, part = begin_with(actor, activity_id)
    require(may_tend(part, activity.unit))
    if activity.until is None:
        raise Refusal(N_("This activity has not ended."))
    if over := len(workers_over(activity.employer_id, [activity.pk])):
        raise Refusal(
            N_(
                "With this activity the shares of %(count)s people would be more than their whole time. "
                "Lower them first."
            ),
            count=over,
        )
    activity.until = None
    activity.save(update_fields=["until"])
    mirror_activities(activity.employer_id, [activity.pk])
    return activity


def workers_over(employer_id: int, reopened: Collection[int]) -> list[int]:
    """The workers whose shares would be more than the whole of their time if these activities were running."""
    running = Q(activity__until__isnull=True) | Q(activity__in=reopened)
    touched = Share.objects.filter(activity__in=reopened).values("worker")
    shares = Share.objects.filter(running, worker__in=touched, worker__employer=employer_id)
    sums = shares.order_by("worker").values("worker").annotate(total=Sum("percent")).filter(total__gt=WHOLE)
    return list(sums.values_list("worker", flat=True))


def _unit(part: Part, unit_id: int) -> Unit:
    unit = visible_units(part, Unit.objects.all()).filter(pk=unit_id, until__isnull=True).first()
    if unit is None:
        raise Refusal(N_("Choose a unit that is still there."), field="unit")
    require(may_tend(part, unit))
    return unit


def _require_new(unit: Unit, title: str, *, but: int | None = None) -> None:
    if not title_key(title):
        raise Refusal(N_("Write what is done, in words."), field="title")
    running = WorkActivity.objects.filter(unit=unit, until__isnull=True, search_title=title_key(title))
    if running.exclude(pk=but).exists():
        raise Refusal(N_("This unit has an activity of this title already."), field="title")


def _free_code(unit: Unit) -> str:
    """The first code `<code of the unit>-<number>` nobody has."""
    stem = f"{unit.code[:34]}-"
    same = WorkActivity.objects.filter(employer=unit.employer_id, code__startswith=stem)
    taken = set(same.values_list("code", flat=True))
    number = len(taken) + 1
    while f"{stem}{number:02d}" in taken:
        number += 1
    return f"{stem}{number:02d}"

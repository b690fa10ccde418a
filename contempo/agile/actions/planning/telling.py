"""Whom planning tells what, and under which kinds of notification."""

from collections.abc import Callable, Collection, Iterable
from datetime import date
from typing import cast

from django.urls import reverse
from django.utils.functional import Promise, lazy
from django.utils.translation import get_language, gettext, ngettext

from contempo.agile.models import Employer, PlannedDay
from contempo.agile.models.planners import head_of
from contempo.agile.rules.planning import day_words
from contempo.core.words import N_
from contempo.people.public import Kind, OrganisationRole, notify, persons_of_organisation, register_notification_kind

FOR_PLANNERS = Kind("agile.planning", N_("My agile days: displaced dates and exceptions"))
FOR_MANAGERS = Kind("agile.exceptions", N_("Exceptions to the presence of my unit"))


def register_kinds() -> None:
    """Make the notifications of planning known; called once when the application starts."""
    for kind in (FOR_PLANNERS, FOR_MANAGERS):
        register_notification_kind(kind)


def in_words(day: date) -> str:
    """`giovedì 12 novembre`, in the language of who reads."""
    return day_words(day, get_language())


def address(employer: Employer, name: str, **parts: object) -> str:
    """The address of a page of an employer."""
    where = {"network": employer.network.slug, "employer": employer.organisation.slug, **parts}
    return reverse(f"agile:{name}", kwargs=where)


def tell_displaced(employer: Employer, rows: Iterable[PlannedDay]) -> None:
    """Tell each worker that dates of theirs gave way, once for a month, with the way to choose others."""
    by_worker: dict[int, list[PlannedDay]] = {}
    for row in rows:
        by_worker.setdefault(row.worker_id, []).append(row)
    for _worker, mine in sorted(by_worker.items()):
        days = [row.day for row in sorted(mine, key=lambda row: row.day)]
        person = mine[0].worker.person_id
        if person is not None:
            notify(
                [person],
                kind=FOR_PLANNERS.name,
                network_id=employer.network_id,
                title=_later(_displaced_title, len(days)),
                text=_later(_displaced_text, days),
                url=address(employer, "my_days", month=f"{days[0]:%Y-%m}") + "#spostate",
            )


def tell_managers(employer: Employer, row: PlannedDay) -> None:
    """Tell who heads the unit, or the nearest one above it, that an exception is asked; else human resources."""
    head = head_of(row.unit, but=row.worker_id)
    told = [head.person_id] if head is not None and head.person_id else _human_resources(employer)
    notify(
        told,
        kind=FOR_MANAGERS.name,
        network_id=employer.network_id,
        title=_later(_asked_title, row.unit.name, row.day),
        text=_later(_asked_text),
        url=address(employer, "exception", planned_id=row.pk),
    )


def tell_decided(employer: Employer, row: PlannedDay, *, allowed: bool) -> None:
    """Tell a worker what became of the exception for a date."""
    if row.worker.person_id is not None:
        notify(
            [row.worker.person_id],
            kind=FOR_PLANNERS.name,
            network_id=employer.network_id,
            title=_later(_decided_title, row.day, allowed),
            text=row.exception_reason,
            url=address(employer, "my_day", month=f"{row.day:%Y-%m}", day=row.day.day),
        )


def _human_resources(employer: Employer) -> Collection[int]:
    people = persons_of_organisation(employer.organisation_id, OrganisationRole.HR_MANAGER)
    return [person.id for person in people]


def _later(words: Callable[..., str], *parts: object) -> Promise:
    """`words(*parts)` when it is read, in the language of who reads."""
    return cast(Promise, lazy(words, str)(*parts))


def _displaced_title(count: int) -> str:
    return ngettext("One of your agile days had to give way", "%(count)s of your agile days had to give way", count) % {
        "count": count
    }


def _displaced_text(days: Collection[date]) -> str:
    told = gettext("Too few people of your unit would have been present on: %(days)s. Choose other dates with one tap.")
    return told % {"days": ", ".join(in_words(day) for day in days)}


def _asked_title(unit: str, day: date) -> str:
    return gettext("%(unit)s: an exception is asked for %(day)s") % {"unit": unit, "day": in_words(day)}


def _asked_text() -> str:
    return gettext("The unit would have fewer people present than the minimum: it is for you to say whether it can be.")


def _decided_title(day: date, allowed: bool) -> str:
    if allowed:
        return gettext("Your exception for %(day)s is granted: the day is planned") % {"day": in_words(day)}
    return gettext("Your exception for %(day)s is not granted") % {"day": in_words(day)}

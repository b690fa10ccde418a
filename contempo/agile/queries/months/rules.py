"""The rules of an employer as everybody may read them."""

from collections.abc import Iterator
from dataclasses import dataclass
from datetime import date, datetime

from django.utils.translation import gettext as _
from django.utils.translation import ngettext

from contempo.agile.models import Employer, Policy
from contempo.agile.queries.months.choosing import Choice, choices_of
from contempo.agile.queries.months.finding import month_name
from contempo.agile.queries.opened import OpenedEmployer
from contempo.agile.rules import policy as policies
from contempo.agile.rules.windows import INSTANT_LABELS, INSTANTS

WEEKDAYS = ("Monday", "Tuesday", "Wednesday", "Thursday", "Friday", "Saturday", "Sunday")


@dataclass(frozen=True)
class Dated:
    """An instant of a month: in words relative to it, and as it falls for the month shown."""

    label: str
    words: str
    at: datetime


@dataclass(frozen=True)
class Version:
    """Rules that hold from a month on."""

    number: int
    since: str
    note: str
    published_at: datetime


@dataclass(frozen=True)
class RulesPage:
    """The rules that hold in a month, in words and as data."""

    rules: policies.Policy
    number: int
    since: str
    published_at: datetime
    days: tuple[tuple[str, int], ...]
    presence: tuple[tuple[str, int], ...]
    choices: tuple[Choice, ...]
    windows: tuple[Dated, ...]
    example: str
    versions: tuple[Version, ...]


def newest_policy(employer: Employer) -> Policy | None:
    """The newest rules of an employer. One SQL."""
    return Policy.objects.filter(employer=employer).order_by("-first_month", "-number").first()


def rules_page(opened: OpenedEmployer, today: date) -> RulesPage | None:
    """The newest rules, None before there are any. One SQL."""
    versions = list(Policy.objects.filter(employer=opened.employer).order_by("-first_month", "-number"))
    if not versions:
        return None
    newest, rules = versions[0], policies.read(versions[0].document)
    example = max(newest.first_month, policies.next_month(today))
    return RulesPage(
        rules=rules,
        number=newest.number,
        since=month_name(newest.first_month),
        published_at=newest.published_at,
        days=tuple(rules.days.items()),
        presence=tuple((_(name), rules.presence[number]) for number, name in enumerate(WEEKDAYS)),
        choices=choices_of(rules),
        windows=tuple(dated(rules, example)),
        example=month_name(example),
        versions=tuple(
            Version(each.number, month_name(each.first_month), each.note, each.published_at) for each in versions
        ),
    )


def dated(rules: policies.Policy, first_day: date) -> Iterator[Dated]:
    """The instants of a month under rules that may not be published yet."""
    windows = rules.windows(first_day)
    for name in INSTANTS:
        yield Dated(_(INSTANT_LABELS[name]), moment_words(rules.moments[name]), getattr(windows, name))


def moment_words(moment: policies.Moment) -> str:
    """When a moment is, relative to its month: `14 days before the month begins, at 18:00`."""
    clock = f"{moment.minutes // 60:02}:{moment.minutes % 60:02}"
    if moment.day < 0:
        text = ngettext(
            "%(days)s day before the month begins, at %(clock)s",
            "%(days)s days before the month begins, at %(clock)s",
            -moment.day,
        )
        return text % {"days": -moment.day, "clock": clock}
    return _("on day %(day)s of the month, at %(clock)s") % {"day": moment.day + 1, "clock": clock}

"""Published results: the rule in a paragraph, the numbers, the hashes, the file to make it again."""

from collections import defaultdict
from collections.abc import Iterator
from dataclasses import dataclass
from datetime import date, datetime
from typing import TypeAlias

from django.utils.translation import gettext as _

from contempo.agile.models import Clearing, Entry, Month, Unit
from contempo.agile.queries.months.finding import key_of, month_name
from contempo.agile.queries.months.why import class_label
from contempo.agile.queries.opened import OpenedEmployer
from contempo.agile.rules import policy as policies
from contempo.agile.rules.clearing import Claims, Summary
from contempo.agile.rules.clearing.file import Bank, written
from contempo.agile.rules.months import MonthState
from contempo.core.small_cells import hidden_in_row

FoundClearing: TypeAlias = Clearing
"""A published clearing as views hand it on."""


@dataclass(frozen=True)
class ResultLink:
    """A published clearing in the list of them."""

    name: str
    number: int
    url: str
    published_at: datetime
    asked: int
    awarded: int
    why: str


@dataclass(frozen=True)
class Commitment:
    """What is fixed of a month whose result is still to come: hashes of the seed of its draw and of its salt."""

    name: str
    seed_hash: str
    salt_hash: str


@dataclass(frozen=True)
class Line:
    """Figures of a class or of a directorate; None where so few asked that they could be recognised."""

    label: str
    persons: int | None
    asked: int | None
    awarded: int | None


@dataclass(frozen=True)
class Report:
    """The public report of a clearing."""

    name: str
    key: str
    number: int
    made_at: datetime
    published_at: datetime
    why: str
    persons: int
    asked: int
    awarded: int
    supply: int
    shared: int
    classes: tuple[Line, ...]
    directorates: tuple[Line, ...]
    hidden: bool
    code_hash: str
    input_hash: str
    result_hash: str
    seed_hash: str
    seed: str
    salt_hash: str
    others: tuple[ResultLink, ...]
    shares: bool
    bank_cap: int


def results(opened: OpenedEmployer) -> tuple[ResultLink, ...]:
    """The published clearings of an employer, newest first. One SQL."""
    rows = Clearing.objects.filter(month__employer=opened.employer, published_at__isnull=False)
    return tuple(_link(opened, each) for each in rows.select_related("month").order_by("-month__first_day", "-number"))


def commitments(opened: OpenedEmployer) -> tuple[Commitment, ...]:
    """The hashes of the open months without a published result, soonest first: for everybody, before ties are drawn.

    One SQL.
    """
    rows = Month.objects.filter(employer=opened.employer, published_at__isnull=True).exclude(state=MonthState.DRAFT)
    return tuple(
        Commitment(month_name(each.first_day), each.seed_hash, each.salt_hash) for each in rows.order_by("first_day")
    )


def find_clearing(opened: OpenedEmployer, first_day: date, number: int) -> Clearing | None:
    """A published clearing by month and number. One SQL."""
    rows = Clearing.objects.select_related("month__policy").filter(
        month__employer=opened.employer, month__first_day=first_day, number=number, published_at__isnull=False
    )
    return rows.first()


def report(opened: OpenedEmployer, clearing: Clearing) -> Report:
    """The report of a published clearing. Two SQL."""
    month, summary = clearing.month, Summary.read(clearing.summary)
    rules = policies.read(month.policy.document)
    keys = {key: unit for key, unit, _days in clearing.supply["pools"]}
    units = dict(Unit.objects.filter(id__in=keys.values()).values_list("id", "name"))
    of_class: dict[str, list[tuple[int, int, int]]] = defaultdict(list)
    of_unit: dict[str, list[tuple[int, int, int]]] = defaultdict(list)
    for line in summary.lines:
        counts = (line.persons, line.asked, line.awarded)
        label = _("Class %(number)s: %(reasons)s")
        of_class[label % {"number": line.klass, "reasons": class_label(rules, line.klass)}].append(counts)
        of_unit[units[keys[line.directorate]]].append(counts)
    classes, directorates = _lines(of_class), _lines(of_unit)
    siblings = [each for each in results(opened) if each.name == month_name(month.first_day)]
    revealed = month.state in (MonthState.PUBLISHED, MonthState.CLOSED) or month.published_at is not None
    return Report(
        name=month_name(month.first_day),
        key=key_of(month.first_day),
        number=clearing.number,
        made_at=clearing.made_at,
        published_at=clearing.published_at or clearing.made_at,
        why=clearing.why,
        persons=summary.persons,
        asked=summary.asked,
        awarded=summary.awarded,
        supply=sum(summary.pools.values()) + summary.shared_pool,
        shared=summary.shared_pool,
        classes=classes,
        directorates=directorates,
        hidden=any(line.persons is None for line in (*classes, *directorates)),
        code_hash=clearing.code_hash,
        input_hash=clearing.input_hash,
        result_hash=clearing.result_hash,
        seed_hash=month.seed_hash,
        seed=bytes(month.seed).hex() if revealed else "",
        salt_hash=month.salt_hash,
        others=tuple(each for each in siblings if each.number != clearing.number),
        shares=rules.shared_pool,
        bank_cap=rules.bank_cap,
    )


def input_file(opened: OpenedEmployer, clearing: Clearing) -> Iterator[bytes]:
    """The file of a published clearing, from its entries: what was read when it was made, in the same bytes.

    One SQL, whatever the number of persons; accounts keep the facts of the opening, entries what else was counted.
    """
    month = clearing.month
    rules = policies.read(month.policy.document)
    places = {unit: place for place, (_key, unit, _days) in enumerate(clearing.supply["pools"])}
    asked = {int(name): days for name, days in clearing.supply["asked"].items()}
    caps = {int(name): cap for name, cap in clearing.supply["caps"].items()}
    first = dict(
        Entry.objects.filter(clearing__month=month, clearing__number=1).values_list("account_id", "asked")
        if clearing.number > 1
        else ()
    )
    rows = (
        Entry.objects.filter(clearing=clearing, month=month)
        .order_by("account__pseudonym")
        .values_list(
            "account__pseudonym", "klass", "account__directorate_id", "account__enjoyed", "asked", "held", "account_id"
        )
    )
    columns: list[list[int]] = [[] for _name in range(7)]
    for name, klass, unit, enjoyed, first_asked, held, account in rows.iterator(chunk_size=10_000):
        wanted = asked.get(name, first.get(account, first_asked) if clearing.number > 1 else first_asked)
        for column, value in zip(
            columns, (name, klass, places[unit], enjoyed, wanted, caps.get(name, rules.bank_cap), held), strict=True
        ):
            column.append(value)
    names = ("pseudonym", "klass", "directorate", "enjoyed", "asked", "cap", "held")
    claims = Claims.of(dict(zip(names, columns, strict=True)))
    bank = Bank(
        employer=opened.employer.organisation.name,
        month=key_of(month.first_day),
        number=clearing.number,
        classes=rules.numbers,
        pools={key: days for key, _unit, days in clearing.supply["pools"]},
        shared=clearing.supply["shared"],
        seed_hash=month.seed_hash,
        seed=bytes(month.seed).hex(),
        code_hash=clearing.code_hash,
        result_hash=clearing.result_hash,
    )
    told = written(bank, claims)
    for start in range(0, len(told), 1 << 16):
        yield told[start : start + (1 << 16)]


def _link(opened: OpenedEmployer, each: Clearing) -> ResultLink:
    return ResultLink(
        month_name(each.month.first_day),
        each.number,
        opened.url("result", month=key_of(each.month.first_day), number=each.number),
        each.published_at or each.made_at,
        each.asked_days,
        each.awarded_days,
        each.why,
    )


def _lines(counts: dict[str, list[tuple[int, int, int]]]) -> tuple[Line, ...]:
    """Sums by label; who is too few is not told, and neither is who could be found from the rest."""
    sums = {label: tuple(map(sum, zip(*rows, strict=True))) for label, rows in counts.items()}
    hidden = hidden_in_row({label: found[0] for label, found in sums.items()})
    return tuple(
        Line(label, None, None, None) if label in hidden else Line(label, *found)
        for label, found in sorted(sums.items())
    )

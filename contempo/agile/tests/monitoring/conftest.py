"""October 2026 at the municipality of Milan, worked: who had an account, what they planned, used, donated and got."""

from dataclasses import dataclass
from datetime import date, datetime, timedelta
from decimal import Decimal

import pytest

from contempo.agile.models import Account, Clearing, Entry, Month, PlannedDay, Policy, Pool, Worker
from contempo.agile.rules.commuting import avoided
from contempo.agile.rules.ledger import EntryKind
from contempo.agile.rules.months import DayState, MonthState
from contempo.agile.rules.policy import proposed
from contempo.agile.tests.conftest import Comune
from contempo.agile.tests.factories import WorkerFactory
from contempo.core.clock import ROME

OCTOBER = date(2026, 10, 1)
AT = datetime(2026, 10, 31, 12, tzinfo=ROME)


def month_of(comune: Comune, first_day: date, state: MonthState = MonthState.CLOSED) -> Month:
    """A month of the employer with its pools, under the rules an employer begins with."""
    employer = comune.it.employer
    policy = Policy.objects.filter(employer=employer).first() or Policy.objects.create(
        employer=employer, number=1, first_month=date(2026, 1, 1), document=proposed().as_json(), published_at=AT
    )
    instants = vars(proposed().windows(first_day))
    month = Month.objects.create(
        employer=employer, first_day=first_day, policy=policy, state=state.value, seed=b"s", salt=b"s", **instants
    )
    for unit in (comune.it.civic, comune.it.schools, None):
        Pool.objects.create(month=month, directorate=unit, budget=1000, free=1000)
    return month


def account_of(month: Month, worker: Worker, *, agreement: bool = True, used_on: date | None = None) -> Account:
    """The account of a worker in a month, as it is copied when the month opens."""
    return Account.objects.create(
        month=month,
        worker=worker,
        unit=worker.unit,
        directorate=worker.directorate,
        sex=worker.sex,
        birth_year=worker.birth_year or 0,
        agreement=agreement,
        cap=23,
        entitled=8,
        pseudonym=worker.pk,
        first_used_on=used_on,
    )


def enter(account: Account, kind: EntryKind, days: int, **facts: object) -> Entry:
    """An entry of the ledger."""
    return Entry.objects.create(month=account.month, account=account, kind=kind.value, days=days, at=AT, **facts)


def use(account: Account, day: date, *, km: str | None = None, means: str = "car", place: str = "home") -> PlannedDay:
    """A day planned and worked, with what it spared when the way to work was declared."""
    enter(account, EntryKind.PLAN, 1, day=day)
    enter(account, EntryKind.USE, 1, day=day)
    found = avoided(place=place, means=means if km else "", km=Decimal(km) if km else None, day=day)
    return PlannedDay.objects.create(
        account=account,
        worker=account.worker,
        unit=account.unit,
        day=day,
        place=place,
        state=DayState.USED.value,
        metres_avoided=found.metres if found else None,
        grams_avoided=found.grams if found else None,
        planned_at=AT,
        changed_at=AT,
    )


@dataclass(frozen=True)
class Worked:
    """The municipality with October worked; `accounts` by the name of the worker."""

    comune: Comune
    month: Month
    accounts: dict[str, Account]
    clearing: Clearing


@pytest.fixture
def worked(comune: Comune) -> Worked:
    """Seven eligible workers, six with an agreement, three active. Four days planned are used and one given back; Anna
    goes 10 km by car, Carla has declared nothing. Six days were asked of the bank and four got; one more was drawn.
    """
    it, month = comune.it, month_of(comune, OCTOBER)
    clearing = Clearing.objects.create(
        month=month, number=1, made_at=AT, code_hash="", input_hash="", result_hash="", published_at=AT
    )
    first = date(2026, 10, 5)
    accounts = {
        name: account_of(
            month,
            getattr(it, name),
            agreement=name != "unlinked",
            used_on=first if name in ("anna", "bruno", "carla") else None,
        )
        for name in ("diana", "ugo", "anna", "bruno", "carla", "sergio", "unlinked")
    }
    for name, account in accounts.items():
        if name != "unlinked":
            enter(account, EntryKind.GRANT, 8, own=-8)
    use(accounts["anna"], first, km="10.0")
    use(accounts["anna"], first + timedelta(days=1), km="10.0")
    use(accounts["bruno"], first, km="5.5", means="bicycle")
    use(accounts["carla"], first)
    enter(accounts["diana"], EntryKind.PLAN, 2, day=first)
    enter(accounts["diana"], EntryKind.RETURN, 1, day=first)
    enter(accounts["sergio"], EntryKind.DONATE, 3, own=3)
    for name, asked, got in (("anna", 4, 3), ("carla", 2, 1)):
        enter(accounts[name], EntryKind.REQUEST, asked)
        enter(accounts[name], EntryKind.AWARD, got, asked=asked, own=-got, clearing=clearing)
    enter(accounts["bruno"], EntryKind.AWARD, 1, own=-1)
    return Worked(comune, month, accounts, clearing)


@pytest.fixture
def crowd(worked: Worked) -> list[Worker]:
    """Twenty more people of the civic services, and twelve of the schools, all active in October."""
    it = worked.comune.it
    made = []
    for number, unit in enumerate([it.counter] * 20 + [it.nurseries] * 12):
        sex = "m" if number % 3 else "f"
        worker = WorkerFactory(unit=unit, sex=sex, birth_year=1965 + number, eligible=True, number=f"9{number:05}")
        account = account_of(worked.month, worker, used_on=date(2026, 10, 6))
        enter(account, EntryKind.GRANT, 8, own=-8)
        use(account, date(2026, 10, 6), km="12.0", means="train")
        made.append(worker)
    return made

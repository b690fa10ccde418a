"""Planning of the municipality in December 2026: the window is open from 10 to 17 November.

The office `counter` has four people (Ugo, Anna, Bruno, one without a person); at least 40 % stay, so two may be away.
Milan rests on 7 and 8 December, and on the 25th.
"""

from collections.abc import Iterable
from dataclasses import dataclass
from datetime import date

import pytest

from contempo.agile.actions.planning.days import save_days
from contempo.agile.actions.planning.settling import settle_presence
from contempo.agile.models import Account, Agreement, PlannedDay, Seat, Worker
from contempo.agile.models.balances import balance_of
from contempo.agile.rules.ledger import Balance
from contempo.agile.rules.months import DayState
from contempo.agile.tests.bank.world import Bank, open_december
from contempo.agile.tests.conftest import Comune
from contempo.core.testing import At
from contempo.people.public import SYSTEM

WINDOW, SETTLED, DURING = "2026-11-12T10:00", "2026-11-17T18:05", "2026-12-10T10:00"
MONTH = "mese/2026-12/"


def dec(*days: int) -> list[date]:
    """Days of December."""
    return [date(2026, 12, day) for day in days]


@dataclass(frozen=True)
class Plan:
    """The month, and who does what in it by first name."""

    bank: Bank
    at: At

    @property
    def comune(self) -> Comune:
        return self.bank.comune

    @property
    def month_id(self) -> int:
        return self.bank.month_id

    def worker(self, name: str) -> Worker:
        found: Worker = getattr(self.comune.it, name)
        return found

    def save(self, name: str, plan: Iterable[date] = (), back: Iterable[date] = (), **more: object) -> tuple[int, int]:
        actor = self.comune.actor(name)
        return save_days(actor, month_id=self.month_id, plan=list(plan), give_back=list(back), **more)  # type: ignore[arg-type]

    def balance(self, name: str) -> Balance:
        return balance_of(self.account(name).pk)

    def account(self, name: str) -> Account:
        return self.bank.account(name)

    def days(self, name: str, state: DayState = DayState.PLANNED) -> list[int]:
        """The days of the month with that state, by number."""
        rows = PlannedDay.objects.filter(worker=self.worker(name), state=state).order_by("day")
        return [day.day for day in rows.values_list("day", flat=True)]

    def row(self, name: str, day: int) -> PlannedDay:
        """The newest row of a date."""
        rows = PlannedDay.objects.filter(worker=self.worker(name), day=date(2026, 12, day))
        return rows.latest("id")

    def seat(self, until: date | None = None) -> Seat:
        """A near-working seat that every agreement lists."""
        employer = self.comune.it.employer
        seat = Seat.objects.create(employer=employer, name="Baggio", since=date(2026, 1, 1), until=until)
        self.lists(seat)
        return seat

    def lists(self, seat: Seat) -> None:
        """Every agreement lists a seat."""
        for agreement in Agreement.objects.filter(employer=seat.employer):
            agreement.seats.add(seat)

    def settle(self) -> int:
        """Planning closes and presence is settled."""
        self.at(SETTLED)
        return settle_presence(SYSTEM, month_id=self.month_id)

    def agrees(self) -> bool:
        """Whether rows and ledger say the same of every account."""
        for account in Account.objects.filter(month_id=self.month_id):
            found = balance_of(account.pk)
            rows = PlannedDay.objects.filter(account=account)
            if found.planned != rows.filter(state=DayState.PLANNED).count():
                return False
            if found.used != rows.filter(state=DayState.USED).count():
                return False
        return True


@pytest.fixture
def plan(comune: Comune, at: At) -> Plan:
    """December is open, and its planning too."""
    at(WINDOW)
    return Plan(open_december(comune), at)

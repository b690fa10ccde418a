"""A month of an employer, as the tests of the bank need it: December 2026, its windows in November.

Planning 10 to 17 November, donations 18 to 21, requests to the 22nd, clearing the 23rd, publication the 24th, appeals
to the 29th.
"""

from collections.abc import Iterable
from dataclasses import dataclass, replace
from datetime import date, datetime

from django.db import connection

from contempo.agile.actions.months.opening import open_month, prepare_month
from contempo.agile.actions.months.policies import publish_policy
from contempo.agile.models import Account, Agreement, Entry, Month, Pool, Worker
from contempo.agile.models.balances import SUMS, balance_of
from contempo.agile.rules.agreements import AgreementState
from contempo.agile.rules.ledger import Balance
from contempo.agile.rules.months import Place
from contempo.agile.rules.policy import Policy, proposed
from contempo.agile.tests.conftest import Comune
from contempo.core import clock
from contempo.core.clock import ROME
from contempo.people.public import Actor

DECEMBER = date(2026, 12, 1)
PREPARED = "2026-11-09T10:00"
BANK = "2026-11-19T10:00"
OVER = "2026-11-22T19:00"
PUBLISHED = "2026-11-24T10:00"
DURING = "2026-12-10T10:00"
AFTER = "2027-01-02T10:00"

POLICY = replace(proposed(), bank_cap=4, verified=frozenset())
"""The proposed rules, none of whose reasons needs to be verified."""


def moment(text: str) -> datetime:
    """`2026-11-19T10:00`, as the clocks of Rome show it."""
    return datetime.fromisoformat(text).replace(tzinfo=ROME)


def sign(worker: Worker, since: date = date(2026, 6, 1), until: date | None = None, **facts: object) -> Agreement:
    """An agreement in force for a worker, for every place but seats."""
    numbered = Agreement.objects.filter(employer=worker.employer).count() + 1
    at = datetime(2026, 5, 20, 9, tzinfo=ROME)
    given = {"state": AgreementState.IN_FORCE.value, "signed_at": at, "starts_on": since, "until": until}
    return Agreement.objects.create(
        employer=worker.employer,
        number=numbered,
        worker=worker,
        unit=worker.unit,
        directorate=worker.directorate,
        state_since=at,
        created_at=at,
        **{**given, "places": [place.value for place in Place], **facts},
    )


@dataclass(frozen=True)
class Bank:
    """An open month of the municipality: Paolo keeps it, and everybody but Sergio has an agreement."""

    comune: Comune
    month_id: int
    hr: Actor

    @property
    def month(self) -> Month:
        return Month.objects.select_related("employer", "policy").get(id=self.month_id)

    def account(self, name: str) -> Account:
        worker = getattr(self.comune.it, name)
        return Account.objects.get(month_id=self.month_id, worker=worker)

    def balance(self, name: str) -> Balance:
        return balance_of(self.account(name).pk)

    def free(self, directorate: object = None) -> int:
        """The free days of the pool of a directorate; of the shared one without."""
        return Pool.objects.get(month_id=self.month_id, directorate=directorate).free

    def kinds(self, name: str) -> list[tuple[str, int]]:
        """The entries of somebody: kind and days."""
        return list(Entry.objects.filter(account=self.account(name)).order_by("id").values_list("kind", "days"))


def open_december(comune: Comune, policy: Policy = POLICY, unsigned: Iterable[str] = ("sergio",)) -> Bank:
    """December, opened on 9 November by who keeps the employer."""
    it, hr = comune.it, comune.actor("paolo")
    for name in ("diana", "ugo", "anna", "bruno", "carla", "sergio", "unlinked"):
        if name not in unsigned:
            sign(getattr(it, name))
    with clock.replaying(moment(PREPARED)):
        publish_policy(hr, employer_id=it.employer.pk, rules=policy, first_month=date(2026, 10, 1))
        month = prepare_month(hr, employer_id=it.employer.pk, first_day=DECEMBER)
        open_month(hr, month_id=month.pk)
    return Bank(comune, month.pk, hr)


def owners(month_id: int) -> tuple[int, int]:
    """Σ budgets, and Σ of the days of accounts and pools with what expired: equal, whatever happens."""
    with connection.cursor() as cursor:
        cursor.execute(
            f"SELECT {SUMS} FROM agile_entry AS entry WHERE month_id = %s AND account_id IS NOT NULL", [month_id]
        )
        available, planned, used, _reserved = cursor.fetchone()
        cursor.execute(
            "SELECT coalesce(sum(days), 0) FROM agile_entry WHERE month_id = %s AND kind = 'expire'", [month_id]
        )
        (expired,) = cursor.fetchone()
        cursor.execute("SELECT sum(budget), sum(free) FROM agile_pool WHERE month_id = %s", [month_id])
        budget, free = cursor.fetchone()
    return budget, available + planned + used + expired + free

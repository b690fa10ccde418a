"""What loaders bring in bulk, of workers who do not sign in: agreements that hold, planned dates, gifts and requests.

Everything goes through the ledger and keeps its limits; only the platform itself may.
"""

from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from datetime import date

from django.db.models import Max

from contempo.agile.access import may_run_installation
from contempo.agile.actions.agreements.story import mirror_agile
from contempo.agile.actions.ledger import Move, enter, locked_month
from contempo.agile.models import (
    Account,
    Agreement,
    AgreementMove,
    Communication,
    Employer,
    PlannedDay,
    Request,
    Worker,
)
from contempo.agile.rules import policy
from contempo.agile.rules.agreements import AgreementState, Told
from contempo.agile.rules.agreements.telling import due_on
from contempo.agile.rules.ledger import EntryKind
from contempo.agile.rules.months import Place, Reason
from contempo.core.action import action
from contempo.core.clock import now, today
from contempo.core.verdict import require
from contempo.people.public import Actor


@dataclass(frozen=True)
class Signed:
    """An agreement that was signed elsewhere: `terms` are columns of `Agreement`, `told_on` when the Ministry heard."""

    worker_id: int
    terms: Mapping[str, object]
    told_on: date


@dataclass(frozen=True)
class Planned:
    """A date of one worker, with its place."""

    account_id: int
    day: date
    place: Place = Place.HOME
    seat_id: int | None = None


@action
def bring_agreements(actor: Actor, *, employer_id: int, signed: Sequence[Signed], seat_ids: Sequence[int] = ()) -> int:
    """Bring agreements in force, each with these near-working seats; tells how many. As many SQL for any number."""
    require(may_run_installation(actor))
    employer = Employer.objects.get(pk=employer_id)
    workers = Worker.objects.in_bulk([each.worker_id for each in signed])
    number = Agreement.objects.filter(employer=employer_id).aggregate(last=Max("number"))["last"] or 0
    at = now()
    rows = [
        Agreement(
            employer_id=employer_id,
            number=number + position,
            worker_id=each.worker_id,
            unit_id=workers[each.worker_id].unit_id,
            directorate_id=workers[each.worker_id].directorate_id,
            state=AgreementState.IN_FORCE,
            state_since=at,
            created_at=at,
            signed_at=at,
            **each.terms,
        )
        for position, each in enumerate(signed, start=1)
    ]
    made = Agreement.objects.bulk_create(rows)
    seats = Agreement.seats.through
    seats.objects.bulk_create(seats(agreement_id=row.pk, seat_id=seat) for row in made for seat in seat_ids)
    AgreementMove.objects.bulk_create(
        AgreementMove(agreement=row, at=at, transition="sign", state=AgreementState.IN_FORCE) for row in made
    )
    Communication.objects.bulk_create(
        Communication(
            employer_id=employer_id,
            agreement=row,
            kind=Told.STARTED,
            happened_on=row.starts_on,
            due_on=due_on(row.starts_on, public_body=employer.public_body),
            told_on=each.told_on,
        )
        for row, each in zip(made, signed, strict=True)
    )
    mirror_agile(workers, today())
    return len(made)


@action
def bring_days(actor: Actor, *, month_id: int, days: Sequence[Planned]) -> int:
    """Plan dates for many workers; tells how many. Raises Refusal when one of them has not enough days."""
    require(may_run_installation(actor))
    locked_month(month_id)
    accounts = Account.objects.filter(month=month_id).in_bulk([each.account_id for each in days])
    at = now()
    PlannedDay.objects.bulk_create(
        PlannedDay(
            account_id=each.account_id,
            worker_id=accounts[each.account_id].worker_id,
            unit_id=accounts[each.account_id].unit_id,
            day=each.day,
            place=each.place,
            seat_id=each.seat_id,
            planned_at=at,
            changed_at=at,
        )
        for each in days
    )
    enter(month_id, [Move(each.account_id, EntryKind.PLAN, 1, day=each.day) for each in days], at=at)
    return len(days)


@action
def bring_gifts(actor: Actor, *, month_id: int, days: Mapping[int, int]) -> None:
    """Donate `days` by account. Raises Refusal when one of them has not enough."""
    require(may_run_installation(actor))
    rules = policy.read(locked_month(month_id).policy.document)
    own, shared = (0, 1) if rules.shared_pool else (1, 0)
    enter(
        month_id,
        [
            Move(account, EntryKind.DONATE, count, own=own * count, shared=shared * count)
            for account, count in days.items()
        ],
        at=now(),
    )


@action
def bring_requests(actor: Actor, *, month_id: int, asked: Mapping[int, tuple[Reason, int]]) -> None:
    """Ask for days by account, each with its reason. Raises Refusal when one of them passes the cap of its month."""
    require(may_run_installation(actor))
    rules, at = policy.read(locked_month(month_id).policy.document), now()
    Request.objects.bulk_create(
        Request(
            account_id=account,
            month_id=month_id,
            reason=reason,
            klass=rules.class_of(reason),
            days=days,
            created_at=at,
            changed_at=at,
        )
        for account, (reason, days) in asked.items()
    )
    enter(month_id, [Move(account, EntryKind.REQUEST, days) for account, (_why, days) in asked.items()], at=at)

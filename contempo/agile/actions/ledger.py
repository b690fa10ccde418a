"""The only door into the ledger: what moves days, from actions of every page."""

from collections.abc import Iterable
from dataclasses import dataclass
from datetime import date, datetime

from django.db import IntegrityError

from contempo.agile.models import Account, Entry, Month, Pool
from contempo.agile.models.ledger import NOT_BELOW_ZERO
from contempo.agile.rules.ledger import EntryKind
from contempo.core.verdict import Refusal
from contempo.core.words import N_

_SAID = {
    NOT_BELOW_ZERO: N_("There are not enough days for this, or the cap of the month would be passed."),
    "agile_pool_not_below_zero": N_("There are not enough days left in the bank."),
}


@dataclass(frozen=True)
class Move:
    """One entry to be made: `own` and `shared` are what it adds to the pools, with their sign."""

    account_id: int | None
    kind: EntryKind
    days: int
    asked: int = 0
    own: int = 0
    shared: int = 0
    day: date | None = None
    directorate_id: int | None = None


def locked_month(month_id: int) -> Month:
    """The month, held against clearing and closing until the end of the transaction; Refusal when it is not there.

    Locks are taken in one order everywhere: month (shared for the moves of workers), account, pools by id.
    """
    return _found(Month.objects.raw("SELECT * FROM agile_month WHERE id = %s FOR SHARE", [month_id]))


def locked_months(month_ids: Iterable[int]) -> None:
    """The same for several months, in the order of their ids. One SQL."""
    list(Month.objects.raw("SELECT * FROM agile_month WHERE id = ANY(%s) ORDER BY id FOR SHARE", [sorted(month_ids)]))


def locked_account(account_id: int) -> Account:
    """The account, locked until the end of the transaction: after its month, before pools."""
    return Account.objects.select_for_update(of=("self",)).get(id=account_id)


def locked_pools(month_id: int, directorate_id: int) -> tuple[Pool, Pool]:
    """The pool of a directorate and the shared one, locked in the order of their ids."""
    rows = Pool.objects.select_for_update(of=("self",)).filter(month_id=month_id)
    pools = {
        pool.directorate_id: pool
        for pool in rows.extra(
            where=["directorate_id IS NULL OR directorate_id = %s"], params=[directorate_id]
        ).order_by("id")
    }
    return pools[directorate_id], pools[None]


def enter(month_id: int, moves: Iterable[Move], *, at: datetime, person_id: int | None = None) -> None:
    """Write moves into the ledger in one statement; Refusal when an account or a pool would be overdrawn."""
    entries = [
        Entry(
            month_id=month_id,
            account_id=move.account_id,
            directorate_id=move.directorate_id,
            kind=move.kind.value,
            days=move.days,
            asked=move.asked,
            own=move.own,
            shared=move.shared,
            day=move.day,
            person_id=person_id,
            at=at,
        )
        for move in moves
    ]
    try:
        Entry.objects.bulk_create(entries)
    except IntegrityError as error:
        raise refused(error) from error


def refused(error: IntegrityError) -> Exception:
    """The Refusal that a violated limit of the ledger is for a person; any other error as it is."""
    diag = getattr(error.__cause__, "diag", None)
    said = _SAID.get(getattr(diag, "constraint_name", None) or "")
    return Refusal(said) if said else error


def _found(months: Iterable[Month]) -> Month:
    for month in months:
        return month
    raise Refusal(N_("This month is not there any more."))

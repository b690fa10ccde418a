"""What every move at the bank begins with: the month, the worker, the account, locked in this order."""

from dataclasses import dataclass

from contempo.agile.access import may_act_as_worker, part_of
from contempo.agile.actions.ledger import locked_month
from contempo.agile.models import Account, Month, Worker
from contempo.agile.models.balances import balance_of
from contempo.agile.rules.ledger import Balance
from contempo.agile.rules.policy import Policy, read
from contempo.core.verdict import Refusal, require
from contempo.core.words import N_
from contempo.people.public import Actor


@dataclass(frozen=True)
class AtTheBank:
    """A worker before the bank of a month: nothing of it changes until the transaction ends."""

    month: Month
    worker: Worker
    account: Account
    balance: Balance
    rules: Policy


def at_the_bank(actor: Actor, month_id: int) -> AtTheBank:
    """The account of `actor` in a month, locked. Raises NotPermitted, and Refusal without an account or agreement."""
    month = locked_month(month_id)
    part = part_of(actor, month.employer)
    require(may_act_as_worker(part))
    assert part.worker is not None
    account = Account.objects.select_for_update(of=("self",)).filter(month=month, worker=part.worker).first()
    if account is None:
        raise Refusal(N_("You have no account in this month: your work could not be done remotely when it was opened."))
    if not account.agreement:
        raise Refusal(N_("Without an agreement in force in this month you have no agile days."))
    return AtTheBank(month, part.worker, account, balance_of(account.pk), read(month.policy.document))


def require_whole(days: int, field: str = "days") -> None:
    """Days are moved whole, one at least."""
    if days < 1:
        raise Refusal(N_("Write how many days: one at least."), field=field)

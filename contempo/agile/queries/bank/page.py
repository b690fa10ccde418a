"""The bank as a worker sees it: what they have, may do, asked for, got, and why."""

from dataclasses import dataclass
from datetime import datetime

from django.db.models import Q
from django.utils.translation import gettext as _

from contempo.agile.models import Account, Appeal, Clearing, Entry, Month, Pool, Request
from contempo.agile.queries.bank.words import Told, told
from contempo.agile.queries.months.choosing import Choice, choices_of
from contempo.agile.queries.months.finding import MonthLink, key_of, month_name, neighbours
from contempo.agile.queries.months.why import Outcome, outcome
from contempo.agile.queries.opened import OpenedEmployer
from contempo.agile.rules import policy as policies
from contempo.agile.rules.ledger import EFFECTS, Balance, EntryKind
from contempo.agile.rules.months import APPEAL, REASON_LABELS, MonthState, Reason, RequestState
from contempo.agile.rules.windows import STAGE_LABELS, may_appeal, may_donate, may_draw, may_request, stage
from contempo.core.workflow import Look
from contempo.web.sentences import sentence


@dataclass(frozen=True)
class Asked:
    """What the worker asked for."""

    reason: str
    label: str
    days: int
    klass: int
    withdrawn: bool
    changed_at: datetime


@dataclass(frozen=True)
class AppealLine:
    """An appeal of the worker, with its answer once there is one."""

    clearing: int
    text: str
    made_at: datetime
    look: Look
    answer: str
    decided_at: datetime | None


@dataclass(frozen=True)
class BankPage:
    """The account of a worker in a month. What may not be done now has its reason in `donating`, `asking`, `drawing`,
    `appealing`: empty when it may be done.
    """

    month_id: int
    name: str
    key: str
    stage: str
    donate_from: datetime
    donate_until: datetime
    request_until: datetime
    publish_at: datetime
    appeal_until: datetime
    published: bool
    account_id: int
    agreement: bool
    balance: Balance
    entitled: int
    carried: int
    enjoyed: int
    cap: int
    bank_cap: int
    room: int
    left: int
    shares: bool
    choices: tuple[Choice, ...]
    asked: Asked | None
    outcome: Outcome | None
    entries: tuple[Told, ...]
    appeals: tuple[AppealLine, ...]
    pseudonym: str
    donating: str
    asking: str
    drawing: str
    appealing: str
    others: tuple[MonthLink, ...]


def bank_page(opened: OpenedEmployer, month: Month, now: datetime) -> BankPage | None:
    """The page of the reader's account, None when they have none in this month. Eight SQL at most."""
    worker = opened.part.worker
    account = Account.objects.filter(month=month, worker=worker).first() if worker else None
    if account is None:
        return None
    rules = policies.read(month.policy.document)
    clearings = {each.pk: each for each in Clearing.objects.filter(month=month)}
    rows = [
        entry
        for entry in Entry.objects.filter(account=account).order_by("id")
        if entry.clearing_id is None or clearings[entry.clearing_id].published_at
    ]
    balance = _balance(rows)
    pools = Pool.objects.filter(Q(directorate=account.directorate_id) | Q(directorate=None), month=month)
    published = bool(month.published_at)
    appeals = tuple(_appeals(account, clearings))
    appealing = sentence(may_appeal(month, now))
    last = max((each.number for each in clearings.values()), default=0)
    if not appealing and any(line.clearing == last for line in appeals):
        appealing = _("You have appealed against this result already.")
    request = Request.objects.filter(account=account).first()
    reserved = balance.reserved if request else 0
    return BankPage(
        month_id=month.pk,
        name=month_name(month.first_day),
        key=key_of(month.first_day),
        stage=_(STAGE_LABELS[stage(month, now)]),
        donate_from=month.bank_from,
        donate_until=month.donate_until,
        request_until=month.request_until,
        publish_at=month.publish_at,
        appeal_until=month.appeal_until,
        published=published,
        account_id=account.pk,
        agreement=account.agreement,
        balance=balance,
        entitled=account.entitled,
        carried=account.carried,
        enjoyed=account.enjoyed,
        cap=account.cap,
        bank_cap=rules.bank_cap,
        room=min(balance.room(account.cap) + reserved, rules.bank_cap),
        left=sum(pool.free for pool in pools) if month.state == MonthState.PUBLISHED else 0,
        shares=rules.shared_pool,
        choices=choices_of(rules),
        asked=_asked(request) if request else None,
        outcome=outcome(month, account, rules, rows, clearings),
        entries=tuple(_told(rows, clearings)),
        appeals=appeals,
        pseudonym=f"{account.pseudonym:016x}",
        donating=sentence(may_donate(month, now)),
        asking=sentence(may_request(month, now)),
        drawing=sentence(may_draw(month, now)),
        appealing=appealing,
        others=neighbours(opened, month, "bank_month"),
    )


def _balance(rows: list[Entry]) -> Balance:
    """The sums of entries already read; `models.balances` has the same in SQL."""
    parts = {"available": 0, "planned": 0, "used": 0, "reserved": 0}
    for row in rows:
        effect = EFFECTS[EntryKind(row.kind)]
        for part in parts:
            parts[part] += getattr(effect, part) * row.days
        parts["reserved"] -= row.asked
    return Balance(**parts)


def _asked(request: Request) -> Asked:
    return Asked(
        request.reason,
        _(REASON_LABELS[Reason(request.reason)]),
        request.days,
        request.klass,
        request.state == RequestState.WITHDRAWN,
        request.changed_at,
    )


def _told(rows: list[Entry], clearings: dict[int, Clearing]) -> list[Told]:
    return [
        Told(
            row.at,
            told(
                row.kind,
                row.days,
                row.day,
                drawn=row.clearing_id is None,
                again=row.clearing_id is not None and clearings[row.clearing_id].number > 1,
            ),
        )
        for row in reversed(rows)
    ]


def _appeals(account: Account, clearings: dict[int, Clearing]) -> list[AppealLine]:
    if not clearings:
        return []
    return [
        AppealLine(
            clearings[each.clearing_id].number,
            each.text,
            each.made_at,
            APPEAL.looks[each.state],
            each.answer,
            each.decided_at,
        )
        for each in Appeal.objects.filter(account=account)
    ]

"""Clearing the bank of a month, and clearing it again."""

from concurrent.futures import ThreadPoolExecutor

import numpy as np
from django.db import IntegrityError

from contempo.agile.actions.clearing import material as reading
from contempo.agile.actions.clearing.rows import INT2, INT4, INT8, instant, stored, text
from contempo.agile.actions.ledger import refused
from contempo.agile.actions.months.budgets import rules_of
from contempo.agile.actions.months.opening import kept_month
from contempo.agile.models import Appeal, Clearing, Month
from contempo.agile.rules.agreements import Who
from contempo.agile.rules.clearing import Result, clear, summed
from contempo.agile.rules.clearing.file import Bank, input_hash
from contempo.agile.rules.clearing.hashes import code_hash, result_hash
from contempo.agile.rules.ledger import EntryKind
from contempo.agile.rules.months import MONTH, AppealState
from contempo.agile.rules.policy import Policy
from contempo.agile.rules.windows import may_clear
from contempo.core import clock
from contempo.core.action import action
from contempo.core.verdict import Refusal
from contempo.core.words import N_
from contempo.people.public import Actor


@action
def clear_bank(actor: Actor, *, month_id: int) -> Clearing:
    """Give the days of the bank to who asked for them, by the published rule: entries, reasons, hashes, at once.

    Nobody moves a day of this month meanwhile. Raises NotPermitted, and Refusal while donations or requests are open.
    """
    month = kept_month(actor, month_id)
    state = MONTH.move(month.state, "clear", _who(actor))
    verdict = may_clear(month, clock.now())
    if not verdict:
        raise Refusal(verdict.reason, field=None, **verdict.params)
    rules = rules_of(month.policy)
    made = _made(actor, month, rules, 1, reading.first(month, rules))
    month.state = state
    month.save(update_fields=["state"])
    return made


@action
def clear_again(actor: Actor, *, month_id: int, why: str) -> Clearing:
    """Clear a published month again, with what upheld appeals corrected. Days already planned or used stay.

    The earlier clearing stays readable; differences become entries. Raises NotPermitted, and Refusal when no appeal
    against the last result was upheld, or beside `why` without a reason.
    """
    month = kept_month(actor, month_id)
    state = MONTH.move(month.state, "clear_again", _who(actor))
    if not why.strip():
        raise Refusal(N_("Say why the bank is cleared again: it is published."), field="why")
    last = Clearing.objects.filter(month=month).latest("number")
    if not Appeal.objects.filter(clearing=last, state=AppealState.UPHELD, corrected_days__isnull=False).exists():
        raise Refusal(N_("The bank is cleared again once an appeal against the last result corrected something."))
    rules = rules_of(month.policy)
    made = _made(actor, month, rules, last.number + 1, reading.again(month, rules, last), why.strip())
    month.state = state
    month.save(update_fields=["state"])
    return made


def bank_of(month: Month, rules: Policy, number: int, pools: dict[str, int], shared: int) -> Bank:
    """What the file of a clearing says besides its persons; seed and hashes are put in by who may tell them."""
    return Bank(
        employer=month.employer.organisation.name,
        month=f"{month.first_day:%Y-%m}",
        number=number,
        classes=rules.numbers,
        pools=pools,
        shared=shared,
        seed_hash=month.seed_hash,
    )


def _who(actor: Actor) -> set[Who]:
    return {Who.CLOCK} if actor.is_system else {Who.HR}


def _made(actor: Actor, month: Month, rules: Policy, number: int, it: reading.Material, why: str = "") -> Clearing:
    result = clear(it.claims, it.supply, bytes(month.seed))
    claims = it.claims
    keys = [directorate.key for directorate in it.directorates]
    bank = bank_of(month, rules, number, dict(zip(keys, it.supply.own, strict=True)), it.shared_pool)
    summary = summed(result, keys)
    others = np.flatnonzero(claims.cap != rules.bank_cap)
    made = Clearing.objects.create(
        month=month,
        number=number,
        made_at=clock.now(),
        made_by_id=actor.person_id,
        why=why,
        code_hash=code_hash(),
        result_hash=result_hash(result),
        supply={
            "pools": [[each.key, each.unit_id, each.days] for each in it.directorates],
            "shared": it.shared_pool,
            "caps": {str(int(claims.pseudonym[place])): int(claims.cap[place]) for place in others},
            "asked": it.corrected,
        },
        summary=summary.as_json(),
        asked_days=summary.asked,
        awarded_days=summary.awarded,
        request_count=summary.persons,
    )
    # What is hashed takes as long as what the database does with the entries: both at once.
    with ThreadPoolExecutor(1) as beside:
        hashed = beside.submit(input_hash, bank, claims)
        _enter(month, made, it, result)
        made.input_hash = hashed.result()
    made.save(update_fields=["input_hash"])
    return made


def _enter(month: Month, made: Clearing, it: reading.Material, result: Result) -> None:
    """One entry a person: the difference to what earlier clearings gave, and why.

    Written in the order of accounts, in which the index by account grows at its end instead of everywhere.
    """
    order = np.argsort(it.accounts)
    try:
        stored(
            "agile_entry",
            {
                "month_id": (INT8, month.pk),
                "account_id": (INT8, it.accounts[order]),
                "kind": (text(EntryKind.AWARD), EntryKind.AWARD.encode()),
                "days": (INT4, (result.days - it.days)[order]),
                "asked": (INT2, it.claims.asked[order] if made.number == 1 else 0),
                "own": (INT4, (it.own - result.own)[order]),
                "shared": (INT4, (it.shared - result.shared)[order]),
                "reason": (INT2, result.why[order]),
                "position": (INT4, result.position[order]),
                "klass": (INT2, it.claims.klass[order]),
                "held": (INT2, it.claims.held[order]),
                "clearing_id": (INT8, made.pk),
                "at": (INT8, instant(made.made_at)),
            },
            len(it.accounts),
        )
    except IntegrityError as error:
        raise refused(error) from error

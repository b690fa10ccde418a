"""Why somebody got what they got, in the words of the rule."""

from collections.abc import Mapping, Sequence
from dataclasses import dataclass

from django.utils.translation import gettext as _

from contempo.agile.models import Account, Clearing, Entry, Month
from contempo.agile.rules.clearing import End, PoolKind, Why, explained
from contempo.agile.rules.months import REASON_LABELS
from contempo.agile.rules.policy import Policy


@dataclass(frozen=True)
class Outcome:
    """What the last published clearing gave a worker: `why` is one or two sentences."""

    number: int
    klass: int
    asked: int
    awarded: int
    why: tuple[str, ...]
    pseudonym: str


def class_label(rules: Policy, klass: int) -> str:
    """The reasons of a class, as people read them."""
    return ", ".join(_(REASON_LABELS[reason]) for reason in rules.classes[klass - 1])


def outcome(
    month: Month, account: Account, rules: Policy, rows: Sequence[Entry], clearings: Mapping[int, Clearing]
) -> Outcome | None:
    """The result of an account from its entries; None while nothing is published, or for who did not ask."""
    made = [row for row in rows if row.clearing_id is not None and clearings[row.clearing_id].published_at]
    if not made:
        return None
    last, clearing = made[-1], clearings[made[-1].clearing_id or 0]
    asked = asked_in(clearing, account.pseudonym, sum(row.asked for row in made))
    awarded = sum(row.days for row in made)
    return Outcome(
        clearing.number,
        last.klass,
        asked,
        awarded,
        sentences(clearing, rules, account, last, asked, awarded),
        f"{account.pseudonym:016x}",
    )


def asked_in(clearing: Clearing, pseudonym: int, first_asked: int) -> int:
    """The days a clearing counted as asked: those of the request, unless an appeal had corrected them."""
    return int(clearing.supply["asked"].get(str(pseudonym), first_asked))


def sentences(
    clearing: Clearing, rules: Policy, account: Account, entry: Entry, asked: int, awarded: int
) -> tuple[str, ...]:
    """How the pool ended, then where this person stood."""
    keys = {unit: key for key, unit, _days in clearing.supply["pools"]}
    told = clearing.summary["ends"].get(keys.get(account.directorate_id, ""))
    end = End(**{**told, "pool": PoolKind(told["pool"])}) if told else None
    phrases = explained(
        Why(entry.reason),
        klass=entry.klass,
        enjoyed=account.enjoyed,
        asked=asked,
        cap=clearing.supply["caps"].get(str(account.pseudonym), rules.bank_cap),
        awarded=awarded,
        position=entry.position,
        end=end,
        label=class_label(rules, end.klass) if end and end.klass else "",
    )
    return tuple(_(phrase.text) % dict(phrase.params) if phrase.params else _(phrase.text) for phrase in phrases)

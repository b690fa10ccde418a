"""The ledger of agile days: what each kind of entry does to the account of a worker."""

from dataclasses import dataclass
from enum import StrEnum

from contempo.core.words import N_


class EntryKind(StrEnum):
    GRANT = "grant"
    PLAN = "plan"
    RETURN = "return"
    USE = "use"
    DONATE = "donate"
    REQUEST = "request"
    AWARD = "award"
    EXPIRE = "expire"


ENTRY_KIND_LABELS: dict[str, str] = {
    EntryKind.GRANT: N_("Days of the month"),
    EntryKind.PLAN: N_("Planned"),
    EntryKind.RETURN: N_("Planned day given back"),
    EntryKind.USE: N_("Used"),
    EntryKind.DONATE: N_("Donated to the bank"),
    EntryKind.REQUEST: N_("Asked of the bank"),
    EntryKind.AWARD: N_("Got from the bank"),
    EntryKind.EXPIRE: N_("Expired"),
}


@dataclass(frozen=True)
class Effect:
    """Signs with which the `days` of an entry count in each part of an account.

    An award also frees what was `asked`.
    """

    available: int = 0
    planned: int = 0
    used: int = 0
    reserved: int = 0


EFFECTS: dict[EntryKind, Effect] = {
    EntryKind.GRANT: Effect(available=1),
    EntryKind.PLAN: Effect(available=-1, planned=1),
    EntryKind.RETURN: Effect(available=1, planned=-1),
    EntryKind.USE: Effect(planned=-1, used=1),
    EntryKind.DONATE: Effect(available=-1),
    EntryKind.REQUEST: Effect(reserved=1),
    EntryKind.AWARD: Effect(available=1),
    EntryKind.EXPIRE: Effect(available=-1),
}


@dataclass(frozen=True)
class Balance:
    """The days of an account: `available` to plan or donate, `planned`, `used`, and `reserved` by what was asked."""

    available: int = 0
    planned: int = 0
    used: int = 0
    reserved: int = 0

    @property
    def held(self) -> int:
        """Days the worker has, whatever became of them."""
        return self.available + self.planned + self.used

    def room(self, cap: int) -> int:
        """How many more days could be had, or asked for, under the cap."""
        return max(cap - self.held - self.reserved, 0)

"""Entries of the ledger in words, for the worker whose they are."""

from dataclasses import dataclass
from datetime import date, datetime

from django.utils.translation import gettext as _
from django.utils.translation import ngettext

from contempo.agile.rules.ledger import EntryKind
from contempo.web.templatetags.web import on_day


@dataclass(frozen=True)
class Told:
    """An entry as a sentence."""

    at: datetime
    text: str


def told(kind: str, days: int, day: date | None, *, drawn: bool, again: bool) -> str:
    """What an entry did, said to its worker.

    `drawn` marks an award without a clearing, `again` one of a later clearing. `day` is the date planned or used.
    """
    count = abs(days)
    params = {"days": count, "day": on_day(day)}
    return _sentence(kind, days, count, drawn=drawn, again=again) % params


def _sentence(kind: str, days: int, count: int, *, drawn: bool, again: bool) -> str:
    match kind:
        case EntryKind.GRANT:
            return ngettext(
                "%(days)s day of the month was given to you.", "%(days)s days of the month were given to you.", count
            )
        case EntryKind.PLAN:
            return _("You planned %(day)s.")
        case EntryKind.RETURN:
            return _("%(day)s is no longer planned: the day is yours again.")
        case EntryKind.USE:
            return _("You worked remotely on %(day)s.")
        case EntryKind.DONATE:
            return ngettext("You gave %(days)s day to the bank.", "You gave %(days)s days to the bank.", count)
        case EntryKind.REQUEST if days >= 0:
            return ngettext("You asked the bank for %(days)s day.", "You asked the bank for %(days)s days.", count)
        case EntryKind.REQUEST:
            return ngettext("You asked for %(days)s day less.", "You asked for %(days)s days less.", count)
        case EntryKind.EXPIRE:
            return ngettext(
                "%(days)s day was left at the end of the month.",
                "%(days)s days were left at the end of the month.",
                count,
            )
    if drawn:
        return ngettext("You drew %(days)s day in an emergency.", "You drew %(days)s days in an emergency.", count)
    if not count:
        return _("Cleared again: nothing changed for you.") if again else _("The bank gave you no day.")
    if days < 0:
        return ngettext(
            "Cleared again: %(days)s day you had not used went to somebody else.",
            "Cleared again: %(days)s days you had not used went to somebody else.",
            count,
        )
    return ngettext("The bank gave you %(days)s day.", "The bank gave you %(days)s days.", count)

"""The story of a request, line by line, as its timeline shows it."""

from collections.abc import Mapping

from django.utils.translation import gettext

from contempo.core.words import N_
from contempo.network.models import RequestEntry
from contempo.network.models.accession import EntryKind
from contempo.network.rules.accession import ACCESSION
from contempo.people.public import names
from contempo.web.timeline import Entry

_MOVES: Mapping[str, str] = {
    "submit": N_("Request sent"),
    "examine": N_("Examination begun"),
    "ask_changes": N_("Changes asked"),
    "answer": N_("Changes sent"),
    "admit": N_("Organisation admitted"),
    "refuse": N_("Request refused"),
    "withdraw": N_("Request withdrawn"),
    "sign": N_("Agreement signed on the platform"),
    "confirm": N_("Signed copy confirmed"),
    "cease": N_("Membership ended"),
}
_OTHERS: Mapping[str, tuple[str, str, str]] = {
    EntryKind.NOTE: (N_("Internal note, read by the agency alone"), "warning", "it-locked"),
    EntryKind.REMINDER: (N_("Reminder sent"), "neutral", "it-clock"),
    EntryKind.UPLOAD: (N_("Signed copy handed in"), "info", "it-upload"),
}


# What the applicant does, or a legal representative of the organisation.
_BY_ORGANISATION = frozenset({"submit", "answer", "withdraw", "sign"})


def story_of(request_id: int, *, with_notes: bool, with_applicant: bool = True) -> tuple[Entry, ...]:
    """What happened to a request, newest first. Two SQL.

    Internal notes only `with_notes`; without `with_applicant` the persons of the organisation are not named.
    """
    rows = RequestEntry.objects.filter(request_id=request_id).order_by("-at", "-id")
    entries = list(rows if with_notes else rows.filter(internal=False))
    who = names(entry.person_id for entry in entries)
    if not with_applicant:
        theirs = (entry for entry in entries if entry.transition in _BY_ORGANISATION or entry.kind == EntryKind.UPLOAD)
        who |= {entry.person_id: gettext("The organisation") for entry in theirs}
    return tuple(_line(entry, who.get(entry.person_id, "") if entry.person_id else "") for entry in entries)


def _line(entry: RequestEntry, who: str) -> Entry:
    if entry.kind == EntryKind.MOVE:
        look = ACCESSION.looks[entry.state]
        return Entry(entry.at, gettext(_MOVES[entry.transition]), who, entry.text, look.tone, look.icon)
    title, tone, icon = _OTHERS[entry.kind]
    return Entry(entry.at, gettext(title), who or gettext("Sent by the platform"), entry.text, tone, icon)

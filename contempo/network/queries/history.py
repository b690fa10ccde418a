"""Who changed what, as a page shows it: one line for each thing done, with the fields it changed in words."""

import json
from collections import Counter
from collections.abc import Iterable, Iterator, Mapping, Sequence
from dataclasses import dataclass
from datetime import datetime
from itertools import groupby

from django.utils.text import capfirst
from django.utils.translation import gettext as _

from contempo.core.audit import Change, HistoryEntry
from contempo.core.words import N_
from contempo.network.queries.applications import in_words, sections_of
from contempo.network.queries.names import organisation_names
from contempo.network.rules.application import Application
from contempo.network.rules.organisations import EXPERIENCE_LABELS, PRIORITY_LABELS, PUBLISHABLE_LABELS
from contempo.people.public import names

_DONE: Mapping[str, str] = {
    "begin_draft": N_("Draft begun"),
    "save_step": N_("Draft saved"),
    "claim_draft": N_("Draft taken up by the applicant"),
    "submit": N_("Request sent"),
    "examine": N_("Examination begun"),
    "ask_changes": N_("Changes asked"),
    "admit": N_("Organisation admitted"),
    "refuse": N_("Request refused"),
    "withdraw": N_("Request withdrawn"),
    "upload_signed_copy": N_("Signed copy handed in"),
    "sign": N_("Agreement signed on the platform"),
    "confirm_signed_copy": N_("Signed copy confirmed"),
    "cease": N_("Membership ended"),
    "remind": N_("Reminder sent"),
    "remind_idle": N_("Reminder sent"),
    "register_organisation": N_("Added to the registry"),
    "change_organisation": N_("Record changed"),
    "set_seats": N_("Seats changed"),
    "set_contacts": N_("Contacts changed"),
    "begin_membership": N_("Membership begun"),
}
_OTHERWISE: Mapping[str, str] = {"insert": N_("Added"), "update": N_("Changed"), "delete": N_("Removed")}

# Columns that repeat others, or that mean nothing to a reader.
_UNSHOWN = frozenset(
    "network search_name core_name slug key secret_digest language answers created_at changed_at "
    "state_since is_main".split()
)
_BY_ORGANISATION = frozenset("begin_draft save_step claim_draft submit withdraw upload_signed_copy sign".split())
# Columns of a request that its answers say better.
_IN_APPLICATION = frozenset("name kind tax_code priorities standing".split())
_OF_PERSONS = frozenset({"applicant", "contact_email"})
_CODED: Mapping[str, Mapping[str, str]] = {
    "experience_kinds": EXPERIENCE_LABELS,
    "priorities": PRIORITY_LABELS,
    "published": PUBLISHABLE_LABELS,
}


@dataclass(frozen=True)
class Line:
    """One thing done at one instant. `who` is empty when the platform did it; `on_behalf_of` names an organisation."""

    at: datetime
    who: str
    on_behalf_of: str
    what: str
    changes: tuple[Change, ...]


def lines_of(entries: Iterable[HistoryEntry], *, main: str, with_persons: bool = True) -> tuple[Line, ...]:
    """`entries`, newest first, one line for each thing done; those that changed nothing a reader sees are left out.

    `main` names the kind of row the page is about: rows of other kinds are told whole. Without `with_persons` what
    identifies persons of the organisation is left out. Two SQL.
    """
    entries = list(entries)
    who = names(entry.person_id for entry in entries)
    bodies = organisation_names(entry.acting_for for entry in entries)
    lines = []
    for (at, person, body, action), group in groupby(
        entries, key=lambda entry: (entry.at, entry.person_id, entry.acting_for, entry.action)
    ):
        together = list(group)
        if changes := tuple(_changes(together, main, with_persons)):
            name = action.rpartition(".")[2]
            author = who.get(person or 0, "") if with_persons or name not in _BY_ORGANISATION else _("The organisation")
            what = _(_DONE.get(name) or _OTHERWISE[together[0].operation])
            lines.append(Line(at, author, bodies.get(body or 0, ""), what, changes))
    return tuple(lines)


def _changes(entries: Sequence[HistoryEntry], main: str, with_persons: bool) -> Iterator[Change]:
    for entry in entries:
        if entry.subject == main or entry.operation == "update":
            for change in entry.changes:
                yield from _readable(change, entry.changes, with_persons)
    yield from _whole_rows([entry for entry in entries if entry.subject != main and entry.operation != "update"])


def _readable(change: Change, beside: Sequence[Change], with_persons: bool) -> Iterator[Change]:
    if change.field in _UNSHOWN or (change.field in _OF_PERSONS and not with_persons):
        return
    answered = any(other.field == "application" for other in beside)
    if change.field == "application":
        yield from _answers(change, with_persons)
    elif change.field == "signed_copy":
        yield Change(change.field, change.label, _yes(change.before), _yes(change.after))
    elif not (answered and change.field in _IN_APPLICATION):
        before, after = _decoded(change)
        if before or after:
            yield Change(change.field, capfirst(change.label), before, after)


def _answers(change: Change, with_persons: bool) -> Iterator[Change]:
    """What differs between two versions of the application, answer by answer."""
    before, after = (_rows(each, with_persons) for each in _sides(change))
    for label in dict.fromkeys([*before, *after]):
        if before.get(label, "") != after.get(label, ""):
            yield Change("application", label, before.get(label, ""), after.get(label, ""))


def _rows(stored: str, with_persons: bool) -> dict[str, str]:
    if not stored:
        return {}
    # The municipality is told by its own column, which knows its name.
    sections = sections_of(Application.from_json(json.loads(stored)), "", with_people=with_persons)
    return {label: value for section in sections for label, value in section.rows}


def _whole_rows(entries: Sequence[HistoryEntry]) -> Iterator[Change]:
    """Rows added and removed, each in one piece; a row removed and added again as it was is no change."""
    added = Counter(_piece(entry) for entry in entries if entry.operation == "insert")
    removed = Counter(_piece(entry) for entry in entries if entry.operation == "delete")
    for subject, text in (removed - added).elements():
        yield Change("", capfirst(subject), text, "")
    for subject, text in (added - removed).elements():
        yield Change("", capfirst(subject), "", text)


def _piece(entry: HistoryEntry) -> tuple[str, str]:
    shown = [change for change in entry.changes if change.field not in _UNSHOWN and change.field != "organisation"]
    return entry.subject, ", ".join(change.after or change.before for change in shown)


def _sides(change: Change) -> tuple[str, str]:
    return change.before, change.after


def _decoded(change: Change) -> tuple[str, str]:
    """Both sides in words; of a choice of several, only what was taken away and what was added."""
    labels = _CODED.get(change.field)
    if labels is None:
        return _sides(change)
    before, after = (side.split(", ") if side else [] for side in _sides(change))
    taken, added = ([code for code in one if code not in other] for one, other in ((before, after), (after, before)))
    return in_words(taken, labels), in_words(added, labels)


def _yes(text: str) -> str:
    return _("yes") if text else ""

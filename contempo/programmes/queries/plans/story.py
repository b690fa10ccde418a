"""What was written of an activity and by whom, as its timeline shows it."""

from collections.abc import Iterator
from itertools import groupby

from django.utils.text import capfirst
from django.utils.translation import gettext

from contempo.core.audit import Change, HistoryEntry, history
from contempo.core.words import N_
from contempo.core.workflow import Look
from contempo.people.public import names
from contempo.programmes.models import Activity
from contempo.programmes.rules.activities import ACTIVITY
from contempo.web.timeline import Entry

_UNSHOWN = frozenset({"plan", "key", "position", "activity", "state_since", "alliance", "area"})
_CHANGED = Look(N_("Changed"), "neutral", "it-pencil")
_ADDED = Look(N_("In the plan"), "neutral", "it-calendar")


def story_of(activity: Activity) -> tuple[Entry, ...]:
    """What was written of an activity, newest first, one entry for each thing done. Nine SQL at most."""
    written = history(activity, related=("responsibles",))
    who = names(entry.person_id for entry in written)
    together = groupby(written, key=lambda entry: (entry.at, entry.person_id, entry.action))
    entries = (_entry(list(group), who.get(person or 0, "")) for (_at, person, _action), group in together)
    return tuple(entry for entry in entries if entry is not None)


def _entry(written: list[HistoryEntry], who: str) -> Entry | None:
    added = any(each.operation == "insert" and each.subject == Activity._meta.verbose_name for each in written)
    changes = [change for each in written for change in each.changes if change.field not in _UNSHOWN]
    if not changes:
        return None
    look = next(_states(changes), _ADDED if added else _CHANGED)
    if added:
        return Entry(written[0].at, gettext(_ADDED.label), who, "", _ADDED.tone, _ADDED.icon)
    lines = [_line(change) for change in changes if change.field != "state"]
    return Entry(written[0].at, gettext(look.label), who, "\n".join(lines), look.tone, look.icon)


def _states(changes: list[Change]) -> Iterator[Look]:
    for change in changes:
        if change.field == "state":
            yield from (look for look in ACTIVITY.looks.values() if gettext(look.label) == change.after)


def _line(change: Change) -> str:
    """`Place: Milan → Sesto`; a side that is empty is said to be so."""
    nothing = gettext("nothing")
    return f"{capfirst(change.label)}: {change.before or nothing} → {change.after or nothing}"

"""The history of a question, as the desk reads it."""

from collections.abc import Mapping

from django.utils.translation import gettext

from contempo.core.words import N_
from contempo.helpdesk.queries.opened import Opened
from contempo.helpdesk.rules.classifying import FIELD_LABELS, changes_of
from contempo.helpdesk.rules.questions import DESK, State
from contempo.web.timeline import Entry

_MOVES: Mapping[str, str] = {
    "receive": N_("Question received"),
    "take": N_("Taken"),
    "release": N_("Given back to the desk"),
    "assign": N_("Assigned by the coordinator"),
    "ask_details": N_("Details asked for: the clock stands still"),
    "details": N_("Details arrived: the clock runs again"),
    "resume": N_("The details did not come: the clock runs again"),
    "answer": N_("Answered"),
    "reopen": N_("Asked again: a new promise begins"),
    "withdraw": N_("Withdrawn by the asker"),
    "deflect": N_("Answered by the catalogue"),
    "out_of_scope": N_("Not for this desk"),
    "merge": N_("Joined to another question"),
    "classify": N_("Topic and facts corrected"),
    "split": N_("Split into several questions"),
    "transfer": N_("Passed to another network"),
    "close": N_("Closed"),
    "arrive": N_("Arrived from another question or network"),
}


def story_of(one: Opened, who: Mapping[int, str]) -> tuple[Entry, ...]:
    """What happened, newest first, with who did it; `who` are the names of persons by id."""
    entries = []
    for each in one.moves:
        look = DESK.looks[State(each["state"])]
        title = gettext(_MOVES.get(each["transition"], each["transition"]))
        text = _corrected(each["text"]) if each["transition"] == "classify" else each["text"]
        entries.append(Entry(each["at"], title, who.get(each["who_id"] or 0, ""), text, look.tone, look.icon))
    return tuple(reversed(entries))


def _corrected(text: str) -> str:
    """What a correction changed, in words."""
    lines = []
    for change in changes_of(text):
        before, after = (gettext(words) if words else gettext("not told") for words in change.messages)
        lines.append(f"{gettext(FIELD_LABELS[change.field])}: {before} → {after}")
    return "; ".join(lines)

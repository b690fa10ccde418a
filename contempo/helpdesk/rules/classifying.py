"""Correcting what a question is about: what changed, as its history keeps and tells it."""

import json
from collections.abc import Iterable
from dataclasses import dataclass

from contempo.core.verdict import Refusal
from contempo.core.words import N_
from contempo.helpdesk.rules.asking import CAPACITY_NAMES
from contempo.helpdesk.rules.sectors import SECTOR_LABELS
from contempo.helpdesk.rules.topics import TOPIC_LABELS

FIELD_LABELS: dict[str, str] = {
    "topic": N_("Topic"),
    "capacity": N_("In what capacity"),
    "municipality": N_("Municipality"),
    "sector": N_("Sector"),
    "contract": N_("Collective contract"),
}
"""What may be corrected, in the order in which it is told."""

_WORDS = {"topic": TOPIC_LABELS, "capacity": CAPACITY_NAMES, "sector": SECTOR_LABELS}


@dataclass(frozen=True)
class Change:
    """One thing corrected. `before` and `after` are codes of this context, or names; empty for not told."""

    field: str
    before: str
    after: str

    @property
    def messages(self) -> tuple[str, str]:
        """Before and after, as message ids where there are any."""
        words = _WORDS.get(self.field, {})
        return words.get(self.before, self.before), words.get(self.after, self.after)


def changes_between(before: dict[str, str], after: dict[str, str]) -> tuple[Change, ...]:
    """What differs, in the order of the fields."""
    return tuple(Change(name, before[name], after[name]) for name in FIELD_LABELS if before[name] != after[name])


def stored(changes: Iterable[Change]) -> str:
    """The changes as the line of a move keeps them: codes, so that everybody reads them in their language."""
    return json.dumps([[each.field, each.before, each.after] for each in changes], ensure_ascii=False)


def changes_of(text: str) -> tuple[Change, ...]:
    """The changes that the line of a move keeps."""
    return tuple(Change(*each) for each in json.loads(text)) if text else ()


def check_codes(topic: str, capacity: str, sector: str) -> None:
    """Refuse what is no topic, no capacity or no sector."""
    if topic not in TOPIC_LABELS:
        raise Refusal(N_("Choose what it is about."), field="topic")
    if capacity not in CAPACITY_NAMES:
        raise Refusal(N_("Choose in what capacity the question was asked."), field="capacity")
    if sector and sector not in SECTOR_LABELS:
        raise Refusal(N_("Choose one of the sectors, or none."), field="sector")

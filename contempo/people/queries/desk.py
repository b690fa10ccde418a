"""What awaits a person, as the contexts tell it."""

from collections.abc import Callable, Iterable
from datetime import UTC, datetime

from contempo.people.rules import Actor, DeskCard

DeskSource = Callable[[Actor, datetime], Iterable[DeskCard]]
_SOURCES: list[DeskSource] = []
_LATEST = datetime.max.replace(tzinfo=UTC)


def register_desk_source(source: DeskSource) -> None:
    """Let `source(actor, now)` put cards on the desk; called by contexts when they start, each source once."""
    if source not in _SOURCES:
        _SOURCES.append(source)


def desk_cards(actor: Actor, now: datetime) -> tuple[DeskCard, ...]:
    """The cards of every source for `actor`, by order, then deadline (none last), then title."""
    cards = [card for source in _SOURCES for card in source(actor, now)]
    return tuple(sorted(cards, key=lambda card: (card.order, card.due_at or _LATEST, str(card.title))))

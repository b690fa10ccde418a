"""What the desk does when something happens elsewhere. Safe to run twice."""

from contempo.core.outbox import listen
from contempo.helpdesk.actions.catalogue.deciding import review_what_cites
from contempo.helpdesk.rules.entries import Review
from contempo.norms.events import NormChanged, NormEnded
from contempo.people.public import SYSTEM


def when_norm_ended(event: NormEnded) -> None:
    """Entries that cite a norm no longer in force are to be looked at again."""
    review_what_cites(SYSTEM, norm_id=event.norm_id, reason=Review.NORM_ENDED)


def when_norm_changed(event: NormChanged) -> None:
    """Entries that cite a norm that has changed are to be looked at again."""
    review_what_cites(SYSTEM, norm_id=event.norm_id, reason=Review.NORM_CHANGED)


def listen_to_norms() -> None:
    """Hear of norms that end or change; called once when the application starts."""
    listen(NormEnded, when_norm_ended)
    listen(NormChanged, when_norm_changed)

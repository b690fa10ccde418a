"""What programmes does after what happened. Safe to run twice."""

from contempo.core.outbox import listen
from contempo.people.public import SYSTEM
from contempo.programmes.actions.periods import go_on_closing
from contempo.programmes.events import PeriodClosing


def when_period_closing(event: PeriodClosing) -> None:
    """Seal what comes next of a period being closed, and say so again while there is more."""
    go_on_closing(SYSTEM, period_id=event.period_id)


def listen_to_programmes() -> None:
    """Hear of periods to close; called once when the application starts."""
    listen(PeriodClosing, when_period_closing)

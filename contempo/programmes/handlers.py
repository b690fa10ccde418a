"""What programmes does after what happened. Safe to run twice."""

from contempo.core.outbox import listen
from contempo.people.public import SYSTEM
from contempo.programmes.actions.checking import check_plan
from contempo.programmes.actions.finding import index_plan
from contempo.programmes.actions.periods import go_on_closing
from contempo.programmes.events import PeriodClosing, PlanChanged, PlanLoaded


def when_period_closing(event: PeriodClosing) -> None:
    """Seal what comes next of a period being closed, and say so again while there is more."""
    go_on_closing(SYSTEM, period_id=event.period_id)


def when_plan_changed(event: PlanChanged | PlanLoaded) -> None:
    """Check the plan again."""
    check_plan(SYSTEM, plan_id=event.plan_id)


def when_plan_loaded(event: PlanLoaded) -> None:
    """Let the plan be found as it is now."""
    index_plan(SYSTEM, plan_id=event.plan_id)


def listen_to_programmes() -> None:
    """Hear of plans to check and periods to close; called once when the application starts."""
    listen(PeriodClosing, when_period_closing)
    listen(PlanLoaded, when_plan_changed, once=True)
    listen(PlanLoaded, when_plan_loaded)
    listen(PlanChanged, when_plan_changed, once=True)

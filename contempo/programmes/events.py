"""What happens in programmes that others, and programmes itself, may want to know."""

from dataclasses import dataclass


@dataclass(frozen=True)
class PlanLoaded:
    """A plan was written from a file, new or over what it was."""

    plan_id: int


@dataclass(frozen=True)
class PlanChanged:
    """An activity or the budget of a plan is no longer as it was when the plan was last checked."""

    plan_id: int


@dataclass(frozen=True)
class PeriodClosing:
    """A monitoring period is being closed, and something of it is still to be sealed."""

    period_id: int


@dataclass(frozen=True)
class PeriodClosed:
    """A monitoring period was closed and sealed."""

    period_id: int

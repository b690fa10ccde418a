"""What whoever controls a claim works with: each expense with its decision, and what is left of the money."""

from collections.abc import Iterable
from dataclasses import dataclass
from typing import Generic, TypeVar

from contempo.programmes.queries.claims.expense import Place, used_places
from contempo.programmes.queries.claims.page import ClaimPage, ExpenseRow
from contempo.programmes.queries.opened import OpenedPlan

F = TypeVar("F")


@dataclass(frozen=True)
class Decision(Generic[F]):
    """An expense, the allocation it is charged to, the address of its decision, and the form just sent for it."""

    expense: ExpenseRow
    place: Place
    url: str
    form: F | None


@dataclass(frozen=True)
class ControlPage(Generic[F]):
    """The control of a claim: `places` ask what the decisions taken so far would accept."""

    decisions: tuple[Decision[F], ...]
    places: tuple[Place, ...]
    judged: int
    waiting: int


def control_page(
    page: ClaimPage, plan: OpenedPlan, form: F | None = None, position: int | None = None
) -> ControlPage[F]:
    """The control of a claim the reader has opened; `form` was sent for the expense at `position`. One SQL."""
    places = used_places(_asked(page.expenses))
    by_id = {place.id: place for place in places}
    decisions = tuple(
        Decision(
            expense,
            by_id[expense.allocation_id],
            plan.url("expense_judge", number=page.number, position=expense.position),
            form if expense.position == position else None,
        )
        for expense in page.expenses
    )
    judged = sum(each.judged_cents is not None for each in page.expenses)
    return ControlPage(decisions, places, judged, len(page.expenses) - judged)


def _asked(expenses: Iterable[ExpenseRow]) -> list[tuple[int, int]]:
    return [(each.allocation_id, each.judged_cents or 0) for each in expenses]

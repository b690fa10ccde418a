"""The reasons a worker chooses from."""

from dataclasses import dataclass

from django.utils.translation import gettext as _

from contempo.agile.rules.months import REASON_LABELS
from contempo.agile.rules.policy import Policy


@dataclass(frozen=True)
class Choice:
    """A reason days may be asked for, with its class; `verify` when it counts only once it is verified."""

    value: str
    label: str
    klass: int
    verify: bool


def choices_of(rules: Policy) -> tuple[Choice, ...]:
    """The reasons of a policy in the order in which they are served."""
    return tuple(
        Choice(reason.value, _(REASON_LABELS[reason]), number, reason in rules.verified)
        for number, members in enumerate(rules.classes, start=1)
        for reason in members
    )

"""Whether the days of an activity agree with its plan and its phase. All days are the last ones included."""

from dataclasses import dataclass
from datetime import date

from contempo.core.verdict import Refusal
from contempo.core.words import N_


@dataclass(frozen=True)
class Period:
    """From `first` to `last`, both included; None where it is not said."""

    first: date | None
    last: date | None


def check_days(days: Period, *, plan: Period, phase: Period, phase_name: str) -> None:
    """Refuse days that cannot be: in the wrong order, outside the plan, outside the phase. A day left out is free."""
    if days.first and days.last and days.last < days.first:
        raise Refusal(N_("The last day comes before the first, %(day)s."), field="ends_on", day=_written(days.first))
    for field, day in (("starts_on", days.first), ("ends_on", days.last)):
        if day and ((plan.first and day < plan.first) or (plan.last and day > plan.last)):
            raise Refusal(
                N_("The plan runs from %(first)s to %(last)s: choose a day within it."),
                field=field,
                first=_written(plan.first),
                last=_written(plan.last),
            )
    for field, day in (("starts_on", days.first), ("ends_on", days.last)):
        if day and phase.first and day < phase.first:
            raise Refusal(
                N_("The phase “%(phase)s” begins on %(day)s: choose that day or a later one."),
                field=field,
                phase=phase_name,
                day=_written(phase.first),
            )
        if day and phase.last and day > phase.last:
            raise Refusal(
                N_("The phase “%(phase)s” ends on %(day)s: choose that day or an earlier one."),
                field=field,
                phase=phase_name,
                day=_written(phase.last),
            )


def _written(day: date | None) -> str:
    return f"{day:%d/%m/%Y}" if day else ""

"""Monitoring periods: within the plan, one after the other, without gaps."""

from collections.abc import Iterator
from datetime import timedelta
from itertools import pairwise

from contempo.core.words import N_
from contempo.programmes.rules.audit.days import BACKWARDS, OUTSIDE_PLAN
from contempo.programmes.rules.audit.facts import Facts, place_of
from contempo.programmes.rules.audit.written import day_written, days_written
from contempo.programmes.rules.findings import Finding, Severity
from contempo.programmes.rules.plan.tree import MonitoringPeriod

DAY = timedelta(days=1)


def period_days(facts: Facts) -> Iterator[Finding]:
    """Monitoring periods within the plan."""
    plan = facts.plan
    for number, period in enumerate(plan.monitoring):
        place, path = place_of(period.title), f"monitoring[{number}]"
        if period.ends_on < period.starts_on:
            declared = days_written(period.starts_on, period.ends_on)
            yield Finding("period-days", Severity.ERROR, place, path, BACKWARDS, declared=declared)
        elif period.starts_on < plan.starts_on or period.ends_on > plan.ends_on:
            yield Finding(
                "period-days",
                Severity.WARNING,
                place,
                path,
                OUTSIDE_PLAN,
                declared=days_written(period.starts_on, period.ends_on),
                computed=days_written(plan.starts_on, plan.ends_on),
            )


def overlaps(facts: Facts) -> Iterator[Finding]:
    """Monitoring periods that begin before an earlier one has ended: what happens then would be counted twice."""
    ordered = _ordered(facts)
    for (_number, before), (number, period) in pairwise(ordered):
        if period.starts_on <= before.ends_on:
            yield Finding(
                "period-overlap",
                Severity.ERROR,
                place_of(period.title),
                f"monitoring[{number}]",
                N_("It begins before “%(period)s” has ended: what happens then would be counted twice."),
                declared=days_written(period.starts_on, period.ends_on),
                computed=days_written(before.starts_on, before.ends_on),
                difference=f"−{(before.ends_on - period.starts_on).days + 1}",
                params={"period": before.title},
            )


def gaps(facts: Facts) -> Iterator[Finding]:
    """Days of the plan between the first monitoring period and the end that no period counts."""
    ordered = _ordered(facts)
    for (_number, before), (number, period) in pairwise(ordered):
        first, last = before.ends_on + DAY, period.starts_on - DAY
        if first <= last:
            yield Finding(
                "period-gap",
                Severity.WARNING,
                place_of(period.title),
                f"monitoring[{number}]",
                N_("No monitoring period counts the days between “%(period)s” and this one."),
                declared=day_written(period.starts_on),
                computed=day_written(first),
                difference=f"+{(last - first).days + 1}",
                params={"period": before.title},
            )
    if not ordered:
        return
    number, last_period = ordered[-1]
    if last_period.ends_on < facts.plan.ends_on:
        yield Finding(
            "period-gap",
            Severity.NOTE,
            place_of(last_period.title),
            f"monitoring[{number}]",
            N_("The plan goes on after the last monitoring period."),
            declared=day_written(last_period.ends_on),
            computed=day_written(facts.plan.ends_on),
            difference=f"−{(facts.plan.ends_on - last_period.ends_on).days}",
        )


def _ordered(facts: Facts) -> list[tuple[int, MonitoringPeriod]]:
    return sorted(enumerate(facts.plan.monitoring), key=lambda each: (each[1].starts_on, each[1].ends_on))

"""Acts: their day in their year, and each named once."""

from collections.abc import Iterator

from contempo.core.words import N_
from contempo.programmes.rules.audit.facts import Facts, place_of
from contempo.programmes.rules.audit.written import day_written
from contempo.programmes.rules.findings import Finding, Severity


def days_in_another_year(facts: Facts) -> Iterator[Finding]:
    """Acts whose day is not in their year."""
    for number, act in enumerate(facts.plan.acts):
        if act.date is not None and act.date.year != act.year:
            yield Finding(
                "act-day",
                Severity.ERROR,
                place_of(" ".join(part for part in (act.kind, act.number) if part)),
                f"acts[{number}].date",
                N_("The day of the act is not in its year."),
                declared=str(act.year),
                computed=day_written(act.date),
            )

"""Invented values of indicators, written by one person and decided by another, and the closing of the periods."""

from collections.abc import Callable, Iterator
from datetime import datetime
from decimal import Decimal
from functools import partial
from typing import Any

from contempo.config.demo import facts
from contempo.config.demo.networks import Stage
from contempo.config.demo.papers import paper
from contempo.people.public import SYSTEM
from contempo.programmes.actions.periods import request_closing, seal_rest
from contempo.programmes.actions.values import decide_value, enter_value
from contempo.programmes.models import Indicator, MonitoringPeriod, Plan
from contempo.programmes.rules.values import Entry, Value

DIVISIONS = ("sex", "size", "municipality")

Moment = tuple[datetime, Callable[[], None]]


def value_moments(stage: Stage, folder: str) -> Iterator[Moment]:
    """When values were written and decided, and periods closed."""
    told = facts.toml(f"{folder}/values.toml")
    for value in told["values"]:
        written = _Written(stage, told["plan"], value)
        yield value["at"], written.enter
        if "decided_at" in value:
            yield value["decided_at"], written.decide
    for closing in told["closings"]:
        yield closing["at"], partial(_close, stage, told["plan"], closing)


class _Written:
    """One value of `values.toml`."""

    def __init__(self, stage: Stage, plan: str, told: dict[str, Any]) -> None:
        self.stage, self.plan, self.told = stage, plan, told
        self.number = 0

    def enter(self) -> None:
        """Write it, with the document that proves it."""
        plan, told = Plan.objects.get(network_id=self.stage.id, key=self.plan), self.told
        indicator = Indicator.objects.get(plan=plan, key=told["indicator"])
        lines = [indicator.name, plan.title, "Carta di prova, fatta per la dimostrazione: non ha valore."]
        measurement = enter_value(
            self.stage.actor(told["by"]),
            plan_id=plan.pk,
            indicator=indicator.key,
            period=told["period"],
            entry=_entry(told),
            alliance=told.get("alliance", ""),
            documents=[paper(told["document"], lines)],
            reason=told.get("reason", ""),
        )
        self.number = measurement.pk

    def decide(self) -> None:
        """Approve it or refuse it, by somebody else."""
        decide_value(
            self.stage.actor(self.told["decided_by"]),
            measurement_id=self.number,
            approve=self.told.get("approved", True),
            note=self.told.get("decision", ""),
        )


def _entry(told: dict[str, Any]) -> Entry:
    numbers = {name: Decimal(str(told[name])) for name in ("numerator", "denominator") if name in told}
    value = Value(**numbers, yes=told.get("yes"), text=told.get("text", ""))
    parts = {name: {key: (count, count) for key, count in told[name].items()} for name in DIVISIONS if name in told}
    return Entry(value, parts, told.get("note", ""))


def _close(stage: Stage, plan: str, told: dict[str, Any]) -> None:
    period = MonitoringPeriod.objects.get(plan__network_id=stage.id, plan__key=plan, key=told["period"])
    request_closing(stage.actor(told["by"]), period_id=period.pk, without_missing=True)
    seal_rest(SYSTEM, period_id=period.pk)

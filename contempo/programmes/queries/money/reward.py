"""The reward quota of a plan: the formula, its numbers, why, and how each alliance would spend it."""

from collections.abc import Iterator, Mapping
from dataclasses import dataclass
from datetime import date
from decimal import Decimal
from fractions import Fraction
from typing import Any

from django.utils.translation import gettext as _

from contempo.core.money import Percentage, in_euro, in_italian
from contempo.people.public import Actor
from contempo.programmes.models import Alliance, Plan
from contempo.programmes.queries.indicators.reading import Reading, readings
from contempo.programmes.queries.indicators.words import target_text, value_text
from contempo.programmes.queries.money.budget import acts_of
from contempo.programmes.queries.money.held import Holdings, holdings
from contempo.programmes.queries.money.words import percent_text
from contempo.programmes.queries.opened import OpenedPlan
from contempo.programmes.rules.matrix import share
from contempo.programmes.rules.plan.measures import Reward as Promise
from contempo.programmes.rules.reward import Attained, Quota, as_file, part_reached, quota


@dataclass(frozen=True)
class Counted:
    """An indicator that counts: its weight, its target, its value, the part of the target reached, and why."""

    name: str
    url: str
    weight: int
    target: str
    value: str
    reached: str
    why: str


@dataclass(frozen=True)
class Part:
    """What an alliance gets, why, and how it would spend it."""

    name: str
    url: str
    amount: str
    why: str
    uses: tuple[str, ...]


@dataclass(frozen=True)
class Reward:
    """The page. `act` cites the act, `rule` are the words of the plan.

    `known` tells whether the plan names the indicators that count: else nothing is reckoned. `measured` of them have a
    value; `whole` is false when only published values are used.
    """

    amount: str
    act: str
    threshold: str
    rule: str
    known: bool
    average: str
    earned: str
    why: str
    measured: int
    indicators: tuple[Counted, ...]
    parts: tuple[Part, ...]
    whole: bool


@dataclass(frozen=True)
class _Facts:
    """What the quota is made of."""

    promise: Promise
    readings: tuple[Reading, ...]
    attained: tuple[Attained, ...]
    alliances: tuple[Alliance, ...]
    funds: Mapping[str, int]

    @property
    def quota(self) -> Quota:
        return quota(
            amount=self.promise.amount,
            threshold=self.promise.threshold,
            attained=self.attained,
            funds=self.funds,
        )


def reward(actor: Actor, opened: OpenedPlan, today: date) -> Reward | None:
    """The reward quota as it stands today, from the values that `actor` may read; None when the plan promises none."""
    facts = _facts(actor, opened.plan, today)
    if facts is None:
        return None
    made, promise = facts.quota, facts.promise
    measured = sum(each.reached is not None for each in facts.attained)
    return Reward(
        amount=in_euro(promise.amount),
        act=acts_of(opened.plan).get(promise.act or "", ""),
        threshold=_percent(Fraction(promise.threshold) / 100),
        rule=promise.rule,
        known=bool(promise.weights),
        average=_percent(made.average),
        earned=in_euro(made.earned),
        why=_why(made, facts, measured),
        measured=measured,
        indicators=tuple(_counted(opened, facts)),
        parts=tuple(_parts(opened, facts, made)),
        whole=all(each.whole for each in facts.readings),
    )


def reward_file(actor: Actor, opened: OpenedPlan, today: date) -> dict[str, Any] | None:
    """The file to redo the quota with: see docs/algorithms/reward-quota.md. None when there is nothing to reckon."""
    facts = _facts(actor, opened.plan, today)
    if facts is None or not facts.promise.weights:
        return None
    about = {"plan": opened.plan.key, "network": opened.plan.network.slug, "on": today.isoformat()}
    promise = facts.promise
    return about | as_file(
        amount=promise.amount, threshold=promise.threshold, attained=facts.attained, funds=facts.funds
    )


def _facts(actor: Actor, plan: Plan, today: date) -> _Facts | None:
    written = Plan.objects.filter(pk=plan.pk).values_list("document__reward", flat=True).first()
    if not written:
        return None
    promise = Promise.model_validate(written)
    alliances = tuple(Alliance.objects.filter(plan=plan).order_by("position"))
    weights = {each.indicator: each.weight for each in promise.weights}
    found = tuple(each for each in readings(actor, plan, today=today) if each.indicator.key in weights)
    attained = tuple(
        Attained(
            each.indicator.key,
            weights[each.indicator.key],
            part_reached(each.unit, each.plan.target, each.plan.total.value),
        )
        for each in found
    )
    return _Facts(promise, found, attained, alliances, _funds(holdings(plan), alliances))


def _funds(held: Holdings, alliances: tuple[Alliance, ...]) -> dict[str, int]:
    """What each alliance has at present of the sources that are paid out, in cents."""
    paid_out = {source.id for source in held.sources if not source.own}
    parts = {line.id: line.part.key for line in held.lines}
    funds = {each.key: 0 for each in alliances}
    for each in held.held:
        if each.source in paid_out and parts[each.line]:
            funds[parts[each.line]] += each.money.present
    return funds


def _why(made: Quota, facts: _Facts, measured: int) -> str:
    told = {
        "average": _percent(made.average),
        "measured": measured,
        "counts": len(facts.attained),
        "amount": in_euro(made.amount),
        "earned": in_euro(made.earned),
        "threshold": _percent(Fraction(made.threshold) / 100),
    }
    if made.below_threshold:
        return (
            _(
                "The targets are reached by %(average)s on average, less than the threshold of %(threshold)s: nothing "
                "is due."
            )
            % told
        )
    return _("The targets are reached by %(average)s on average: of %(amount)s, %(earned)s are due.") % told


def _counted(opened: OpenedPlan, facts: _Facts) -> Iterator[Counted]:
    whole = sum(each.weight for each in facts.attained)
    for reading, each in zip(facts.readings, facts.attained, strict=True):
        value = reading.plan.total.value
        told = {
            "reached": _percent(each.counted),
            "points": _percent(each.counted * each.weight / whole),
            "weight": _percent(Fraction(each.weight, whole)),
        }
        if each.reached is None:
            why = _("Not measured yet: until then it counts as nothing.")
            if reading.plan.total_hidden:
                why = _("The value is too small to be told to everybody: here it counts as nothing.")
        elif each.reached > 1:
            why = _("More than was promised counts as the whole: %(points)s of %(weight)s.") % told
        else:
            why = _("%(reached)s of the target, by its weight: %(points)s of %(weight)s.") % told
        yield Counted(
            name=reading.indicator.name,
            url=opened.url("indicator", indicator=reading.indicator.key),
            weight=each.weight,
            target=target_text(reading.unit, reading.plan.target),
            value=value_text(reading.unit, value),
            reached="" if each.reached is None else _percent(each.reached),
            why=why,
        )


def _parts(opened: OpenedPlan, facts: _Facts, made: Quota) -> Iterator[Part]:
    whole = sum(facts.funds.values())
    for each in facts.alliances:
        told = {
            "funds": in_euro(facts.funds[each.key]),
            "whole": in_euro(whole),
            "share": percent_text(share(facts.funds[each.key], whole)),
        }
        yield Part(
            name=each.name,
            url=opened.url("alliance", alliance=each.key),
            amount=in_euro(made.split[each.key]) if each.key in made.split else "",
            why=_("It has %(funds)s of the %(whole)s of funds of the alliances: %(share)s.") % told if whole else "",
            uses=tuple(each.document.get("reward_uses", ())),
        )


def _percent(part: Fraction) -> str:
    """A part of one as a percentage with two decimals: `62,50 %`."""
    exact = Percentage(Decimal(part.numerator), Decimal(part.denominator))
    return f"{in_italian(exact.rounded())}\u00a0%"

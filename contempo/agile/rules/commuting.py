"""How people go to work, and what a day worked at home spares: kilometres and CO₂. See
docs/algorithms/commuting-co2.md."""

import tomllib
from collections.abc import Iterable, Mapping
from dataclasses import dataclass
from datetime import date
from decimal import ROUND_HALF_UP, Decimal
from enum import StrEnum
from functools import cache
from importlib import resources
from typing import Any

from contempo.agile.rules.months import Place
from contempo.core.words import N_


class Means(StrEnum):
    CAR = "car"
    CARPOOL = "carpool"
    MOTORCYCLE = "motorcycle"
    BUS = "bus"
    TRAIN = "train"
    METRO = "metro"
    BICYCLE = "bicycle"
    ON_FOOT = "on_foot"


MEANS_LABELS: dict[str, str] = {
    Means.CAR: N_("Car, alone"),
    Means.CARPOOL: N_("Car, with others"),
    Means.MOTORCYCLE: N_("Motorcycle or scooter"),
    Means.BUS: N_("Bus"),
    Means.TRAIN: N_("Train"),
    Means.METRO: N_("Underground or tram"),
    Means.BICYCLE: N_("Bicycle"),
    Means.ON_FOOT: N_("On foot"),
}

_METRES = 1000


@dataclass(frozen=True)
class Factor:
    """Grams of CO₂ equivalent a person causes on each kilometre with some means, `[since, until)`, and who says so.

    `row` is the line of the source it was taken from.
    """

    means: Means
    grams_per_km: Decimal
    since: date
    until: date | None
    title: str
    author: str
    year: int
    url: str
    row: str

    def holds_on(self, day: date) -> bool:
        return self.since <= day and (self.until is None or day < self.until)


@dataclass(frozen=True)
class Avoided:
    """What a day worked at home spared: `metres` there and back, and `grams` of CO₂ equivalent."""

    metres: int
    grams: int


def factors_of(document: Mapping[str, Any]) -> tuple[Factor, ...]:
    """The factors of a document like `data/commuting-factors.toml`; KeyError or ValueError when one is not sound.

    Two factors of one means never hold on the same day.
    """
    found = tuple(_factor(each, document["source"][each["source"]]) for each in document["factor"])
    for one in found:
        if not one.grams_per_km.is_finite() or one.grams_per_km < 0:
            raise ValueError(f"{one.means}: {one.grams_per_km} grams per kilometre")
        if any(other is not one and other.means is one.means and other.holds_on(one.since) for other in found):
            raise ValueError(f"two factors for {one.means} on {one.since}")
    return found


def _factor(each: Mapping[str, Any], source: Mapping[str, Any]) -> Factor:
    return Factor(
        means=Means(each["means"]),
        grams_per_km=Decimal(each["grams_per_km"]),
        since=each["since"],
        until=each.get("until"),
        title=source["title"],
        author=source["author"],
        year=source["year"],
        url=source["url"],
        row=each["row"],
    )


@cache
def published_factors() -> tuple[Factor, ...]:
    """The factors that Contempo carries, in the order of their file."""
    text = resources.files("contempo.agile").joinpath("data/commuting-factors.toml").read_text(encoding="utf-8")
    return factors_of(tomllib.loads(text))


def factor_on(means: str, day: date, factors: Iterable[Factor]) -> Factor | None:
    """The factor of a means that holds on a day; None when there is none."""
    return next((each for each in factors if each.means == means and each.holds_on(day)), None)


def avoided(
    *, place: str, means: str, km: Decimal | None, day: date, factors: Iterable[Factor] | None = None
) -> Avoided | None:
    """What a day worked on `day` at `place` spares who declared `km` one way with `means`; None when it is not known.

    Known is a day worked at home by who declared both: the way to a near-working seat or elsewhere is a way too, of a
    length nobody declared. A day is one journey there and back, in whole metres and grams, halves up. Source:
    guidelines on plans of commuting, directorial decree 209 of 4 August 2021 (MiTE and MIMS), annex 4, procedure for
    agile work: kilometres of a day there and back × emission factor × days.
    """
    if place != Place.HOME or km is None or not means:
        return None
    factor = factor_on(means, day, published_factors() if factors is None else factors)
    if factor is None:
        return None
    journey = 2 * km
    return Avoided(_whole(journey * _METRES), _whole(journey * factor.grams_per_km))


def _whole(number: Decimal) -> int:
    return int(number.quantize(Decimal(1), ROUND_HALF_UP))

"""How people go to work."""

from enum import StrEnum

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

"""Maps: a second way to read a list of places; the list is always there."""

from collections.abc import Iterable
from dataclasses import dataclass
from typing import Any

from django.conf import settings
from django.utils.translation import gettext


@dataclass(frozen=True)
class Point:
    """A place to show: `label` with its `url`, WGS 84 degrees, and one line of `detail`."""

    label: str
    url: str
    lat: float
    lon: float
    detail: str = ""


@dataclass(frozen=True)
class Place:
    """A name written on the map to find one's way, such as a municipality."""

    label: str
    lat: float
    lon: float


def data(points: Iterable[Point], places: Iterable[Place] = ()) -> dict[str, Any]:
    """What the map is drawn from. Tiles only when the installation names a source: without, nobody else is asked."""
    return {
        "points": [[each.label, each.url, each.lat, each.lon, each.detail] for each in points],
        "places": [[each.label, each.lat, each.lon] for each in places],
        "tiles": settings.MAP_TILES_URL,
        "words": {"in": gettext("Closer"), "out": gettext("Further"), "several": gettext("%(count)s here")},
    }

"""The municipalities of Italy, found by their name."""

import re
from collections.abc import Iterable, Mapping
from dataclasses import dataclass

from django.db.models import Q, QuerySet

from contempo.core.text import normalise
from contempo.network.models import Municipality

SUGGESTED = 12
MOST_PLACES = 300
_WITH_PROVINCE = re.compile(r"(?P<name>.+?)\s*\(\s*(?P<province>[A-Za-z]{2})\s*\)\s*")


@dataclass(frozen=True)
class Place:
    """A municipality by its ISTAT code; `label` tells it from others of the same name."""

    code: str
    name: str
    province: str

    @property
    def label(self) -> str:
        return f"{self.name} ({self.province})"


@dataclass(frozen=True)
class Located:
    """A municipality on the map: its label, and where it lies in WGS 84 degrees, None when that is not known."""

    label: str
    latitude: float | None
    longitude: float | None


def places_located(codes: Iterable[str]) -> dict[str, Located]:
    """Each municipality of `codes` with its place on the map, by ISTAT code. One SQL, none for nothing."""
    if not (wanted := set(codes)):
        return {}
    rows = Municipality.objects.filter(istat_code__in=wanted).order_by("search_name", "province")
    return {row.istat_code: Located(str(row), row.latitude, row.longitude) for row in rows}


def places_named(text: str) -> tuple[Place, ...]:
    """The municipalities that `text` names: by ISTAT code, "Samone", or "Samone (TN)". One SQL, none when empty.

    Case, accents and apostrophes do not count. More than one when several have this name.
    """
    text = text.strip()
    if not text:
        return ()
    if text.isascii() and text.isdigit():
        return _places(Municipality.objects.filter(istat_code=text))
    province = ""
    if match := _WITH_PROVINCE.fullmatch(text):
        text, province = match["name"], match["province"].upper()
    found = Municipality.objects.filter(search_name=normalise(text)[:80])
    return _places(found.filter(province=province) if province else found)


def places_by_name(names: Iterable[str]) -> dict[str, str]:
    """The ISTAT code of each of `names` that means one municipality alone, as `places_named` reads them. One SQL."""
    wanted = {name: _read(name) for name in names if name.strip()}
    if not wanted:
        return {}
    searched = {search for search, _province in wanted.values()}
    known: dict[str, list[Place]] = {}
    rows = Municipality.objects.filter(Q(search_name__in=searched) | Q(istat_code__in=list(wanted)))
    for place in _places(rows):
        for called in (normalise(place.name)[:80], place.code):
            known.setdefault(called, []).append(place)
    found = {}
    for name, (search, province) in wanted.items():
        fits = [one for one in known.get(search, ()) if not province or one.province == province]
        if len(fits) == 1:
            found[name] = fits[0].code
    return found


def _read(name: str) -> tuple[str, str]:
    """What a name is searched by, and its province if it says one."""
    name = name.strip()
    if name.isascii() and name.isdigit():
        return name, ""
    match = _WITH_PROVINCE.fullmatch(name)
    return (normalise(match["name"])[:80], match["province"].upper()) if match else (normalise(name)[:80], "")


def suggest_places(text: str, limit: int = SUGGESTED) -> tuple[Place, ...]:
    """Municipalities whose name begins with `text`, by name. One SQL, none when empty."""
    start = normalise(_WITH_PROVINCE.sub(r"\g<name>", text))[:80]
    if not start:
        return ()
    return _places(Municipality.objects.filter(search_name__startswith=start).order_by("search_name")[:limit])


def places_to_choose(counts: Mapping[str, int], chosen: str = "") -> list[tuple[str, str]]:
    """ISTAT code and "Name (PR)" of the municipalities to choose from, by name: the `MOST_PLACES` of the highest count.

    The one `chosen` is there too, if it has a count. One SQL.
    """
    most = sorted(counts, key=lambda code: counts[code], reverse=True)[:MOST_PLACES]
    found = _places(Municipality.objects.filter(istat_code__in={*most, *({chosen} & counts.keys())}))
    return [(place.code, place.label) for place in found]


def place_labels(codes: Iterable[str]) -> dict[str, str]:
    """ "Name (PR)" of each municipality of `codes`, by ISTAT code. One SQL, none for nothing."""
    wanted = set(codes)
    return {place.code: place.label for place in _places(Municipality.objects.filter(istat_code__in=wanted))}


def _places(rows: QuerySet[Municipality]) -> tuple[Place, ...]:
    return tuple(Place(*row) for row in rows.values_list("istat_code", "name", "province"))

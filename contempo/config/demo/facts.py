"""The data files of `demo/`, as `demo/README.md` describes them."""

import csv
import tomllib
from datetime import date, datetime, time
from pathlib import Path
from typing import Any

from django.apps import apps
from django.db import connection

from contempo.config.installation import ROOT
from contempo.core.clock import ROME

FOLDER = ROOT / "demo"


def toml(name: str) -> dict[str, Any]:
    """A TOML file; the name is a path inside `demo/`."""
    return tomllib.loads(text(name))


def rows(name: str) -> list[dict[str, str]]:
    """A CSV file, a dictionary for each row."""
    with (FOLDER / name).open(encoding="utf-8", newline="") as file:
        return list(csv.DictReader(file))


def text(name: str) -> str:
    """A text as it is."""
    return (FOLDER / name).read_text(encoding="utf-8")


def exists(name: str) -> bool:
    """Whether there is such a file: not every network has all of them."""
    return (FOLDER / name).exists()


def networks() -> list[Path]:
    """The folders of the networks."""
    return sorted(file.parent for file in FOLDER.glob("*/network.toml"))


def count_rows(context: str) -> None:
    """Let the database look at the tables of a context anew.

    What one long transaction loads is not known to the planner otherwise: it takes the tables for empty ones.
    """
    tables = [connection.ops.quote_name(model._meta.db_table) for model in apps.get_app_config(context).get_models()]
    with connection.cursor() as cursor:
        cursor.execute(f"ANALYZE {', '.join(tables)}")


def office_hours(day: date) -> datetime:
    """The instant at which something happened of which only the day is known: nine in the morning in Italy."""
    return datetime.combine(day, time(9), ROME)

"""One bench from beginning to end, in this process."""

from collections.abc import Sequence
from contextlib import nullcontext
from dataclasses import asdict
from importlib import import_module
from typing import Any

from bench import database
from bench.turns import Turn


def results(name: str, rows: int, turn: Turn = nullcontext) -> Sequence[dict[str, Any]]:
    """What the bench `name` finds with `rows` rows: an object for each page, see `measure.Result`."""
    with database.own():
        return [asdict(result) for result in import_module(f"bench.{name}").run(rows, turn)]

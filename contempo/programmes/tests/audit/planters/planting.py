"""How a disagreement is planted into a sound plan."""

from collections.abc import Callable
from datetime import date, timedelta
from decimal import Decimal
from random import Random
from typing import Any

from contempo.programmes.tests.audit.sound import Tree, italian

Planter = Callable[[Tree, Random], str]
PLANTERS: dict[str, Planter] = {}


def plants(rule: str) -> Callable[[Planter], Planter]:
    """Mark the function that plants what `rule` must find."""

    def kept(planter: Planter) -> Planter:
        PLANTERS[rule] = planter
        return planter

    return kept


def declared(tree: Tree, key: str) -> tuple[int, Tree]:
    return next((n, each) for n, each in enumerate(tree["declared"]) if each["key"] == key)


def more(tree: Tree, key: str, chance: Random) -> str:
    """Another figure in place of a declared one: an amount off by cents up to thousands of euro, a count by some."""
    number, said = declared(tree, key)
    if said["unit"] == "euro":
        cents = int(said["value"].replace(".", "").replace(",", ""))
        said["value"] = italian(cents + chance.choice((1, 22, 100, 60500, 7830800)))
    elif said["unit"] == "percent":
        share = Decimal(said["value"].replace(" %", "").replace(",", "."))
        said["value"] = f"{share + chance.choice((-3, 2, 5))} %".replace(".", ",")
    else:
        said["value"] = str(int(said["value"]) + chance.randint(1, 9))
    return f"declared[{number}]"


def add(tree: Tree, **said: Any) -> str:
    tree["declared"].append({"key": "piantata", "place": "Un altro posto", **said})
    return f"declared[{len(tree['declared']) - 1}]"


def shifted(day: str, days: int) -> str:
    return str(date.fromisoformat(day) + timedelta(days=days))

"""Disagreements of the money."""

from random import Random

from contempo.programmes.tests.audit.planters.planting import more, plants
from contempo.programmes.tests.audit.sound import Tree


@plants("money-total")
def total(tree: Tree, chance: Random) -> str:
    return more(tree, "d-totale", chance)


@plants("money-row")
def row(tree: Tree, chance: Random) -> str:
    return more(tree, f"d-{chance.choice(tree['budget']['lines'])['key']}", chance)


@plants("money-column")
def column(tree: Tree, chance: Random) -> str:
    return more(tree, f"d-{chance.choice(tree['budget']['sources'])['key']}", chance)


@plants("money-cell")
def cell(tree: Tree, chance: Random) -> str:
    return more(tree, "d-cella", chance)


@plants("money-kind")
def kind(tree: Tree, chance: Random) -> str:
    return more(tree, "d-fondi", chance)


@plants("money-part")
def part(tree: Tree, chance: Random) -> str:
    return more(tree, "d-alleanze-euro", chance)


@plants("share")
def share(tree: Tree, chance: Random) -> str:
    return more(tree, "d-quota", chance)


@plants("reward-amount")
def reward(tree: Tree, chance: Random) -> str:
    return more(tree, "d-premio", chance)


@plants("cell-twice")
def cell_twice(tree: Tree, chance: Random) -> str:
    tree["budget"]["cells"].append(dict(chance.choice(tree["budget"]["cells"])))
    return f"budget.cells[{len(tree['budget']['cells']) - 1}]"


@plants("line-without-money")
def empty_line(tree: Tree, chance: Random) -> str:
    lines = tree["budget"]["lines"]
    lines.append({"key": "vuota", "title": "Voce vuota"})
    if chance.random() < 0.5:
        tree["budget"]["cells"].append({"line": "vuota", "source": "fonte-0", "amount": "0"})
    return f"budget.lines[{len(lines) - 1}]"


@plants("empty-cell")
def empty_cell(tree: Tree, chance: Random) -> str:
    cells = tree["budget"]["cells"]
    tree["budget"]["sources"].append({"key": "nuova", "name": "Nuova fonte", "kind": "in_kind"})
    cells.append({"line": "voce-0", "source": "nuova", "amount": "0,00"})
    return f"budget.cells[{len(cells) - 1}]"


@plants("source-without-money")
def empty_source(tree: Tree, chance: Random) -> str:
    tree["budget"]["sources"].append({"key": "asciutta", "name": "Fonte asciutta", "kind": "in_kind"})
    return f"budget.sources[{len(tree['budget']['sources']) - 1}]"


@plants("fund-without-act")
def actless(tree: Tree, chance: Random) -> str:
    tree["budget"]["sources"][1]["act"] = None
    return "budget.sources[1].act"


@plants("cell-partner")
def stranger_paid(tree: Tree, chance: Random) -> str:
    tree["organisations"].append({"key": "estraneo", "name": "Un ente estraneo", "kind": "company"})
    cells = tree["budget"]["cells"]
    number = next(n for n, each in enumerate(cells) if each["line"].startswith("voce-alleanza"))
    cells[number]["partner"] = "estraneo"
    return f"budget.cells[{number}].partner"


@plants("cup")
def cup(tree: Tree, chance: Random) -> str:
    tree["alliances"][1]["cup"] = chance.choice(("C11G0600000000", "111G06000000001", "PROV123"))
    return "alliances[1].cup"

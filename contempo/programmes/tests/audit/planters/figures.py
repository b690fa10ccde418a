"""Disagreements of declared figures."""

from random import Random

from contempo.programmes.tests.audit.planters.planting import add, declared, more, plants
from contempo.programmes.tests.audit.sound import Tree, cents_in, italian


@plants("same-quantity")
def quantity(tree: Tree, chance: Random) -> str:
    value = italian(cents_in(tree) + chance.choice((22, 60500)))
    return add(tree, unit="euro", value=value, quantity="totale")


@plants("sum")
def parts(tree: Tree, chance: Random) -> str:
    return more(tree, "d-totale-bis", chance)


@plants("difference")
def rest(tree: Tree, chance: Random) -> str:
    return more(tree, "d-resto", chance)


@plants("share-of-figures")
def share_of_figures(tree: Tree, chance: Random) -> str:
    return more(tree, "d-quota", chance)


@plants("mean")
def mean(tree: Tree, chance: Random) -> str:
    return more(tree, "d-media", chance)


@plants("count")
def counted(tree: Tree, chance: Random) -> str:
    return more(tree, "d-alleanze", chance)


@plants("name-twice")
def name_twice(tree: Tree, chance: Random) -> str:
    number, said = declared(tree, "d-alleanze")
    said["formula"]["of"].append(said["formula"]["of"][0].upper())
    return f"declared[{number}].formula.of"


@plants("count-declared")
def count(tree: Tree, chance: Random) -> str:
    return more(tree, "d-attivita", chance)


@plants("act-declared")
def act_year(tree: Tree, chance: Random) -> str:
    number, said = declared(tree, "d-atto")
    said["value"] = f"1000/{tree['acts'][0]['year'] + 1}"
    return f"declared[{number}]"


@plants("target-declared")
def target(tree: Tree, chance: Random) -> str:
    return more(tree, "d-servizi", chance)


@plants("unknown-measure")
def measure(tree: Tree, chance: Random) -> str:
    name = chance.choice(
        ("bilancio.totale", "budget.line.che-non-esiste", "acts.atto-0.colour", "partners.alliance.nessuna")
    )
    return add(tree, value="1", measures=name) + ".measures"


@plants("unknown-reference")
def reference(tree: Tree, chance: Random) -> str:
    of = chance.choice((["nessuna"], ["piantata"], ["d-fine"], ["d-alleanze", "acts.atto-0.number"]))
    return add(tree, value="1", formula={"operation": "sum", "of": of}) + ".formula"

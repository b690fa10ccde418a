"""Disagreements of indicators, targets and reward."""

from random import Random

from contempo.programmes.tests.audit.planters.planting import plants
from contempo.programmes.tests.audit.sound import Tree


@plants("indicator-source")
def sourceless(tree: Tree, chance: Random) -> str:
    tree["indicators"][1]["evidence"] = " "
    return "indicators[1]"


@plants("indicator-target")
def targetless(tree: Tree, chance: Random) -> str:
    tree["indicators"][3]["target"] = ""
    return "indicators[3].target"


@plants("target-unit")
def unitless(tree: Tree, chance: Random) -> str:
    tree["indicators"].append(
        {
            "key": "pdz",
            "typology": "integration",
            "name": "Documenti",
            "unit": "text",
            "evidence": "Atti",
            "target": "3 PDZ, 3 PTO",
        }
    )
    return f"indicators[{len(tree['indicators']) - 1}].target"


@plants("targets-sum")
def targets(tree: Tree, chance: Random) -> str:
    each = tree["indicators"][1]["targets"][0]
    each["target"] = str(int(each["target"]) + chance.randint(1, 9))
    return "indicators[1].targets"


@plants("reward-target")
def rewarded(tree: Tree, chance: Random) -> str:
    tree["indicators"].append({"key": "vuoto", "typology": "persons", "name": "Famiglie", "evidence": "Elenco"})
    tree["reward"]["weights"].append({"indicator": "vuoto", "weight": 10})
    return "reward.weights[1]"

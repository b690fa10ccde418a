"""Disagreements of days and periods."""

from random import Random

from contempo.programmes.tests.audit.planters.planting import declared, plants, shifted
from contempo.programmes.tests.audit.sound import Tree


@plants("plan-days")
def plan_days(tree: Tree, chance: Random) -> str:
    tree["ends_on"] = shifted(tree["starts_on"], -1)
    return "ends_on"


@plants("duration-declared")
def duration(tree: Tree, chance: Random) -> str:
    number, said = declared(tree, "d-fine")
    said["value"] = "30/06/2001"
    return f"declared[{number}]"


@plants("alliance-days")
def alliance_days(tree: Tree, chance: Random) -> str:
    tree["alliances"][0]["ends_on"] = shifted(tree["ends_on"], chance.randint(1, 200))
    return "alliances[0]"


@plants("phase-days")
def phase_days(tree: Tree, chance: Random) -> str:
    alliance = tree["alliances"][1]
    alliance["phases"][1]["ends_on"] = shifted(alliance["ends_on"], chance.randint(1, 99))
    return "alliances[1].phases[1]"


@plants("phase-order")
def phase_order(tree: Tree, chance: Random) -> str:
    phases = tree["alliances"][0]["phases"]
    if chance.random() < 0.5:
        phases[1]["number"] = 3
        return "alliances[0].phases[1].number"
    phases[0]["starts_on"] = shifted(phases[1]["starts_on"], 1)
    return "alliances[0].phases[1].starts_on"


@plants("activity-days")
def activity_days(tree: Tree, chance: Random) -> str:
    alliance = tree["alliances"][0]
    alliance["activities"][0]["ends_on"] = shifted(alliance["ends_on"], chance.randint(1, 99))
    return "alliances[0].activities[0]"


@plants("activity-phase")
def activity_phase(tree: Tree, chance: Random) -> str:
    alliance = tree["alliances"][0]
    phase = next(each for each in alliance["phases"] if each["key"] == alliance["activities"][0]["phase"])
    alliance["activities"][0]["starts_on"] = shifted(phase["starts_on"], -1)
    return "alliances[0].activities[0]"


@plants("period-days")
def period_days(tree: Tree, chance: Random) -> str:
    tree["monitoring"][-1]["ends_on"] = shifted(tree["ends_on"], chance.randint(1, 99))
    return f"monitoring[{len(tree['monitoring']) - 1}]"


@plants("period-overlap")
def overlap(tree: Tree, chance: Random) -> str:
    tree["monitoring"][1]["starts_on"] = shifted(tree["monitoring"][1]["starts_on"], -chance.randint(1, 20))
    return "monitoring[1]"


@plants("period-gap")
def gap(tree: Tree, chance: Random) -> str:
    tree["monitoring"][1]["starts_on"] = shifted(tree["monitoring"][1]["starts_on"], chance.randint(1, 20))
    return "monitoring[1]"


@plants("document-days")
def document_days(tree: Tree, chance: Random) -> str:
    tree["planning_documents"][0]["ends_on"] = shifted(tree["ends_on"], -chance.randint(1, 99))
    return "planning_documents[0]"


@plants("act-day")
def act_day(tree: Tree, chance: Random) -> str:
    tree["acts"][1]["date"] = shifted(tree["acts"][1]["date"], 400)
    return "acts[1].date"

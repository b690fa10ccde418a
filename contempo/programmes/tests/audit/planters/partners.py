"""Disagreements about partners, and work nobody or a stranger answers for."""

from random import Random

from contempo.programmes.tests.audit.planters.planting import more, plants
from contempo.programmes.tests.audit.sound import Tree, members_of, partners_of_kind


@plants("partners-declared")
def partners(tree: Tree, chance: Random) -> str:
    return more(tree, "d-partner", chance)


@plants("partners-target")
def partners_target(tree: Tree, chance: Random) -> str:
    named = partners_of_kind(tree, "municipality", "public_body")
    tree["indicators"][0]["target"] = str(named + chance.randint(1, 5))
    return "indicators[0].target"


@plants("partner-twice")
def partner_twice(tree: Tree, chance: Random) -> str:
    listed = tree["alliances"][0]["partners"]
    listed.append(dict(chance.choice(listed)))
    return f"alliances[0].partners[{len(listed) - 1}]"


@plants("lead-partner")
def lead_partner(tree: Tree, chance: Random) -> str:
    tree["alliances"][1]["partners"].append({"organisation": tree["alliances"][1]["lead"]})
    return f"alliances[1].partners[{len(tree['alliances'][1]['partners']) - 1}]"


@plants("activity-responsible")
def nobody(tree: Tree, chance: Random) -> str:
    if chance.random() < 0.5:
        tree["activities"][0]["responsible"] = []
        return "activities[0].responsible"
    tree["alliances"][1]["activities"][0]["responsible"] = []
    return "alliances[1].activities[0].responsible"


@plants("responsible-partner")
def stranger(tree: Tree, chance: Random) -> str:
    tree["organisations"].append({"key": "estraneo", "name": "Un ente estraneo", "kind": "company"})
    tree["alliances"][0]["activities"][0]["responsible"] = [members_of(tree["alliances"][0])[0], "estraneo"]
    return "alliances[0].activities[0].responsible"


@plants("action-responsible")
def nobody_acts(tree: Tree, chance: Random) -> str:
    tree["planned_actions"][1]["responsible"] = []
    return "planned_actions[1].responsible"

"""Things named twice."""

from random import Random

from contempo.programmes.tests.audit.planters.planting import plants
from contempo.programmes.tests.audit.sound import Tree


@plants("organisation-twice")
def same_organisation(tree: Tree, chance: Random) -> str:
    name = chance.choice(tree["organisations"])["name"]
    written = chance.choice((f"{name.upper()} S.r.l.", f"Soc. Coop. Soc. {name} Onlus", name.replace(" ", "-")))
    tree["organisations"].append({"key": "doppio", "name": written, "kind": "company"})
    return f"organisations[{len(tree['organisations']) - 1}]"


@plants("activity-twice")
def same_activity(tree: Tree, chance: Random) -> str:
    listed = tree["alliances"][0]["activities"]
    listed.append({**listed[0], "key": "doppia", "title": listed[0]["title"].upper()})
    return f"alliances[0].activities[{len(listed) - 1}]"


@plants("action-twice")
def same_action(tree: Tree, chance: Random) -> str:
    listed = tree["planned_actions"]
    listed.append({**listed[0], "key": "doppia", "number": 9})
    return f"planned_actions[{len(listed) - 1}]"


@plants("objective-twice")
def same_objective(tree: Tree, chance: Random) -> str:
    tree["objectives"].append({"key": "altri", "title": "Altri", "objectives": [{"key": "x", "text": "obiettivo  1"}]})
    return "objectives[1].objectives[0]"


@plants("indicator-twice")
def same_indicator(tree: Tree, chance: Random) -> str:
    tree["indicators"].append({**tree["indicators"][3], "key": "doppio"})
    return f"indicators[{len(tree['indicators']) - 1}]"


@plants("document-twice")
def same_document(tree: Tree, chance: Random) -> str:
    tree["planning_documents"].append({**tree["planning_documents"][0], "key": "doppio"})
    return "planning_documents[1]"


@plants("act-twice")
def same_act(tree: Tree, chance: Random) -> str:
    tree["acts"].append({**tree["acts"][0], "key": "doppio", "kind": "dgr"})
    return f"acts[{len(tree['acts']) - 1}]"

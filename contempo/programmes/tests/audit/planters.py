"""One disagreement planted into a sound plan, for each rule: what is changed, and the path where it must be found."""

from collections.abc import Callable
from datetime import date, timedelta
from decimal import Decimal
from random import Random
from typing import Any

from contempo.programmes.tests.audit.sound import Tree, cents_in, italian, members_of, partners_of_kind

Planter = Callable[[Tree, Random], str]
PLANTERS: dict[str, Planter] = {}


def plants(rule: str) -> Callable[[Planter], Planter]:
    """Mark the function that plants what `rule` must find."""

    def kept(planter: Planter) -> Planter:
        PLANTERS[rule] = planter
        return planter

    return kept


def _said(tree: Tree, key: str) -> tuple[int, Tree]:
    return next((n, each) for n, each in enumerate(tree["declared"]) if each["key"] == key)


def _more(tree: Tree, key: str, chance: Random) -> str:
    """Another figure in place of a declared one: an amount off by cents up to thousands of euro, a count by some."""
    number, said = _said(tree, key)
    if said["unit"] == "euro":
        cents = int(said["value"].replace(".", "").replace(",", ""))
        said["value"] = italian(cents + chance.choice((1, 22, 100, 60500, 7830800)))
    elif said["unit"] == "percent":
        share = Decimal(said["value"].replace(" %", "").replace(",", "."))
        said["value"] = f"{share + chance.choice((-3, 2, 5))} %".replace(".", ",")
    else:
        said["value"] = str(int(said["value"]) + chance.randint(1, 9))
    return f"declared[{number}]"


def _add(tree: Tree, **said: Any) -> str:
    tree["declared"].append({"key": "piantata", "place": "Un altro posto", **said})
    return f"declared[{len(tree['declared']) - 1}]"


def _shift(day: str, days: int) -> str:
    return str(date.fromisoformat(day) + timedelta(days=days))


@plants("money-total")
def total(tree: Tree, chance: Random) -> str:
    return _more(tree, "d-totale", chance)


@plants("money-row")
def row(tree: Tree, chance: Random) -> str:
    return _more(tree, f"d-{chance.choice(tree['budget']['lines'])['key']}", chance)


@plants("money-column")
def column(tree: Tree, chance: Random) -> str:
    return _more(tree, f"d-{chance.choice(tree['budget']['sources'])['key']}", chance)


@plants("money-cell")
def cell(tree: Tree, chance: Random) -> str:
    return _more(tree, "d-cella", chance)


@plants("money-kind")
def kind(tree: Tree, chance: Random) -> str:
    return _more(tree, "d-fondi", chance)


@plants("money-part")
def part(tree: Tree, chance: Random) -> str:
    return _more(tree, "d-alleanze-euro", chance)


@plants("share")
def share(tree: Tree, chance: Random) -> str:
    return _more(tree, "d-quota", chance)


@plants("reward-amount")
def reward(tree: Tree, chance: Random) -> str:
    return _more(tree, "d-premio", chance)


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


@plants("same-quantity")
def quantity(tree: Tree, chance: Random) -> str:
    value = italian(cents_in(tree) + chance.choice((22, 60500)))
    return _add(tree, unit="euro", value=value, quantity="totale")


@plants("sum")
def parts(tree: Tree, chance: Random) -> str:
    return _more(tree, "d-totale-bis", chance)


@plants("difference")
def rest(tree: Tree, chance: Random) -> str:
    return _more(tree, "d-resto", chance)


@plants("share-of-figures")
def share_of_figures(tree: Tree, chance: Random) -> str:
    return _more(tree, "d-quota", chance)


@plants("mean")
def mean(tree: Tree, chance: Random) -> str:
    return _more(tree, "d-media", chance)


@plants("count")
def counted(tree: Tree, chance: Random) -> str:
    return _more(tree, "d-alleanze", chance)


@plants("name-twice")
def name_twice(tree: Tree, chance: Random) -> str:
    number, said = _said(tree, "d-alleanze")
    said["formula"]["of"].append(said["formula"]["of"][0].upper())
    return f"declared[{number}].formula.of"


@plants("count-declared")
def count(tree: Tree, chance: Random) -> str:
    return _more(tree, "d-attivita", chance)


@plants("act-declared")
def act_year(tree: Tree, chance: Random) -> str:
    number, said = _said(tree, "d-atto")
    said["value"] = f"1000/{tree['acts'][0]['year'] + 1}"
    return f"declared[{number}]"


@plants("target-declared")
def target(tree: Tree, chance: Random) -> str:
    return _more(tree, "d-servizi", chance)


@plants("unknown-measure")
def measure(tree: Tree, chance: Random) -> str:
    name = chance.choice(
        ("bilancio.totale", "budget.line.che-non-esiste", "acts.atto-0.colour", "partners.alliance.nessuna")
    )
    return _add(tree, value="1", measures=name) + ".measures"


@plants("unknown-reference")
def reference(tree: Tree, chance: Random) -> str:
    of = chance.choice((["nessuna"], ["piantata"], ["d-fine"], ["d-alleanze", "acts.atto-0.number"]))
    return _add(tree, value="1", formula={"operation": "sum", "of": of}) + ".formula"


@plants("partners-declared")
def partners(tree: Tree, chance: Random) -> str:
    return _more(tree, "d-partner", chance)


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


@plants("plan-days")
def plan_days(tree: Tree, chance: Random) -> str:
    tree["ends_on"] = _shift(tree["starts_on"], -1)
    return "ends_on"


@plants("duration-declared")
def duration(tree: Tree, chance: Random) -> str:
    number, said = _said(tree, "d-fine")
    said["value"] = "30/06/2001"
    return f"declared[{number}]"


@plants("alliance-days")
def alliance_days(tree: Tree, chance: Random) -> str:
    tree["alliances"][0]["ends_on"] = _shift(tree["ends_on"], chance.randint(1, 200))
    return "alliances[0]"


@plants("phase-days")
def phase_days(tree: Tree, chance: Random) -> str:
    alliance = tree["alliances"][1]
    alliance["phases"][1]["ends_on"] = _shift(alliance["ends_on"], chance.randint(1, 99))
    return "alliances[1].phases[1]"


@plants("phase-order")
def phase_order(tree: Tree, chance: Random) -> str:
    phases = tree["alliances"][0]["phases"]
    if chance.random() < 0.5:
        phases[1]["number"] = 3
        return "alliances[0].phases[1].number"
    phases[0]["starts_on"] = _shift(phases[1]["starts_on"], 1)
    return "alliances[0].phases[1].starts_on"


@plants("activity-days")
def activity_days(tree: Tree, chance: Random) -> str:
    alliance = tree["alliances"][0]
    alliance["activities"][0]["ends_on"] = _shift(alliance["ends_on"], chance.randint(1, 99))
    return "alliances[0].activities[0]"


@plants("activity-phase")
def activity_phase(tree: Tree, chance: Random) -> str:
    alliance = tree["alliances"][0]
    phase = next(each for each in alliance["phases"] if each["key"] == alliance["activities"][0]["phase"])
    alliance["activities"][0]["starts_on"] = _shift(phase["starts_on"], -1)
    return "alliances[0].activities[0]"


@plants("period-days")
def period_days(tree: Tree, chance: Random) -> str:
    tree["monitoring"][-1]["ends_on"] = _shift(tree["ends_on"], chance.randint(1, 99))
    return f"monitoring[{len(tree['monitoring']) - 1}]"


@plants("period-overlap")
def overlap(tree: Tree, chance: Random) -> str:
    tree["monitoring"][1]["starts_on"] = _shift(tree["monitoring"][1]["starts_on"], -chance.randint(1, 20))
    return "monitoring[1]"


@plants("period-gap")
def gap(tree: Tree, chance: Random) -> str:
    tree["monitoring"][1]["starts_on"] = _shift(tree["monitoring"][1]["starts_on"], chance.randint(1, 20))
    return "monitoring[1]"


@plants("document-days")
def document_days(tree: Tree, chance: Random) -> str:
    tree["planning_documents"][0]["ends_on"] = _shift(tree["ends_on"], -chance.randint(1, 99))
    return "planning_documents[0]"


@plants("act-day")
def act_day(tree: Tree, chance: Random) -> str:
    tree["acts"][1]["date"] = _shift(tree["acts"][1]["date"], 400)
    return "acts[1].date"


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

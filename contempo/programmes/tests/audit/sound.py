"""Random plans that agree with themselves.

Every declared figure is made here, from the numbers the plan was made of and without the auditor's own code.
"""

from dataclasses import dataclass
from datetime import date, timedelta
from decimal import ROUND_HALF_UP, Decimal
from random import Random
from typing import Any

from hypothesis import strategies as st

KINDS = ("municipality", "public_body", "company", "social_cooperative", "association", "trade_union")
SOURCE_KINDS = ("fund", "fund", "own_resources", "in_kind", "cofinancing")

Tree = dict[str, Any]


@dataclass(frozen=True)
class Shape:
    """How large a plan is; `seed` decides everything else."""

    seed: int
    alliances: int
    organisations: int
    activities: int
    lines: int
    sources: int
    periods: int


SHAPES = st.builds(
    Shape,
    seed=st.integers(0, 2**32),
    alliances=st.integers(2, 4),
    organisations=st.integers(5, 14),
    activities=st.integers(1, 6),
    lines=st.integers(2, 5),
    sources=st.integers(3, 5),
    periods=st.integers(2, 4),
)


def italian(cents: int) -> str:
    """`123456` as `1.234,56`."""
    return f"{cents // 100:,}".replace(",", ".") + f",{cents % 100:02d}"


def rounded(part: int, whole: int, decimals: int) -> str:
    """`part` in per cent of `whole`, half up, as a document prints it."""
    unit = Decimal(1).scaleb(-decimals)
    return f"{(Decimal(part) * 100 / Decimal(whole)).quantize(unit, ROUND_HALF_UP)}".replace(".", ",") + " %"


def sound_plan(shape: Shape) -> Tree:
    """The tree of a plan in which everything agrees."""
    chance = Random(shape.seed)
    first = date(chance.randint(2010, 2030), chance.randint(1, 12), chance.randint(1, 28))
    last = first + timedelta(days=chance.randint(500, 1500))
    organisations = [
        {
            "key": f"ente-{n}",
            "name": f"Ente {n} di {chance.choice(('Milano', 'Sesto', 'Cinisello'))}",
            "kind": chance.choice(KINDS),
        }
        for n in range(shape.organisations)
    ]
    acts = [
        {
            "key": f"atto-{n}",
            "kind": "DGR",
            "number": str(1000 + n),
            "year": first.year - n,
            "date": f"{first.year - n}-02-0{n + 1}",
        }
        for n in range(shape.sources)
    ]
    tree: Tree = {
        "key": "piano",
        "title": "Piano territoriale",
        "starts_on": str(first),
        "ends_on": str(last),
        "acts": acts,
        "organisations": organisations,
        "purposes": [{"key": "scopo", "text": "Conciliare i tempi"}],
        "objectives": [
            {
                "key": "generali",
                "title": "Generali",
                "objectives": [{"key": f"o{n}", "text": f"Obiettivo {n}"} for n in range(3)],
            }
        ],
        "planning_documents": [
            {"key": "pdz", "kind": "zone_plan", "title": "Piano di zona", "starts_on": str(first), "ends_on": str(last)}
        ],
        "alliances": [_alliance(chance, shape, n, organisations, first, last) for n in range(shape.alliances)],
        "activities": [
            {
                "key": f"p{n}",
                "title": f"Attività del piano {n}",
                "area": "governance",
                "responsible": ["ente-0"],
                "times": 2 + n,
            }
            for n in range(shape.activities)
        ],
        "planned_actions": [
            {"key": f"a{n}", "number": n + 1, "title": f"Azione {n}", "responsible": ["ente-1"]} for n in range(2)
        ],
        "monitoring": _periods(shape.periods, first, last),
    }
    tree["indicators"] = _indicators(chance, tree)
    tree["reward"] = {"amount": italian(chance.randint(1, 10**8)), "weights": [{"indicator": "servizi", "weight": 100}]}
    tree["budget"] = _budget(chance, shape)
    tree["declared"] = _declared(chance, tree)
    return tree


def members_of(alliance: Tree) -> list[str]:
    """Lead and partners of an alliance."""
    return [alliance["lead"], *(partner["organisation"] for partner in alliance["partners"])]


def cents_in(tree: Tree, line: str | None = None, source: str | None = None, lines: set[str] | None = None) -> int:
    """The cents of the cells of a line, from a source, or of some lines."""
    return sum(
        int(cell["amount"].replace(".", "").replace(",", ""))
        for cell in tree["budget"]["cells"]
        if line in {None, cell["line"]}
        and source in {None, cell["source"]}
        and (lines is None or cell["line"] in lines)
    )


def _alliance(chance: Random, shape: Shape, number: int, organisations: list[Tree], first: date, last: date) -> Tree:
    keys = [organisation["key"] for organisation in organisations]
    lead, *others = chance.sample(keys, chance.randint(3, len(keys)))
    starts, ends = first + timedelta(days=chance.randint(0, 60)), last - timedelta(days=chance.randint(0, 60))
    middle = starts + (ends - starts) / 2
    phases = [
        {"key": "fase-1", "number": 1, "title": "Avvio", "starts_on": str(starts), "ends_on": str(middle)},
        {"key": "fase-2", "number": 2, "title": "Chiusura", "starts_on": str(middle), "ends_on": str(ends)},
    ]
    activities = []
    for each in range(shape.activities):
        phase = chance.choice(phases)
        activities.append(
            {
                "key": f"attivita-{each}",
                "title": f"Attività {each}",
                "phase": phase["key"],
                "responsible": chance.sample([lead, *others], chance.randint(1, 2)),
                "starts_on": phase["starts_on"],
                "ends_on": phase["ends_on"],
            }
        )
    return {
        "key": f"alleanza-{number}",
        "name": f"Alleanza {number}",
        "lead": lead,
        "cup": f"C{10 + number}G06000000001",
        "starts_on": str(starts),
        "ends_on": str(ends),
        "partners": [{"organisation": key} for key in others],
        "phases": phases,
        "activities": activities,
        "objectives": [{"key": f"s{n}", "text": f"Obiettivo specifico {n}"} for n in range(2)],
    }


def _periods(number: int, first: date, last: date) -> list[Tree]:
    length = (last - first).days // number
    starts = [first + timedelta(days=length * n) for n in range(number)]
    ends = [*(start - timedelta(days=1) for start in starts[1:]), last]
    return [
        {"key": f"m{n}", "title": f"Periodo {n}", "starts_on": str(start), "ends_on": str(end)}
        for n, (start, end) in enumerate(zip(starts, ends, strict=True))
    ]


def partners_of_kind(tree: Tree, *kinds: str) -> int:
    """Organisations of some kinds in any alliance, each once."""
    kind_of = {organisation["key"]: organisation["kind"] for organisation in tree["organisations"]}
    named = {key for alliance in tree["alliances"] for key in members_of(alliance)}
    return len([key for key in named if not kinds or kind_of[key] in kinds])


def _indicators(chance: Random, tree: Tree) -> list[Tree]:
    parts = [chance.randint(0, 40) for _alliance in tree["alliances"]]
    return [
        {
            "key": "partner-pubblici",
            "typology": "partners",
            "name": "Enti pubblici",
            "source": "programmes.partners",
            "filters": {"kind": "municipality+public_body"},
            "target": str(partners_of_kind(tree, "municipality", "public_body")),
        },
        {
            "key": "servizi",
            "typology": "actions",
            "name": "Servizi attivati",
            "method": "sum",
            "evidence": "Verbali",
            "target": str(sum(parts)),
            "targets": [
                {"alliance": alliance["key"], "target": str(part)}
                for alliance, part in zip(tree["alliances"], parts, strict=True)
            ],
        },
        {
            "key": "zona",
            "typology": "integration",
            "name": "Piano di zona",
            "unit": "yes_no",
            "evidence": "Atti",
            "target": "sì",
        },
        {
            "key": "quota",
            "typology": "cofinancing",
            "name": "Quota",
            "unit": "share",
            "source": "x",
            "target": "20,18%",
        },
    ]


def _budget(chance: Random, shape: Shape) -> Tree:
    sources = [
        {
            "key": f"fonte-{n}",
            "name": f"Fonte {n}",
            "kind": SOURCE_KINDS[n],
            "act": f"atto-{n}" if SOURCE_KINDS[n] == "fund" else None,
        }
        for n in range(shape.sources)
    ]
    lines = [{"key": f"voce-{n}", "title": f"Voce {n}"} for n in range(shape.lines)]
    lines += [
        {"key": f"voce-alleanza-{n}", "title": f"Voce dell’alleanza {n}", "alliance": f"alleanza-{n}"}
        for n in range(shape.alliances)
    ]
    cells = [
        {"line": line["key"], "source": source["key"], "amount": italian(chance.randint(1, 10**7))}
        for line in lines
        for source in sources
        if source["key"] == "fonte-0" or line["key"] == "voce-0" or chance.random() < 0.6
    ]
    return {"sources": sources, "lines": lines, "cells": cells}


def _declared(chance: Random, tree: Tree) -> list[Tree]:
    total, cofinanced = cents_in(tree), 0
    declared: list[Tree] = []

    def say(key: str, unit: str, value: str, **more: Any) -> None:
        declared.append({"key": key, "place": f"Pagina {len(declared) + 1}", "unit": unit, "value": value, **more})

    for source in tree["budget"]["sources"]:
        cents = cents_in(tree, source=source["key"])
        cofinanced += cents if source["kind"] != "fund" else 0
        say(f"d-{source['key']}", "euro", italian(cents), measures=f"budget.source.{source['key']}")
    for line in tree["budget"]["lines"]:
        say(f"d-{line['key']}", "euro", italian(cents_in(tree, line["key"])), measures=f"budget.line.{line['key']}")
    cell = chance.choice(tree["budget"]["cells"])
    say("d-cella", "euro", cell["amount"], measures=f"budget.cell.{cell['line']}.{cell['source']}")
    say(
        "d-totale",
        "euro",
        italian(total),
        measures="budget.total",
        quantity="totale",
        formula={"operation": "sum", "of": [f"d-{line['key']}" for line in tree["budget"]["lines"]]},
    )
    say(
        "d-totale-bis",
        "euro",
        italian(total),
        quantity="totale",
        formula={"operation": "sum", "of": [f"d-{source['key']}" for source in tree["budget"]["sources"]]},
    )
    say("d-cofinanziamento", "euro", italian(cofinanced), measures="cofinancing.total")
    say(
        "d-resto",
        "euro",
        italian(total - cofinanced),
        formula={"operation": "difference", "of": ["d-totale", "d-cofinanziamento"]},
    )
    say("d-fondi", "euro", italian(total - cofinanced), measures="budget.kind.fund")
    say(
        "d-quota",
        "percent",
        rounded(cofinanced, total, chance.randint(0, 3)),
        measures="cofinancing.share",
        formula={"operation": "share", "of": ["d-cofinanziamento", "d-totale"]},
    )
    say("d-premio", "euro", tree["reward"]["amount"], measures="reward.amount")
    alliance_lines = {line["key"] for line in tree["budget"]["lines"] if line.get("alliance")}
    say("d-alleanze-euro", "euro", italian(cents_in(tree, lines=alliance_lines)), measures="budget.alliances")
    about = cents_in(tree, lines=alliance_lines) * 100 // total
    say(
        "d-circa",
        "percent",
        f"{about} %",
        qualifier="about" if about > 40 else "at_least",
        measures="budget.share.alliances",
    )
    say("d-partner", "count", str(partners_of_kind(tree)), measures="partners")
    say("d-comuni", "count", str(partners_of_kind(tree, "municipality")), measures="partners.kind.municipality")
    say(
        "d-alleanze",
        "count",
        str(len(tree["alliances"])),
        measures="alliances",
        formula={"operation": "count", "of": [alliance["name"] for alliance in tree["alliances"]]},
    )
    say(
        "d-attivita",
        "count",
        str(sum(len(each["activities"]) for each in (tree, *tree["alliances"]))),
        measures="activities",
    )
    say("d-atto", "text", f"1000/{tree['acts'][0]['year']}", measures="acts.atto-0.reference")
    say("d-anno", "count", str(tree["acts"][0]["year"]), measures="acts.atto-0.year")
    say("d-servizi", "count", tree["indicators"][1]["target"], measures="indicators.target.servizi")
    end = date.fromisoformat(tree["ends_on"])
    say("d-fine", "text", f"{end:%d/%m/%Y}", measures="plan.ends_on")
    shares = [chance.randint(1, 99) for _each in range(3)]
    for number, share in enumerate(shares):
        say(f"d-parte-{number}", "percent", rounded(share, sum(shares), 1))
    say("d-parti", "percent", "100,0 %", formula={"operation": "sum", "of": [f"d-parte-{n}" for n in range(3)]})
    mean = sum((Decimal(share) for share in (20, 30, 40)), Decimal(0)) / 3
    for share in (20, 30, 40):
        say(f"d-media-{share}", "count", str(share))
    say("d-media", "count", str(mean), formula={"operation": "mean", "of": ["d-media-20", "d-media-30", "d-media-40"]})
    return declared

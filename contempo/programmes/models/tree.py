"""What the rows of a plan say, as the tree of its file. Read by actions before they write, and by queries."""

from collections import defaultdict
from datetime import date, timedelta
from typing import Any

from django.db.models import F, QuerySet, Value
from django.db.models.functions import NullIf

from contempo.core.money import euro
from contempo.programmes.models.alliances import Activity, Alliance, Partner, Phase, Responsible
from contempo.programmes.models.budgets import Allocation, BudgetLine, Source
from contempo.programmes.models.indicators import AllianceTarget, Indicator, MonitoringPeriod
from contempo.programmes.models.plans import Plan
from contempo.programmes.rules.plan import tree
from contempo.programmes.rules.plan.parts import FROM_ROWS

READ_ONLY = (
    "network_name",
    "acts",
    "purposes",
    "context",
    "objectives",
    "planning_documents",
    "organisations",
    "planned_actions",
    "governance",
    "reward",
    "declared",
)
"""Parts of a plan that `Plan.document` holds."""

ALLIANCE_READ_ONLY = ("lead_office", "period_text", "context", "aims", "audiences", "objectives", "reward_uses")
"""Parts of an alliance that `Alliance.document` holds."""

DAY = timedelta(days=1)


def tree_of(plan: Plan) -> tree.Plan:
    """The plan as its file says it, with the present amounts and states. As many SQL for any size."""
    activities = _activities(plan)
    alliances = _alliances(plan, activities)
    budget = _budget(plan)
    said = {
        **plan.document,
        "key": plan.key,
        "title": plan.title,
        "source_document": plan.source_document,
        "summary": plan.summary,
        **_span(plan.since, plan.until),
        "alliances": alliances,
        "activities": activities[None],
        "monitoring": [
            {"key": key, "title": title, **_span(since, until)}
            for key, title, since, until in _rows(MonitoringPeriod, plan, "position").values_list(
                "key", "title", "since", "until"
            )
        ],
        "indicators": _indicators(plan),
        "budget": budget,
    }
    said["organisations"] = [*said.get("organisations", ()), *_further_organisations(plan, said)]
    return tree.Plan.model_validate(said, context=FROM_ROWS)


def _rows(model: Any, plan: Plan, *order: str) -> QuerySet[Any]:
    return model.objects.filter(plan=plan).order_by(*order, "id")


def _span(since: date | None, until: date | None) -> dict[str, date | None]:
    return {"starts_on": since, "ends_on": until - DAY if until else None}


def _activities(plan: Plan) -> defaultdict[int | None, list[dict[str, Any]]]:
    """The activities by alliance, None for those of the plan itself."""
    responsible: defaultdict[int, list[str]] = defaultdict(list)
    named = Responsible.objects.filter(activity__plan=plan).order_by("activity", "position", "id")
    for activity_id, slug in named.values_list("activity_id", "organisation__slug"):
        responsible[activity_id].append(slug)
    found: defaultdict[int | None, list[dict[str, Any]]] = defaultdict(list)
    fields = ("key", "title", "text", "area", "place", "times", "state")
    for row in _rows(Activity, plan, "position").values("id", "alliance_id", "since", "until", "phase__key", *fields):
        found[row["alliance_id"]].append(
            {name: row[name] for name in fields}
            | {"phase": row["phase__key"], "responsible": responsible[row["id"]]}
            | _span(row["since"], row["until"])
        )
    return found


def _alliances(plan: Plan, activities: defaultdict[int | None, list[dict[str, Any]]]) -> list[dict[str, Any]]:
    partners: defaultdict[int, list[dict[str, Any]]] = defaultdict(list)
    found = Partner.objects.filter(alliance__plan=plan).order_by("alliance", "position", "id")
    for alliance_id, slug, role, group, through in found.values_list(
        "alliance_id", "organisation__slug", "role", "group", "through"
    ):
        partners[alliance_id].append({"organisation": slug, "role": role, "group": group, "through": through})
    phases: defaultdict[int, list[dict[str, Any]]] = defaultdict(list)
    in_order = Phase.objects.filter(alliance__plan=plan).order_by("alliance", "position", "id")
    for alliance_id, key, number, title, text, since, until in in_order.values_list(
        "alliance_id", "key", "number", "title", "text", "since", "until"
    ):
        phase = {"key": key, "number": number, "title": title, "text": text}
        phases[alliance_id].append(phase | _span(since, until))
    fields = ("key", "name", "title", "cup", "unnamed_partners")
    return [
        row["document"]
        | {name: row[name] for name in fields}
        | {"lead": row["lead__slug"], "partners": partners[row["id"]], "phases": phases[row["id"]]}
        | {"activities": activities[row["id"]]}
        | _span(row["since"], row["until"])
        for row in _rows(Alliance, plan, "position").values("id", "since", "until", "document", "lead__slug", *fields)
    ]


def _indicators(plan: Plan) -> list[dict[str, Any]]:
    targets: defaultdict[int, list[dict[str, Any]]] = defaultdict(list)
    found = AllianceTarget.objects.filter(indicator__plan=plan).order_by("indicator", "position", "id")
    for indicator_id, alliance, target in found.values_list("indicator_id", "alliance__key", "target"):
        targets[indicator_id].append({"alliance": alliance, "target": target})
    fields = ("key", "typology", "number", "name", "unit", "method", "target", "source", "filters", "by", "evidence")
    return [
        {name: row[name] for name in (*fields, "public", "note")} | {"targets": targets[row["id"]]}
        for row in _rows(Indicator, plan, "position").values("id", "public", "note", *fields)
    ]


def _budget(plan: Plan) -> dict[str, Any]:
    cells = Allocation.objects.filter(plan=plan).order_by(
        NullIf("position", Value(0)).asc(nulls_last=True), "line__position", "source__position", "id"
    )
    sources = _rows(Source, plan, "position").values("key", "name", "kind", "act", "cup")
    lines = _rows(BudgetLine, plan, "position").values("key", "title", of=F("alliance__key"))
    return {
        "shift_limit": plan.shift_limit,
        "sources": [row | {"act": row["act"] or None} for row in sources],
        "lines": [{"key": row["key"], "title": row["title"], "alliance": row["of"]} for row in lines],
        "cells": [
            {"line": line, "source": source, "partner": partner, "amount": f"{euro(cents)}"}
            for line, source, partner, cents in cells.values_list("line__key", "source__key", "partner__slug", "cents")
        ],
    }


def _further_organisations(plan: Plan, said: dict[str, Any]) -> list[dict[str, str]]:
    """Organisations that rows name and the file did not: those a revision brought in. No SQL when there is none."""
    named = {entry["key"] for entry in said.get("organisations", ())}
    used = {cell["partner"] for cell in said["budget"]["cells"]}
    for part in (*said["alliances"], {"activities": said["activities"]}):
        used |= {part.get("lead"), *(partner["organisation"] for partner in part.get("partners", ()))}
        used |= {key for activity in part["activities"] for key in activity["responsible"]}
    if not (missing := used - named - {None}):
        return []
    rows = Plan.objects.filter(id=plan.id, network__organisations__slug__in=missing).order_by(
        "network__organisations__slug"
    )
    fields = ("slug", "name", "kind")
    return [
        {"key": slug, "name": name, "kind": kind}
        for slug, name, kind in rows.values_list(*(f"network__organisations__{field}" for field in fields))
    ]

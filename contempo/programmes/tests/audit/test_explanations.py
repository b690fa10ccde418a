"""A finding says what explains it: a part counted twice, a cell left out, cents, rounding, a mean read as a share."""

from typing import Any

import pytest

from contempo.programmes.rules.audit import check
from contempo.programmes.rules.findings import Finding, Severity
from contempo.programmes.rules.plan.tree import Plan

PLAN: dict[str, Any] = {
    "key": "piano",
    "title": "Piano",
    "starts_on": "2026-01-01",
    "ends_on": "2026-12-31",
    "organisations": [{"key": "comune", "name": "Comune", "kind": "municipality"}],
    "alliances": [{"key": key, "name": key, "lead": "comune"} for key in ("a", "b")],
    "acts": [{"key": "dgr", "kind": "DGR", "number": "1", "year": 2025}],
    "budget": {
        "sources": [
            {"key": "fondo", "name": "Fondo", "kind": "fund", "act": "dgr"},
            {"key": "proprie", "name": "Risorse proprie", "kind": "own_resources"},
        ],
        "lines": [
            {"key": "a", "title": "Alleanza A", "alliance": "a"},
            {"key": "b", "title": "Alleanza B", "alliance": "b"},
        ],
        "cells": [
            {"line": "a", "source": "fondo", "amount": "600,00"},
            {"line": "a", "source": "proprie", "amount": "400,00"},
            {"line": "b", "source": "fondo", "amount": "2.500,00"},
            {"line": "b", "source": "proprie", "amount": "500,00"},
        ],
    },
}


def found(*declared: dict[str, Any]) -> Finding:
    """The only finding about these declared figures."""
    said = [{"key": f"d{n}", "place": f"Pagina {n}", **each} for n, each in enumerate(declared)]
    (finding,) = check(Plan.model_validate({**PLAN, "declared": said}))
    return finding


def told(finding: Finding) -> str:
    return finding.explanation % finding.params if finding.params else finding.explanation


def test_a_total_that_misses_exactly_one_cell_names_it() -> None:
    finding = found({"unit": "euro", "value": "2.599,00", "measures": "budget.source.fondo"})
    assert told(finding) == "The amounts from this source add up to another sum."
    finding = found({"unit": "euro", "value": "2.500,00", "measures": "budget.source.fondo"})
    assert told(finding) == "The difference is exactly the amount of “Alleanza A” from “Fondo”."


def test_a_total_without_its_cents_says_that_only_cents_differ() -> None:
    finding = found({"unit": "euro", "value": "4.000,22", "measures": "budget.total"})
    assert told(finding).startswith("Only the cents differ")
    assert finding.difference == "+0,22\u00a0€"


@pytest.mark.parametrize(
    ("value", "measures", "other"),
    [
        ("22,5 %", "cofinancing.mean.alliances", "share of their sums"),
        ("28,33 %", "cofinancing.share.alliances", "mean"),
    ],
)
def test_a_mean_of_shares_is_told_from_the_share_of_the_sums(value: str, measures: str, other: str) -> None:
    finding = found({"unit": "percent", "value": value, "measures": measures})
    assert finding.severity is Severity.ERROR
    assert f"but it is the {other}" in told(finding)


def test_a_mean_of_declared_shares_is_told_from_the_share_of_their_sums() -> None:
    shares = [f"cofinancing.share.alliance.{key}" for key in ("a", "b")]
    finding = found({"unit": "percent", "value": "22,50", "formula": {"operation": "mean", "of": shares}})
    assert finding.rule == "mean"
    assert "it is the share of their sums (22,5\u00a0%)" in told(finding)


@pytest.mark.parametrize(("whole", "what"), [("90", "counted twice"), ("50", "left out")])
def test_a_part_that_explains_a_wrong_sum_is_named(whole: str, what: str) -> None:
    formula = {"operation": "sum", "of": ["d1", "d2"]}
    finding = found({"value": whole, "formula": formula}, {"value": "50"}, {"value": "20"})
    assert "“d2”" in told(finding)
    assert what in told(finding)


def test_rounded_parts_explain_a_sum_of_shares_and_nothing_more() -> None:
    formula = {"operation": "sum", "of": ["d1", "d2", "d3"]}
    parts = [{"unit": "percent", "value": "33,3 %"}] * 3
    assert found({"unit": "percent", "value": "100,0 %", "formula": formula}, *parts).severity is Severity.NOTE
    assert found({"unit": "percent", "value": "100,5 %", "formula": formula}, *parts).severity is Severity.ERROR


def test_amounts_are_never_explained_by_rounding() -> None:
    formula = {"operation": "sum", "of": ["d1", "d2"]}
    parts = [{"unit": "euro", "value": "1.000"}, {"unit": "euro", "value": "2.000"}]
    assert found({"unit": "euro", "value": "3.001", "formula": formula}, *parts).severity is Severity.ERROR


def test_about_at_least_and_more_than_are_written_with_their_signs() -> None:
    finding = found({"value": "3", "qualifier": "at_least", "measures": "alliances"})
    assert (finding.declared, finding.computed, finding.difference) == ("≥ 3", "2", "+1")
    assert finding.severity is Severity.WARNING


def test_months_that_have_begun_count_whole() -> None:
    finding = found({"value": "11", "measures": "plan.months"})
    assert finding.computed == "12"

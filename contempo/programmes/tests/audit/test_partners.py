"""How partners are counted against the targets of their indicators."""

from typing import Any

import pytest

from contempo.programmes.rules.audit import check
from contempo.programmes.rules.findings import Finding, Severity
from contempo.programmes.rules.plan.tree import Plan


def found(target: str, filters: dict[str, str], **alliance: Any) -> list[Finding]:
    """What is found of an indicator in a plan where `uno` leads two alliances; `due` is in both, `tre` in the first."""
    said = {
        "key": "piano",
        "title": "Piano",
        "starts_on": "2026-01-01",
        "ends_on": "2026-12-31",
        "organisations": [
            {"key": "uno", "name": "Comune Uno", "kind": "municipality"},
            {"key": "due", "name": "Impresa Due", "kind": "company"},
            {"key": "tre", "name": "Coop Tre", "kind": "social_cooperative"},
        ],
        "alliances": [
            {
                "key": "a",
                "name": "Alfa",
                "lead": "uno",
                "partners": [{"organisation": "due"}, {"organisation": "tre"}],
                **alliance,
            },
            {"key": "b", "name": "Beta", "lead": "uno", "partners": [{"organisation": "due"}]},
        ],
        "indicators": [
            {
                "key": "i",
                "typology": "partners",
                "name": "Partner",
                "target": target,
                "source": "programmes.partners",
                "filters": filters,
            }
        ],
    }
    return [each for each in check(Plan.model_validate(said)) if each.rule == "partners-target"]


@pytest.mark.parametrize(
    ("target", "filters"),
    [
        ("3", {}),
        ("2", {"kind": "company,social_cooperative"}),
        ("2", {"kind": "company+social_cooperative"}),
        ("1", {"kind": "municipality"}),
        ("1", {"part": "lead"}),
        ("2", {"part": "partner"}),
        ("0", {"part": "lead", "kind": "company"}),
        ("99", {"municipality": "015146"}),
    ],
)
def test_each_organisation_counts_once_and_by_its_kind_and_part(target: str, filters: dict[str, str]) -> None:
    assert found(target, filters) == []


def test_counting_twice_who_is_in_two_alliances_explains_a_target() -> None:
    (finding,) = found("2", {"kind": "company"})
    assert finding.severity is Severity.WARNING
    assert "counted twice" in finding.explanation


def test_partners_without_a_name_may_explain_a_target() -> None:
    (finding,) = found("4", {}, unnamed_partners=2)
    assert finding.explanation % finding.params == "Partners without a name (2) may explain the difference."


def test_more_partners_than_promised_is_a_note() -> None:
    (finding,) = found("1", {"kind": "company,social_cooperative"})
    assert finding.severity is Severity.NOTE

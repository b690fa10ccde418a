"""When a printed figure agrees with another one: rounding, “about”, “at least”, ranges."""

from decimal import Decimal

import pytest

from contempo.programmes.rules.audit import check
from contempo.programmes.rules.audit.comparing import judged, range_written, span_of, tolerance
from contempo.programmes.rules.findings import Severity
from contempo.programmes.rules.plan.measures import Qualifier
from contempo.programmes.rules.plan.tree import Plan
from contempo.programmes.tests.audit.sound import Shape, sound_plan


@pytest.mark.parametrize(
    ("written", "computed", "qualifier", "severity"),
    [
        ("25.88", "25.8897", "exact", Severity.NOTE),
        ("25.89", "25.8897", "exact", None),
        ("25.9", "25.8897", "exact", None),
        ("25.90", "25.8897", "exact", Severity.ERROR),
        ("25.90", "25.8907", "exact", Severity.NOTE),
        ("454422.22", "454422.00", "exact", Severity.ERROR),
        ("118", "95", "exact", Severity.ERROR),
        ("80", "81.1", "about", None),
        ("80", "86", "about", Severity.WARNING),
        ("100", "92", "nearly", None),
        ("100", "101", "nearly", Severity.WARNING),
        ("100", "89", "nearly", Severity.WARNING),
        ("10", "10", "at_least", None),
        ("10", "9", "at_least", Severity.WARNING),
        ("10", "21", "at_least", Severity.NOTE),
        ("0", "0", "at_least", None),
        ("20", "20", "more_than", Severity.WARNING),
        ("20", "21", "more_than", None),
    ],
)
def test_a_printed_figure_agrees_within_what_it_says(
    written: str, computed: str, qualifier: str, severity: Severity | None
) -> None:
    found = judged(Decimal(written), Decimal(computed), Qualifier(qualifier), "another")
    assert (found.severity if found else None) == severity


def test_two_places_agree_when_one_figure_may_stand_for_both() -> None:
    assert span_of(Decimal("25.88"), Qualifier.EXACT).meets(span_of(Decimal("25.9"), Qualifier.EXACT))
    assert not span_of(Decimal("25.8"), Qualifier.EXACT).meets(span_of(Decimal("25.9"), Qualifier.EXACT))
    assert span_of(Decimal("10"), Qualifier.AT_LEAST).meets(span_of(Decimal("15"), Qualifier.EXACT))
    assert not span_of(Decimal("10"), Qualifier.AT_LEAST).meets(span_of(Decimal("25"), Qualifier.EXACT))


def test_a_range_is_read_from_its_two_ends() -> None:
    assert range_written("25/30") == (Decimal(25), Decimal(30))
    assert range_written("3-4") == (Decimal(3), Decimal(4))
    assert range_written("1576/2011") == (Decimal(1576), Decimal(2011))
    assert range_written("30/25") is None
    assert range_written("3 PDZ") is None


def test_rounded_parts_may_miss_their_sum_by_half_a_unit_each() -> None:
    assert tolerance(map(Decimal, ("33.3", "33.3", "33.3", "100.0"))) == Decimal("0.2")
    assert tolerance(map(Decimal, ("214000", "219000")), counts=True) == 1000


def test_two_texts_are_compared_as_texts_even_when_they_look_like_ranges() -> None:
    tree = sound_plan(Shape(seed=1, alliances=2, organisations=5, activities=1, lines=2, sources=3, periods=2))
    tree["declared"] += [
        {"key": f"atto-{value[-1]}", "place": value, "unit": "text", "value": value, "quantity": "DGR 1576"}
        for value in ("1576/2011", "1576/2012")
    ]
    (finding,) = (each for each in check(Plan.model_validate(tree)) if each.rule == "same-quantity")
    assert (finding.declared, finding.computed) == ("1576/2012", "1576/2011")

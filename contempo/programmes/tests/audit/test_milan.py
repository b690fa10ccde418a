"""Where the territorial plan of Milan 2014-2016 does not agree with itself, found in the plan file of the demo."""

from collections.abc import Iterator
from functools import cache
from pathlib import Path

from contempo.programmes.rules.audit import check
from contempo.programmes.rules.findings import Finding, Severity
from contempo.programmes.rules.plan.reading import read_plan_bytes

FILE = Path(__file__).parents[4] / "demo" / "milano" / "plans" / "piano-2014-2016.yaml"


@cache
def findings() -> tuple[Finding, ...]:
    """Everything the auditor finds in the plan of Milan."""
    return check(read_plan_bytes(FILE.read_bytes(), filename=FILE.name))


def found(rule: str, *figures: str) -> Iterator[Finding]:
    """The findings of a rule whose two figures are these, whichever of them is called declared."""
    return (
        finding
        for finding in findings()
        if finding.rule == rule and {spaced(finding.declared), spaced(finding.computed)} == set(figures)
    )


def spaced(figure: str) -> str:
    """A figure with an ordinary space before its sign."""
    return figure.replace("\u00a0", " ")


def test_the_reward_is_108_000_in_one_place_and_108_605_in_another() -> None:
    (finding,) = found("same-quantity", "108.605,00 €", "108.000,00 €")
    assert spaced(finding.difference) == "+605,00 €"
    assert finding.severity is Severity.ERROR


def test_the_fund_of_act_1081_has_22_cents_in_the_text_and_none_in_the_table() -> None:
    (finding,) = found("same-quantity", "454.422,22 €", "454.422,00 €")
    assert spaced(finding.difference) == "−0,22 €"


def test_the_funds_of_the_previous_plan_miss_those_of_one_alliance() -> None:
    (finding,) = found("same-quantity", "136.729,10 €", "215.037,10 €")
    assert spaced(finding.difference) == "+78.308,00 €"
    assert "exactly the amount" in finding.explanation
    assert "1576" in finding.params["source"]


def test_the_three_sources_of_the_text_do_not_add_up_to_the_whole() -> None:
    (finding,) = found("sum", "903.329,10 €", "825.021,32 €")
    assert spaced(finding.difference) == "+78.307,78 €"


def test_one_act_has_two_years() -> None:
    assert list(found("act-declared", "1576/2012", "1576/2011"))


def test_25_88_per_cent_was_cut_off_and_not_rounded() -> None:
    (finding,) = found("share", "25,88 %", "25,8898 %")
    assert finding.severity is Severity.NOTE
    assert finding.explanation == "The figure is cut off, not rounded."


def test_the_mean_of_the_alliances_is_the_share_of_their_sums() -> None:
    (finding,) = found("share", "30,01 %", "30,1812 %")
    assert spaced(finding.params["other"]) == "30,0123 %"


def test_118_providers_are_95_by_kind() -> None:
    (finding,) = found("sum", "118", "95")
    assert "118 Enti Gestori" in finding.subject
    assert finding.difference == "+23"


def test_partners_by_kind_are_other_numbers_than_their_targets() -> None:
    declared = {finding.declared for finding in findings() if finding.rule == "partners-target"}
    assert declared == {"9", "35", "6"}


def test_self_employed_men_are_97_000_and_97_600() -> None:
    assert list(found("same-quantity", "97.000", "97.600"))


def test_firms_that_try_the_model_are_25_to_30_and_at_least_10() -> None:
    (finding,) = found("same-quantity", "≥ 10", "25/30")
    assert finding.severity is Severity.WARNING


def test_one_alliance_ends_after_the_calendar_of_the_plan() -> None:
    assert list(found("same-quantity", "30/09/2016", "30/06/2016"))


def test_one_alliance_lasts_23_months_and_24() -> None:
    assert list(found("same-quantity", "23", "24"))


def test_the_employed_by_parts_miss_their_total_by_what_rounding_explains() -> None:
    notes = [finding for finding in findings() if finding.rule == "sum" and finding.severity is Severity.NOTE]
    assert {finding.declared for finding in notes} == {"584.000", "599.000"}


def test_activities_without_responsible_are_named() -> None:
    assert [finding for finding in findings() if finding.rule == "activity-responsible" and finding.place]


def test_every_finding_has_its_place_and_its_path() -> None:
    assert all(finding.place and finding.path and finding.explanation % finding.params for finding in findings())


def test_every_figure_of_the_plan_can_be_made() -> None:
    assert [finding for finding in findings() if finding.rule in {"unknown-measure", "unknown-reference"}] == []

"""What a version of the criteria may say, and what changed from the one before."""

from dataclasses import replace

import pytest

from contempo.agile.rules.mapping import (
    PROPOSED,
    THRESHOLD,
    Criterion,
    Difference,
    checked_criteria,
    differences,
    key_for,
)
from contempo.core.verdict import Refusal


def test_the_five_proposed_criteria_may_be_published_as_they_are() -> None:
    checked_criteria(PROPOSED, THRESHOLD)
    assert len(PROPOSED) == 5
    assert all(each.help_it and each.help_en for each in PROPOSED)


def test_a_criterion_is_read_back_as_it_was_written() -> None:
    assert [Criterion.read(each.written()) for each in PROPOSED] == list(PROPOSED)


def test_a_text_missing_in_one_language_is_told_in_the_other() -> None:
    only = Criterion("tools", "Strumenti", "", "Aiuto", "")
    assert (only.text("en"), only.help("en")) == ("Strumenti", "Aiuto")


@pytest.mark.parametrize("threshold", [0, 101])
def test_a_threshold_is_a_share_of_the_time(threshold: int) -> None:
    with pytest.raises(Refusal) as refused:
        checked_criteria(PROPOSED, threshold)
    assert refused.value.field == "threshold"


def test_a_version_without_criteria_or_with_half_written_ones_is_refused() -> None:
    with pytest.raises(Refusal):
        checked_criteria([], THRESHOLD)
    with pytest.raises(Refusal):
        checked_criteria([replace(PROPOSED[0], text_en=" ")], THRESHOLD)
    with pytest.raises(Refusal):
        checked_criteria([Criterion(f"k{n}", "Testo", "Text") for n in range(13)], THRESHOLD)


def test_two_criteria_of_one_key_are_an_error_of_the_program() -> None:
    with pytest.raises(ValueError, match="same key"):
        checked_criteria([PROPOSED[0], PROPOSED[0]], THRESHOLD)


def test_what_changed_is_told_criterion_by_criterion() -> None:
    kept, reworded, required, _dropped, optional = PROPOSED
    after = [
        kept,
        replace(reworded, help_it="Anche gli archivi di carta."),
        replace(required, required=False),
        replace(optional, required=True),
        Criterion("safety", "È sicura", "It is safe"),
    ]
    found = [(each.how, each.criterion.key) for each in differences(PROPOSED, after)]
    assert found == [
        (Difference.REWORDED, "tools"),
        (Difference.OPTIONAL, "presence"),
        (Difference.REQUIRED, "output"),
        (Difference.ADDED, "safety"),
        (Difference.DROPPED, "relations"),
    ]


def test_another_order_is_no_difference() -> None:
    assert differences(PROPOSED, PROPOSED[::-1]) == ()


def test_a_new_key_is_short_and_nobody_elses() -> None:
    assert key_for("Si può fare all’aperto, sempre e comunque", ()) == "si-puo-fare-all-aper"
    assert key_for("Tools", {"tools"}) == "tools-2"
    assert key_for("Tools", {"tools", "tools-2"}) == "tools-3"
    assert key_for("!!!", ()) == "criterion"

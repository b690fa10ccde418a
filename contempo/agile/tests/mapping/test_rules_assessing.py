"""What answers say together, which are refused, and when an activity is to be looked at again."""

from datetime import date

import pytest
from hypothesis import given
from hypothesis import strategies as st

from contempo.agile.rules.mapping import (
    PROPOSED,
    Answer,
    Met,
    Remoteness,
    Review,
    checked_answers,
    marks,
    result_of,
    review_limit,
    review_of,
)
from contempo.core.verdict import Refusal

ALL_YES = {each.key: Answer(Met.YES) for each in PROPOSED}
TODAY = date(2026, 11, 20)

answers = st.fixed_dictionaries(
    {each.key: st.builds(Answer, st.sampled_from(Met), st.just("Perché sì.")) for each in PROPOSED}
)


def test_an_activity_that_meets_every_criterion_can_be_done_remotely() -> None:
    assert result_of(PROPOSED, ALL_YES) is Remoteness.REMOTE


def test_a_required_criterion_that_is_not_met_rules_the_activity_out() -> None:
    assert result_of(PROPOSED, {**ALL_YES, "presence": Answer(Met.NO, "Sportello.")}) is Remoteness.NOT


def test_a_required_criterion_met_in_part_leaves_part_of_it() -> None:
    assert result_of(PROPOSED, {**ALL_YES, "presence": Answer(Met.PARTLY, "Un giorno.")}) is Remoteness.PARTLY


def test_a_criterion_that_is_not_required_never_rules_it_out() -> None:
    assert result_of(PROPOSED, {**ALL_YES, "tools": Answer(Met.NO, "Carta.")}) is Remoteness.PARTLY


@given(answers)
def test_the_result_is_the_one_of_the_three_sentences(given_answers: dict[str, Answer]) -> None:
    result = result_of(PROPOSED, given_answers)
    met = {key: answer.met for key, answer in given_answers.items()}
    assert (result is Remoteness.REMOTE) == (set(met.values()) == {Met.YES})
    ruled_out = met["presence"] is Met.NO or met["relations"] is Met.NO
    assert (result is Remoteness.NOT) == ruled_out


@given(answers, st.sampled_from(PROPOSED))
def test_a_better_answer_never_makes_the_result_worse(given_answers: dict[str, Answer], each: object) -> None:
    order = [Remoteness.NOT, Remoteness.PARTLY, Remoteness.REMOTE]
    better = {**given_answers, each.key: Answer(Met.YES)}  # type: ignore[attr-defined]
    assert order.index(result_of(PROPOSED, better)) >= order.index(result_of(PROPOSED, given_answers))


def test_an_answer_that_is_missing_is_asked_for_beside_it() -> None:
    with pytest.raises(Refusal) as refused:
        checked_answers(PROPOSED, {key: answer for key, answer in ALL_YES.items() if key != "tools"})
    assert refused.value.field == "met_tools"


@pytest.mark.parametrize("met", [Met.PARTLY, Met.NO])
def test_what_is_not_a_full_yes_needs_a_reason(met: Met) -> None:
    with pytest.raises(Refusal) as refused:
        checked_answers(PROPOSED, {**ALL_YES, "output": Answer(met, "  ")})
    assert refused.value.field == "reason_output"


def test_a_reason_has_its_limit() -> None:
    with pytest.raises(Refusal) as refused:
        checked_answers(PROPOSED, {**ALL_YES, "output": Answer(Met.NO, "a" * 1001)})
    assert refused.value.field == "reason_output"


def test_answers_to_criteria_that_are_not_asked_are_dropped() -> None:
    assert list(checked_answers(PROPOSED[:2], ALL_YES)) == ["individual", "tools"]


def test_marks_are_equal_for_the_same_answers_whatever_the_reasons() -> None:
    one = {"a": Answer(Met.NO, "Uno."), "b": Answer(Met.YES)}
    other = {"b": Answer(Met.YES), "a": Answer(Met.NO, "Due.")}
    assert marks(1, one) == marks(1, other) == "1;a=no;b=yes"
    assert marks(1, one) != marks(2, one)


def test_marks_of_the_longest_version_fit_their_column() -> None:
    assert len(marks(99999, {f"{n:020d}": Answer(Met.PARTLY, "x") for n in range(12)})) <= 500


def test_an_activity_is_due_when_never_assessed_when_criteria_changed_and_after_a_year() -> None:
    assert review_of(None, under=None, current=7, today=TODAY) is Review.NEVER
    assert review_of(date(2026, 11, 1), under=6, current=7, today=TODAY) is Review.CRITERIA
    assert review_of(date(2025, 11, 20), under=7, current=7, today=TODAY) is Review.YEAR
    assert review_of(date(2025, 11, 21), under=7, current=7, today=TODAY) is None


def test_nothing_is_due_before_criteria_are_published() -> None:
    assert review_of(None, under=None, current=None, today=TODAY) is None


def test_a_year_before_the_29_february_is_the_28th() -> None:
    assert review_limit(date(2028, 2, 29)) == date(2027, 2, 28)

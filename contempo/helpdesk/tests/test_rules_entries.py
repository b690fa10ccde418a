"""The states of the catalogue, who approves, when an entry is looked at again."""

from datetime import date, timedelta

import pytest
from hypothesis import given
from hypothesis import strategies as st

from contempo.core.verdict import NotPermitted, Refusal
from contempo.helpdesk.rules.differences import Change, differences
from contempo.helpdesk.rules.entries import (
    CATALOGUE,
    LATEST_REVIEW,
    MAX_TITLE,
    REMOVED,
    REVIEW_LABELS,
    REVIEW_NOTICES,
    REVISION,
    Facts,
    Review,
    RevisionState,
    Significance,
    Source,
    State,
    Who,
    Words,
    check_complete,
    check_facts,
    check_lengths,
    check_review_date,
    clears_review,
    is_behind,
    is_due,
    may_approve,
    may_propose,
    reason_for,
    weightier,
)
from contempo.helpdesk.rules.topics import Topic

TODAY = date(2026, 11, 20)
GOOD = Words("Posso?", "", "Sì.")


@pytest.mark.parametrize(
    ("consent", "answered", "proposed", "may"),
    [(True, True, False, True), (False, True, False, False), (True, False, False, False), (True, True, True, False)],
)
def test_an_entry_is_drafted_once_from_an_answered_question_with_consent(consent, answered, proposed, may):
    assert bool(may_propose(consent=consent, answered=answered, proposed=proposed)) is may


@pytest.mark.parametrize(("author", "person", "may"), [(1, 2, True), (1, 1, False), (1, None, False)])
def test_a_second_person_approves(author, person, may):
    assert bool(may_approve(author_id=author, person_id=person)) is may


def test_no_step_of_the_author_publishes():
    assert "approve" not in {step.name for step in REVISION.available(RevisionState.PROPOSED, {Who.AUTHOR})}
    with pytest.raises(NotPermitted):
        REVISION.move(RevisionState.PROPOSED, "approve", {Who.AUTHOR})
    assert REVISION.move(RevisionState.PROPOSED, "approve", {Who.SECOND}) == RevisionState.APPROVED


def test_a_retired_entry_comes_back_only_by_approval():
    assert {step.name for step in CATALOGUE.available(State.RETIRED, set(Who))} == {"publish"}


@pytest.mark.parametrize(
    ("words", "topics", "field"),
    [
        (GOOD, ("welfare",), None),
        (Words(" ", "", "Sì."), ("welfare",), "title"),
        (Words("Posso?", "", " "), ("welfare",), "answer"),
        (GOOD, (), "topics"),
        (Words("Posso?", f"Chi {REMOVED} chiede", "Sì."), ("welfare",), "question"),
    ],
)
def test_what_is_proposed_is_complete(words, topics, field):
    if field is None:
        check_complete(words, topics)
        return
    with pytest.raises(Refusal) as refused:
        check_complete(words, topics)
    assert refused.value.field == field


def test_words_too_long_are_told_with_their_number():
    with pytest.raises(Refusal, match=str(MAX_TITLE + 1)) as refused:
        check_lengths(Words("x" * (MAX_TITLE + 1), "", ""))
    assert refused.value.field == "title"


@pytest.mark.parametrize(
    ("facts", "field"),
    [
        (Facts(tuple(Topic)[:5]), "topics"),
        (Facts((Topic.WELFARE,), tuple(range(13))), "norms"),
        (Facts((Topic.WELFARE,), (), (Source("T", "javascript:alert(1)", TODAY),)), "sources"),
        (Facts((Topic.WELFARE,), (), (Source(" ", "https://example.org", TODAY),)), "sources"),
        (Facts((Topic.WELFARE,), (), (Source("T", "https://example.org", TODAY + timedelta(1)),)), "sources"),
        (Facts((Topic.WELFARE,), review_on=TODAY), "review_on"),
    ],
)
def test_facts_that_cannot_be_are_refused_beside_their_field(facts, field):
    with pytest.raises(Refusal) as refused:
        check_facts(facts, TODAY)
    assert refused.value.field == field


def test_a_topic_no_form_offers_is_a_mistake_of_the_program():
    with pytest.raises(ValueError, match="topic"):
        check_facts(Facts(("nonsense",)), TODAY)


@given(
    st.builds(
        Facts,
        st.lists(st.sampled_from(list(Topic)), max_size=4, unique=True).map(tuple),
        st.lists(st.integers(1, 99), max_size=3).map(tuple),
        st.lists(st.builds(Source, st.text(max_size=9), st.just("https://example.org"), st.dates()), max_size=2).map(
            tuple
        ),
        st.none() | st.dates(),
    )
)
def test_facts_are_kept_and_read_back_as_they_were(facts):
    assert Facts.from_json(facts.to_json()) == facts


@pytest.mark.parametrize(
    ("days", "good"), [(0, False), (1, True), (LATEST_REVIEW.days, True), (LATEST_REVIEW.days + 1, False)]
)
def test_the_next_review_is_a_day_to_come_within_two_years(days, good):
    if good:
        check_review_date(TODAY + timedelta(days), TODAY)
        return
    with pytest.raises(Refusal):
        check_review_date(TODAY + timedelta(days), TODAY)


@pytest.mark.parametrize(
    ("since", "on", "due"),
    [(None, None, False), (None, TODAY + timedelta(1), False), (None, TODAY, True), ("yesterday", None, True)],
)
def test_an_entry_is_to_be_reviewed_when_something_happened_or_its_day_has_come(since, on, due):
    assert is_due(since, on, TODAY) is due


def test_an_ended_norm_weighs_more_than_a_changed_one():
    assert weightier("", Review.ASKED) == Review.ASKED
    assert weightier(Review.NORM_CHANGED, Review.NORM_ENDED) == Review.NORM_ENDED
    assert weightier(Review.NORM_ENDED, Review.NORM_CHANGED) == Review.NORM_ENDED
    assert set(REVIEW_LABELS) == set(REVIEW_NOTICES) == set(Review)


def test_wording_answers_no_review():
    assert [clears_review(each) for each in Significance] == [False, True, True]


@pytest.mark.parametrize(
    ("based_on", "approved", "behind"),
    [
        (1, [(1, "substance")], False),
        (1, [(1, "substance"), (2, "wording")], False),
        (1, [(1, "substance"), (2, "normative")], True),
        (None, [(1, "substance")], True),
        (2, [(1, "substance"), (2, "substance")], False),
    ],
)
def test_a_translation_is_behind_when_a_later_text_changes_more_than_the_wording(based_on, approved, behind):
    assert is_behind(based_on, approved) is behind


def test_a_decision_has_a_reason_of_some_length():
    assert reason_for("  Manca la norma citata. ") == "Manca la norma citata."
    for text in ("", "no", "x" * 1001):
        with pytest.raises(Refusal):
            reason_for(text)


def test_differences_tell_what_was_taken_out_and_put_in():
    assert differences("Sì, a ore.", "No, a ore.") == (
        ("Sì", Change.REMOVED),
        ("No", Change.ADDED),
        (", a ore.", Change.SAME),
    )


@given(st.text(max_size=200), st.text(max_size=200))
def test_differences_lose_nothing_of_either_text(before, after):
    pieces = differences(before, after)
    assert "".join(text for text, what in pieces if what != Change.ADDED) == before
    assert "".join(text for text, what in pieces if what != Change.REMOVED) == after

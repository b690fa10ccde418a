"""Accession: the steps of a request, who may take them, and the reasons that go with them."""

from datetime import UTC, date, datetime, timedelta

import pytest
from hypothesis import given
from hypothesis import strategies as st

from contempo.core.verdict import NotPermitted, Refusal
from contempo.network.rules.accession import (
    ACCESSION,
    DRAFT_KEPT,
    EDITABLE,
    LINK_MAILS,
    MAX_DOCUMENTS,
    MAX_REASON,
    MIN_REASON,
    NEEDS_REASON,
    OPEN_STATES,
    REMIND_AFTER,
    STANDING_LABELS,
    STEP_LABELS,
    WITH_AGENCY,
    Known,
    Standing,
    State,
    Step,
    Version,
    Who,
    check_documents,
    check_link_mails,
    check_not_doubled,
    in_force,
    next_step,
    reason_for,
    reminder_due,
)

EVERYBODY = frozenset(Who)
ENDS = {State.REFUSED, State.WITHDRAWN, State.CEASED}
NOON = datetime(2026, 11, 20, 11, tzinfo=UTC)

PATH = [
    ("submit", Who.APPLICANT, State.SUBMITTED),
    ("examine", Who.AGENCY, State.IN_EXAMINATION),
    ("ask_changes", Who.AGENCY, State.CHANGES_ASKED),
    ("answer", Who.APPLICANT, State.IN_EXAMINATION),
    ("admit", Who.AGENCY, State.ADMITTED),
    ("sign", Who.REPRESENTATIVE, State.SIGNED),
    ("cease", Who.REPRESENTATIVE, State.CEASED),
]


def test_a_request_goes_from_the_draft_to_the_membership_and_to_its_end():
    state = ACCESSION.initial
    for name, who, target in PATH:
        state = ACCESSION.move(state, name, {who})
        assert state == target


@pytest.mark.parametrize("state", State)
def test_each_step_is_open_only_to_those_it_belongs_to(state):
    for step in ACCESSION.available(state, EVERYBODY):
        assert ACCESSION.move(state, step.name, step.who) == step.target
        with pytest.raises(NotPermitted):
            ACCESSION.move(state, step.name, EVERYBODY - step.who)
        with pytest.raises(NotPermitted):
            ACCESSION.move(state, step.name, ())


@pytest.mark.parametrize("state", State)
def test_a_step_that_does_not_leave_the_state_is_refused_even_to_those_it_belongs_to(state):
    open_here = {step.name for step in ACCESSION.available(state, EVERYBODY)}
    for step in ACCESSION.transitions:
        if step.name not in open_here:
            with pytest.raises(Refusal) as refused:
                ACCESSION.move(state, step.name, EVERYBODY)
            assert not isinstance(refused.value, NotPermitted)


@pytest.mark.parametrize("state", sorted(ENDS))
def test_nothing_follows_an_end(state):
    assert ACCESSION.available(state, EVERYBODY) == ()


@pytest.mark.parametrize("state", sorted(set(State) - ENDS))
def test_wherever_a_request_stands_somebody_can_take_it_further(state):
    assert ACCESSION.available(state, EVERYBODY)


@pytest.mark.parametrize("state", OPEN_STATES)
def test_the_applicant_can_always_take_back_a_request_that_has_not_ended(state):
    assert ACCESSION.move(state, "withdraw", {Who.APPLICANT}) == State.WITHDRAWN


@pytest.mark.parametrize("state", [State.DRAFT, State.SIGNED, *sorted(ENDS)])
def test_a_draft_a_membership_and_an_ended_request_are_not_withdrawn(state):
    with pytest.raises(Refusal):
        ACCESSION.move(state, "withdraw", {Who.APPLICANT})


def test_the_agency_may_refuse_also_while_it_awaits_the_changes_it_asked_for():
    assert ACCESSION.move(State.CHANGES_ASKED, "refuse", {Who.AGENCY}) == State.REFUSED


def test_the_agency_never_signs_and_the_applicant_never_decides():
    assert not {step.name for step in ACCESSION.transitions if Who.AGENCY in step.who} & {"submit", "answer", "sign"}
    decisions = {"examine", "ask_changes", "admit", "refuse", "confirm"}
    assert not {step.name for step in ACCESSION.transitions if Who.APPLICANT in step.who} & decisions


def test_the_answers_can_be_changed_exactly_where_the_applicant_can_send_them():
    sending = {source for step in ACCESSION.transitions if step.name in {"submit", "answer"} for source in step.sources}
    assert sending == set(EDITABLE)


def test_the_agency_has_the_next_move_exactly_where_it_can_admit():
    assert {source for step in ACCESSION.transitions if step.name == "admit" for source in step.sources} == set(
        WITH_AGENCY
    )


@pytest.mark.parametrize("transition", sorted(NEEDS_REASON))
@pytest.mark.parametrize("text", ["", "   \n", "no", "x" * (MIN_REASON - 1), " " * 40 + "breve"])
def test_who_asks_for_changes_refuses_or_ends_says_why(transition, text):
    with pytest.raises(Refusal) as refused:
        reason_for(transition, text)
    assert refused.value.field == "reason"


@pytest.mark.parametrize("transition", sorted(NEEDS_REASON))
def test_a_reason_is_kept_without_the_blanks_around_it(transition):
    assert reason_for(transition, "  Manca lo statuto.\n") == "Manca lo statuto."


@pytest.mark.parametrize("step", [step for step in ACCESSION.transitions if step.name not in NEEDS_REASON])
def test_no_other_step_needs_a_reason(step):
    assert reason_for(step.name, "") == ""


@pytest.mark.parametrize("transition", ["refuse", "withdraw"])
def test_a_reason_has_a_greatest_length(transition):
    assert len(reason_for(transition, "x" * MAX_REASON)) == MAX_REASON
    with pytest.raises(Refusal) as refused:
        reason_for(transition, "x" * (MAX_REASON + 1))
    assert refused.value.params == {"count": MAX_REASON + 1, "most": MAX_REASON}


def test_every_transition_that_needs_a_reason_exists():
    assert {step.name for step in ACCESSION.transitions} >= NEEDS_REASON


def test_the_wizard_has_four_steps_and_then_the_summary():
    walked, step = [Step.ORGANISATION], next_step(Step.ORGANISATION)
    while step is not None:
        walked.append(step)
        step = next_step(step)
    assert walked == list(Step)
    assert len(walked) == 4


def test_every_step_and_every_standing_has_a_label():
    assert set(STEP_LABELS) == set(Step)
    assert set(STANDING_LABELS) == set(Standing)


def test_a_member_does_not_ask_again():
    with pytest.raises(Refusal) as refused:
        check_not_doubled(Known(organisation_id=7, is_member=True))
    assert refused.value.field == "tax_code"


def test_an_organisation_has_one_request_under_way():
    with pytest.raises(Refusal) as refused:
        check_not_doubled(Known(open_request=True))
    assert refused.value.field == "tax_code"


def test_an_organisation_that_is_merely_known_may_ask():
    check_not_doubled(Known(organisation_id=7))
    check_not_doubled(Known())


@pytest.mark.parametrize("state", sorted(REMIND_AFTER))
def test_a_reminder_leaves_when_the_wait_is_over_and_not_before(state):
    wait = REMIND_AFTER[state]
    assert reminder_due(state, NOON - wait, None, NOON)
    assert not reminder_due(state, NOON - wait + timedelta(seconds=1), None, NOON)


@pytest.mark.parametrize("state", sorted(set(State) - set(REMIND_AFTER)))
def test_nobody_is_reminded_of_a_step_that_is_not_theirs(state):
    assert not reminder_due(state, NOON - timedelta(days=400), None, NOON)


def test_one_reminder_for_each_stay():
    since = NOON - timedelta(days=30)
    assert not reminder_due(State.CHANGES_ASKED, since, since + timedelta(days=10), NOON)
    assert reminder_due(State.CHANGES_ASKED, since, since - timedelta(days=3), NOON)


def test_a_draft_is_reminded_of_long_before_it_is_erased():
    assert REMIND_AFTER[State.DRAFT] < DRAFT_KEPT


def test_a_request_has_a_few_documents():
    check_documents(MAX_DOCUMENTS)
    with pytest.raises(Refusal):
        check_documents(MAX_DOCUMENTS + 1)


def test_nobodys_letter_box_is_flooded_with_links():
    check_link_mails(LINK_MAILS)
    with pytest.raises(Refusal):
        check_link_mails(LINK_MAILS + 1)


FIRST = Version(id=11, number=1, in_force_from=date(2014, 1, 1))
SECOND = Version(id=12, number=2, in_force_from=date(2026, 1, 1))


def test_a_version_of_the_agreement_holds_from_its_day_until_the_next_one_does():
    assert in_force([FIRST, SECOND], date(2013, 12, 31)) is None
    assert in_force([FIRST, SECOND], date(2014, 1, 1)) == FIRST
    assert in_force([FIRST, SECOND], date(2025, 12, 31)) == FIRST
    assert in_force([FIRST, SECOND], date(2026, 1, 1)) == SECOND


def test_without_a_version_nothing_is_in_force():
    assert in_force([], date(2026, 1, 1)) is None


@given(st.permutations([FIRST, SECOND, Version(13, 3, date(2026, 1, 1))]))
def test_of_two_versions_of_the_same_day_the_later_holds_in_whatever_order_they_come(versions):
    assert in_force(versions, date(2026, 6, 1)).number == 3

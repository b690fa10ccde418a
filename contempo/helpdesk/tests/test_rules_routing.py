"""To whom a question is proposed, and why."""

from dataclasses import replace
from datetime import UTC, date, datetime, timedelta

import pytest
from hypothesis import given
from hypothesis import strategies as st

from contempo.core.calendar import calendar_of, windows_of
from contempo.core.clock import ROME
from contempo.helpdesk.rules.clock import OFFICE_HOURS
from contempo.helpdesk.rules.conflicts import Conflict
from contempo.helpdesk.rules.routing import Absence, Bar, Candidate, Facts, propose
from contempo.helpdesk.rules.topics import Topic

MILAN = calendar_of("Milano", "MI")
NOW = datetime(2026, 11, 16, 10, tzinfo=ROME)
DUE = NOW + timedelta(hours=48)
FACTS = Facts(Topic.PARENTAL_LEAVE, "015146", "it", DUE)
NADIA = Candidate(1, windows=OFFICE_HOURS)
IRENE = Candidate(2, windows=OFFICE_HOURS)


def proposed(*candidates: Candidate, facts: Facts = FACTS) -> int | None:
    return propose(facts, candidates, NOW, MILAN).person_id


def told(*candidates: Candidate, facts: Facts = FACTS) -> str:
    proposal = propose(facts, candidates, NOW, MILAN)
    return " ".join(reason.message % dict(reason.params) for reason in proposal.reasons)


def test_who_answers_on_the_topic_comes_before_who_answers_on_another():
    on_topic = replace(IRENE, topics=frozenset({Topic.PARENTAL_LEAVE}), load=4)
    assert proposed(replace(NADIA, topics=frozenset({Topic.WELFARE})), on_topic) == on_topic.person_id


def test_who_chose_the_topic_comes_before_who_answers_on_everything():
    assert proposed(NADIA, replace(IRENE, topics=frozenset({Topic.PARENTAL_LEAVE}))) == IRENE.person_id


def test_then_who_follows_the_municipality():
    here = replace(IRENE, municipalities=frozenset({"015146"}))
    elsewhere = replace(NADIA, municipalities=frozenset({"015182"}))
    assert proposed(elsewhere, here) == here.person_id
    assert proposed(elsewhere, IRENE) == IRENE.person_id


def test_then_who_works_before_the_deadline():
    fridays = replace(NADIA, windows=windows_of([[4, "09:00", "13:00"]]))
    assert proposed(fridays, replace(IRENE, load=4)) == IRENE.person_id


def test_then_who_has_the_smaller_share_of_the_load():
    assert proposed(replace(NADIA, load=4, capacity=10), replace(IRENE, load=3, capacity=5)) == NADIA.person_id


def test_then_who_was_proposed_longest_ago():
    yesterday = datetime(2026, 11, 15, 10, tzinfo=UTC)
    assert proposed(replace(NADIA, last_proposed=yesterday), IRENE) == IRENE.person_id
    assert (
        proposed(replace(NADIA, last_proposed=yesterday), replace(IRENE, last_proposed=yesterday - timedelta(days=1)))
        == IRENE.person_id
    )


def test_at_last_the_lower_number_so_that_the_same_always_comes_out():
    assert proposed(IRENE, NADIA) == proposed(NADIA, IRENE) == NADIA.person_id


@pytest.mark.parametrize(
    ("change", "bar"),
    [
        ({"conflict": Conflict("any")}, Bar.CONFLICT),
        ({"languages": frozenset({"en"})}, Bar.LANGUAGE),
        ({"absences": (Absence(date(2026, 11, 10), date(2026, 11, 19)),)}, Bar.AWAY),
        ({"load": 5}, Bar.FULL),
    ],
)
def test_who_cannot_receive_it_is_passed_over(change, bar):
    proposal = propose(FACTS, [replace(NADIA, **change), IRENE], NOW, MILAN)
    assert proposal.person_id == IRENE.person_id
    assert proposal.barred == ((NADIA.person_id, bar),)


def test_who_gave_it_back_does_not_get_it_again():
    assert proposed(NADIA, IRENE, facts=replace(FACTS, not_to=frozenset({NADIA.person_id}))) == IRENE.person_id


def test_who_is_back_before_the_deadline_is_not_away():
    back = replace(NADIA, absences=(Absence(date(2026, 11, 10), date(2026, 11, 18)),))
    assert proposed(back) == NADIA.person_id
    assert "Works before the deadline." in told(replace(back, absences=(Absence(NOW.date(), date(2026, 11, 17)),)))


def test_two_absences_one_after_the_other_are_one_long_absence():
    away = replace(
        NADIA,
        absences=(Absence(date(2026, 11, 17), date(2026, 11, 30)), Absence(date(2026, 11, 10), date(2026, 11, 17))),
    )
    assert proposed(away) is None


def test_a_holiday_is_no_time_to_answer():
    friday = datetime(2026, 12, 4, 18, tzinfo=ROME)
    facts = replace(FACTS, due_at=friday + timedelta(days=4))
    proposal = propose(facts, [NADIA], friday, MILAN)
    assert "Has no working hours before the deadline." in [reason.message for reason in proposal.reasons]


def test_when_everybody_is_full_the_one_least_over_receives_it_and_is_told_so():
    full = replace(NADIA, load=9), replace(IRENE, load=6)
    assert proposed(*full) == IRENE.person_id
    assert "everybody is full" in told(*full)


def test_a_conflict_is_never_overcome_even_when_nobody_else_is_there():
    assert proposed(replace(NADIA, conflict=Conflict("any")), replace(IRENE, languages=frozenset())) is None


def test_when_nobody_fits_the_coordinator_is_told_why():
    sentence = told(replace(NADIA, conflict=Conflict("any")), replace(IRENE, languages=frozenset({"en"})))
    assert "the coordinator chooses" in sentence
    assert "Kept away by a conflict of interest: 1." in sentence
    assert "Do not answer in the language of the question: 1." in sentence


def test_without_experts_nobody_is_proposed():
    assert proposed() is None


def test_the_reasons_are_sentences():
    here = replace(
        NADIA, topics=frozenset({Topic.PARENTAL_LEAVE}), municipalities=frozenset({"015146"}), load=2, capacity=6
    )
    assert told(here) == (
        "Answers on this topic. Follows this municipality. Works before the deadline. "
        "Has 2 questions under way, of 6 at once."
    )


def test_a_question_without_a_municipality_prefers_no_territory():
    somewhere = replace(IRENE, municipalities=frozenset({"015182"}), load=0)
    assert proposed(replace(NADIA, load=1), somewhere, facts=replace(FACTS, municipality="")) == somewhere.person_id


def test_after_the_deadline_it_is_proposed_all_the_same():
    assert proposed(NADIA, facts=replace(FACTS, due_at=NOW - timedelta(days=3))) == NADIA.person_id


candidates = st.lists(
    st.builds(
        Candidate,
        st.integers(1, 50),
        topics=st.frozensets(st.sampled_from(Topic), max_size=2),
        municipalities=st.frozensets(st.sampled_from(["015146", "015182"])),
        languages=st.frozensets(st.sampled_from(["it", "en"])),
        windows=st.sampled_from([OFFICE_HOURS, windows_of([[4, "09:00", "13:00"]]), ()]),
        absences=st.sampled_from([(), (Absence(date(2026, 11, 10), date(2026, 11, 30)),)]),
        capacity=st.integers(1, 6),
        load=st.integers(0, 8),
        conflict=st.sampled_from([None, Conflict("any")]),
    ),
    max_size=8,
    unique_by=lambda candidate: candidate.person_id,
)


@given(candidates, st.randoms())
def test_the_order_in_which_experts_are_read_does_not_matter(experts, random):
    assert propose(FACTS, random.sample(experts, len(experts)), NOW, MILAN) == propose(FACTS, experts, NOW, MILAN)


@given(candidates)
def test_whoever_is_proposed_could_receive_it_and_every_expert_is_accounted_for(experts):
    proposal = propose(FACTS, experts, NOW, MILAN)
    barred = dict(proposal.barred)
    assert barred.get(proposal.person_id) in (None, Bar.FULL)
    assert all(barred.get(other.person_id) in (None, Bar.FULL) for other in proposal.others)
    if proposal.person_id is not None:
        assert proposal.reasons
        chosen = next(expert for expert in experts if expert.person_id == proposal.person_id)
        assert chosen.conflict is None
        assert "it" in chosen.languages

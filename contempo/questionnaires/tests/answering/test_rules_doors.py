"""Doors: addresses, when answers are taken, how long it takes, how far one is."""

from datetime import datetime, timedelta

import pytest

from contempo.core.clock import ROME
from contempo.questionnaires.rules.asking import asked
from contempo.questionnaires.rules.doors import (
    Door,
    answered_here,
    digest,
    is_handed_on,
    left_out,
    may_begin,
    may_keep_writing,
    may_take,
    minutes,
    needs_secret,
    read_door,
    share_answered,
    unseen,
)
from contempo.questionnaires.rules.states import CampaignState, Channel, InvitationState, Mode
from contempo.questionnaires.tests.samples import sample_answers, sample_document

OPENS = datetime(2026, 11, 2, 9, tzinfo=ROME)
CLOSES = datetime(2026, 12, 18, 18, tzinfo=ROME)
SECRET = "a" * 32


@pytest.mark.parametrize(
    "door", [Door("c" * 24), Door("c" * 24, "", SECRET), Door("", "famiglie"), Door("", "famiglie", SECRET)]
)
def test_an_address_leads_back_to_its_door(door: Door) -> None:
    assert read_door(door.path) == door


def test_a_digest_does_not_tell_the_secret() -> None:
    assert len(digest(SECRET)) == 32
    assert SECRET.encode() not in digest(SECRET)


@pytest.mark.parametrize(
    ("state", "now", "takes"),
    [
        (CampaignState.OPEN, OPENS, True),
        (CampaignState.OPEN, OPENS - timedelta(seconds=1), False),
        (CampaignState.OPEN, CLOSES - timedelta(seconds=1), True),
        (CampaignState.OPEN, CLOSES, False),
        (CampaignState.DRAFT, OPENS, False),
        (CampaignState.CLOSED, OPENS, False),
    ],
)
def test_answers_are_taken_from_opening_until_closing(state: CampaignState, now: datetime, takes: bool) -> None:
    assert bool(may_take(state, OPENS, CLOSES, now)) is takes


def test_what_is_being_written_is_kept_for_a_day_after_closing() -> None:
    early = CLOSES - timedelta(days=5)
    assert may_keep_writing(CLOSES, None, CLOSES + timedelta(hours=23))
    assert not may_keep_writing(CLOSES, None, CLOSES + timedelta(hours=24))
    assert not may_keep_writing(CLOSES, early, CLOSES)


def test_a_spent_or_replaced_invitation_begins_nothing() -> None:
    refused = {state for state in InvitationState if not may_begin(state)}
    assert refused == {InvitationState.COMPLETED, InvitationState.REPLACED}


@pytest.mark.parametrize("mode", list(Mode))
def test_an_address_of_its_own_is_for_public_links_those_handed_on_and_anonymous_answers(mode: Mode) -> None:
    assert needs_secret(mode, invited=False)
    assert needs_secret(mode, invited=True, handed_on=True)
    assert needs_secret(mode, invited=True) is (mode == Mode.ANONYMOUS)


def test_a_link_is_handed_on_by_a_delegate_or_a_municipality() -> None:
    handed_on = {channel for channel in Channel if is_handed_on(channel, None)}
    assert handed_on == {Channel.DELEGATE, Channel.MUNICIPALITY}
    assert is_handed_on(Channel.EMAIL, 7)


def test_it_takes_some_minutes() -> None:
    assert 2 <= minutes(sample_document()) <= 8


def test_the_share_answered_counts_what_is_asked() -> None:
    document = sample_document()
    assert share_answered(asked(document, {})) == 0
    assert share_answered(asked(document, {"workers": 1})) < 0.5
    assert share_answered(asked(document, sample_answers(since="2020-01-01", parent=4, proof=[1]))) == 1


def test_an_anonymous_campaign_asks_for_no_file() -> None:
    document = sample_document()
    assert answered_here(document, Mode.CONFIDENTIAL) is document
    kept = {placed.question.key for placed in answered_here(document, Mode.ANONYMOUS).questions()}
    assert {placed.question.key for placed in document.questions()} - kept == {"proof"}


def test_answers_to_what_is_not_asked_now_are_set_aside() -> None:
    old = {"flexible": "yes", "how": ["entry"], "how.other": "altro"}
    assert left_out(old, {"flexible": "no"}, ("how",)) == {"how": ["entry"], "how.other": "altro"}


def test_a_question_that_was_not_in_sight_is_known() -> None:
    document = sample_document()
    page = document.pages[1]
    assert unseen(document, page, {"flexible": "yes"}, ()) == ("how",)
    assert unseen(document, page, {"flexible": "yes"}, ("how",)) == ()
    assert unseen(document, page, {"flexible": "no"}, ()) == ()

"""What happens by itself: reminders that leave once, drafts that are forgotten."""

import pytest

from contempo.core.outbox import kept_mails
from contempo.core.verdict import NotPermitted, Refusal
from contempo.network.actions.accession.decisions import ask_changes, remind
from contempo.network.actions.accession.drafts import attach, begin_draft, mail_draft_link, save_step, submit
from contempo.network.actions.accession.upkeep import (
    erase_forgotten_drafts,
    forgotten_drafts,
    remind_idle,
    waiting_for_reminder,
)
from contempo.network.models import AccessionRequest, RequestEntry
from contempo.network.rules.accession import State, Step
from contempo.network.tests.factories import application, pdf
from contempo.people.public import SYSTEM

pytestmark = pytest.mark.django_db


def remind_all():
    """What the nightly job does; tells how many reminders left."""
    return sum(remind_idle(SYSTEM, request_id=number) for number in waiting_for_reminder())


@pytest.mark.parametrize(
    ("state", "too_early", "day"),
    [
        (State.DRAFT, "2026-11-08T09:59", "2026-11-08T10:00"),
        (State.CHANGES_ASKED, "2026-11-11T09:59", "2026-11-11T10:00"),
        (State.ADMITTED, "2026-11-16T09:59", "2026-11-16T10:00"),
    ],
)
def test_who_leaves_a_request_lying_is_reminded_once(world, at, state, too_early, day):
    at("2026-11-01T10:00")
    world.request(state)
    at(too_early)
    assert remind_all() == 0
    at(day)
    assert (remind_all(), remind_all()) == (1, 0)
    at("2027-10-01T10:00")
    assert remind_all() == 0


def test_two_workers_send_one_reminder(world, at):
    at("2026-11-01T10:00")
    request = world.request(State.ADMITTED)
    at("2026-12-01T10:00")
    both = [list(waiting_for_reminder()), list(waiting_for_reminder())]
    assert both == [[request.id], [request.id]]
    assert [remind_idle(SYSTEM, request_id=request.id) for _worker in both] == [True, False]


@pytest.mark.parametrize("state", sorted(set(State) - {State.DRAFT, State.CHANGES_ASKED, State.ADMITTED}))
def test_nobody_is_reminded_of_what_is_not_theirs_to_do(world, at, state):
    at("2026-11-01T10:00")
    world.request(state)
    at("2027-11-01T10:00")
    assert remind_all() == 0


def test_a_second_stay_has_its_own_reminder(world, at):
    at("2026-11-01T10:00")
    request = world.request(State.CHANGES_ASKED)
    at("2026-11-12T10:00")
    assert remind_all() == 1
    submit(world.actor(world.ivo), request_id=request.id, application=application(tax_code=request.tax_code))
    at("2026-11-13T10:00")
    ask_changes(world.actor(world.marta), request_id=request.id, reason="Manca ancora una firma.")
    at("2026-11-23T10:00")
    assert remind_all() == 1


def test_a_reminder_sent_by_hand_takes_the_place_of_the_one_that_leaves_by_itself(world, at):
    at("2026-11-01T10:00")
    request = world.request(State.ADMITTED)
    at("2026-11-10T10:00")
    remind(world.actor(world.marta), request_id=request.id)
    at("2026-12-10T10:00")
    assert remind_all() == 0


def test_the_story_tells_that_the_platform_sent_it(world, at):
    at("2026-11-01T10:00")
    request = world.request(State.ADMITTED)
    at("2026-12-01T10:00")
    remind_all()
    entry = RequestEntry.objects.filter(request=request, kind="reminder").get()
    assert entry.person is None
    assert not entry.internal


def test_who_began_without_an_account_and_left_an_address_gets_one_mail(world, at):
    at("2026-11-01T10:00")
    request, secret = begin_draft(world.actor(None), language="en")
    mail_draft_link(
        world.actor(None), request_id=request.id, secret=secret, email="sara@example.org", link="https://x/"
    )
    at("2026-11-08T10:00")
    assert (remind_all(), remind_all()) == (1, 0)
    reminder, _link = kept_mails(to="sara@example.org")
    assert reminder.subject == "Your request to join Milano awaits you"
    assert "https://x/" not in reminder.text


def test_who_left_no_address_is_not_looked_for(world, at):
    at("2026-11-01T10:00")
    begin_draft(world.actor(None), language="it")
    at("2026-12-01T10:00")
    assert remind_all() == 0


def test_a_request_that_is_gone_is_not_reminded_of():
    assert remind_idle(SYSTEM, request_id=999_999) is False


def test_a_draft_is_erased_a_year_after_the_last_change_and_not_before(world, at, django_capture_on_commit_callbacks):
    at("2025-11-01T10:00")
    draft = world.draft()
    sent = world.request(State.SUBMITTED, applicant=world.sara)
    at("2025-12-01T10:00")
    save_step(world.actor(world.ivo), request_id=draft.id, secret="", step=Step.AIMS, values={"aims": "Un nido"})
    document = attach(world.actor(world.ivo), request_id=draft.id, secret="", upload=pdf())
    at("2026-12-01T10:00")
    assert erase_forgotten_drafts(SYSTEM) == 0
    at("2026-12-01T10:01")
    with django_capture_on_commit_callbacks(execute=True):
        assert erase_forgotten_drafts(SYSTEM) == 1
    assert erase_forgotten_drafts(SYSTEM) == 0
    assert list(AccessionRequest.objects.values_list("id", flat=True)) == [sent.id]
    assert not document.path.exists()


def test_only_drafts_are_forgotten(world, at):
    at("2025-01-01T10:00")
    for state in sorted(set(State) - {State.DRAFT}):
        world.request(state)
    at("2026-12-01T10:00")
    assert not forgotten_drafts().exists()


def test_a_reminder_does_not_put_the_erasure_off(world, at):
    at("2025-11-01T10:00")
    world.draft()
    at("2026-10-01T10:00")
    assert remind_all() == 1
    at("2026-11-02T10:00")
    assert erase_forgotten_drafts(SYSTEM) == 1


def test_the_agency_does_not_see_drafts_and_reminds_of_none(world):
    with pytest.raises(Refusal):
        remind(world.actor(world.marta), request_id=world.draft().id)


def test_nobody_sends_or_erases_by_hand_what_happens_by_itself(world):
    for actor in world.everybody.values():
        with pytest.raises(NotPermitted):
            remind_idle(actor, request_id=world.milano.id)
        with pytest.raises(NotPermitted):
            erase_forgotten_drafts(actor)

"""Letters of a campaign: sent once each, in the language of who gets them, never to who is done."""

from datetime import timedelta

import pytest

from contempo.core.clock import now
from contempo.core.outbox import deliver_pending, kept_mails
from contempo.core.testing import At
from contempo.core.verdict import NotPermitted, Refusal
from contempo.people.public import SYSTEM
from contempo.questionnaires.access import code_of
from contempo.questionnaires.actions.invitations.asking import (
    ask_due_reminders,
    ask_invitations,
    ask_reminders,
    stop_reminders,
)
from contempo.questionnaires.actions.invitations.preparing import prepare_invitations
from contempo.questionnaires.actions.invitations.sending import note_bounced, note_refused_letters, write_letters
from contempo.questionnaires.jobs.sending import remind, write_what_is_left
from contempo.questionnaires.models import Invitation, Sending
from contempo.questionnaires.rules.states import InvitationState
from contempo.questionnaires.tests.campaigns.conftest import Desk, Postbox, words
from contempo.questionnaires.tests.factories import InvitationFactory, TargetFactory, answer


def prepared(desk: Desk, **facts: object) -> Invitation:
    found: Invitation = InvitationFactory(
        campaign=desk.it.named, target=TargetFactory(campaign=desk.it.named), state="prepared", sent_at=None, **facts
    )
    return found


def test_an_invitation_leaves_once_with_its_own_link_and_one_click_to_stop(desk: Desk, postbox: Postbox) -> None:
    one = prepared(desk, email="ivo@example.org", name="Ivo Ferri")
    Invitation.objects.filter(campaign=desk.it.named, state="prepared").exclude(pk=one.pk).delete()
    assert ask_invitations(desk.actor(), campaign_id=desk.it.named.pk) == 1
    deliver_pending()
    deliver_pending()
    (letter,) = postbox.received
    text = letter.get_body(("plain",)).get_content()
    assert letter["To"] == "ivo@example.org"
    assert "Mappatura con nome" in letter["Subject"]
    assert f"/milano/r/{code_of(one)}/" in text
    assert "venerdì 18 dicembre 2026" in text
    assert letter["List-Unsubscribe-Post"] == "List-Unsubscribe=One-Click"
    one.refresh_from_db()
    assert (one.state, one.asked_at) == (InvitationState.SENT, None)
    assert Sending.objects.get(invitation=one).message_id == letter["Message-ID"]


def test_who_reads_english_gets_an_english_letter(desk: Desk, postbox: Postbox) -> None:
    one = prepared(desk, email="ann@example.org", language="en")
    ask_invitations(desk.actor(), campaign_id=desk.it.named.pk, chosen=[one.pk])
    deliver_pending()
    assert "We want to know" in postbox.received[0].get_body(("plain",)).get_content()


def test_one_click_from_the_mail_program_ends_the_letters(desk: Desk, postbox: Postbox) -> None:
    one = prepared(desk, email="ivo@example.org")
    ask_invitations(desk.actor(), campaign_id=desk.it.named.pk, chosen=[one.pk])
    deliver_pending()
    address = postbox.received[0]["List-Unsubscribe"].strip("<>")
    path = "/milano/" + address.partition("/milano/")[2]
    assert "Non vuoi rispondere?" in desk.client(None).get(path).content.decode()
    one.refresh_from_db()
    assert one.state == InvitationState.SENT
    assert desk.client(None).post(path, {"List-Unsubscribe": "One-Click"}).status_code == 200
    one.refresh_from_db()
    assert one.state == InvitationState.REFUSED


def test_letters_are_written_in_batches_and_nobody_gets_two(desk: Desk, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr("contempo.questionnaires.actions.invitations.sending.BATCH", 2)
    made = [prepared(desk) for _each in range(5)]
    ask_invitations(desk.actor(), campaign_id=desk.it.named.pk, chosen=[one.pk for one in made])
    assert write_letters(SYSTEM, campaign_id=desk.it.named.pk) == 2
    waiting = words(desk.see(desk.it.named, "inviti/"))
    assert "2 / 5" in waiting
    write_what_is_left(timestamp=0)
    deliver_pending()
    written = [mail.to for mail in kept_mails()]
    assert sorted(written) == sorted(one.email for one in made)
    assert not Invitation.objects.filter(asked_at__isnull=False).exists()


def test_who_answered_while_a_letter_waited_is_not_written_to(desk: Desk) -> None:
    one = prepared(desk)
    ask_invitations(desk.actor(), campaign_id=desk.it.named.pk, chosen=[one.pk])
    Invitation.objects.filter(pk=one.pk).update(state="completed")
    deliver_pending()
    assert kept_mails() == ()


def test_a_letter_that_came_back_marks_the_invitation(desk: Desk, postbox: Postbox) -> None:
    one = prepared(desk, email="sbagliato@example.org")
    ask_invitations(desk.actor(), campaign_id=desk.it.named.pk, chosen=[one.pk])
    deliver_pending()
    sent = postbox.received[0]["Message-ID"]
    assert note_bounced(SYSTEM, message_ids=[sent, "<unknown@example.org>"], why="Undelivered Mail") == 1
    assert note_bounced(SYSTEM, message_ids=[sent], why="Undelivered Mail") == 0
    one.refresh_from_db()
    assert (one.state, one.reason) == (InvitationState.BOUNCED, "Undelivered Mail")


def test_an_address_the_mail_server_refuses_marks_the_invitation(desk: Desk, postbox: Postbox) -> None:
    postbox.answer = "550 no such person"
    one = prepared(desk, email="nessuno@example.org")
    ask_invitations(desk.actor(), campaign_id=desk.it.named.pk, chosen=[one.pk])
    deliver_pending()
    assert note_refused_letters(SYSTEM) == 1
    assert note_refused_letters(SYSTEM) == 0
    one.refresh_from_db()
    assert one.state == InvitationState.BOUNCED
    assert "550" in one.reason


def test_nothing_is_sent_while_the_campaign_takes_no_answers(desk: Desk) -> None:
    with pytest.raises(Refusal):
        ask_invitations(desk.actor(), campaign_id=desk.it.draft.pk)
    with pytest.raises(NotPermitted):
        ask_invitations(desk.actor("sara"), campaign_id=desk.it.named.pk)


def test_reminders_leave_by_plan_and_reach_only_who_is_not_done(desk: Desk, at: At) -> None:
    Invitation.objects.filter(campaign=desk.it.named, sent_at__isnull=False).update(sent_at=now() - timedelta(days=7))
    at("2026-11-20T08:00")
    assert ask_due_reminders(SYSTEM, campaign_id=desk.it.named.pk, now=now()) == 0
    at("2026-11-20T09:30")
    remind(timestamp=0)
    deliver_pending()
    reached = set(Sending.objects.filter(invitation__campaign=desk.it.named).values_list("address", flat=True))
    assert reached <= {mail.to for mail in kept_mails()}
    expected = {desk.it.invitation(desk.it.named, name).email for name in ("company", "coop")}
    assert reached == expected
    assert ask_due_reminders(SYSTEM, campaign_id=desk.it.named.pk, now=now()) == 0
    assert desk.it.invitation(desk.it.named, "coop").reminders == 1


def test_the_preview_of_reminders_lists_exactly_whom_they_reach(desk: Desk, at: At) -> None:
    page = desk.see(desk.it.named, "inviti/solleciti/")
    for row in page.select("tbody tr"):
        link = row.select_one("a")
        listed = desk.see(desk.it.named, "inviti/", sollecito=link["href"].partition("sollecito=")[2])
        assert len(listed.select("#list tbody tr")) == int(link.text)
    assert page.select("tbody tr")


def test_stopped_reminders_do_not_leave(desk: Desk) -> None:
    stop_reminders(desk.actor(), campaign_id=desk.it.named.pk, stopped=True)
    assert ask_due_reminders(SYSTEM, campaign_id=desk.it.named.pk, now=now()) == 0


def test_a_reminder_by_hand_leaves_out_who_had_a_letter_in_the_last_days(desk: Desk) -> None:
    coop = desk.it.invitation(desk.it.named, "coop")
    Invitation.objects.filter(pk=coop.pk).update(sent_at=now() - timedelta(hours=5))
    with pytest.raises(Refusal):
        ask_reminders(desk.actor(), campaign_id=desk.it.named.pk, chosen=[coop.pk])


def test_invitations_are_prepared_for_units_that_have_none_and_an_address_of_their_own(desk: Desk) -> None:
    for email in ("uno@example.org", "uno@example.org", ""):
        TargetFactory(campaign=desk.it.named, email=email)
    made, doubled = prepare_invitations(desk.actor(), campaign_id=desk.it.named.pk)
    assert (made, doubled) == (1, 1)
    assert prepare_invitations(desk.actor(), campaign_id=desk.it.named.pk) == (0, 1)


def test_whose_unit_another_answer_covers_is_reminded_no_more(desk: Desk, at: At) -> None:
    campaign = desk.it.named
    coop, company = (desk.it.invitation(campaign, name) for name in ("coop", "company"))
    colleague = InvitationFactory(campaign=campaign, target=coop.target)
    answer(InvitationFactory(campaign=campaign, target=coop.target))
    Invitation.objects.filter(campaign=campaign, sent_at__isnull=False).update(sent_at=now() - timedelta(days=7))
    at("2026-11-20T09:30")

    page = desk.see(campaign, "inviti/solleciti/")
    told = page.select_one('a[href$="unita=coperta"]')
    assert told.text == "2 inviti sono esclusi: altre risposte valgono già per le loro unità."
    listed = desk.see(campaign, "inviti/", unita="coperta").select("#list tbody tr")
    assert len(listed) == 2
    assert [int(row.select_one("a").text) for row in page.select("tbody tr")] == [1]

    with pytest.raises(Refusal):
        ask_reminders(desk.actor(), campaign_id=campaign.pk, chosen=[coop.pk, colleague.pk])
    assert ask_due_reminders(SYSTEM, campaign_id=campaign.pk, now=now()) == 1
    deliver_pending()
    assert {mail.to for mail in kept_mails()} == {company.email}


def test_nor_is_who_was_to_be_reminded_when_the_unit_was_covered(desk: Desk) -> None:
    campaign = desk.it.named
    coop = desk.it.invitation(campaign, "coop")
    Invitation.objects.filter(pk=coop.pk).update(sent_at=now() - timedelta(days=7))
    assert ask_reminders(desk.actor(), campaign_id=campaign.pk, chosen=[coop.pk]) == 1
    answer(InvitationFactory(campaign=campaign, target=coop.target))
    deliver_pending()
    coop.refresh_from_db()
    assert (coop.reminders, coop.asked_at) == (0, None)
    assert not kept_mails()

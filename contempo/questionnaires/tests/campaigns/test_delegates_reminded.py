"""Reminders to delegates: one letter each with how many wait, never with what was answered."""

from datetime import timedelta

import pytest

from contempo.core.clock import now
from contempo.core.outbox import kept_mails
from contempo.core.testing import At
from contempo.core.verdict import NotPermitted, Refusal
from contempo.people.public import SYSTEM
from contempo.questionnaires.actions.invitations.asking import stop_reminders
from contempo.questionnaires.actions.invitations.reminding import remind_delegate, remind_delegates
from contempo.questionnaires.jobs.sending import remind
from contempo.questionnaires.models import Delegate, Invitation
from contempo.questionnaires.rules.states import Channel, InvitationState
from contempo.questionnaires.tests.campaigns.conftest import Desk, words
from contempo.questionnaires.tests.factories import InvitationFactory, answer


@pytest.fixture
def handed(desk: Desk, at: At) -> list[Invitation]:
    """Three bare links handed on a week ago; the first of them is answered."""
    at("2026-11-13T10:00")
    made = InvitationFactory.create_batch(
        3,
        campaign=desk.it.named,
        delegate=desk.it.delegate,
        channel=Channel.DELEGATE.value,
        email="",
        state=InvitationState.SENT.value,
        sent_at=now(),
    )
    Invitation.objects.filter(delegate=desk.it.delegate).exclude(pk__in=[one.pk for one in made]).delete()
    Delegate.objects.filter(pk=desk.it.delegate.pk).update(told_at=now())
    answer(made[0])
    at("2026-11-20T09:30")
    return made


def letters() -> list[str]:
    return [mail.text for mail in kept_mails() if mail.to == "categoria@example.org"]


def test_by_plan_a_delegate_gets_one_letter_with_how_many_wait(desk: Desk, handed: list[Invitation]) -> None:
    remind(timestamp=0)
    (letter,) = letters()
    assert "2 aspettano ancora una risposta" in letter
    assert f"/delegati/{desk.it.delegate.pk}/" in letter
    assert "mai le risposte" in letter
    assert list(Invitation.objects.filter(delegate=desk.it.delegate).order_by("pk").values_list("reminders")) == [
        (0,),
        (1,),
        (1,),
    ]
    remind(timestamp=0)
    assert len(letters()) == 1


def test_the_next_one_leaves_when_the_plan_says_so_and_not_before(desk: Desk, handed: list[Invitation], at: At) -> None:
    remind(timestamp=0)
    at("2026-11-26T09:30")
    remind(timestamp=0)
    assert len(letters()) == 1
    at("2026-11-27T09:30")
    remind(timestamp=0)
    assert len(letters()) == 2


def test_none_leaves_before_nine_or_when_reminders_are_stopped(desk: Desk, handed: list[Invitation], at: At) -> None:
    at("2026-11-20T08:30")
    assert remind_delegates(SYSTEM, campaign_id=desk.it.named.pk, now=now()) == 0
    stop_reminders(desk.actor(), campaign_id=desk.it.named.pk, stopped=True)
    at("2026-11-20T09:30")
    assert remind_delegates(SYSTEM, campaign_id=desk.it.named.pk, now=now()) == 0


def test_a_delegate_that_was_just_written_to_waits(desk: Desk, handed: list[Invitation]) -> None:
    Delegate.objects.filter(pk=desk.it.delegate.pk).update(told_at=now() - timedelta(days=1))
    assert remind_delegates(SYSTEM, campaign_id=desk.it.named.pk, now=now()) == 0
    with pytest.raises(Refusal, match="last"):
        remind_delegate(desk.actor(), delegate_id=desk.it.delegate.pk)


def test_whose_links_were_all_answered_gets_no_letter(desk: Desk, handed: list[Invitation]) -> None:
    for one in handed[1:]:
        answer(one)
    assert remind_delegates(SYSTEM, campaign_id=desk.it.named.pk, now=now()) == 0
    with pytest.raises(Refusal, match="Nothing"):
        remind_delegate(desk.actor(), delegate_id=desk.it.delegate.pk)


def test_who_keeps_the_campaign_reminds_a_delegate_at_once(desk: Desk, handed: list[Invitation]) -> None:
    path = f"delegati/{desk.it.delegate.pk}/"
    assert "2 inviti consegnati aspettano una risposta" in words(desk.see(desk.it.named, path))
    desk.post(desk.it.named, f"{path}sollecita/")
    assert len(letters()) == 1
    assert "Ultimo sollecito al delegato: 20 novembre 2026." in words(desk.see(desk.it.named, path))
    remind(timestamp=0)
    assert len(letters()) == 1


def test_nobody_else_does(desk: Desk, handed: list[Invitation]) -> None:
    with pytest.raises(NotPermitted):
        remind_delegate(desk.actor("elena"), delegate_id=desk.it.delegate.pk)


def test_the_page_of_reminders_tells_of_delegates(desk: Desk, handed: list[Invitation]) -> None:
    page = words(desk.see(desk.it.named, "inviti/solleciti/"))
    assert "2 inviti in attesa sono affidati ad altri." in page
    assert "il suo delegato riceve una sola lettera" in page
    Delegate.objects.filter(pk=desk.it.delegate.pk).update(email="")
    page = words(desk.see(desk.it.named, "inviti/solleciti/"))
    assert "affidati ad altri" not in page
    assert "2 inviti in attesa non si possono sollecitare" in page

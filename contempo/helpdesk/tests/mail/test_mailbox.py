"""A mailbox is emptied without losing a message: what is not kept stays unread, what is fetched twice is one."""

import pytest

from contempo.helpdesk.actions.mail import polling, taking
from contempo.helpdesk.actions.mail.polling import Mailbox, MailboxTrouble, mailbox_of
from contempo.helpdesk.actions.mail.taking import fetch_mail
from contempo.helpdesk.jobs import fetch_unread_mail
from contempo.helpdesk.models import DeskPolicy, InboundMail, Question
from contempo.helpdesk.rules.mail import Outcome
from contempo.helpdesk.tests.factories import Desk
from contempo.helpdesk.tests.mail.posting import BERGAMO, written
from contempo.helpdesk.tests.mail.servers import mailbox
from contempo.people.public import SYSTEM

ONE = written().as_bytes()
TWO = written(message_id="<two@example.com>", text="Una seconda domanda, del tutto diversa dalla prima.").as_bytes()
FOR_NOBODY = written(to="altri@example.org", message_id="<three@example.com>").as_bytes()


def test_unread_messages_are_taken_in_and_marked(post: Desk) -> None:
    with mailbox(ONE, TWO) as box:
        box.seen.add(2)
        assert fetch_mail(SYSTEM, url=box.url) == 1
        assert box.seen == {1, 2}
        assert fetch_mail(SYSTEM, url=box.url) == 0
    assert Question.objects.count() == 1


def test_a_connection_lost_before_the_mark_loses_and_doubles_nothing(post: Desk) -> None:
    with mailbox(ONE) as box:
        box.broken_after_fetch = True
        with pytest.raises(MailboxTrouble):
            fetch_mail(SYSTEM, url=box.url)
        assert box.seen == set()
        assert Question.objects.count() == 1
        box.broken_after_fetch = False
        assert fetch_mail(SYSTEM, url=box.url) == 1
    assert Question.objects.count() == 1


def test_what_could_not_be_kept_stays_unread(post: Desk, monkeypatch: pytest.MonkeyPatch) -> None:
    def fail(*args: object, **kwargs: object) -> None:
        raise OSError("disk full")

    monkeypatch.setattr(taking, "receive", fail)
    with mailbox(ONE) as box:
        assert fetch_mail(SYSTEM, url=box.url) == 0
        assert box.seen == set()


def test_messages_that_stay_unread_do_not_keep_back_the_others(post: Desk, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(polling, "AT_ONCE", 1)
    with mailbox(FOR_NOBODY, ONE, TWO) as box:
        assert fetch_mail(SYSTEM, url=box.url) == 1
        assert box.seen == {2}
        assert fetch_mail(SYSTEM, url=box.url) == 1
        assert box.seen == {2, 3}


def test_a_message_for_no_desk_stays_unread_when_there_are_several(post: Desk) -> None:
    with mailbox(FOR_NOBODY) as box:
        assert fetch_mail(SYSTEM, url=box.url) == 0
        assert box.seen == set()


def test_a_message_for_no_desk_is_of_the_network_the_mailbox_names(post: Desk) -> None:
    with mailbox(FOR_NOBODY) as box:
        assert fetch_mail(SYSTEM, url=f"{box.url}?network=bergamo") == 1
    assert Question.objects.get().network.slug == "bergamo"


def test_a_message_for_no_desk_is_of_the_only_desk(post: Desk) -> None:
    DeskPolicy.objects.filter(mail_address=BERGAMO).update(mail_address="")
    with mailbox(FOR_NOBODY) as box:
        assert fetch_mail(SYSTEM, url=box.url) == 1
    assert Question.objects.get().network.slug == "milano"


def test_of_a_message_too_large_only_the_beginning_is_fetched(post: Desk, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(polling, "HEAD_BYTES", 200)
    with mailbox(ONE) as box:
        box.sizes[1] = 500_000_000
        assert fetch_mail(SYSTEM, url=box.url) == 1
    mail = InboundMail.objects.get()
    assert (mail.verdict, mail.waiting) == (Outcome.QUARANTINE, True)
    assert len(bytes(mail.raw.data)) <= 200


def test_a_wrong_password_is_told(post: Desk) -> None:
    with mailbox(ONE) as box, pytest.raises(MailboxTrouble, match="wrong password"):
        fetch_mail(SYSTEM, url=box.url.replace("p%40ss", "other"))


def test_the_job_reads_the_mailbox_that_is_set(post: Desk, settings: object) -> None:
    with mailbox(ONE) as box:
        settings.IMAP_URL = box.url
        fetch_unread_mail(0)
    assert Question.objects.count() == 1
    fetch_unread_mail(0)
    settings.IMAP_URL = ""
    fetch_unread_mail(0)


def test_a_mailbox_is_read_from_its_address() -> None:
    assert mailbox_of("imaps://a%40b:p%3Ass@mail.example.org/Posta/In%20arrivo?network=milano") == Mailbox(
        "mail.example.org", 993, "at once", "a@b", "p:ss", "Posta/In arrivo", "milano"
    )
    assert mailbox_of("imap://a:b@mail.example.org?tls=1").tls == "later"
    for wrong in ("", "mail.example.org", "pop3://mail.example.org", "imap:///INBOX"):
        with pytest.raises(ValueError):
            mailbox_of(wrong)

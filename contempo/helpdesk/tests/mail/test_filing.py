"""What was kept is filed, whatever stops in between; what cannot be filed waits for a person."""

from datetime import timedelta

import pytest

from contempo.core import clock
from contempo.helpdesk.actions.mail import placing, taking
from contempo.helpdesk.actions.mail.placing import place
from contempo.helpdesk.actions.mail.receiving import receive
from contempo.helpdesk.actions.mail.taking import file_left_behind, take_in
from contempo.helpdesk.models import InboundMail, Question
from contempo.helpdesk.rules.mail import Outcome, Reason
from contempo.helpdesk.tests.factories import Desk
from contempo.helpdesk.tests.mail.corpus import EXPECTED, raw
from contempo.helpdesk.tests.mail.posting import MILANO, written
from contempo.people.public import SYSTEM


def later() -> object:
    """The next sweep, two minutes from now."""
    return clock.replaying(clock.now() + timedelta(minutes=2))


def test_what_a_stopped_process_kept_is_filed_later(post: Desk) -> None:
    receive(SYSTEM, raw=written().as_bytes())
    assert file_left_behind(SYSTEM) == 0
    with later():
        assert file_left_behind(SYSTEM) == 1
        assert file_left_behind(SYSTEM) == 0
    assert Question.objects.count() == 1


def test_filing_twice_changes_nothing(post: Desk) -> None:
    taken = take_in(SYSTEM, raw=written().as_bytes())
    place(SYSTEM, mail_id=taken[0].mail_id)
    assert Question.objects.count() == 1


def test_what_fails_is_kept_and_then_waits_for_a_person(post: Desk, monkeypatch: pytest.MonkeyPatch) -> None:
    def fail(*args: object, **kwargs: object) -> None:
        raise RuntimeError("no")

    monkeypatch.setattr(placing, "decide", fail)
    taken = take_in(SYSTEM, raw=written().as_bytes())
    assert InboundMail.objects.get().verdict == ""
    with later():
        assert taking.file_left_behind(SYSTEM) == 1
    mail = InboundMail.objects.get(pk=taken[0].mail_id)
    assert (mail.verdict, mail.reason, mail.waiting) == (Outcome.QUARANTINE, Reason.FAILED, True)


def test_every_message_of_the_corpus_is_kept_and_filed(post: Desk) -> None:
    for name in EXPECTED:
        take_in(SYSTEM, raw=raw(name), sender=None, recipients=(MILANO,))
    assert not InboundMail.objects.filter(verdict="").exists()
    kinds = {name: expected["kind"] for name, expected in EXPECTED.items()}
    joined = InboundMail.objects.filter(verdict=Outcome.JOINED)
    assert not joined.exists()
    assert InboundMail.objects.filter(verdict=Outcome.BOUNCE).count() == list(kinds.values()).count("bounce")
    assert InboundMail.objects.filter(verdict=Outcome.RECEIPT).count() == list(kinds.values()).count("receipt")


def test_a_message_of_which_only_the_beginning_came_waits(post: Desk) -> None:
    taken = take_in(SYSTEM, raw=written().as_bytes(), oversize=True)
    mail = InboundMail.objects.get(pk=taken[0].mail_id)
    assert (mail.verdict, mail.reason, mail.waiting) == (Outcome.QUARANTINE, Reason.ODD, True)

"""What waits is decided by a coordinator, once, with a reason."""

import pytest

from contempo.core.outbox import kept_mails
from contempo.core.verdict import NotPermitted, Refusal
from contempo.helpdesk.actions.mail.deciding import Decided, decide_mail
from contempo.helpdesk.models import InboundMail, MessageKind, Question
from contempo.helpdesk.rules.mail.decisions import Decision
from contempo.helpdesk.rules.topics import Topic
from contempo.helpdesk.tests.factories import Desk
from contempo.helpdesk.tests.mail.corpus import raw
from contempo.helpdesk.tests.mail.posting import MILANO, posted, reply_to, written

WHY = "È la sorella di chi ha chiesto."


@pytest.fixture
def waiting(post: Desk) -> InboundMail:
    """A reply of somebody who does not belong to the question."""
    return posted(reply_to(post.question(), "Scrivo io per Sara.", sender="Lia Sorella <lia@example.com>"))


def decide(post: Desk, mail: InboundMail, decision: Decision, **told: object) -> InboundMail:
    decided = Decided(decision=decision, **{"reason": WHY, **told})
    return decide_mail(post.actor(post.world.marta), mail_id=mail.pk, decided=decided)


def test_what_others_wrote_joins_as_a_note_the_asker_never_reads(post: Desk, waiting: InboundMail) -> None:
    question, before = Question.objects.get(), len(kept_mails())
    row = decide(post, waiting, Decision.JOIN, number=question.number)
    assert (row.question, row.waiting, row.decided_by) == (question, False, post.world.marta)
    assert (row.decision, row.decision_reason) == (Decision.JOIN, WHY)
    assert (row.message.kind, row.message.internal) == (MessageKind.NOTE, True)
    assert "Scrivo io per Sara." in row.message.text
    assert len(kept_mails()) == before


def test_what_the_asker_wrote_from_elsewhere_joins_as_hers(post: Desk, waiting: InboundMail) -> None:
    row = decide(post, waiting, Decision.JOIN, number=Question.objects.get().number, by_asker=True)
    assert (row.message.kind, row.message.by_asker, row.message.author) == (MessageKind.ADDITION, True, post.sara)


def test_it_becomes_a_question_of_its_sender(post: Desk, waiting: InboundMail) -> None:
    row = decide(post, waiting, Decision.ASK, topic=Topic.CHILDCARE)
    assert (row.question.topic, row.question.asker.email) == (Topic.CHILDCARE, "lia@example.com")


def test_it_is_set_aside(post: Desk, waiting: InboundMail) -> None:
    row = decide(post, waiting, Decision.DISCARD)
    assert (row.waiting, row.question, row.decision) == (False, None, Decision.DISCARD)


@pytest.mark.parametrize(
    ("told", "field"),
    [
        ({"decision": Decision.JOIN, "number": 999}, "number"),
        ({"decision": Decision.JOIN}, "number"),
        ({"decision": Decision.DISCARD, "reason": " "}, "reason"),
        ({"decision": Decision.DISCARD, "reason": "x" * 1001}, "reason"),
    ],
)
def test_a_decision_that_lacks_something_changes_nothing(
    post: Desk, waiting: InboundMail, told: dict[str, object], field: str
) -> None:
    with pytest.raises(Refusal) as refused:
        decide(post, waiting, **told)
    waiting.refresh_from_db()
    assert refused.value.field == field
    assert (waiting.waiting, waiting.decision) == (True, "")


def test_it_is_decided_once(post: Desk, waiting: InboundMail) -> None:
    decide(post, waiting, Decision.DISCARD)
    with pytest.raises(Refusal):
        decide(post, waiting, Decision.ASK)


def test_nobody_is_asked_about_a_mail_without_sender(post: Desk) -> None:
    mail = posted(raw("attack-no-from"), to=(MILANO,))
    with pytest.raises(Refusal):
        decide(post, mail, Decision.ASK)


def test_experts_and_other_networks_do_not_decide(post: Desk, waiting: InboundMail) -> None:
    decided = Decided(Decision.DISCARD, WHY)
    with pytest.raises(NotPermitted):
        decide_mail(post.actor(post.nadia), mail_id=waiting.pk, decided=decided)
    elsewhere = posted(written(post.nadia.email), to=("sportello.bergamo@example.org",))
    with pytest.raises(Refusal):
        decide_mail(post.actor(post.world.marta), mail_id=elsewhere.pk, decided=decided)

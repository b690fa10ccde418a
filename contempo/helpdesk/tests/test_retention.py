"""What the desk holds about persons goes when its time has come; the figures stay."""

from contempo.core import files
from contempo.core.testing import At
from contempo.helpdesk.actions.answering import add_note
from contempo.helpdesk.actions.asker import withdraw
from contempo.helpdesk.actions.asking import DRAFT, MESSAGE, ask, attach_to_draft, save_draft
from contempo.helpdesk.actions.retention import erase_old_question_drafts, erase_old_questions, erase_stray_mail
from contempo.helpdesk.models import DeskTally, InboundMail, Question, QuestionDraft, RawMail
from contempo.helpdesk.queries.personal import personal_data
from contempo.helpdesk.rules.asking import Asked, Capacity, Channel
from contempo.helpdesk.rules.topics import Topic
from contempo.helpdesk.tests.factories import QUESTION, Desk
from contempo.network.tests.factories import pdf
from contempo.people.public import SYSTEM

ASKED = Asked(
    text=QUESTION, topic=Topic.HOURLY_LEAVE, capacity=Capacity.WORKER, counterparts=("Forno di Sara e figli",)
)


def test_the_words_of_an_old_question_go_and_its_figures_stay(desk: Desk, at: At) -> None:
    at("2024-01-10T09:00")
    question = ask(desk.system(), asked=ASKED, channel=Channel.MAIL, asker_id=desk.sara.pk, uploads=(pdf(),))
    message = question.messages.get()
    withdraw(desk.actor(desk.sara), question_id=question.pk, reason="Ho risolto con Sara.")
    at("2026-01-10T09:00")
    assert erase_old_questions(SYSTEM) == 1
    assert erase_old_questions(SYSTEM) == 0
    question.refresh_from_db()
    assert (question.subject, question.search_text, question.asker, question.topic) == (
        "",
        "",
        None,
        Topic.HOURLY_LEAVE,
    )
    assert [message.text for message in question.messages.all()] == [""]
    assert not question.moves.exclude(text="").exists()
    assert not question.counterparts.exists()
    assert files.attachments_of(MESSAGE, message.pk) == ()
    assert DeskTally.objects.get(measure="received", key="all").count == 1
    assert not any(Question.pgh_event_model.objects.filter(asker__isnull=False))


def test_a_question_under_way_or_lately_ended_is_kept(desk: Desk, at: At) -> None:
    at("2024-01-10T09:00")
    desk.question()
    at("2025-12-01T09:00")
    withdraw(desk.actor(desk.sara), question_id=desk.question().pk)
    at("2026-01-10T09:00")
    assert erase_old_questions(SYSTEM) == 0


def test_a_draft_nobody_sent_goes_after_thirty_days_with_its_documents(desk: Desk, at: At) -> None:
    at("2026-01-10T09:00")
    visitor = desk.world.actor(None)
    draft = save_draft(visitor, key=None, values={"text": QUESTION}, language="it")
    attach_to_draft(visitor, key=draft.key, upload=pdf())
    at("2026-02-09T09:00")
    assert erase_old_question_drafts(SYSTEM) == 0
    at("2026-02-09T09:01")
    assert erase_old_question_drafts(SYSTEM) == 1
    assert not QuestionDraft.objects.exists()
    assert files.attachments_of(DRAFT, draft.pk) == ()


def test_mail_that_belongs_to_no_question_goes_after_ninety_days_unless_somebody_must_decide(
    desk: Desk, at: At
) -> None:
    received = at("2026-01-10T09:00")
    for number, waiting in enumerate((True, False)):
        mail = InboundMail.objects.create(
            network_id=desk.network_id, digest=str(number), received_at=received, waiting=waiting
        )
        RawMail.objects.create(mail=mail, data=b"From: somebody")
    at("2026-04-11T09:00")
    assert erase_stray_mail(SYSTEM) == 1
    assert InboundMail.objects.get().waiting
    assert RawMail.objects.count() == 1


def test_a_person_downloads_the_questions_asked_without_internal_notes(desk: Desk) -> None:
    question = desk.answered()
    add_note(desk.actor(desk.nadia), question_id=question.pk, text="Nota che resta fra noi")
    (told,) = personal_data(desk.sara.pk)["questions"]
    assert [message["kind"] for message in told["messages"]] == ["question", "answer"]
    assert "fra noi" not in str(told)
    assert personal_data(desk.nadia.pk)["questions"] == []

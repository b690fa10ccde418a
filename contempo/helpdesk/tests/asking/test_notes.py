"""Internal notes never reach whoever asked: every page, file and mail of theirs is walked."""

from django.core.files.uploadedfile import SimpleUploadedFile

from contempo.core import files
from contempo.core.outbox import kept_mails
from contempo.helpdesk.actions.answering import add_note
from contempo.helpdesk.actions.taking import release
from contempo.helpdesk.models import Message, MessageKind
from contempo.helpdesk.tests.asking.asker import MINE, follow_url, link_sent_to
from contempo.network.tests.factories import NetworkFactory

SECRET = "SEGRETISSIMO"
REASON = "RISERVATISSIMO"


def test_no_page_file_or_mail_of_whoever_asked_holds_a_note(visit, desk):
    NetworkFactory(slug="lecco")
    question = desk.taken()
    add_note(desk.actor(desk.nadia), question_id=question.pk, text=f"Nota {SECRET}: chi chiede è già venuta.")
    release(desk.actor(desk.nadia), question_id=question.pk, reason=f"Serve altro: {REASON}.")
    desk.waiting(question)
    note = Message.objects.get(kind=MessageKind.NOTE)
    hidden = files.accept(
        SimpleUploadedFile(f"{SECRET}.txt", SECRET.encode()),
        network_id=question.network_id,
        owner_kind="helpdesk.message",
        owner_id=note.pk,
        purpose="document",
        person_id=desk.nadia.pk,
    )
    by_link, signed_in = visit(), visit(desk.sara)
    by_link.client.get(link_sent_to(desk.sara.email))
    outputs = {}
    for state in ("waiting", "answered"):
        for name, browser in (("link", by_link), ("signed in", signed_in)):
            for path in _pages(question):
                answer = browser.client.get(path)
                body = b"".join(answer.streaming_content) if answer.streaming else answer.content
                outputs[state, name, path] = body.decode("utf-8", "replace")
            assert browser.client.get(f"{follow_url(question)}documenti/{hidden.key}/").status_code == 404
            wrong = browser.do(question, "aggiungi", **{"say-text": ""})
            outputs[state, name, "say"] = wrong.content.decode()
        if state == "waiting":
            signed_in.do(question, "aggiungi", **{"say-text": "Contratto dei panificatori."})
            desk.answered(question)
    for mail in kept_mails(to=desk.sara.email):
        outputs["mail", mail.subject, ""] = f"{mail.subject}{mail.text}{mail.html}"
    outputs["export", "", ""] = signed_in.client.get("/profilo/dati/").content.decode()
    assert not [where for where, text in outputs.items() if SECRET in text or REASON in text]
    assert not signed_in.page(f"{MINE}?cerca={SECRET}").select("tbody tr")


def _pages(question):
    """Every address of whoever asked that shows something of a question, and the file of the list."""
    return [follow_url(question), f"{follow_url(question)}ritira/", MINE, f"{MINE}?formato=csv"]

"""Writing an answer: nothing typed is lost, what is cited says how it stands, a second pair of eyes may read first."""

from datetime import date, timedelta

import pytest
from django.core.files.uploadedfile import SimpleUploadedFile

from contempo.core.clock import now
from contempo.core.files import Attachment
from contempo.core.verdict import Refusal
from contempo.helpdesk.actions.answering import ask_reading, end_reading, save_answer_draft, send_answer
from contempo.helpdesk.actions.asker import withdraw
from contempo.helpdesk.actions.retention import erase_old_questions
from contempo.helpdesk.actions.templates import keep_template, remove_template
from contempo.helpdesk.models import AnswerDraft, AnswerTemplate, DeskPolicy, Expert, Reading
from contempo.helpdesk.queries.following import followed
from contempo.helpdesk.rules.questions import State
from contempo.helpdesk.rules.retention import QUESTION_KEPT
from contempo.helpdesk.rules.templates import filled
from contempo.helpdesk.tests.factories import ANSWER
from contempo.helpdesk.tests.test_pages_desk import editor, send, signed_in, soup_of, url
from contempo.network.tests.factories import OrganisationFactory, pdf
from contempo.norms.tests.factories import NormFactory
from contempo.people.public import SYSTEM

pytestmark = pytest.mark.django_db


@pytest.fixture
def taken(desk):
    return desk.taken()


@pytest.fixture
def client(desk):
    return signed_in(desk.nadia)


def draft_of(question, who):
    return AnswerDraft.objects.get(question=question, author=who)


def test_every_button_keeps_the_text(desk, taken, client):
    for do in ("save", "preview", "norm-find", "organisation-find", "norm-add:99999", "attach"):
        send(client, taken.number, do, text=f"{ANSWER} {do}", norma="legge", ente="comune")
        assert editor(client, taken.number)["text"] == f"{ANSWER} {do}"


def test_the_preview_shows_markdown_and_runs_nothing(desk, taken, client):
    text = "**Sì**, vedi [la legge](https://example.org) <script>alert(1)</script> [x](javascript:alert(1))"
    part = client.post(url("desk_answer_preview", number=taken.number), {"text": text}).content.decode()
    assert "<strong>Sì</strong>" in part
    assert "<script" not in part
    assert 'href="javascript' not in part
    page = client.post(
        url("desk_answer", number=taken.number), {**editor(client, taken.number), "text": text, "do": "preview"}
    )
    assert "<strong>Sì</strong>" in client.get(page["Location"]).content.decode()


def test_what_is_typed_is_kept_by_itself_and_renews_the_lease(desk, taken, client):
    fields = editor(client, taken.number)
    saved = client.post(url("desk_answer_save", number=taken.number), {**fields, "text": ANSWER})
    assert "Conservata un momento fa" in saved.content.decode()
    again = soup_of(saved).select_one("input[name=version]")["value"]
    assert again == str(draft_of(taken, desk.nadia).version)
    assert draft_of(taken, desk.nadia).text == ANSWER


def test_two_windows_never_overwrite_each_other_unawares(desk, taken, client):
    one = editor(client, taken.number)
    other = dict(one)
    client.post(url("desk_answer", number=taken.number), {**one, "text": "La prima finestra.", "do": "save"})
    auto = client.post(url("desk_answer_save", number=taken.number), {**other, "text": "La seconda finestra."})
    assert "altra finestra" in auto.content.decode()
    assert draft_of(taken, desk.nadia).text == "La prima finestra."
    page = soup_of(
        client.post(url("desk_answer", number=taken.number), {**other, "text": "La seconda finestra.", "do": "save"})
    )
    assert "La prima finestra." in page.select_one("section[aria-labelledby=other]").get_text()
    assert "La seconda finestra." in page.select_one("textarea").get_text()
    knowingly = {each["name"]: each.get("value", "") for each in page.select("#answer-form input[type=hidden]")}
    client.post(url("desk_answer", number=taken.number), {**knowingly, "text": "La seconda finestra.", "do": "save"})
    assert draft_of(taken, desk.nadia).text == "La seconda finestra."


def test_a_window_that_kept_its_own_text_meanwhile_goes_on(desk, taken, client):
    fields = editor(client, taken.number)
    client.post(url("desk_answer_save", number=taken.number), {**fields, "text": "Sì, si può"})
    client.post(url("desk_answer", number=taken.number), {**fields, "text": f"Sì, si può. {ANSWER}", "do": "save"})
    assert draft_of(taken, desk.nadia).text == f"Sì, si può. {ANSWER}"


def test_a_norm_is_found_cited_and_says_when_it_is_no_longer_in_force(desk, taken, client):
    old = NormFactory(network=desk.world.milano, title="Legge sul congedo a ore", valid_to=date(2020, 1, 1))
    NormFactory(network=desk.world.bergamo, title="Legge sul congedo di Bergamo")
    found = client.get(send(client, taken.number, "norm-find", norma="congedo", text=ANSWER)["Location"])
    buttons = [each["value"] for each in soup_of(found).select("#norms button[value^='norm-add']")]
    assert buttons == [f"norm-add:{old.pk}"]
    client.post(url("desk_answer", number=taken.number), {**editor(client, taken.number), "do": buttons[0]})
    page = soup_of(client.get(url("desk_answer", number=taken.number)))
    assert "Oggi non in vigore" in page.select_one("#norms").get_text()
    send(client, taken.number, "send")
    (norm,) = followed(desk.actor(desk.sara), taken.key).last_answer.norms
    assert norm.id == old.pk


def test_norms_and_organisations_of_another_network_are_not_cited(desk, taken, client):
    norm = NormFactory(network=desk.world.bergamo)
    body = OrganisationFactory(network=desk.world.bergamo)
    send(client, taken.number, "send", text=ANSWER, norms=str(norm.pk), organisations=str(body.pk))
    answer = followed(desk.actor(desk.sara), taken.key).last_answer
    assert (answer.norms, answer.organisations) == ((), ())


def test_an_organisation_of_the_network_is_linked(desk, taken, client):
    page = client.get(send(client, taken.number, "organisation-find", ente="comune", text=ANSWER)["Location"])
    (button,) = soup_of(page).select("#links button[value^='organisation-add']")
    client.post(url("desk_answer", number=taken.number), {**editor(client, taken.number), "do": button["value"]})
    send(client, taken.number, "send")
    (link,) = followed(desk.actor(desk.sara), taken.key).last_answer.organisations
    assert link.name == "Comune di Milano"


def test_a_file_waits_in_the_draft_and_leaves_with_the_answer(desk, taken, client):
    send(client, taken.number, "attach", text=ANSWER, document=pdf())
    (file,) = soup_of(client.get(url("desk_answer", number=taken.number))).select("#files li a")
    assert client.get(file["href"]).status_code == 200
    assert signed_in(desk.tullio).get(file["href"]).status_code == 404
    send(client, taken.number, "send")
    (document,) = followed(desk.actor(desk.sara), taken.key).last_answer.documents
    assert document.name == "accordo-firmato.pdf"


def test_a_file_of_an_answer_never_sent_is_erased_with_the_question(desk, taken, client, at):
    send(client, taken.number, "attach", text=ANSWER, document=pdf())
    withdraw(desk.actor(desk.sara), question_id=taken.pk)
    at(now() + QUESTION_KEPT + timedelta(days=1))
    assert erase_old_questions(SYSTEM) == 1
    assert not Attachment.objects.exists()
    assert not AnswerDraft.objects.exists()


def test_a_file_that_is_not_what_it_says_is_refused_and_the_text_stays(desk, taken, client):
    page = send(client, taken.number, "attach", text=ANSWER, document=SimpleUploadedFile("foto.pdf", b"<svg/onload=1>"))
    assert page.status_code == 200
    assert soup_of(page).select_one(".error-summary")
    assert ANSWER in soup_of(page).select_one("textarea").get_text()


def test_an_answer_too_short_is_not_sent(desk, taken, client):
    page = soup_of(send(client, taken.number, "send", text="Sì."))
    assert page.select_one(".error-summary")
    taken.refresh_from_db()
    assert taken.state == State.TAKEN


def test_others_read_who_is_writing(desk, taken, client):
    send(client, taken.number, "save", text=ANSWER)
    other = signed_in(desk.tullio)
    for name in ("desk_question", "desk_answer"):
        assert str(desk.nadia) in soup_of(other.get(url(name, number=taken.number))).select_one("main").get_text()


def test_a_template_fills_itself_in(desk, taken, client):
    kept = keep_template(
        desk.actor(desk.nadia), template_id=None, title="Saluto", text="Ciao {{name}}, sulla domanda {{ number }}:"
    )
    send(client, taken.number, "template", text="", template=str(kept.pk))
    assert editor(client, taken.number)["text"] == f"Ciao {desk.sara.full_name}, sulla domanda {taken.number}:"


def test_what_has_no_value_leaves_no_gap():
    assert filled("Ciao {{name}}, ecco {{ topic }}.", {"topic": "Nidi"}) == "Ciao, ecco Nidi."
    assert filled("Niente da riempire  \nqui.", {}) == "Niente da riempire  \nqui."


def test_a_template_with_an_unknown_name_or_a_title_used_already_is_refused(desk):
    nadia = desk.actor(desk.nadia)
    keep_template(nadia, template_id=None, title="Saluto", text="Ciao")
    for title, text, field in (("Altro", "Ciao {{cognome}}", "text"), ("Saluto", "Ciao", "title"), (" ", "x", "title")):
        with pytest.raises(Refusal) as refused:
            keep_template(nadia, template_id=None, title=title, text=text)
        assert refused.value.field == field
    assert AnswerTemplate.objects.count() == 1


def test_templates_are_listed_changed_and_removed_on_their_pages_by_their_network_alone(desk, client):
    client.post(url("template_add"), {"title": "Saluto", "text": "Ciao", "topic": "", "language": "it"})
    kept = AnswerTemplate.objects.get()
    assert "Saluto" in soup_of(client.get(url("templates"))).select_one("table.rows").get_text()
    other = signed_in(desk.world.davide)
    there = f"/bergamo/esperti/modelli/{kept.pk}/"
    assert other.get(there).status_code == 404
    assert other.post(f"{there}elimina/").status_code == 404
    client.post(url("template", template_id=kept.pk), {"title": "Saluto", "text": "Ciao!", "language": "it"})
    kept.refresh_from_db()
    assert kept.text == "Ciao!"
    client.post(url("template_remove", template_id=kept.pk))
    assert not AnswerTemplate.objects.exists()
    with pytest.raises(Refusal):
        remove_template(desk.actor(desk.nadia), template_id=kept.pk)


@pytest.fixture
def read_first(desk, taken):
    """A network in which Tullio, who is senior, reads every answer first; Nadia has written one."""
    DeskPolicy.objects.filter(network=desk.world.milano).update(second_reading=True)
    Expert.objects.update_or_create(network=desk.world.milano, person=desk.tullio, defaults={"senior": True})
    return save_answer_draft(desk.actor(desk.nadia), question_id=taken.pk, text=ANSWER, version=0)


def test_where_a_second_reading_is_the_rule_no_answer_leaves_without_it(desk, taken, read_first, client):
    nadia = desk.actor(desk.nadia)
    with pytest.raises(Refusal):
        send_answer(nadia, question_id=taken.pk, version=read_first.version)
    send(client, taken.number, "reading")
    reader = signed_in(desk.tullio)
    page = soup_of(reader.get(url("desk_question", number=taken.number)))
    (link,) = [each["href"] for each in page.select("a") if "/lettura/" in each.get("href", "")]
    assert ANSWER in soup_of(reader.get(link)).get_text()
    assert soup_of(reader.post(link, {"back": "1", "comment": ""})).select_one(".error-summary")
    reader.post(link, {"back": "1", "comment": "Cita il contratto."})
    assert "Cita il contratto." in client.get(url("desk_answer", number=taken.number)).content.decode()
    send(client, taken.number, "save", text=f"{ANSWER} Lo dice il contratto.")
    send(client, taken.number, "reading")
    reader.post(link, {"pass": "1", "comment": ""})
    send(client, taken.number, "send")
    taken.refresh_from_db()
    assert taken.state == State.ANSWERED


def test_a_reading_that_has_passed_does_not_hold_for_another_text_or_another_file(desk, taken, read_first, client):
    nadia = desk.actor(desk.nadia)

    def passed():
        draft = draft_of(taken, desk.nadia)
        ask_reading(nadia, question_id=taken.pk, version=draft.version)
        end_reading(desk.actor(desk.tullio), question_id=taken.pk, author_id=desk.nadia.pk, passed=True)

    passed()
    send(client, taken.number, "save", text=f"{ANSWER} E altro ancora.")
    assert draft_of(taken, desk.nadia).reading == Reading.NONE
    passed()
    send(client, taken.number, "attach", document=pdf())
    assert draft_of(taken, desk.nadia).reading == Reading.NONE


def test_nobody_reads_their_own_answer_and_only_seniors_read(desk, taken, read_first, client):
    ask_reading(desk.actor(desk.nadia), question_id=taken.pk, version=read_first.version)
    where = url("desk_reading", number=taken.number, author_id=desk.nadia.pk)
    assert client.get(where).status_code == 403
    Expert.objects.update_or_create(network=desk.world.milano, person=desk.nadia, defaults={"senior": True})
    client.post(where, {"pass": "1"})
    assert signed_in(desk.world.marta).get(where).status_code == 403
    assert draft_of(taken, desk.nadia).reading == Reading.ASKED

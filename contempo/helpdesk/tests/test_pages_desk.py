"""From the list to the answer: what an expert opens, takes, writes and sends, and what the asker then reads."""

import pytest
from bs4 import BeautifulSoup
from django.test import Client
from django.urls import reverse

from contempo.core.outbox.models import Mail
from contempo.helpdesk.models import AnswerDraft
from contempo.helpdesk.rules.questions import State
from contempo.helpdesk.tests.factories import ANSWER, QUESTION

pytestmark = pytest.mark.django_db


def signed_in(who) -> Client:
    client = Client()
    client.force_login(who)
    return client


def url(name, **parts):
    return reverse(f"helpdesk:{name}", kwargs={"network": "milano", **parts})


def soup_of(response) -> BeautifulSoup:
    assert response.status_code == 200, response
    return BeautifulSoup(response.content, "html.parser")


def subjects(response) -> list[str]:
    return [link.get_text(" ", strip=True) for link in soup_of(response).select("table.rows tbody th a")]


def editor(client, number) -> dict[str, str]:
    """The fields of the editor as the browser would send them."""
    form = soup_of(client.get(url("desk_answer", number=number))).select_one("#answer-form")
    fields = {each["name"]: each.get("value", "") for each in form.select("input[type=hidden], input[type=search]")}
    return {**fields, "text": form.select_one("textarea").get_text().removeprefix("\n")}


def send(client, number, do, **changes):
    return client.post(url("desk_answer", number=number), {**editor(client, number), **changes, "do": do})


def test_from_the_list_to_the_answer_it_is_one_tap_and_the_asker_reads_it(desk):
    question = desk.question()
    client = signed_in(desk.nadia)
    page = soup_of(client.get(url("desk") + "?scheda=da-prendere"))
    assert QUESTION[:20] in page.select_one("table.rows").get_text()
    taken = client.post(page.select_one("table.rows form")["action"])
    assert taken["Location"] == url("desk_answer", number=question.number)
    question.refresh_from_db()
    assert (question.state, question.holder_id) == (State.TAKEN, desk.nadia.pk)
    sent = send(client, question.number, "send", text=ANSWER)
    assert sent["Location"] == url("desk_question", number=question.number)
    question.refresh_from_db()
    assert question.state == State.ANSWERED
    assert not AnswerDraft.objects.exists()
    assert ANSWER in Mail.objects.filter(kind="desk.answered").get().text
    read = signed_in(desk.sara).get(reverse("helpdesk:follow", kwargs={"network": "milano", "key": question.key}))
    assert ANSWER in soup_of(read).get_text()

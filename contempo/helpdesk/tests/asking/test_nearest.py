"""Before sending, the nearest entries of the catalogue: an extra step that nobody is forced to read."""

import pytest

from contempo.helpdesk.models import Deflection, Question, QuestionDraft
from contempo.helpdesk.tests.asking.asker import ANSWERS, follow_url, read, told, words
from contempo.helpdesk.tests.catalogue.factories import Catalogue


@pytest.fixture
def entry(desk):
    """An entry on leave by the hour."""
    return Catalogue(desk).published()


def test_without_a_script_the_nearest_entries_stand_before_the_sending(visit, entry):
    sara = visit()
    sara.write()
    page = sara.page(sara.check_url)
    fold = page.select_one("details.fold")
    assert fold.has_attr("open")
    assert "congedo parentale a ore" in words(page)
    assert sara.send().status_code == 302
    assert Question.objects.count() == 1


def test_whoever_saw_them_while_typing_finds_them_folded(visit, entry):
    sara = visit()
    typed = sara.client.post("/milano/sportello/vicine/", {"text": ANSWERS["text"]})
    seen = read(typed).select_one('input[type="hidden"]')
    sara.write(**{seen["name"]: seen["value"]})
    assert not sara.page(sara.check_url).select_one("details.fold").has_attr("open")


def test_nothing_near_shows_nothing(visit, entry):
    sara = visit()
    sara.write(text="Zxqwv kjhgf bnmlp qwrty: asdfg hjklz?")
    assert not sara.page(sara.check_url).select("details.fold")


def test_this_answers_me_is_counted_and_the_draft_is_erased(visit, entry):
    sara = visit()
    sara.write()
    form = sara.page(sara.check_url).select_one("details.fold form")
    sara.client.post(form["action"], {each["name"]: each["value"] for each in form.select("input[value]")})
    assert not QuestionDraft.objects.exists()
    assert not Question.objects.exists()
    counted = Deflection.objects.get()
    assert (counted.entry, counted.topic, counted.capacity) == (entry, "hourly_leave", "worker")


def test_an_entry_answers_a_question_under_way(visit, desk, entry):
    question = desk.question()
    sara = visit(desk.sara)
    form = sara.page(f"{follow_url(question)}vicine/").select_one("main form")
    answer = sara.client.post(form["action"])
    assert told(answer)
    assert Question.objects.get().state == "deflected"
    assert "Hai trovato la risposta nel catalogo" in words(sara.follow(question))

"""From the link in a letter to the confirmation."""

import pytest

from contempo.questionnaires.models import Coverage, Invitation, Response
from contempo.questionnaires.rules.states import InvitationState, ResponseState
from contempo.questionnaires.tests.answering.people import (
    ANSWERS,
    FIRST,
    SECOND,
    THIRD,
    Respondent,
    link_of,
    response_of,
)
from contempo.questionnaires.tests.factories import Surveys

pytestmark = pytest.mark.django_db


def test_the_link_tells_who_asks_why_how_long_and_what_is_known(surveys: Surveys, coop: Invitation) -> None:
    page = Respondent(link_of(coop)).see()
    assert "Vogliamo sapere quali misure ci sono già." in page.text
    assert "minut" in page.text
    assert Invitation.objects.get(pk=coop.pk).state == InvitationState.OPENED


def test_all_that_was_answered_is_kept_and_sent(coop: Invitation) -> None:
    Respondent(link_of(coop)).answer_all()
    response = response_of(coop)
    assert response.answers == ANSWERS
    assert response.state == ResponseState.COMPLETED
    assert response.completed_at is not None
    coop.refresh_from_db()
    assert coop.state == InvitationState.COMPLETED
    assert Coverage.objects.get(response=response).target_id == coop.target_id


def test_reloading_and_coming_back_by_the_link_finds_everything(coop: Invitation) -> None:
    Respondent(link_of(coop)).begin().page(1, **FIRST)
    another = Respondent(link_of(coop)).see()
    assert "pagina/2/" in another.send("")
    assert 'value="12"' in another.see("pagina/1/").text


def test_going_back_keeps_what_is_half_written(coop: Invitation) -> None:
    someone = Respondent(link_of(coop)).begin()
    someone.page(1, **FIRST)
    assert someone.page(2, go="back", flexible="yes").endswith("pagina/1/")
    assert response_of(coop).answers["flexible"] == "yes"


def test_two_tabs_do_not_undo_each_other(coop: Invitation) -> None:
    one, other = Respondent(link_of(coop)).begin(), Respondent(link_of(coop))
    other.page(3, **THIRD)
    one.page(1, **FIRST)
    other.page(2, **SECOND)
    assert response_of(coop).answers == ANSWERS


def test_what_is_wrong_is_told_beside_its_field_and_what_is_right_is_kept(coop: Invitation) -> None:
    someone = Respondent(link_of(coop)).begin()
    assert someone.page(1, **{**FIRST, "workers": "tanti"}) == ""
    assert 'href="#f-workers"' in someone.text
    assert 'value="tanti"' in someone.text
    assert response_of(coop).answers == {"since": "2020-01-31"}


def test_what_is_due_is_asked_before_going_on(coop: Invitation) -> None:
    someone = Respondent(link_of(coop)).begin()
    assert someone.page(1, workers="") == ""
    assert 'href="#f-workers"' in someone.text


def test_a_question_that_appears_is_asked_without_a_script(coop: Invitation) -> None:
    someone = Respondent(link_of(coop)).begin()
    without = {key: value for key, value in SECOND.items() if key not in ("how", "seen")}
    assert someone.page(2, **without) == ""
    assert "qualche domanda in più" in someone.text
    assert response_of(coop).answers["flexible"] == "yes"
    assert someone.page(2, **SECOND).endswith("pagina/3/")


def test_an_answer_to_what_is_no_longer_asked_comes_back_with_the_question(coop: Invitation) -> None:
    someone = Respondent(link_of(coop)).begin()
    someone.page(2, **SECOND)
    someone.page(2, **{**SECOND, "flexible": "no"})
    response = response_of(coop)
    assert response.unasked == ["how"]
    someone.page(2, go="stay", autosave="1", flexible="yes")
    response.refresh_from_db()
    assert response.unasked == []


def test_what_is_not_asked_is_gone_once_sent(coop: Invitation) -> None:
    someone = Respondent(link_of(coop)).begin()
    someone.page(1, **FIRST)
    someone.page(2, **SECOND)
    someone.page(2, **{**SECOND, "flexible": "no"})
    someone.page(3, **THIRD)
    someone.send("riepilogo/")
    response = response_of(coop)
    assert response.state == ResponseState.COMPLETED
    assert "how" not in response.answers


def test_groups_grow_and_shrink_without_a_script(coop: Invitation) -> None:
    someone = Respondent(link_of(coop)).begin()
    where = someone.page(3, **{**THIRD, "go": "add:services"})
    assert "piu=services" in where
    assert 'name="services.1.service"' in someone.see(where.partition("#")[0]).text
    two = {**THIRD, "services": ["0", "1"], "services.1.service": "Mensa", "services.1.users": "40"}
    someone.page(3, **two, go="later")
    assert [one["service"] for one in response_of(coop).answers["services"]] == ["Nido aziendale", "Mensa"]
    someone.page(3, **two, go="drop:services.0")
    assert [one["service"] for one in response_of(coop).answers["services"]] == ["Mensa"]


def test_sending_twice_sends_once(coop: Invitation) -> None:
    someone = Respondent(link_of(coop)).answer_all()
    assert someone.send("riepilogo/").endswith("inviate/")
    assert Response.objects.filter(invitation=coop).count() == 1


def test_it_cannot_be_sent_while_something_due_is_missing(coop: Invitation) -> None:
    someone = Respondent(link_of(coop)).begin()
    someone.page(3, **THIRD)
    assert someone.send("riepilogo/") == ""
    assert "pagina/1/#f-workers" in someone.text
    assert response_of(coop).state == ResponseState.BEGUN

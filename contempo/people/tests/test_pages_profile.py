"""The pages of one's own account."""

import json

import pytest
from django.contrib.auth.hashers import make_password

from contempo.people.models import Person
from contempo.people.queries import actor_for
from contempo.people.rules import NetworkRole
from contempo.people.tests.factories import (
    MILANO,
    PASSWORD,
    RoleGrantFactory,
)
from contempo.people.tests.reading import errors, number_of, page, said


def test_the_profile_shows_data_ways_in_and_roles(cast, visit):
    text = page(visit(cast.ivo).get("/profilo/")).select_one("main").get_text()
    for expected in (
        "Ivo Bianchi",
        "ivo.bianchi@example.org",
        "Rappresentanza legale",
        "Forno Bianchi",
        "Rete di Milano",
    ):
        assert expected in text
    assert "Ancora nessun ruolo" in page(visit(cast.sara).get("/profilo/")).get_text()


def test_the_profile_takes_as_many_statements_with_many_roles_as_with_few(cast, visit, budget):
    for role in (NetworkRole.EXPERT, NetworkRole.STEERING, NetworkRole.EVALUATOR):
        RoleGrantFactory(person=cast.marta, role=role)
    for person in (cast.elena, cast.marta):
        browser = visit(person)
        browser.get("/profilo/")
        with budget("profile"):
            browser.get("/profilo/")


def test_name_and_language_are_changed(cast, visit):
    browser = visit(cast.sara)
    answer = browser.post("/profilo/modifica/", {"full_name": "Sara Moretti Rossi", "language": "en"})
    assert answer["Location"] == "/profilo/"
    assert answer.cookies["django_language"].value == "en"
    assert said(answer) == ["Your profile is saved."]
    cast.sara.refresh_from_db()
    assert (cast.sara.full_name, cast.sara.language) == ("Sara Moretti Rossi", "en")


@pytest.mark.parametrize("wrong", [{"full_name": "", "language": "it"}, {"full_name": "Sara", "language": "xx"}])
def test_a_wrong_profile_is_not_saved(cast, visit, wrong):
    assert errors(visit(cast.sara).post("/profilo/modifica/", wrong))
    cast.sara.refresh_from_db()
    assert (cast.sara.full_name, cast.sara.language) == ("Sara Moretti", "it")


def test_ones_data_are_a_file(cast, visit):
    answer = visit(cast.nadia).get("/profilo/dati/")
    assert answer["Content-Disposition"] == 'attachment; filename="contempo-dati-personali.json"'
    assert answer["Cache-Control"] == "no-store"
    assert json.loads(answer.content)["person"]["full_name"] == "Nadia Greco"


def test_data_and_closing_ask_for_the_password_of_whoever_has_one(cast, visit):
    Person.objects.filter(pk=cast.nadia.pk).update(password=make_password(PASSWORD))
    browser = visit(Person.objects.get(pk=cast.nadia.pk))
    for path in ("/profilo/dati/", "/profilo/chiudi/"):
        assert browser.get(path)["Location"].startswith("/accesso/conferma-identita/")
    browser.post("/accesso/conferma-identita/", {"password": PASSWORD})
    for path in ("/profilo/dati/", "/profilo/chiudi/"):
        assert browser.get(path).status_code == 200


def test_closing_asks_twice_and_signs_out(cast, visit):
    browser = visit(cast.nadia)
    page(browser.get("/profilo/chiudi/"))
    assert errors(browser.post("/profilo/chiudi/", {}))
    answer = browser.post("/profilo/chiudi/", {"sure": "on"})
    assert answer["Location"] == "/"
    assert "_auth_user_id" not in browser.session
    assert not Person.objects.get(pk=cast.nadia.pk).is_active
    assert browser.get("/profilo/").status_code == 302


def test_the_last_coordinator_reads_why_the_account_stays_open(cast, visit):
    answer = visit(cast.chiara).post("/profilo/chiudi/", {"sure": "on"})
    assert any("senza coordinamento" in each for each in errors(answer))


def test_a_role_of_ones_own_is_laid_down_after_a_question(cast, visit):
    browser = visit(cast.nadia)
    path = f"/profilo/ruoli/{number_of(cast.nadia, NetworkRole.EXPERT)}/lascia/"
    assert "Persona esperta" in page(browser.get(path)).get_text()
    assert browser.post(path)["Location"] == "/profilo/"
    assert not actor_for(cast.nadia, MILANO).roles
    page(browser.get(path), status=404)
    page(browser.post(path), status=404)


def test_nobody_lays_down_anothers_role_from_the_profile(cast, visit):
    path = f"/profilo/ruoli/{number_of(cast.nadia, NetworkRole.EXPERT)}/lascia/"
    page(visit(cast.marta).post(path), status=404)
    assert actor_for(cast.nadia, MILANO).roles

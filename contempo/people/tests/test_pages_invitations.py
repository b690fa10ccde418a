"""An invitation, as the invited person meets it."""

import pytest

from contempo.core.outbox import kept_mails
from contempo.people.actions import invite
from contempo.people.models import Invitation, Person
from contempo.people.queries import actor_for
from contempo.people.rules import NetworkRole
from contempo.people.tests.factories import (
    MILANO,
    PersonFactory,
    in_milano,
)
from contempo.people.tests.reading import page, said, token_sent_to


@pytest.fixture
def invited(cast):
    invite(in_milano(cast.marta), email="nuova@example.org", role=NetworkRole.EXPERT, network_id=MILANO)
    return f"/invito/{token_sent_to('nuova@example.org')}/"


def test_the_invitation_says_who_invites_to_what(cast, visit, invited):
    shown = page(visit(None).get(invited))
    assert shown.h1.get_text() == "Marta Colombo ti invita"
    text = shown.select_one("main").get_text()
    for expected in ("Persona esperta", "Rete di Milano", "nuova@example.org"):
        assert expected in text
    links = [each["href"] for each in shown.select("main a.btn")]
    assert f"/accesso/registrati/?email=nuova%40example.org&next={invited.replace('/', '%2F')}" in links


def test_the_invited_person_registers_on_the_way_and_comes_back(cast, visit, invited):
    browser = visit(None)
    register = page(browser.get(invited)).select_one("main a.btn-primary")["href"]
    form = page(browser.get(register))
    assert form.select_one("input[name=email]")["value"] == "nuova@example.org"
    back = form.select_one("main input[name=next]")["value"]
    browser.post(
        "/accesso/registrati/",
        {"full_name": "Nuova", "email": "nuova@example.org", "privacy": "on", "next": back},
    )
    code = kept_mails(to="nuova@example.org")[0].subject[:9]
    answer = browser.post("/accesso/verifica-email/", {"action": "verify", "code": code})
    assert answer["Location"] == invited
    assert "Accetta l’invito" in page(browser.get(invited)).get_text()
    answer = browser.post(invited)
    assert answer["Location"] == "/milano/"
    assert said(answer)[-1] == "Ti diamo il benvenuto! Ora hai il ruolo: Persona esperta."
    assert actor_for(Person.objects.get(email="nuova@example.org"), MILANO).has(NetworkRole.EXPERT)


def test_another_person_reads_for_whom_it_is_and_cannot_take_it(cast, visit, invited):
    browser = visit(cast.sara)
    text = page(browser.get(invited)).select_one("main").get_text()
    assert "L’invito è per nuova@example.org, e tu usi sara.moretti@example.org" in text
    assert "Accetta l’invito" not in text
    assert "l’invito resta valido" in page(browser.post(invited)).get_text()
    assert not actor_for(cast.sara, MILANO).roles
    assert Invitation.objects.get().accepted_at is None


def test_a_stranger_cannot_accept(cast, visit, invited):
    text = page(visit(None).post(invited)).get_text()
    assert "Entra per accettare l’invito." in text
    assert Invitation.objects.get().accepted_at is None


@pytest.mark.parametrize(
    ("change", "sentence"),
    [
        ({"expires_at": "2020-01-01T00:00Z"}, "È scaduto"),
        ({"revoked_at": "2020-01-01T00:00Z"}, "È stato ritirato"),
    ],
)
def test_an_invitation_that_no_longer_holds_says_so(cast, visit, invited, change, sentence):
    Invitation.objects.update(**change)
    shown = page(visit(PersonFactory(email="nuova@example.org")).get(invited))
    assert sentence in shown.get_text()
    assert not shown.select("main form")


def test_an_invitation_that_is_not_there_says_what_to_do(cast, visit):
    for ask in (visit(None).get, visit(cast.sara).post):
        assert "Questo invito non c’è" in page(ask("/invito/indovinato/"), status=404).get_text()

"""For whom one acts: chosen with the switch, checked at every request."""

import pytest
from django.contrib.messages import get_messages

from contempo.core.clock import now
from contempo.people.models import RoleGrant
from contempo.people.queries import actor_for
from contempo.people.rules import NetworkRole, OrganisationRole
from contempo.people.tests.factories import (
    FORNO,
    GIRASOLE,
    MILANO,
    TREVIGLIO,
    RoleGrantFactory,
    in_bergamo,
    in_milano,
)

SWITCH = "/milano/agisci-per/"


def acting(client):
    return client.get("/milano/notifiche/").wsgi_request.actor.acting_for


def test_an_actor_is_made_with_one_statement(cast, budget):
    RoleGrantFactory(person=cast.marta, role=OrganisationRole.DELEGATE, organisation_id=GIRASOLE)
    with budget("actor"):
        marta = actor_for(cast.marta, MILANO, GIRASOLE)
    assert marta.has(NetworkRole.COORDINATOR)
    assert marta.acting_for == GIRASOLE


def test_roles_of_one_network_are_nothing_in_another(cast):
    assert in_bergamo(cast.marta).roles == frozenset()
    assert in_bergamo(cast.ivo).organisations == ()


def test_one_acts_only_for_organisations_where_one_holds_a_role(cast):
    assert in_milano(cast.ivo, FORNO).acting_for == FORNO
    assert in_milano(cast.ivo, GIRASOLE).acting_for is None
    assert in_milano(cast.sara, FORNO).acting_for is None


def test_the_choice_is_remembered_until_it_is_changed(cast, visit):
    ivo = visit(cast.ivo)
    answer = ivo.post(SWITCH, {"organisation": str(FORNO), "next": "/milano/notifiche/"})
    assert answer["Location"] == "/milano/notifiche/"
    assert acting(ivo) == FORNO
    ivo.post(SWITCH, {"organisation": ""})
    assert acting(ivo) is None


def test_the_switch_is_offered_to_those_who_act_for_somebody(cast, visit):
    page = visit(cast.ivo).get("/milano/notifiche/").content.decode()
    assert "Forno Bianchi" in page
    assert f'action="{SWITCH}"' in page
    assert SWITCH not in visit(cast.elena).get("/milano/notifiche/").content.decode()


@pytest.mark.parametrize("wish", [GIRASOLE, TREVIGLIO, 999, "' OR 1=1", "9" * 400])
def test_a_choice_that_is_not_ones_own_is_refused(cast, visit, wish):
    ivo = visit(cast.ivo)
    answer = ivo.post(SWITCH, {"organisation": str(wish)})
    assert [str(each) for each in get_messages(answer.wsgi_request)] == ["Non puoi agire per questa organizzazione."]
    assert acting(ivo) is None


def test_when_the_role_ends_the_choice_falls_back_with_a_message(cast, visit):
    ivo = visit(cast.ivo)
    ivo.post(SWITCH, {"organisation": str(FORNO)})
    RoleGrant.objects.filter(person=cast.ivo).update(until=now())
    page = ivo.get("/milano/notifiche/").content.decode()
    assert "Non agisci più per quell’organizzazione" in page
    assert "Non agisci più" not in ivo.get("/milano/notifiche/").content.decode()


def test_a_choice_in_one_network_says_nothing_in_another(cast, visit):
    RoleGrantFactory(person=cast.ivo, role=OrganisationRole.DELEGATE, network_id=2, organisation_id=TREVIGLIO)
    ivo = visit(cast.ivo)
    ivo.post(SWITCH, {"organisation": str(FORNO)})
    assert ivo.get("/bergamo/notifiche/").wsgi_request.actor.acting_for is None
    ivo.post("/bergamo/agisci-per/", {"organisation": str(TREVIGLIO)})
    assert acting(ivo) == FORNO


@pytest.mark.parametrize("away", ["https://elsewhere.example/", "//elsewhere.example", "javascript:alert(1)"])
def test_the_switch_never_leads_off_the_site(cast, visit, away):
    answer = visit(cast.ivo).post(SWITCH, {"organisation": "", "next": away})
    assert answer["Location"] == "/milano/"


def test_the_switch_is_posted_by_somebody_signed_in(cast, visit):
    assert visit(cast.ivo).get(SWITCH).status_code == 405
    assert visit(None).post(SWITCH)["Location"].startswith("/accesso/")

"""Giving and ending roles, and being told."""

import pytest
from django.db import IntegrityError, transaction

from contempo.core.audit import history
from contempo.core.verdict import NotPermitted, Refusal
from contempo.people.actions import end_role, grant
from contempo.people.models import Notification, RoleGrant
from contempo.people.queries import actor_for
from contempo.people.rules import SYSTEM, VISITOR, NetworkRole, OrganisationRole
from contempo.people.tests.factories import (
    BERGAMO,
    FORNO,
    GIRASOLE,
    MILANO,
    TREVIGLIO,
    PersonFactory,
    RoleGrantFactory,
    in_milano,
    make_cast,
)
from contempo.people.tests.racing import at_once


def held(person, role):
    return RoleGrant.objects.get(person=person, role=role, until=None)


def test_a_coordinator_gives_a_role_and_the_person_is_told(cast, mails):
    grant(in_milano(cast.marta), person_id=cast.sara.pk, role=NetworkRole.EXPERT, network_id=MILANO)
    given = held(cast.sara, NetworkRole.EXPERT)
    assert given.granted_by == cast.marta
    assert actor_for(cast.sara, MILANO).has(NetworkRole.EXPERT)
    told = Notification.objects.get(person=cast.sara)
    assert told.title == "Hai un nuovo ruolo: Persona esperta"
    assert told.url == "/profilo/"
    assert [mail.subject for mail in mails(cast.sara.email)] == [told.title]


def test_a_role_for_an_organisation_names_it(cast):
    grant(
        in_milano(cast.ivo),
        person_id=cast.sara.pk,
        role=OrganisationRole.EDITOR,
        network_id=MILANO,
        organisation_id=FORNO,
    )
    assert actor_for(cast.sara, MILANO).roles_for(FORNO) == {OrganisationRole.EDITOR}
    assert Notification.objects.get(person=cast.sara).text == "Da ora agisci per Forno Bianchi."


def test_a_role_held_already_is_given_once(cast):
    first = held(cast.nadia, NetworkRole.EXPERT)
    again = grant(in_milano(cast.marta), person_id=cast.nadia.pk, role=NetworkRole.EXPERT, network_id=MILANO)
    assert again == first.pk
    assert not Notification.objects.filter(person=cast.nadia).exists()


def test_the_platform_gives_roles_without_telling(cast):
    grant(SYSTEM, person_id=cast.sara.pk, role=NetworkRole.OBSERVER, network_id=BERGAMO)
    assert held(cast.sara, NetworkRole.OBSERVER).granted_by is None
    assert not Notification.objects.exists()


@pytest.mark.parametrize("name", ["chiara", "ivo", "rosa", "elena", "nadia", "sara"])
def test_nobody_else_gives_network_roles(cast, name):
    with pytest.raises(NotPermitted):
        grant(in_milano(getattr(cast, name)), person_id=cast.sara.pk, role=NetworkRole.COORDINATOR, network_id=MILANO)
    assert not RoleGrant.objects.filter(person=cast.sara).exists()


def test_a_visitor_gives_nothing(cast):
    with pytest.raises(NotPermitted):
        grant(VISITOR, person_id=cast.sara.pk, role=NetworkRole.EXPERT, network_id=MILANO)


def test_roles_of_another_networks_organisation_cannot_be_given(cast):
    with pytest.raises(NotPermitted, match="not in the network"):
        grant(
            in_milano(cast.marta),
            person_id=cast.sara.pk,
            role=OrganisationRole.EDITOR,
            network_id=MILANO,
            organisation_id=TREVIGLIO,
        )


def test_role_and_scope_must_fit(cast):
    with pytest.raises(Refusal, match="choose which"):
        grant(in_milano(cast.marta), person_id=cast.sara.pk, role=OrganisationRole.EDITOR, network_id=MILANO)


def test_a_closed_account_receives_no_role(cast):
    nobody = PersonFactory(is_active=False)
    with pytest.raises(Refusal, match="closed"):
        grant(in_milano(cast.marta), person_id=nobody.pk, role=NetworkRole.EXPERT, network_id=MILANO)


def test_ending_a_role_takes_what_it_opens_and_tells(cast):
    end_role(in_milano(cast.marta), grant_id=held(cast.nadia, NetworkRole.EXPERT).pk)
    assert not actor_for(cast.nadia, MILANO).has(NetworkRole.EXPERT)
    assert Notification.objects.get(person=cast.nadia).title == "Un tuo ruolo è terminato: Persona esperta"


def test_a_role_may_be_given_again_after_it_ended(cast):
    end_role(in_milano(cast.marta), grant_id=held(cast.nadia, NetworkRole.EXPERT).pk)
    grant(in_milano(cast.marta), person_id=cast.nadia.pk, role=NetworkRole.EXPERT, network_id=MILANO)
    assert RoleGrant.objects.filter(person=cast.nadia).count() == 2
    assert actor_for(cast.nadia, MILANO).has(NetworkRole.EXPERT)


def test_laying_down_ones_own_role_needs_nobody_and_tells_nobody(cast):
    end_role(actor_for(cast.nadia, None), grant_id=held(cast.nadia, NetworkRole.EXPERT).pk)
    assert not Notification.objects.exists()


def test_the_last_coordinator_stays(cast):
    end_role(in_milano(cast.marta), grant_id=held(cast.giulio, NetworkRole.COORDINATOR).pk)
    mine = held(cast.marta, NetworkRole.COORDINATOR)
    with pytest.raises(Refusal, match="cannot be without a coordinator"):
        end_role(in_milano(cast.marta), grant_id=mine.pk)
    mine.refresh_from_db()
    assert mine.until is None


def test_the_last_representative_stays_also_for_a_coordinator(cast):
    representing = held(cast.ivo, OrganisationRole.REPRESENTATIVE)
    for actor in (in_milano(cast.ivo), in_milano(cast.marta)):
        with pytest.raises(Refusal, match="without a legal representative"):
            end_role(actor, grant_id=representing.pk)
    RoleGrantFactory(person=cast.sara, role=OrganisationRole.REPRESENTATIVE, organisation_id=FORNO)
    end_role(in_milano(cast.ivo), grant_id=representing.pk)


def test_representatives_of_other_organisations_do_not_count(cast):
    RoleGrantFactory(person=cast.sara, role=OrganisationRole.REPRESENTATIVE, organisation_id=GIRASOLE)
    with pytest.raises(Refusal):
        end_role(in_milano(cast.ivo), grant_id=held(cast.ivo, OrganisationRole.REPRESENTATIVE).pk)


def test_a_role_ends_once(cast):
    expert = held(cast.nadia, NetworkRole.EXPERT)
    end_role(in_milano(cast.marta), grant_id=expert.pk)
    with pytest.raises(Refusal, match="ended already"):
        end_role(in_milano(cast.giulio), grant_id=expert.pk)
    with pytest.raises(Refusal, match="not there"):
        end_role(in_milano(cast.giulio), grant_id=10**9)


@pytest.mark.parametrize("name", ["chiara", "ivo", "elena", "sara"])
def test_nobody_else_ends_an_experts_role(cast, name):
    with pytest.raises(NotPermitted):
        end_role(in_milano(getattr(cast, name)), grant_id=held(cast.nadia, NetworkRole.EXPERT).pk)


def test_the_history_tells_who_gave_and_who_ended(cast):
    number = grant(in_milano(cast.marta), person_id=cast.sara.pk, role=NetworkRole.EXPERT, network_id=MILANO)
    end_role(in_milano(cast.giulio), grant_id=number)
    ended, given = history(RoleGrant.objects.get(pk=number))
    assert (given.operation, given.action, given.person_id) == ("insert", "people.roles.grant", cast.marta.pk)
    assert (ended.operation, ended.action, ended.person_id) == ("update", "people.roles.end_role", cast.giulio.pk)


@pytest.mark.parametrize(
    "wrong",
    [
        {"role": NetworkRole.EXPERT, "organisation_id": FORNO},
        {"role": OrganisationRole.EDITOR, "organisation_id": None},
        {"role": "emperor"},
    ],
)
def test_the_database_itself_refuses_a_role_outside_its_scope(cast, wrong):
    with pytest.raises(IntegrityError), transaction.atomic():
        RoleGrantFactory(person=cast.sara, **wrong)


def test_the_database_itself_refuses_the_same_role_twice(cast):
    for scope in ({}, {"role": OrganisationRole.EDITOR, "organisation_id": FORNO}):
        RoleGrantFactory(person=cast.sara, **scope)
        with pytest.raises(IntegrityError), transaction.atomic():
            RoleGrantFactory(person=cast.sara, **scope)


@pytest.mark.django_db(transaction=True)
def test_two_coordinators_who_leave_at_once_leave_one_behind():
    cast = make_cast()
    marta, giulio = in_milano(cast.marta), in_milano(cast.giulio)
    numbers = [held(who, NetworkRole.COORDINATOR).pk for who in (cast.marta, cast.giulio)]
    outcome = at_once(
        lambda: end_role(marta, grant_id=numbers[0]),
        lambda: end_role(giulio, grant_id=numbers[1]),
    )
    assert sum(each is None for each in outcome) == 1
    assert RoleGrant.objects.filter(network_id=MILANO, role=NetworkRole.COORDINATOR, until=None).count() == 1


@pytest.mark.django_db(transaction=True)
def test_the_same_role_given_twice_at_once_is_given_once():
    cast = make_cast()
    asked = {"person_id": cast.sara.pk, "role": NetworkRole.EXPERT, "network_id": MILANO}
    outcome = at_once(*(lambda who=who: grant(in_milano(who), **asked) for who in (cast.marta, cast.giulio)))
    assert outcome == [None, None]
    assert RoleGrant.objects.filter(person=cast.sara).count() == 1

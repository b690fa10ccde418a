"""Who may manage whom."""

import pytest

from contempo.people.access import (
    givable_roles,
    grants_visible_to,
    invitations_visible_to,
    may_end,
    may_give,
    may_see_people,
)
from contempo.people.actions import invite
from contempo.people.models import Invitation, RoleGrant
from contempo.people.rules import SYSTEM, VISITOR, NetworkRole, OrganisationRole
from contempo.people.tests.factories import BERGAMO, FORNO, GIRASOLE, MILANO, TREVIGLIO, in_bergamo, in_milano

COORDINATORS = {"marta", "giulio"}
EVERYBODY = {"marta", "giulio", "chiara", "ivo", "rosa", "elena", "nadia", "sara"}


def allowed(cast, ask):
    """Who of the cast, as an actor of Milan, `ask` allows."""
    return {name for name in EVERYBODY if ask(in_milano(getattr(cast, name)))}


def test_only_coordinators_see_the_people_of_a_network(cast):
    assert allowed(cast, lambda actor: may_see_people(actor, network_id=MILANO)) == COORDINATORS
    assert not may_see_people(VISITOR, network_id=MILANO)
    assert may_see_people(SYSTEM, network_id=MILANO)


def test_coordinators_of_another_network_see_nobody(cast):
    assert not may_see_people(in_bergamo(cast.marta), network_id=BERGAMO)
    assert not may_see_people(in_milano(cast.marta), network_id=BERGAMO)
    assert may_see_people(in_bergamo(cast.chiara), network_id=BERGAMO)


def test_the_representative_sees_who_acts_for_their_organisation_only(cast):
    def forno(actor):
        return may_see_people(actor, network_id=MILANO, organisation_id=FORNO)

    def girasole(actor):
        return may_see_people(actor, network_id=MILANO, organisation_id=GIRASOLE)

    assert allowed(cast, forno) == {*COORDINATORS, "ivo"}
    assert allowed(cast, girasole) == COORDINATORS


@pytest.mark.parametrize("organisation_id", [TREVIGLIO, 999])
def test_an_organisation_of_elsewhere_is_not_managed_here(cast, organisation_id):
    verdict = may_see_people(in_milano(cast.marta), network_id=MILANO, organisation_id=organisation_id)
    assert not verdict
    assert verdict.reason == "This organisation is not in the network."
    assert not may_see_people(SYSTEM, network_id=MILANO, organisation_id=organisation_id)


def test_what_each_may_give(cast):
    def roles(who, organisation_id=None):
        return set(givable_roles(in_milano(who), network_id=MILANO, organisation_id=organisation_id))

    assert roles(cast.marta) == set(NetworkRole)
    assert roles(cast.marta, FORNO) == set(OrganisationRole)
    assert roles(cast.ivo) == set()
    assert roles(cast.ivo, FORNO) == set(OrganisationRole) - {OrganisationRole.REPRESENTATIVE}
    assert roles(cast.ivo, GIRASOLE) == set()
    for nobody in (cast.rosa, cast.elena, cast.nadia, cast.sara, cast.chiara):
        assert roles(nobody) == roles(nobody, FORNO) == set()


def test_the_representative_names_no_other_representative(cast):
    verdict = may_give(
        in_milano(cast.ivo), role=OrganisationRole.REPRESENTATIVE, network_id=MILANO, organisation_id=FORNO
    )
    assert not verdict
    assert "coordinate the network" in verdict.reason


def test_who_may_end_the_editors_role(cast):
    editing = RoleGrant.objects.get(person=cast.rosa)
    assert allowed(cast, lambda actor: may_end(actor, editing)) == {*COORDINATORS, "ivo", "rosa"}


def test_who_may_end_the_representatives_role(cast):
    representing = RoleGrant.objects.get(person=cast.ivo)
    assert allowed(cast, lambda actor: may_end(actor, representing)) == {*COORDINATORS, "ivo"}


def test_who_may_end_an_experts_role(cast):
    expert = RoleGrant.objects.get(person=cast.nadia)
    assert allowed(cast, lambda actor: may_end(actor, expert)) == {*COORDINATORS, "nadia"}
    assert not may_end(VISITOR, expert)


def test_everybody_sees_their_own_roles_and_managers_those_they_manage(cast):
    def seen(actor):
        return {grant.person.get_short_name() for grant in grants_visible_to(actor, RoleGrant.objects.all())}

    assert seen(in_milano(cast.marta)) == {"Marta", "Giulio", "Ivo", "Rosa", "Elena", "Nadia"}
    assert seen(in_bergamo(cast.marta)) == {"Marta"}
    assert seen(in_milano(cast.ivo)) == {"Ivo", "Rosa"}
    assert seen(in_milano(cast.rosa)) == {"Rosa"}
    assert seen(in_milano(cast.sara)) == set()
    assert seen(VISITOR) == set()
    assert seen(SYSTEM) == {"Marta", "Giulio", "Chiara", "Ivo", "Rosa", "Elena", "Nadia"}


def test_invitations_are_seen_by_those_who_manage_their_scope(cast):
    invite(in_milano(cast.marta), email="a@example.org", role=NetworkRole.EXPERT, network_id=MILANO)
    invite(
        in_milano(cast.ivo),
        email="b@example.org",
        role=OrganisationRole.EDITOR,
        network_id=MILANO,
        organisation_id=FORNO,
    )

    def seen(actor):
        return {each.email[0] for each in invitations_visible_to(actor, Invitation.objects.all())}

    assert seen(in_milano(cast.giulio)) == {"a", "b"} == seen(SYSTEM)
    assert seen(in_milano(cast.ivo)) == {"b"}
    assert seen(in_milano(cast.rosa)) == seen(in_bergamo(cast.chiara)) == seen(VISITOR) == set()

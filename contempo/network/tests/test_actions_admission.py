"""Admission: the organisation enters the registry, or is recognised there."""

from datetime import date

import pytest

from contempo.core.testing import published
from contempo.core.verdict import Refusal
from contempo.network.actions.accession.decisions import (
    admit,
)
from contempo.network.actions.organisations import begin_membership, set_contacts
from contempo.network.events import OrganisationAdmitted
from contempo.network.models import AccessionRequest, Organisation
from contempo.network.rules.accession import State
from contempo.network.rules.organisations import OrganisationKind, Publishable
from contempo.network.tests.factories import (
    OrganisationFactory,
    place,
)

pytestmark = pytest.mark.django_db


def row(request):
    return AccessionRequest.objects.get(id=request.id)


def test_who_is_admitted_enters_the_registry_and_is_not_yet_a_member(world):
    request = world.request(State.ADMITTED, name="Panificio Aurora S.r.l.")
    organisation = request.organisation
    assert (organisation.name, organisation.slug) == ("Panificio Aurora S.r.l.", "panificio-aurora-s-r-l")
    assert organisation.member_since is None
    assert organisation.published == [Publishable.DESCRIPTION, Publishable.WEBSITE]
    (seat,), (contact,) = organisation.seats.all(), organisation.contacts.all()
    assert (seat.address, seat.municipality, seat.is_main) == ("Via dei Mulini 4", place(), True)
    assert (contact.full_name, contact.is_main) == ("Ivo Ferri", True)
    assert published(OrganisationAdmitted) == [
        OrganisationAdmitted(request_id=request.id, organisation_id=organisation.id)
    ]


def test_two_organisations_of_one_name_have_each_its_address(world):
    first = world.request(State.ADMITTED, name="Asilo Aurora")
    second = world.request(State.ADMITTED, name="Asilo Aurora", applicant=world.sara)
    assert {first.organisation.slug, second.organisation.slug} == {"asilo-aurora", "asilo-aurora-2"}


def test_an_organisation_the_registry_knows_by_its_tax_code_is_not_doubled(world):
    known = OrganisationFactory(network=world.milano, name="Forno storico")
    request = world.request(State.ADMITTED, tax_code=known.tax_code, name="Forno Storico Aurora")
    assert request.organisation == known
    assert Organisation.objects.get(id=known.id).name == "Forno Storico Aurora"


def test_what_the_registry_knows_is_not_erased_by_an_answer_left_empty(world):
    known = OrganisationFactory(
        network=world.milano, ateco_code="10.71.10", headcount=9, website="https://forno.example.org"
    )
    request = world.request(
        State.ADMITTED, tax_code=known.tax_code, ateco_code="", headcount=None, website="", published=()
    )
    kept = request.organisation
    assert (kept.ateco_code, kept.headcount, kept.website) == ("10.71.10", 9, "https://forno.example.org")
    assert kept.published == []


def test_a_headcount_of_nobody_is_an_answer(world):
    known = OrganisationFactory(network=world.milano, headcount=9)
    assert world.request(State.ADMITTED, tax_code=known.tax_code, headcount=0).organisation.headcount == 0


def test_seats_and_contacts_the_registry_has_are_left_as_they_are(world):
    known = OrganisationFactory(network=world.milano)
    set_contacts(
        world.actor(world.marta),
        organisation_id=known.id,
        contacts=[{"full_name": "Ivo Ferri", "email": "IVO.ferri@example.org"}],
    )
    request = world.request(State.ADMITTED, tax_code=known.tax_code)
    assert [contact.email for contact in request.organisation.contacts.all()] == ["IVO.ferri@example.org"]


def test_the_coordinator_links_an_organisation_known_by_a_similar_name(world):
    known = OrganisationFactory(network=world.milano, name="Pan. Aurora", tax_code="")
    request = world.request(State.IN_EXAMINATION)
    admit(world.actor(world.marta), request_id=request.id, organisation_id=known.id)
    known.refresh_from_db()
    assert row(request).organisation == known
    assert known.tax_code == request.tax_code


def test_but_not_one_that_has_another_tax_code_or_is_of_another_network(world):
    request = world.request(State.IN_EXAMINATION)
    for other in (
        OrganisationFactory(network=world.milano),
        OrganisationFactory(network=world.bergamo, tax_code=""),
    ):
        with pytest.raises(Refusal):
            admit(world.actor(world.marta), request_id=request.id, organisation_id=other.id)
    assert row(request).state == State.IN_EXAMINATION


def test_nor_any_other_when_the_tax_code_is_known(world):
    known, alike = OrganisationFactory(network=world.milano), OrganisationFactory(network=world.milano, tax_code="")
    request = world.request(State.IN_EXAMINATION, tax_code=known.tax_code)
    with pytest.raises(Refusal):
        admit(world.actor(world.marta), request_id=request.id, organisation_id=alike.id)


def test_who_became_a_member_meanwhile_is_not_admitted_again(world):
    known = OrganisationFactory(network=world.milano)
    request = world.request(State.IN_EXAMINATION, tax_code=known.tax_code)
    marta = world.actor(world.marta)
    begin_membership(marta, organisation_id=known.id, since=date(2026, 1, 1), agreement_id=None)
    with pytest.raises(Refusal):
        admit(marta, request_id=request.id)
    assert row(request).state == State.IN_EXAMINATION


def test_an_answer_that_contradicts_the_registry_is_put_before_the_coordinator(world):
    school = OrganisationFactory(network=world.milano, kind=OrganisationKind.SCHOOL, ipa_code="istsc_miic8")
    with pytest.raises(Refusal) as refused:
        world.request(State.ADMITTED, tax_code=school.tax_code, kind=OrganisationKind.COMPANY)
    assert refused.value.field == "ipa_code"

"""The registry: who changes what of an organisation, its seats and contacts, its membership."""

from datetime import date

import pytest

from contempo.core import audit, search
from contempo.core.testing import published
from contempo.core.verdict import NotPermitted, Refusal
from contempo.network.actions.organisations import (
    begin_membership,
    change_organisation,
    register_organisation,
    set_contacts,
    set_seats,
)
from contempo.network.events import MembershipBegun
from contempo.network.models import Membership, Network, Organisation
from contempo.network.rules.accession import State
from contempo.network.rules.organisations import OrganisationKind, Publishable
from contempo.network.tests.factories import BERGAMO, MILANO, SESTO, OrganisationFactory, tax_code_number

pytestmark = pytest.mark.django_db

SCHOOL = {"name": "Scuola dell'Infanzia “Girasole”", "kind": OrganisationKind.SCHOOL, "municipality_id": SESTO}


def found(world, text, *, public_only=True):
    hits = search.find(network_id=world.milano.id, text=text, public_only=public_only).items
    return [hit.title for hit in hits]


def test_the_agency_adds_an_organisation_that_is_not_yet_a_member(world):
    school = register_organisation(world.actor(world.marta), record={**SCHOOL}, source="Piano 2014-2016")
    assert (school.slug, school.search_name) == ("scuola-dell-infanzia-girasole", "scuola dell infanzia girasole")
    assert school.network == world.milano
    assert school.member_since is None


@pytest.mark.parametrize("name", ["a visitor", "davide", "elena", "renato", "chiara", "ivo"])
def test_nobody_else_adds_organisations(world, name):
    with pytest.raises(NotPermitted):
        register_organisation(world.everybody[name], record={**SCHOOL})


def test_two_organisations_of_one_name_have_each_its_address(world):
    slugs = [register_organisation(world.actor(world.marta), record={**SCHOOL}).slug for _again in range(3)]
    assert slugs == [f"scuola-dell-infanzia-girasole{number}" for number in ("", "-2", "-3")]


def test_a_name_without_letters_still_has_an_address(world):
    assert register_organisation(world.actor(world.marta), record={**SCHOOL, "name": "???"}).slug == "organizzazione"


def test_the_longest_name_still_has_an_address(world):
    twins = [register_organisation(world.actor(world.marta), record={**SCHOOL, "name": "w" * 200}) for _ in range(2)]
    assert [len(each.slug) for each in twins] == [70, 72]


def test_a_tax_code_is_there_once_in_a_network_and_the_sentence_says_whose_it_is(world):
    with pytest.raises(Refusal) as refused:
        register_organisation(world.actor(world.marta), record={**SCHOOL, "tax_code": world.comune.tax_code})
    assert (refused.value.field, refused.value.params) == ("tax_code", {"name": "Comune di Milano"})
    register_organisation(
        world.actor(world.davide, world.bergamo), record={**SCHOOL, "tax_code": world.comune.tax_code}
    )


def test_organisations_without_a_tax_code_do_not_get_in_each_others_way(world):
    for name in ("Primo gruppo", "Secondo gruppo"):
        register_organisation(world.actor(world.marta), record={**SCHOOL, "name": name, "tax_code": ""})


def test_a_field_no_form_reaches_is_not_written(world):
    for record in ({"member_since": date(2026, 1, 1)}, {"network_id": 7}, {"published": ["tax_code"]}):
        with pytest.raises(ValueError):
            register_organisation(world.actor(world.marta), record={**SCHOOL, **record})


@pytest.mark.parametrize("name", ["marta", "chiara", "omar"])
def test_the_agency_the_representative_and_an_editor_change_the_record(world, name):
    change_organisation(world.everybody[name], organisation_id=world.comune.id, changes={"description": "Servizi."})
    assert Organisation.objects.get(id=world.comune.id).description == "Servizi."


@pytest.mark.parametrize("name", ["a visitor", "davide", "elena", "renato", "teresa", "paolo", "ivo", "sara"])
def test_nobody_else_does(world, name):
    with pytest.raises(NotPermitted):
        change_organisation(world.everybody[name], organisation_id=world.comune.id, changes={"description": "No."})


@pytest.mark.parametrize(
    "changes",
    [
        {"kind": OrganisationKind.SCHOOL},
        {"tax_code": tax_code_number(999)},
        {"vat_number": tax_code_number(999)},
        {"municipality_id": BERGAMO},
    ],
)
def test_what_identifies_an_organisation_is_changed_by_the_agency_alone(world, changes):
    with pytest.raises(NotPermitted):
        change_organisation(world.actor(world.chiara), organisation_id=world.comune.id, changes=changes)
    change_organisation(world.actor(world.marta), organisation_id=world.comune.id, changes=changes)


def test_an_organisation_of_another_network_is_not_there(world):
    elsewhere = OrganisationFactory(network=world.bergamo)
    with pytest.raises(Refusal):
        change_organisation(world.actor(world.marta), organisation_id=elsewhere.id, changes={"name": "Mia"})


def test_the_tax_code_of_another_is_not_taken(world):
    other = OrganisationFactory(network=world.milano)
    with pytest.raises(Refusal):
        change_organisation(
            world.actor(world.marta), organisation_id=other.id, changes={"tax_code": world.comune.tax_code}
        )
    change_organisation(world.actor(world.marta), organisation_id=other.id, changes={"tax_code": other.tax_code})


def test_identifiers_go_on_fitting_the_kind(world):
    with pytest.raises(Refusal) as refused:
        change_organisation(
            world.actor(world.marta), organisation_id=world.comune.id, changes={"kind": OrganisationKind.COMPANY}
        )
    assert refused.value.field == "ipa_code"


def test_a_new_name_is_found_and_the_address_stays(world):
    change_organisation(world.actor(world.chiara), organisation_id=world.comune.id, changes={"name": "Città di Milano"})
    assert Organisation.objects.get(id=world.comune.id).slug == "comune-di-milano"
    assert found(world, "citta") == ["Città di Milano"]
    assert found(world, "comune") == []


def test_only_what_is_published_is_found_by_the_public(world):
    changes = {"description": "Asili nido", "aims": "Orari flessibili", "published": [Publishable.DESCRIPTION]}
    change_organisation(world.actor(world.chiara), organisation_id=world.comune.id, changes=changes)
    assert found(world, "nido") == ["Comune di Milano"]
    assert found(world, "flessibili") == []


def test_the_public_finds_members_and_the_agency_the_whole_registry(world):
    register_organisation(world.actor(world.marta), record={**SCHOOL})
    assert found(world, "girasole") == []
    assert len(found(world, "girasole", public_only=False)) == 1


def test_who_changed_what_is_known(world):
    change_organisation(world.actor(world.omar), organisation_id=world.comune.id, changes={"headcount": 15000})
    entry = audit.history(world.comune)[0]
    assert (entry.person_id, entry.action) == (world.omar.id, "network.organisations.change_organisation")
    assert [change.field for change in entry.changes] == ["headcount"]


def test_the_first_seat_is_the_main_one_and_the_list_replaces_the_earlier(world):
    for seats in ([{"municipality_id": SESTO}], [{"municipality_id": MILANO}, {"municipality_id": BERGAMO}]):
        set_seats(world.actor(world.omar), organisation_id=world.comune.id, seats=seats)
    kept = [(seat.municipality_id, seat.is_main) for seat in world.comune.seats.all()]
    assert kept == [(MILANO, True), (BERGAMO, False)]


def test_an_organisation_may_have_no_seat_and_no_contact(world):
    set_seats(world.actor(world.omar), organisation_id=world.comune.id, seats=[])
    set_contacts(world.actor(world.omar), organisation_id=world.comune.id, contacts=[])
    assert not world.comune.seats.exists()
    assert not world.comune.contacts.exists()


def test_the_first_contact_is_the_one_to_call_first(world):
    contacts = [{"full_name": "Zoe"}, {"full_name": "Ada"}]
    set_contacts(world.actor(world.chiara), organisation_id=world.comune.id, contacts=contacts)
    assert [contact.full_name for contact in world.comune.contacts.all()] == ["Zoe", "Ada"]


@pytest.mark.parametrize("name", ["a visitor", "davide", "elena", "teresa", "paolo", "sara"])
def test_seats_and_contacts_are_changed_by_who_changes_the_record(world, name):
    actor = world.everybody[name]
    with pytest.raises(NotPermitted):
        set_seats(actor, organisation_id=world.comune.id, seats=[])
    with pytest.raises(NotPermitted):
        set_contacts(actor, organisation_id=world.comune.id, contacts=[])


def test_a_first_signatory_is_a_member_without_a_request(world):
    known = OrganisationFactory(network=world.milano)
    marta = world.actor(world.marta)
    begin_membership(marta, organisation_id=known.id, since=date(2011, 3, 1), agreement_id=None, lead=True)
    assert Organisation.objects.get(id=known.id).member_since == date(2011, 3, 1)
    assert Network.objects.get(id=world.milano.id).lead == known
    assert published(MembershipBegun)[-1] == MembershipBegun(organisation_id=known.id)


@pytest.mark.parametrize("name", ["a visitor", "davide", "elena", "chiara", "ivo"])
def test_only_the_agency_begins_a_membership_without_a_request(world, name):
    known = OrganisationFactory(network=world.milano)
    with pytest.raises(NotPermitted):
        begin_membership(world.everybody[name], organisation_id=known.id, since=date(2011, 3, 1), agreement_id=None)


def test_a_member_does_not_become_one_again(world):
    with pytest.raises(Refusal):
        begin_membership(
            world.actor(world.marta), organisation_id=world.comune.id, since=date(2026, 1, 1), agreement_id=None
        )
    assert Membership.objects.filter(organisation=world.comune).count() == 1


def test_a_membership_does_not_begin_in_the_future(world, at):
    at("2026-11-20T10:00")
    known = OrganisationFactory(network=world.milano)
    with pytest.raises(Refusal) as refused:
        begin_membership(
            world.actor(world.marta), organisation_id=known.id, since=date(2026, 11, 21), agreement_id=None
        )
    assert refused.value.field == "since"


def test_nor_within_one_that_has_ended(world, at):
    at("2026-11-20T10:00")
    left = world.request(State.CEASED).organisation
    marta = world.actor(world.marta)
    with pytest.raises(Refusal) as refused:
        begin_membership(marta, organisation_id=left.id, since=date(2026, 11, 19), agreement_id=None)
    assert refused.value.field == "since"
    begin_membership(marta, organisation_id=left.id, since=date(2026, 11, 20), agreement_id=None)

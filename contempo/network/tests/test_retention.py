"""What has been kept as long as it may is erased, from the history too; the rest stays."""

import pytest

from contempo.core.files import Attachment
from contempo.core.verdict import NotPermitted
from contempo.network.actions.accession.decisions import cease, withdraw
from contempo.network.actions.accession.drafts import attach, submit
from contempo.network.actions.organisations import set_contacts
from contempo.network.actions.retention import erase_ended_requests, erase_old_contacts, erase_old_signatures
from contempo.network.models import AccessionRequest, Contact, Signature
from contempo.network.queries.personal import personal_data
from contempo.network.rules.accession import State
from contempo.network.tests.factories import REASON, application, pdf
from contempo.people.public import SYSTEM

pytestmark = pytest.mark.django_db


@pytest.mark.parametrize("state", [State.REFUSED, State.WITHDRAWN])
def test_a_request_that_came_to_nothing_is_erased_after_five_years(world, at, state):
    at("2021-11-01T10:00")
    request = world.request(state)
    at("2026-10-30T10:00")
    assert erase_ended_requests(SYSTEM) == 0
    at("2026-11-02T10:00")
    assert (erase_ended_requests(SYSTEM), erase_ended_requests(SYSTEM)) == (1, 0)
    assert not AccessionRequest.objects.filter(id=request.id).exists()
    kept = AccessionRequest.pgh_event_model.objects.filter(pgh_obj_id=request.id)
    assert set(kept.values_list("applicant", "name", "tax_code", "application")) == {(None, "", "", None)}


def test_with_its_documents(world, at, django_capture_on_commit_callbacks):
    at("2021-11-01T10:00")
    draft = world.draft()
    document = attach(world.actor(world.ivo), request_id=draft.id, secret="", upload=pdf("Carta di Ivo.pdf"))
    submit(world.actor(world.ivo), request_id=draft.id, application=application())
    withdraw(world.actor(world.ivo), request_id=draft.id)
    at("2026-11-02T10:00")
    with django_capture_on_commit_callbacks(execute=True):
        erase_ended_requests(SYSTEM)
    assert not document.path.exists()
    kept = Attachment.pgh_event_model.objects.filter(pgh_obj_id=document.key)
    assert set(kept.values_list("name", "uploaded_by")) == {("", None)}


def test_a_request_that_made_a_member_is_kept(world, at):
    at("2016-11-01T10:00")
    world.request(State.SIGNED)
    world.request(State.CEASED)
    at("2026-11-02T10:00")
    assert erase_ended_requests(SYSTEM) == 0


def test_a_signature_is_erased_ten_years_after_the_membership_ended(world, at):
    at("2014-11-01T10:00")
    request = world.request(State.CEASED)
    at("2024-10-20T10:00")
    assert erase_old_signatures(SYSTEM) == 0
    at("2024-11-02T10:00")
    assert (erase_old_signatures(SYSTEM), erase_old_signatures(SYSTEM)) == (1, 0)
    assert not Signature.objects.filter(request=request.id).exists()
    assert set(Signature.pgh_event_model.objects.values_list("signer_name", flat=True)) == {""}


def test_the_contacts_of_an_organisation_are_erased_two_years_after_it_left(world, at):
    at("2023-11-01T10:00")
    request = world.request(State.SIGNED)
    at("2024-06-01T10:00")
    cease(world.actor(world.marta), request_id=request.id, reason=REASON)
    at("2026-05-30T10:00")
    assert erase_old_contacts(SYSTEM) == 0
    at("2026-06-03T10:00")
    assert (erase_old_contacts(SYSTEM), erase_old_contacts(SYSTEM)) == (1, 0)
    kept = Contact.pgh_event_model.objects.filter(organisation_id=request.organisation_id)
    assert set(kept.values_list("full_name", "email")) == {("", "")}


def test_the_contacts_of_members_and_of_those_who_never_were_stay(world, at):
    at("2016-11-01T10:00")
    marta = world.actor(world.marta)
    set_contacts(marta, organisation_id=world.comune.id, contacts=[{"full_name": "Lina Riva"}])
    at("2026-11-02T10:00")
    assert erase_old_contacts(SYSTEM) == 0


def test_only_the_installation_erases(world):
    for erase in (erase_ended_requests, erase_old_contacts, erase_old_signatures):
        with pytest.raises(NotPermitted):
            erase(world.actor(world.marta))


def test_one_finds_what_one_sent_and_signed_in_ones_own_data(world):
    world.request(State.SIGNED, name="Panificio Aurora")
    mine = personal_data(world.ivo.id)
    assert [request["organisation"] for request in mine["accession_requests"]] == ["Panificio Aurora"]
    assert [signature["organisation"] for signature in mine["signatures"]] == ["Panificio Aurora"]
    assert [contact["email"] for contact in mine["contacts"]] == ["ivo.ferri@example.org"]
    assert personal_data(world.sara.id) == {"accession_requests": [], "signatures": [], "contacts": []}


def test_nobody_reads_the_contact_of_somebody_of_the_same_name(world):
    contacts = [{"full_name": "Sara Moretti", "email": "altra.sara@example.org"}]
    set_contacts(world.actor(world.marta), organisation_id=world.comune.id, contacts=contacts)
    assert personal_data(world.sara.id)["contacts"] == []

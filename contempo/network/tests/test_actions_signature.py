"""The signature of the agreement, on the platform or on paper: the organisation is a member."""

import hashlib
from datetime import date

import pytest
from django.core.files.uploadedfile import SimpleUploadedFile

from contempo.core import files
from contempo.core.testing import published
from contempo.core.verdict import NotPermitted, Refusal
from contempo.network.actions.accession.decisions import (
    confirm_signed_copy,
    sign,
)
from contempo.network.actions.accession.drafts import upload_signed_copy
from contempo.network.actions.networks import publish_agreement
from contempo.network.events import MembershipBegun
from contempo.network.models import AccessionRequest, Organisation, Signature
from contempo.network.rules.accession import Standing, State
from contempo.network.tests.factories import (
    STATEMENT,
    AgreementFactory,
    give,
    pdf,
)
from contempo.people.models import Person, RoleGrant
from contempo.people.public import OrganisationRole

pytestmark = pytest.mark.django_db


def row(request):
    return AccessionRequest.objects.get(id=request.id)


def roles_of(person, organisation_id):
    return set(
        RoleGrant.objects.filter(person=person, organisation_id=organisation_id, until=None).values_list(
            "role", flat=True
        )
    )


def test_who_signs_is_a_member_from_that_day_and_represents_the_organisation(world, at):
    at("2026-11-20T23:30")
    request = world.request(State.ADMITTED)
    assert roles_of(world.ivo, request.organisation_id) == set()
    signature = world.sign(request.id)
    organisation = Organisation.objects.get(id=request.organisation_id)
    assert row(request).state == State.SIGNED
    assert organisation.member_since == date(2026, 11, 20)
    assert roles_of(world.ivo, organisation.id) == {OrganisationRole.REPRESENTATIVE}
    assert published(MembershipBegun)[-1] == MembershipBegun(organisation_id=organisation.id)
    assert (signature.signer, signature.signer_name, signature.method) == (world.ivo, "Ivo Ferri", "platform")
    assert (signature.agreement, signature.statement) == (world.agreement, STATEMENT)
    assert signature.text_digest == hashlib.sha256(world.agreement.text_it.encode()).hexdigest()


@pytest.mark.parametrize("name", ["sara", "marta", "elena", "chiara", "omar"])
def test_nobody_else_signs(world, name):
    request = world.request(State.ADMITTED)
    with pytest.raises(NotPermitted):
        world.sign(request.id, getattr(world, name))
    assert not Signature.objects.exists()


def test_who_was_asked_to_apply_does_not_sign_for_the_representative(world):
    request = world.request(State.ADMITTED, standing=Standing.DELEGATE, representative_name="Rosa Ticozzi")
    with pytest.raises(NotPermitted):
        world.sign(request.id)


def test_the_representative_signs_what_a_delegate_applied_for(world):
    request = world.request(State.ADMITTED, standing=Standing.DELEGATE, representative_name="Sara Moretti")
    give(world.sara, OrganisationRole.REPRESENTATIVE, world.milano, request.organisation_id)
    assert world.sign(request.id, world.sara).signer == world.sara
    assert roles_of(world.ivo, request.organisation_id) == {OrganisationRole.DELEGATE}


def test_nothing_is_signed_without_the_statement(world):
    request = world.request(State.ADMITTED)
    with pytest.raises(Refusal) as refused:
        sign(world.actor(world.ivo), request_id=request.id, agreement_id=world.agreement.id, statement=" ")
    assert refused.value.field == "statement"


def test_a_version_that_was_replaced_while_it_was_read_is_not_signed(world, at):
    at("2026-11-20T10:00")
    request = world.request(State.ADMITTED)
    second = publish_agreement(
        world.actor(world.marta), text_it="# Accordo 2026", text_en="", in_force_from=date(2026, 11, 20)
    )
    with pytest.raises(Refusal):
        world.sign(request.id)
    assert row(request).state == State.ADMITTED
    signature = sign(world.actor(world.ivo), request_id=request.id, agreement_id=second.id, statement=STATEMENT)
    assert signature.agreement == second


def test_a_version_of_the_future_is_not_signed_yet(world, at):
    at("2026-11-20T10:00")
    request = world.request(State.ADMITTED)
    second = publish_agreement(
        world.actor(world.marta), text_it="# Accordo 2027", text_en="", in_force_from=date(2027, 1, 1)
    )
    with pytest.raises(Refusal):
        sign(world.actor(world.ivo), request_id=request.id, agreement_id=second.id, statement=STATEMENT)
    assert world.sign(request.id).agreement == world.agreement


def test_one_signs_once(world):
    request = world.request(State.SIGNED)
    with pytest.raises(Refusal):
        world.sign(request.id)
    assert Signature.objects.count() == 1


def test_an_applicant_who_closed_the_account_leaves_the_signature_to_the_representative(world):
    request = world.request(State.ADMITTED, standing=Standing.DELEGATE, representative_name="Sara Moretti")
    give(world.sara, OrganisationRole.REPRESENTATIVE, world.milano, request.organisation_id)
    Person.objects.filter(id=world.ivo.id).update(is_active=False)
    assert world.sign(request.id, world.sara).signer == world.sara


def test_a_signed_copy_is_confirmed_by_the_agency(world):
    request = world.request(State.ADMITTED, standing=Standing.DELEGATE, representative_name="Rosa Ticozzi")
    upload_signed_copy(world.actor(world.ivo), request_id=request.id, upload=pdf())
    assert row(request).state == State.ADMITTED
    signature = confirm_signed_copy(world.actor(world.marta), request_id=request.id)
    assert (signature.method, signature.signer_name, signature.copy) == (
        "upload",
        "Rosa Ticozzi",
        row(request).signed_copy,
    )
    assert Organisation.objects.get(id=request.organisation_id).member_since
    assert roles_of(world.ivo, request.organisation_id) == {OrganisationRole.DELEGATE}


def test_an_applicant_who_represents_the_organisation_signed_the_copy(world):
    request = world.request(State.ADMITTED, contact_name="Un'altra persona")
    upload_signed_copy(world.actor(world.ivo), request_id=request.id, upload=pdf())
    assert confirm_signed_copy(world.actor(world.marta), request_id=request.id).signer_name == "Ivo Ferri"


def test_without_a_copy_there_is_nothing_to_confirm(world):
    request = world.request(State.ADMITTED)
    with pytest.raises(Refusal):
        confirm_signed_copy(world.actor(world.marta), request_id=request.id)


def test_a_copy_signs_the_version_in_force_when_it_was_handed_in(world, at):
    at("2026-11-20T10:00")
    request = world.request(State.ADMITTED)
    upload_signed_copy(world.actor(world.ivo), request_id=request.id, upload=pdf())
    AgreementFactory(network=world.milano, number=2, in_force_from=date(2026, 12, 1))
    at("2026-12-03T10:00")
    assert confirm_signed_copy(world.actor(world.marta), request_id=request.id).agreement == world.agreement


def test_a_second_copy_takes_the_place_of_the_first(world):
    request = world.request(State.ADMITTED)
    for name in ("scansione-storta.pdf", "scansione-dritta.pdf"):
        upload_signed_copy(world.actor(world.ivo), request_id=request.id, upload=pdf(name))
    (kept,) = files.attachments_of("accession", request.id)
    assert (kept.key, kept.name) == (row(request).signed_copy, "scansione-dritta.pdf")


def test_a_photograph_is_not_a_signed_copy_and_the_earlier_copy_stays(world):
    request = world.request(State.ADMITTED)
    upload_signed_copy(world.actor(world.ivo), request_id=request.id, upload=pdf())
    picture = SimpleUploadedFile("firma.txt", b"la firma")
    with pytest.raises(Refusal) as refused:
        upload_signed_copy(world.actor(world.ivo), request_id=request.id, upload=picture)
    assert refused.value.field == "signed_copy"
    assert len(files.attachments_of("accession", request.id)) == 1


@pytest.mark.parametrize("name", ["a visitor", "sara", "marta", "elena", "chiara"])
def test_only_the_organisation_hands_in_its_copy(world, name):
    request = world.request(State.ADMITTED)
    with pytest.raises(NotPermitted):
        upload_signed_copy(world.everybody[name], request_id=request.id, upload=pdf())


@pytest.mark.parametrize("state", sorted(set(State) - {State.ADMITTED}))
def test_a_copy_is_handed_in_between_admission_and_signature(world, state):
    request = world.request(state)
    with pytest.raises(Refusal):
        upload_signed_copy(world.actor(world.ivo), request_id=request.id, upload=pdf())
    assert row(request).signed_copy is None

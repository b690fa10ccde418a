"""Beginning, keeping, closing and forgetting accounts."""

from datetime import timedelta

import pytest
from allauth.account.models import EmailAddress
from allauth.mfa.models import Authenticator
from django.contrib.auth.hashers import make_password
from django.db import IntegrityError, transaction

from contempo.core.audit import history
from contempo.core.clock import now
from contempo.core.verdict import NotPermitted, Refusal
from contempo.people.actions import (
    accept_invitation,
    close_account,
    edit_profile,
    enrol,
    forget_expired,
    grant,
    invite,
    notify,
    register,
)
from contempo.people.models import Consent, Invitation, Notification, NotificationChoice, Person, RoleGrant
from contempo.people.queries import actor_for, names, personal_data
from contempo.people.rules import PRIVACY_VERSION, ROLE_KIND, SYSTEM, VISITOR, NetworkRole, register_personal_data
from contempo.people.rules import ports as people_ports
from contempo.people.tests.factories import MILANO, PASSWORD, PersonFactory, in_milano
from contempo.people.tests.reading import token_sent_to


def test_registering_keeps_name_address_language_and_consent(db, at):
    moment = at("2026-11-20T10:00")
    person = register(VISITOR, email=" Sara@Example.ORG ", full_name=" Sara Moretti ", language="en")
    assert (person.email, person.full_name, person.language) == ("sara@example.org", "Sara Moretti", "en")
    assert not person.has_usable_password()
    consent = Consent.objects.get(person=person)
    assert (consent.document, consent.version, consent.given_at) == ("privacy", PRIVACY_VERSION, moment)


def test_an_address_has_one_account_whatever_its_case(db):
    register(VISITOR, email="sara@example.org", full_name="Sara", language="it")
    with pytest.raises(Refusal, match="already an account") as refused:
        register(VISITOR, email="SARA@example.org", full_name="Sara", language="it")
    assert refused.value.field == "email"
    assert Person.objects.count() == 1
    with pytest.raises(IntegrityError), transaction.atomic():
        Person.objects.create(email="Sara@example.org", full_name="Sara")


def test_the_platform_brings_in_a_person_once(db):
    asked = {"email": "Sara@example.org", "full_name": "Sara", "password_hash": make_password(PASSWORD)}
    number = enrol(SYSTEM, **asked)
    assert enrol(SYSTEM, **asked) == number
    person = Person.objects.get(pk=number)
    assert person.check_password(PASSWORD)
    assert EmailAddress.objects.get(user=person).verified
    with pytest.raises(NotPermitted):
        enrol(VISITOR, **asked)


def test_name_and_language_are_ones_own_to_change(cast):
    edit_profile(actor_for(cast.sara, None), full_name=" Sara Moretti Rossi ", language="en")
    cast.sara.refresh_from_db()
    assert (cast.sara.full_name, cast.sara.language) == ("Sara Moretti Rossi", "en")
    with pytest.raises(Refusal):
        edit_profile(actor_for(cast.sara, None), full_name="  ", language="it")
    with pytest.raises(NotPermitted):
        edit_profile(VISITOR, full_name="Nessuno", language="it")


def test_the_history_of_a_person_knows_changes_and_no_password(cast):
    edit_profile(actor_for(cast.sara, None), full_name="Sara Rossi", language="it")
    cast.sara.set_password(PASSWORD)
    cast.sara.save(update_fields=["password"])
    changed, _made = history(cast.sara)
    assert [(each.before, each.after) for each in changed.changes] == [("Sara Moretti", "Sara Rossi")]
    assert "password" not in {field.name for field in Person.pgh_event_model._meta.fields}


def test_closing_an_account_removes_name_and_address_and_keeps_the_row(cast):
    actor = in_milano(cast.nadia)
    notify([cast.nadia.pk], kind=ROLE_KIND.name, network_id=MILANO, title="Ciao", text="", url="/")
    NotificationChoice.objects.create(person=cast.nadia, kind=ROLE_KIND.name, delivery="never")
    Authenticator.objects.create(user=cast.nadia, type=Authenticator.Type.TOTP, data={})
    close_account(actor, person_id=cast.nadia.pk)
    nadia = Person.objects.get(pk=cast.nadia.pk)
    assert (nadia.email, nadia.full_name, nadia.is_active) == (None, "", False)
    assert nadia.closed_at is not None
    assert not nadia.has_usable_password()
    assert not RoleGrant.objects.filter(person=nadia, until=None).exists()
    for model in (EmailAddress, Authenticator):
        assert not model.objects.filter(user=nadia).exists()
    for model in (Notification, NotificationChoice):
        assert not model.objects.filter(person=nadia).exists()
    assert names([nadia.pk]) == {nadia.pk: "Profilo chiuso"}
    assert actor_for(nadia, MILANO).is_visitor


def test_a_closed_account_leaves_no_name_in_the_history(cast):
    edit_profile(actor_for(cast.nadia, None), full_name="Nadia Nuova", language="it")
    close_account(actor_for(cast.nadia, None), person_id=cast.nadia.pk)
    kept = Person.pgh_event_model.objects.filter(pgh_obj_id=cast.nadia.pk)
    assert kept.count() == 3
    assert set(kept.values_list("full_name", "email")) == {("", None)}


def test_the_history_is_otherwise_written_in_ink(cast):
    with pytest.raises(Exception, match=r"(?i)cannot"), transaction.atomic():
        Person.pgh_event_model.objects.filter(pgh_obj_id=cast.nadia.pk).update(full_name="")


def test_an_address_is_free_again_after_the_account_is_closed(cast):
    close_account(actor_for(cast.nadia, None), person_id=cast.nadia.pk)
    again = register(VISITOR, email="nadia.greco@example.org", full_name="Nadia Greco", language="it")
    assert again.pk != cast.nadia.pk


def test_nobody_closes_anothers_account_nor_a_closed_one(cast):
    with pytest.raises(NotPermitted):
        close_account(in_milano(cast.marta), person_id=cast.nadia.pk)
    actor = actor_for(cast.nadia, None)
    close_account(actor, person_id=cast.nadia.pk)
    with pytest.raises(Refusal, match="closed"):
        close_account(actor, person_id=cast.nadia.pk)


@pytest.mark.parametrize(("name", "sentence"), [("chiara", "without a coordinator"), ("ivo", "legal representative")])
def test_the_indispensable_name_another_before_closing(cast, name, sentence):
    person = getattr(cast, name)
    with pytest.raises(Refusal, match=sentence):
        close_account(actor_for(person, None), person_id=person.pk)
    person.refresh_from_db()
    assert person.is_active
    assert RoleGrant.objects.filter(person=person, until=None).exists()


def test_closing_withdraws_invitations_to_the_address(cast):
    invite(in_milano(cast.marta), email=cast.sara.email, role=NetworkRole.EXPERT, network_id=MILANO)
    close_account(actor_for(cast.sara, None), person_id=cast.sara.pk)
    assert Invitation.objects.get().revoked_at is not None


def test_one_downloads_all_that_is_known_of_oneself_and_no_secret(cast, monkeypatch):
    monkeypatch.setattr(people_ports, "_personal_data", {})
    register_personal_data("network", lambda person_id: {"contacts": [person_id]})
    grant(in_milano(cast.marta), person_id=cast.sara.pk, role=NetworkRole.EXPERT, network_id=MILANO)
    invite(in_milano(cast.marta), email=cast.sara.email, role=NetworkRole.STEERING, network_id=MILANO)
    data = personal_data(cast.sara.pk)
    assert data["person"]["email"] == cast.sara.email
    assert [role["role"] for role in data["roles"]] == ["expert"]
    assert [each["role"] for each in data["invitations"]] == ["steering"]
    assert len(data["notifications"]) == 1
    assert data["network"] == {"contacts": [cast.sara.pk]}
    assert "password" not in data["person"]
    assert "token" not in str(data)


def test_a_year_later_notifications_and_invited_addresses_are_forgotten(cast):
    actor = in_milano(cast.marta)
    invite(actor, email=cast.sara.email, role=NetworkRole.EXPERT, network_id=MILANO)
    accept_invitation(actor_for(cast.sara, None), token=token_sent_to(cast.sara.email))
    invite(actor, email="mai@example.org", role=NetworkRole.EXPERT, network_id=MILANO)
    forget_expired(SYSTEM, at=now() + timedelta(days=364))
    assert set(Invitation.objects.values_list("email", flat=True)) == {cast.sara.email, "mai@example.org"}
    for _twice in range(2):
        forget_expired(SYSTEM, at=now() + timedelta(days=380))
    assert set(Invitation.objects.values_list("email", flat=True)) == {""}
    assert set(Invitation.pgh_event_model.objects.values_list("email", flat=True)) == {""}
    assert not Notification.objects.exists()
    assert actor_for(cast.sara, MILANO).has(NetworkRole.EXPERT)


def test_an_account_never_verified_is_forgotten_after_a_week(db):
    stranger = register(VISITOR, email="mai@example.org", full_name="Mai Vista", language="it")
    verified = PersonFactory()
    forget_expired(SYSTEM, at=now() + timedelta(days=6))
    assert Person.objects.filter(pk=stranger.pk).exists()
    forget_expired(SYSTEM, at=now() + timedelta(days=8))
    assert set(Person.objects.all()) == {verified}
    kept = Person.pgh_event_model.objects.filter(pgh_obj_id=stranger.pk)
    assert set(kept.values_list("full_name", "email")) == {("", None)}

"""Offering a role by mail, and taking the offer."""

from datetime import timedelta

import pytest
from allauth.account.models import EmailAddress

from contempo.core.audit import history
from contempo.core.clock import now, replaying
from contempo.core.outbox import kept_mails
from contempo.core.verdict import NotPermitted, Refusal
from contempo.people.actions import accept_invitation, end_role, invite, resend_invitation, revoke_invitation
from contempo.people.models import Invitation, Notification, RoleGrant
from contempo.people.queries import actor_for, invitation_by_token, pending_invitations
from contempo.people.rules import SYSTEM, VISITOR, NetworkRole, OrganisationRole, token_hash
from contempo.people.tests.factories import (
    BERGAMO,
    FORNO,
    MILANO,
    TREVIGLIO,
    PersonFactory,
    in_bergamo,
    in_milano,
    make_cast,
)
from contempo.people.tests.racing import at_once
from contempo.people.tests.reading import token_sent_to

NEW = "nuova@example.org"


def offer(cast, email=NEW, role=NetworkRole.EXPERT, organisation_id=None):
    return invite(in_milano(cast.marta), email=email, role=role, network_id=MILANO, organisation_id=organisation_id)


def test_an_invitation_leaves_by_mail_and_says_who_what_and_until_when(cast, at):
    at("2026-11-20T10:00")
    offer(cast, email=" Nuova@Example.org ")
    mail = kept_mails(to=NEW)[0]
    assert mail.subject == "Marta Colombo ti invita: Persona esperta, Rete di Milano"
    assert "solo per nuova@example.org, si usa una volta e vale fino a venerdì 4 dicembre 2026" in mail.text
    assert mail.reply_to == "marta.colombo@example.org"
    assert f"/invito/{token_sent_to(NEW)}/" in mail.html


def test_the_token_is_kept_only_as_its_digest(cast):
    offer(cast)
    token = token_sent_to(NEW)
    assert len(token) == 43  # 256 bits in base64
    stored = Invitation.objects.get()
    assert stored.token_hash == token_hash(token)
    assert token not in str(vars(stored))


def test_the_mail_speaks_the_language_of_whoever_has_an_account(cast):
    PersonFactory(email=NEW, language="en")
    offer(cast)
    assert kept_mails(to=NEW)[0].subject == "Marta Colombo invites you: Expert, Rete di Milano"


def test_the_invited_address_accepts_and_holds_the_role(cast):
    offer(cast, role=OrganisationRole.DELEGATE, organisation_id=FORNO)
    new = PersonFactory(email=NEW)
    accept_invitation(actor_for(new, None), token=token_sent_to(NEW))
    assert actor_for(new, MILANO).roles_for(FORNO) == {OrganisationRole.DELEGATE}
    assert RoleGrant.objects.get(person=new).granted_by == cast.marta
    told = Notification.objects.get(person=cast.marta)
    assert told.title == "nuova@example.org ha accettato il tuo invito: Persona delegata"
    assert told.url == f"/milano/organizzazione/{FORNO}/persone/"


def test_another_address_is_told_so_and_the_invitation_stays_valid(cast):
    offer(cast)
    token = token_sent_to(NEW)
    with pytest.raises(Refusal, match=r"for nuova@example\.org"):
        accept_invitation(actor_for(cast.sara, None), token=token)
    assert not RoleGrant.objects.filter(person=cast.sara).exists()
    accept_invitation(actor_for(PersonFactory(email=NEW), None), token=token)


def test_an_address_that_is_not_verified_does_not_count(cast):
    offer(cast)
    new = PersonFactory(email=NEW, verified=False)
    with pytest.raises(Refusal):
        accept_invitation(actor_for(new, None), token=token_sent_to(NEW))
    EmailAddress.objects.filter(user=new).update(verified=True)
    accept_invitation(actor_for(new, None), token=token_sent_to(NEW))


def test_an_invitation_works_once(cast):
    offer(cast)
    new = PersonFactory(email=NEW)
    actor, token = actor_for(new, None), token_sent_to(NEW)
    accept_invitation(actor, token=token)
    accept_invitation(actor, token=token)  # a double click
    assert RoleGrant.objects.filter(person=new).count() == 1
    end_role(in_milano(cast.marta), grant_id=RoleGrant.objects.get(person=new).pk)
    with pytest.raises(Refusal, match="already been used"):
        accept_invitation(actor, token=token)


def test_a_visitor_signs_in_first(cast):
    offer(cast)
    with pytest.raises(NotPermitted):
        accept_invitation(VISITOR, token=token_sent_to(NEW))


def test_an_unknown_token_opens_nothing(cast):
    with pytest.raises(Refusal, match="does not exist"):
        accept_invitation(actor_for(cast.sara, None), token="indovinato")
    assert invitation_by_token("indovinato", now()) is None


def test_an_invitation_expires_after_fourteen_days(cast):
    offer(cast)
    new = actor_for(PersonFactory(email=NEW), None)
    with replaying(now() + timedelta(days=14)), pytest.raises(Refusal, match="has expired"):
        accept_invitation(new, token=token_sent_to(NEW))
    with replaying(now() + timedelta(days=13, hours=23)):
        accept_invitation(new, token=token_sent_to(NEW))


def test_a_withdrawn_invitation_opens_nothing(cast):
    number = offer(cast)
    revoke_invitation(in_milano(cast.giulio), invitation_id=number)
    with pytest.raises(Refusal, match="withdrawn"):
        accept_invitation(actor_for(PersonFactory(email=NEW), None), token=token_sent_to(NEW))
    with pytest.raises(Refusal, match="withdrawn"):
        resend_invitation(in_milano(cast.marta), invitation_id=number)


def test_sending_again_makes_a_new_link_and_kills_the_old_one(cast):
    number = offer(cast)
    old = token_sent_to(NEW)
    with replaying(now() + timedelta(days=20)):
        resend_invitation(in_milano(cast.giulio), invitation_id=number)
        new = token_sent_to(NEW)
        assert new != old
        person = actor_for(PersonFactory(email=NEW), None)
        with pytest.raises(Refusal, match="newer one"):
            accept_invitation(person, token=old)
        accept_invitation(person, token=new)


def test_inviting_again_replaces_the_invitation_without_an_answer(cast):
    assert offer(cast) == offer(cast)
    assert Invitation.objects.count() == 1
    assert len(kept_mails(to=NEW)) == 2


def test_whoever_holds_the_role_is_not_invited_to_it(cast):
    with pytest.raises(Refusal, match="already holds") as refused:
        offer(cast, email=cast.nadia.email.upper())
    assert refused.value.field == "email"


def test_who_may_invite(cast):
    to_forno = {
        "email": NEW,
        "role": OrganisationRole.EDITOR,
        "network_id": MILANO,
        "organisation_id": FORNO,
    }
    invite(in_milano(cast.ivo), **to_forno)
    for nobody in (cast.rosa, cast.elena, cast.sara, cast.chiara):
        with pytest.raises(NotPermitted):
            invite(in_milano(nobody), **to_forno)
    with pytest.raises(NotPermitted):
        invite(in_milano(cast.ivo), **{**to_forno, "role": OrganisationRole.REPRESENTATIVE})
    with pytest.raises(NotPermitted):
        invite(in_milano(cast.marta), **{**to_forno, "organisation_id": TREVIGLIO})
    with pytest.raises(NotPermitted):
        invite(in_bergamo(cast.chiara), email=NEW, role=NetworkRole.EXPERT, network_id=MILANO)


def test_the_platform_invites_the_first_coordinator(cast):
    invite(SYSTEM, email=NEW, role=NetworkRole.COORDINATOR, network_id=BERGAMO)
    assert kept_mails(to=NEW)[0].subject == "Contempo ti invita: Coordinamento, Rete di Bergamo"
    new = PersonFactory(email=NEW)
    accept_invitation(actor_for(new, None), token=token_sent_to(NEW))
    assert in_bergamo(new).has(NetworkRole.COORDINATOR)


def test_only_those_who_manage_the_scope_withdraw_or_send_again(cast):
    number = offer(cast)
    for nobody in (cast.ivo, cast.elena, cast.chiara, cast.sara):
        with pytest.raises(NotPermitted):
            revoke_invitation(in_milano(nobody), invitation_id=number)
        with pytest.raises(NotPermitted):
            resend_invitation(in_milano(nobody), invitation_id=number)
    with pytest.raises(Refusal, match="not there"):
        revoke_invitation(in_milano(cast.marta), invitation_id=10**9)


def test_the_list_shows_what_waits_for_an_answer(cast):
    offer(cast)
    gone = offer(cast, email="via@example.org")
    revoke_invitation(in_milano(cast.marta), invitation_id=gone)
    asked = {"network_id": MILANO, "organisation_id": None}
    (row,) = pending_invitations(in_milano(cast.giulio), **asked, now=now())
    assert (row.email, row.role, row.inviter, row.expired) == (NEW, "Persona esperta", "Marta Colombo", False)
    (row,) = pending_invitations(in_milano(cast.giulio), **asked, now=now() + timedelta(days=15))
    assert (row.state, row.expired) == ("Scaduto", True)
    assert pending_invitations(in_milano(cast.elena), **asked, now=now()) == ()


def test_the_history_keeps_no_token(cast):
    number = offer(cast)
    (entry,) = history(Invitation.objects.get(pk=number))
    assert entry.action == "people.invitations.invite"
    assert "token_hash" not in {change.field for change in entry.changes}


@pytest.mark.django_db(transaction=True)
def test_two_acceptances_at_once_give_one_role():
    cast = make_cast()
    offer(cast)
    new = actor_for(PersonFactory(email=NEW), None)
    token = token_sent_to(NEW)
    outcome = at_once(*[lambda: accept_invitation(new, token=token)] * 4)
    assert outcome == [None] * 4
    assert RoleGrant.objects.filter(person=new.person_id).count() == 1
    assert Notification.objects.filter(person=cast.marta).count() == 1


@pytest.mark.django_db(transaction=True)
def test_an_acceptance_and_a_withdrawal_at_once_end_one_way_or_the_other():
    cast = make_cast()
    number = offer(cast)
    new = actor_for(PersonFactory(email=NEW), None)
    marta, token = in_milano(cast.marta), token_sent_to(NEW)
    outcome = at_once(
        lambda: accept_invitation(new, token=token),
        lambda: revoke_invitation(marta, invitation_id=number),
    )
    assert sum(each is None for each in outcome) == 1
    accepted = Invitation.objects.get(pk=number).accepted_at is not None
    assert RoleGrant.objects.filter(person=new.person_id).exists() == accepted


@pytest.mark.django_db(transaction=True)
def test_the_same_invitation_sent_twice_at_once_is_one_invitation():
    cast = make_cast()
    actors = [in_milano(cast.marta), in_milano(cast.giulio)]
    asked = {"email": NEW, "role": NetworkRole.EXPERT, "network_id": MILANO}
    outcome = at_once(*(lambda actor=actor: invite(actor, **asked) for actor in actors))
    assert None in outcome
    assert {str(each) for each in outcome} <= {"None", "The same invitation has just been sent."}
    assert Invitation.objects.count() == 1

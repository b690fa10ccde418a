"""Contacts that change while a campaign runs, delegates and what they get."""

import pytest

from contempo.core.outbox import deliver_pending, kept_mails
from contempo.core.verdict import NotPermitted, Refusal
from contempo.network.rules.organisations import OrganisationKind
from contempo.network.tests.factories import SESTO, OrganisationFactory, place
from contempo.questionnaires.access import code_of
from contempo.questionnaires.actions.invitations.contacts import Contact, correct_contact, replace_contact
from contempo.questionnaires.actions.invitations.delegates import (
    add_delegate,
    give_by_municipality,
    hand_list,
    hand_to_delegate,
    make_tokens,
    remove_delegate,
)
from contempo.questionnaires.actions.invitations.standing import exclude_invitations, note_step
from contempo.questionnaires.models import Delegate, Invitation, Target
from contempo.questionnaires.tests.campaigns.conftest import Desk
from contempo.questionnaires.tests.factories import TargetFactory


def opens(desk: Desk, code: str) -> int:
    return int(desk.client(None).get(f"/milano/r/{code}/").status_code)


def test_a_corrected_address_gets_a_new_link_and_the_old_one_dies(desk: Desk) -> None:
    one = desk.it.invitation(desk.it.named, "coop")
    before = code_of(one)
    contact = Contact("Ada Neri", "ada.neri@example.org")
    correct_contact(desk.actor(), invitation_id=one.pk, contact=contact, write=True)
    deliver_pending()
    one.refresh_from_db()
    assert one.generation == 2
    assert one.state == "sent"
    assert [mail.to for mail in kept_mails()] == ["ada.neri@example.org"]
    assert opens(desk, code_of(one)) == 200
    assert opens(desk, before) == 404


def test_a_replaced_contact_leaves_its_story(desk: Desk) -> None:
    one = desk.it.invitation(desk.it.named, "company")
    new = replace_contact(
        desk.actor(), invitation_id=one.pk, contact=Contact("Ugo Blu", "ugo@example.org"), write=False
    )
    one.refresh_from_db()
    assert (one.state, one.replaced_by) == ("replaced", new)
    assert new.target_id == one.target_id
    assert "Ugo Blu" in desk.see(desk.it.named, f"inviti/{new.pk}/").text


def test_an_address_invited_already_is_refused_beside_its_field(desk: Desk) -> None:
    one = desk.it.invitation(desk.it.named, "coop")
    other = desk.it.invitation(desk.it.named, "bakery")
    answer = desk.post(
        desk.it.named, f"inviti/{one.pk}/contatto/", name="X", email=other.email, language="it", other="no"
    )
    assert answer.status_code == 200
    one.refresh_from_db()
    assert one.generation == 1


def test_who_answered_keeps_contact_and_link(desk: Desk) -> None:
    done = desk.it.invitation(desk.it.named, "bakery")
    with pytest.raises(Refusal):
        correct_contact(desk.actor(), invitation_id=done.pk, contact=Contact("X", "x@example.org"), write=False)


def test_what_was_heard_is_noted_and_the_unit_counts_no_more(desk: Desk) -> None:
    one = desk.it.invitation(desk.it.named, "coop")
    note_step(desk.actor(), invitation_id=one.pk, step="exclude", reason="Ha chiuso.")
    assert not Target.objects.get(pk=one.target_id).eligible
    everybody = list(Invitation.objects.filter(campaign=desk.it.named).values_list("pk", flat=True))
    exclude_invitations(desk.actor(), campaign_id=desk.it.named.pk, chosen=everybody)
    assert desk.it.invitation(desk.it.named, "bakery").state == "completed"


def test_a_delegate_follows_only_its_own(desk: Desk) -> None:
    one = desk.it.invitation(desk.it.named, "coop")
    with pytest.raises(Refusal):
        note_step(desk.actor("lucia"), invitation_id=one.pk, step="bounce")
    with pytest.raises(NotPermitted):
        note_step(desk.actor("sara"), invitation_id=one.pk, step="bounce")


def test_municipalities_get_what_is_on_their_territory_in_one_step(desk: Desk) -> None:
    OrganisationFactory(
        network=desk.it.world.milano,
        name="Comune di Sesto",
        kind=OrganisationKind.MUNICIPALITY,
        municipality=place(SESTO),
    )
    for code in (SESTO, SESTO, None):
        TargetFactory(campaign=desk.it.named, municipality=place(code) if code else None)
    assert give_by_municipality(desk.actor(), campaign_id=desk.it.named.pk) == (1, 2)
    given = Delegate.objects.get(campaign=desk.it.named, organisation__name="Comune di Sesto")
    assert given.channel == "municipality"
    with pytest.raises(Refusal):
        give_by_municipality(desk.actor(), campaign_id=desk.it.named.pk)


def test_bare_links_are_handed_over_and_count_as_sent(desk: Desk) -> None:
    make_tokens(desk.actor(), delegate_id=desk.it.delegate.pk, count=3)
    hand_list(desk.actor(), delegate_id=desk.it.delegate.pk)
    deliver_pending()
    mine = Invitation.objects.filter(delegate=desk.it.delegate)
    assert mine.filter(state="sent", target=None).count() == 3
    assert [mail.to for mail in kept_mails()] == ["categoria@example.org"]
    assert opens(desk, code_of(mine.filter(target=None)[0])) == 200
    with pytest.raises(Refusal):
        remove_delegate(desk.actor(), delegate_id=desk.it.delegate.pk)


def test_invitations_nobody_opened_pass_to_a_delegate(desk: Desk) -> None:
    coop, company = (desk.it.invitation(desk.it.named, name) for name in ("coop", "company"))
    moved = hand_to_delegate(
        desk.actor(), campaign_id=desk.it.named.pk, delegate_id=desk.it.delegate.pk, chosen=[coop.pk, company.pk]
    )
    assert moved == 1


def test_addresses_of_staff_are_handed_on_by_nobody_else(desk: Desk) -> None:
    with pytest.raises(Refusal):
        add_delegate(
            desk.actor("paolo"), campaign_id=desk.it.staff.pk, organisation_id=desk.it.union.pk, channel="delegate"
        )

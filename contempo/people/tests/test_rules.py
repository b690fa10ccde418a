"""The rules of people, without a database."""

from datetime import UTC, datetime, timedelta

import pytest

from contempo.core.clock import ROME
from contempo.core.verdict import Refusal
from contempo.people.rules import (
    INVITATION_LIFE,
    ROLE_LABELS,
    ROLE_MEANINGS,
    SYSTEM,
    VISITOR,
    Actor,
    Delivery,
    DeskCard,
    InvitationState,
    Kind,
    NetworkRole,
    Offer,
    OrganisationRole,
    desk_cards,
    is_digest_hour,
    notification_kind,
    ports,
    register_desk_source,
    register_notification_kind,
    require_addressee,
    require_not_last,
    require_open,
    require_pending,
    require_scope,
    role_named,
    token_hash,
)
from contempo.people.rules import notifications as notification_rules

NOON = datetime(2026, 11, 20, 12, tzinfo=UTC)
OFFER = Offer("nadia@example.org", expires_at=NOON + INVITATION_LIFE)


def test_every_role_has_a_name_and_a_meaning():
    roles = {*NetworkRole, *OrganisationRole}
    assert set(ROLE_LABELS) == roles == set(ROLE_MEANINGS)
    assert {role_named(role.value) for role in roles} == roles


def test_no_two_roles_are_stored_alike():
    assert not {role.value for role in NetworkRole} & {role.value for role in OrganisationRole}


def test_a_network_role_names_no_organisation_and_an_organisation_role_names_one():
    require_scope(NetworkRole.EXPERT, None)
    require_scope(OrganisationRole.EDITOR, 10)
    with pytest.raises(Refusal, match="whole network"):
        require_scope(NetworkRole.EXPERT, 10)
    with pytest.raises(Refusal, match="choose which"):
        require_scope(OrganisationRole.EDITOR, None)


@pytest.mark.parametrize("role", [NetworkRole.COORDINATOR, OrganisationRole.REPRESENTATIVE])
def test_the_last_holder_of_an_indispensable_role_stays(role):
    require_not_last(role, other_holders=1)
    with pytest.raises(Refusal, match="name another one first"):
        require_not_last(role, other_holders=0)


@pytest.mark.parametrize("role", [NetworkRole.EXPERT, OrganisationRole.DELEGATE])
def test_other_roles_may_stay_empty(role):
    require_not_last(role, other_holders=0)


def test_an_actor_knows_roles_of_network_and_organisations():
    ivo = Actor(
        person_id=1,
        network_id=1,
        roles=frozenset({NetworkRole.EXPERT}),
        organisation_roles=((10, frozenset({OrganisationRole.EDITOR})),),
    )
    assert ivo.has(NetworkRole.COORDINATOR, NetworkRole.EXPERT)
    assert not ivo.has(NetworkRole.COORDINATOR)
    assert ivo.roles_for(10) == {OrganisationRole.EDITOR}
    assert ivo.roles_for(11) == frozenset()
    assert ivo.organisations == (10,)


def test_the_platform_itself_is_no_visitor():
    assert VISITOR.is_visitor
    assert not SYSTEM.is_visitor
    assert not Actor(person_id=1).is_visitor


def test_an_invitation_holds_until_the_instant_it_expires():
    assert OFFER.state(OFFER.expires_at - timedelta(microseconds=1)) is InvitationState.OPEN
    assert OFFER.state(OFFER.expires_at) is InvitationState.EXPIRED


@pytest.mark.parametrize(
    ("offer", "sentence"),
    [
        (Offer("a@example.org", NOON), "has expired"),
        (Offer("a@example.org", NOON + INVITATION_LIFE, accepted_at=NOON), "already been used"),
        (Offer("a@example.org", NOON + INVITATION_LIFE, revoked_at=NOON), "has been withdrawn"),
        (Offer("a@example.org", NOON, accepted_at=NOON, revoked_at=None), "already been used"),
    ],
)
def test_an_invitation_that_no_longer_holds_says_why(offer, sentence):
    with pytest.raises(Refusal, match=sentence):
        require_open(offer, NOON)


def test_an_invitation_is_for_the_invited_address_whatever_its_case():
    require_addressee(OFFER, frozenset({"Nadia@Example.ORG"}))
    with pytest.raises(Refusal, match=r"for nadia@example\.org") as refused:
        require_addressee(OFFER, frozenset({"other@example.org"}))
    assert "stays valid" in refused.value.reason
    with pytest.raises(Refusal):
        require_addressee(OFFER, frozenset())


def test_what_is_open_or_expired_may_be_sent_again_and_nothing_else():
    require_pending(OFFER, NOON)
    require_pending(OFFER, OFFER.expires_at + timedelta(days=30))
    with pytest.raises(Refusal, match="already been used"):
        require_pending(Offer("a@example.org", NOON, accepted_at=NOON), NOON)
    with pytest.raises(Refusal, match="withdrawn"):
        require_pending(Offer("a@example.org", NOON, revoked_at=NOON), NOON)


def test_a_token_is_kept_as_its_digest():
    assert token_hash("parola") == token_hash("parola") != token_hash("Parola")
    assert len(token_hash("parola")) == 64


@pytest.mark.parametrize(
    ("moment", "due"),
    [
        (datetime(2026, 1, 15, 7, tzinfo=UTC), True),
        (datetime(2026, 1, 15, 6, tzinfo=UTC), False),
        (datetime(2026, 7, 15, 6, tzinfo=UTC), True),
        (datetime(2026, 7, 15, 7, tzinfo=UTC), False),
        # The clock goes back on 25 October 2026 and forward on 28 March 2027: once a day all the same.
        (datetime(2026, 10, 25, 7, tzinfo=UTC), True),
        (datetime(2026, 10, 25, 6, tzinfo=UTC), False),
        (datetime(2027, 3, 28, 6, tzinfo=UTC), True),
        (datetime(2027, 3, 28, 7, tzinfo=UTC), False),
    ],
)
def test_the_summary_leaves_at_eight_in_italy_in_winter_and_in_summer(moment, due):
    assert is_digest_hour(moment, ROME) is due


def test_a_kind_of_notification_is_registered_once(monkeypatch):
    monkeypatch.setattr(notification_rules, "_KINDS", {})
    late = Kind("test.late", "Something is late", Delivery.DIGEST)
    register_notification_kind(late)
    register_notification_kind(late)
    assert notification_kind("test.late") is late
    with pytest.raises(ValueError, match="already taken"):
        register_notification_kind(Kind("test.late", "Something else"))
    with pytest.raises(ValueError):
        register_notification_kind(Kind("test.odd", "Odd", "pigeon"))
    with pytest.raises(KeyError):
        notification_kind("test.unknown")


def test_the_desk_puts_what_is_due_first(monkeypatch):
    monkeypatch.setattr(ports, "_desk_sources", [])
    soon = DeskCard("Soon", 1, "/", due_at=NOON)
    later = DeskCard("Later", 1, "/", due_at=NOON + timedelta(days=1))
    some_day = DeskCard("Some day", 1, "/")
    first = DeskCard("First of all", 1, "/", order=1)

    def source(actor, now):
        return [some_day, later, soon, first]

    register_desk_source(source)
    register_desk_source(source)
    assert desk_cards(VISITOR, NOON) == (first, soon, later, some_day)

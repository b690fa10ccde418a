"""What an invitation says, to the invited and to those who invite."""

from dataclasses import dataclass
from datetime import datetime

from django.utils.translation import gettext

from contempo.people.access import invitations_visible_to
from contempo.people.models import Invitation
from contempo.people.rules import (
    INVITATION_LABELS,
    ROLE_LABELS,
    ROLE_MEANINGS,
    Actor,
    InvitationState,
    Offer,
    networks,
    organisation_names,
    token_hash,
)


@dataclass(frozen=True)
class InvitationCard:
    """An invitation as the invited person reads it; `organisation` is empty for a role in the whole network."""

    email: str
    role: str
    meaning: str
    network: str
    network_url: str
    organisation: str
    inviter: str
    expires_at: datetime
    state: InvitationState


@dataclass(frozen=True)
class InvitationRow:
    """An invitation as those who manage people see it."""

    id: int
    email: str
    role: str
    organisation: str
    inviter: str
    invited_at: datetime
    expires_at: datetime
    state: str
    expired: bool


def invitation_by_token(token: str, now: datetime) -> InvitationCard | None:
    """The invitation behind a token, None when there is none; at most three SQL."""
    found = Invitation.objects.select_related("invited_by").filter(token_hash=token_hash(token)).first()
    if found is None:
        return None
    network = networks([found.network_id]).get(found.network_id)
    return InvitationCard(
        email=found.email,
        role=gettext(ROLE_LABELS[found.role]),
        meaning=gettext(ROLE_MEANINGS[found.role]),
        network=network.name if network else "",
        network_url=f"/{network.slug}/" if network else "/",
        organisation=organisation_names([found.organisation_id]).get(found.organisation_id or 0, ""),
        inviter=str(found.invited_by) if found.invited_by else "Contempo",
        expires_at=found.expires_at,
        state=_state(found, now),
    )


def pending_invitations(
    actor: Actor, *, network_id: int, organisation_id: int | None, now: datetime
) -> tuple[InvitationRow, ...]:
    """What the actor may see of the invitations nobody took yet, newest first; two SQL.

    With `organisation_id` only those to roles of that organisation.
    """
    visible = invitations_visible_to(actor, Invitation.objects.filter(network_id=network_id))
    if organisation_id is not None:
        visible = visible.filter(organisation_id=organisation_id)
    pending = visible.filter(accepted_at=None, revoked_at=None).select_related("invited_by")
    rows = list(pending.order_by("-invited_at", "-pk"))
    called = organisation_names(row.organisation_id for row in rows)
    return tuple(
        InvitationRow(
            id=row.pk,
            email=row.email,
            role=gettext(ROLE_LABELS[row.role]),
            organisation=called.get(row.organisation_id or 0, ""),
            inviter=str(row.invited_by) if row.invited_by else "Contempo",
            invited_at=row.invited_at,
            expires_at=row.expires_at,
            state=gettext(INVITATION_LABELS[_state(row, now)]),
            expired=_state(row, now) is InvitationState.EXPIRED,
        )
        for row in rows
    )


def _state(invitation: Invitation, now: datetime) -> InvitationState:
    offer = Offer(invitation.email, invitation.expires_at, invitation.accepted_at, invitation.revoked_at)
    return offer.state(now)

"""When an invitation holds, and who may take it."""

import hashlib
from dataclasses import dataclass
from datetime import datetime, timedelta
from enum import StrEnum

from contempo.core.verdict import Refusal
from contempo.core.words import N_

INVITATION_LIFE = timedelta(days=14)


def token_hash(token: str) -> str:
    """The form in which a token is stored and looked up: SHA-256, hexadecimal."""
    return hashlib.sha256(token.encode()).hexdigest()


class InvitationState(StrEnum):
    """Where an invitation stands; nothing leaves the three last states except a resend of the expired one."""

    OPEN = "open"
    EXPIRED = "expired"
    ACCEPTED = "accepted"
    REVOKED = "revoked"


INVITATION_LABELS: dict[str, str] = {
    InvitationState.OPEN: N_("Waiting for an answer"),
    InvitationState.EXPIRED: N_("Expired"),
    InvitationState.ACCEPTED: N_("Accepted"),
    InvitationState.REVOKED: N_("Taken back"),
}


@dataclass(frozen=True)
class Offer:
    """What the rules need of an invitation: the address in lower case and its instants, aware."""

    email: str
    expires_at: datetime
    accepted_at: datetime | None = None
    revoked_at: datetime | None = None

    def state(self, now: datetime) -> InvitationState:
        """Where the invitation stands at `now`; it still holds at the very instant before `expires_at`."""
        if self.accepted_at:
            return InvitationState.ACCEPTED
        if self.revoked_at:
            return InvitationState.REVOKED
        return InvitationState.OPEN if now < self.expires_at else InvitationState.EXPIRED


_CLOSED = {
    InvitationState.EXPIRED: N_("This invitation has expired: ask whoever invited you for a new one."),
    InvitationState.ACCEPTED: N_("This invitation has already been used."),
    InvitationState.REVOKED: N_("This invitation has been withdrawn: ask whoever invited you."),
}


def require_open(offer: Offer, now: datetime) -> None:
    """Refusal with the reason when the invitation no longer holds."""
    if reason := _CLOSED.get(offer.state(now)):
        raise Refusal(reason)


def require_addressee(offer: Offer, verified_emails: frozenset[str]) -> None:
    """Refusal unless one of the person's verified addresses (lower case) is the invited one."""
    if offer.email.lower() not in {email.lower() for email in verified_emails}:
        raise Refusal(
            N_(
                "The invitation is for %(email)s, and you signed in with another address. "
                "Sign out, then sign in or register with that address: the invitation stays valid."
            ),
            email=offer.email,
        )


def require_pending(offer: Offer, now: datetime) -> None:
    """Refusal unless the invitation may still be withdrawn or sent again: open, or merely expired."""
    state = offer.state(now)
    if state not in (InvitationState.OPEN, InvitationState.EXPIRED):
        raise Refusal(_CLOSED[state])

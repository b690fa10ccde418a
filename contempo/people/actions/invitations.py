"""Offering a role to an e-mail address, and taking the offer."""

import secrets

from allauth.account.models import EmailAddress
from django.db import IntegrityError, transaction
from django.urls import reverse
from django.utils import translation
from django.utils.text import format_lazy
from django.utils.translation import gettext
from django.utils.translation import gettext_lazy as _

from contempo.core.action import action
from contempo.core.clock import now
from contempo.core.outbox import queue_mail
from contempo.core.verdict import NotPermitted, Refusal, require
from contempo.core.words import N_
from contempo.people.access import may_give
from contempo.people.actions.mails import Button, absolute, letter
from contempo.people.actions.notifications import notify
from contempo.people.actions.roles import bestow
from contempo.people.models import Invitation, Person, RoleGrant
from contempo.people.rules import (
    INVITATION_KIND,
    INVITATION_LIFE,
    ROLE_LABELS,
    ROLE_MEANINGS,
    Actor,
    Offer,
    Role,
    networks,
    organisation_names,
    require_addressee,
    require_open,
    require_pending,
    require_scope,
    role_named,
    token_hash,
)
from contempo.web.templatetags.web import by_day

TOKEN_BYTES = 32
NOT_FOUND = N_("This invitation does not exist, or a newer one has taken its place: look in your mail.")


@action
def invite(actor: Actor, *, email: str, role: Role, network_id: int, organisation_id: int | None = None) -> int:
    """Offer `role` to an e-mail address by mail, for fourteen days; returns the invitation's number.

    An offer of the same role to the same address that nobody took is replaced: the earlier link stops working.
    Raises NotPermitted, or Refusal when role and scope do not fit or the person holds the role already.
    """
    role = role_named(role)
    email = email.strip().lower()
    require_scope(role, organisation_id)
    require(may_give(actor, role=role, network_id=network_id, organisation_id=organisation_id))
    scope = {"role": role.value, "network_id": network_id, "organisation_id": organisation_id}
    if RoleGrant.objects.filter(person__email=email, until=None, **scope).exists():
        raise Refusal(N_("This person already holds this role."), field="email")
    pending = Invitation.objects.select_for_update().filter(email=email, accepted_at=None, revoked_at=None, **scope)
    invitation = pending.first() or Invitation(email=email, **scope)
    _send(actor, invitation)
    return invitation.pk


@action
def resend_invitation(actor: Actor, *, invitation_id: int) -> None:
    """Send an open or expired invitation again with a new link, valid for fourteen days; the old link stops working."""
    invitation = _pending(actor, invitation_id)
    _send(actor, invitation)


@action
def revoke_invitation(actor: Actor, *, invitation_id: int) -> None:
    """Withdraw an invitation nobody took: its link stops working."""
    invitation = _pending(actor, invitation_id)
    invitation.revoked_at = now()
    invitation.save(update_fields=["revoked_at"])


@action
def accept_invitation(actor: Actor, *, token: str) -> None:
    """Take the offered role. The token works once, and only for a person who has verified the invited address.

    Accepting again what one has just accepted changes nothing. Raises NotPermitted for a visitor, Refusal when the
    invitation does not hold or is for another address (then it stays valid).
    """
    if actor.person_id is None:
        raise NotPermitted(N_("Sign in to accept the invitation."))
    invitation = Invitation.objects.select_for_update().filter(token_hash=token_hash(token)).first()
    if invitation is None:
        raise Refusal(NOT_FOUND)
    scope = {"network_id": invitation.network_id, "organisation_id": invitation.organisation_id}
    held = RoleGrant.objects.filter(person=actor.person_id, role=invitation.role, until=None, **scope)
    if invitation.accepted_by_id == actor.person_id and held.exists():
        return
    offer = _offer(invitation)
    require_open(offer, now())
    mine = EmailAddress.objects.filter(user=actor.person_id, verified=True)
    require_addressee(offer, frozenset(mine.values_list("email", flat=True)))
    invitation.accepted_at, invitation.accepted_by_id = now(), actor.person_id
    invitation.save(update_fields=["accepted_at", "accepted_by"])
    bestow(
        actor,
        person_id=actor.person_id,
        role=role_named(invitation.role),
        granted_by=invitation.invited_by_id,
        **scope,
    )
    if invitation.invited_by_id is not None:
        _tell_inviter(invitation.invited_by_id, invitation)


def _pending(actor: Actor, invitation_id: int) -> Invitation:
    invitation = Invitation.objects.select_for_update().filter(pk=invitation_id).first()
    if invitation is None:
        raise Refusal(N_("This invitation is not there any more."))
    require(
        may_give(
            actor,
            role=role_named(invitation.role),
            network_id=invitation.network_id,
            organisation_id=invitation.organisation_id,
        )
    )
    require_pending(_offer(invitation), now())
    return invitation


def _offer(invitation: Invitation) -> Offer:
    return Offer(invitation.email, invitation.expires_at, invitation.accepted_at, invitation.revoked_at)


def _send(actor: Actor, invitation: Invitation) -> None:
    token = secrets.token_urlsafe(TOKEN_BYTES)
    invitation.token_hash = token_hash(token)
    invitation.invited_by_id = actor.person_id
    invitation.invited_at = now()
    invitation.expires_at = invitation.invited_at + INVITATION_LIFE
    try:
        with transaction.atomic():
            invitation.save()
    except IntegrityError:
        raise Refusal(N_("The same invitation has just been sent."), field="email") from None
    _mail(invitation, token)


def _mail(invitation: Invitation, token: str) -> None:
    inviter = invitation.invited_by
    receiver = Person.objects.filter(email=invitation.email, is_active=True).first()
    network = networks([invitation.network_id]).get(invitation.network_id)
    organisation = organisation_names([invitation.organisation_id]).get(invitation.organisation_id or 0, "")
    with translation.override(receiver.language if receiver else translation.get_language()):
        facts = {
            "inviter": str(inviter) if inviter else "Contempo",
            "scope": organisation or (network.name if network else "Contempo"),
            "role": gettext(ROLE_LABELS[invitation.role]),
            "day": by_day(invitation.expires_at),
            "email": invitation.email,
        }
        text, html = letter(
            greeting=gettext("Hello,"),
            paragraphs=[
                gettext("%(inviter)s invites you to a role in %(scope)s: %(role)s.") % facts,
                gettext(ROLE_MEANINGS[invitation.role]),
                gettext("The invitation is for %(email)s only, works once and holds until %(day)s.") % facts,
            ],
            button=Button(gettext("See the invitation"), absolute(reverse("people:invitation", args=[token]))),
            footer=[gettext("If you do not know who invites you, ignore this message: nothing happens.")],
        )
        subject = gettext("%(inviter)s invites you: %(role)s, %(scope)s") % facts
    queue_mail(
        kind="people.invitation",
        to=invitation.email,
        subject=subject,
        text=text,
        html=html,
        network_id=invitation.network_id,
        person_id=receiver.pk if receiver else None,
        reply_to=(inviter.email or "") if inviter else "",
    )


def _tell_inviter(inviter_id: int, invitation: Invitation) -> None:
    network = networks([invitation.network_id]).get(invitation.network_id)
    place = [invitation.organisation_id] if invitation.organisation_id else []
    page = "people:organisation_people" if place else "people:network_people"
    notify(
        [inviter_id],
        kind=INVITATION_KIND.name,
        network_id=invitation.network_id,
        title=format_lazy(
            _("{email} accepted your invitation: {role}"),
            email=invitation.email,
            role=_(ROLE_LABELS[invitation.role]),
        ),
        text=_("The role holds from now on."),
        url=reverse(page, args=[network.slug, *place]) if network else reverse("people:profile"),
    )

"""Beginning, keeping and closing an account."""

from datetime import datetime

from allauth.account.models import EmailAddress
from allauth.mfa.models import Authenticator
from django.contrib.auth.hashers import make_password
from django.contrib.sessions.models import Session
from django.db import IntegrityError, transaction
from django.db.models import Exists, F, OuterRef, Q

from contempo.core.action import action
from contempo.core.audit import forget
from contempo.core.clock import now
from contempo.core.verdict import NotPermitted, Refusal
from contempo.core.words import N_
from contempo.people.actions.roles import end_role
from contempo.people.models import Consent, Invitation, Notification, NotificationChoice, Person, RoleGrant
from contempo.people.rules import (
    INVITATION_KEPT,
    NOTIFICATION_KEPT,
    PRIVACY_NOTICE,
    PRIVACY_VERSION,
    UNVERIFIED_KEPT,
    Actor,
)


@action
def register(actor: Actor, *, email: str, full_name: str, language: str) -> Person:
    """Begin an account that has read the privacy notice in its present version; the address is still to be verified.

    No password: it may be set later in the profile. Refusal on field `email` when the address has an account.
    """
    person = _create(email=email, full_name=full_name, language=language)
    Consent.objects.create(
        person=person, document=PRIVACY_NOTICE, version=PRIVACY_VERSION, language=language, given_at=now()
    )
    return person


@action
def enrol(actor: Actor, *, email: str, full_name: str, language: str = "it", password_hash: str = "") -> int:
    """Bring in a person whose address is known to be theirs (loaders, operators); returns the person's number.

    `password_hash` is what Django's `make_password` gives. Whoever is there already is left as they are. Only for the
    platform itself (`SYSTEM`).
    """
    if not actor.is_system:
        raise NotPermitted(N_("Only the operator of the platform brings in persons without asking them."))
    if known := Person.objects.filter(email=email.strip().lower()).first():
        return known.pk
    person = _create(email=email, full_name=full_name, language=language, password_hash=password_hash)
    EmailAddress.objects.create(user=person, email=person.email, verified=True, primary=True)
    return person.pk


def _create(*, email: str, full_name: str, language: str, password_hash: str = "") -> Person:
    person = Person(
        email=email.strip().lower(),
        full_name=full_name.strip(),
        language=language,
        joined_at=now(),
        password=password_hash or make_password(None),
    )
    try:
        with transaction.atomic():
            person.save()
    except IntegrityError:
        raise Refusal(N_("There is already an account with this address."), field="email") from None
    return person


@action
def edit_profile(actor: Actor, *, full_name: str, language: str) -> None:
    """Change the actor's own name and language."""
    if actor.person_id is None:
        raise NotPermitted(N_("Sign in to change your profile."))
    if not full_name.strip():
        raise Refusal(N_("Write your name and surname."), field="full_name")
    Person.objects.filter(pk=actor.person_id).update(full_name=full_name.strip(), language=language)


@action
def close_account(actor: Actor, *, person_id: int) -> None:
    """Close one's own account: roles end, name and address go, also from the history; bare rows stay.

    What the person did keeps pointing at a person without a name. Cannot be undone. Refusal while the person is the
    last coordinator of a network or the last legal representative of an organisation.
    """
    if actor.person_id != person_id:
        raise NotPermitted(N_("Only the person concerned closes an account."))
    person = Person.objects.select_for_update().filter(pk=person_id, is_active=True).first()
    if person is None:
        raise Refusal(N_("This account is closed."))
    for held in RoleGrant.objects.filter(person=person, until=None).order_by("pk"):
        end_role(actor, grant_id=held.pk)
    EmailAddress.objects.filter(user=person).delete()
    Authenticator.objects.filter(user=person).delete()
    Notification.objects.filter(person=person).delete()
    NotificationChoice.objects.filter(person=person).delete()
    Invitation.objects.filter(email=person.email, accepted_at=None, revoked_at=None).update(revoked_at=now())
    person.email, person.full_name, person.is_active, person.closed_at = None, "", False, now()
    person.set_unusable_password()
    person.save()
    forget(Person, [person.pk], fields=["email", "full_name"])


@action
def forget_expired(actor: Actor, *, at: datetime) -> None:
    """Erase what is no longer needed at `at`: see the retention each model names. Safe to run twice."""
    Notification.objects.filter(at__lt=at - NOTIFICATION_KEPT).delete()
    Session.objects.filter(expire_date__lt=at).delete()
    Invitation.objects.filter(accepted_at=None, revoked_at=None, expires_at__lt=at - INVITATION_KEPT).update(
        revoked_at=F("expires_at")
    )
    done = Invitation.objects.exclude(email="").filter(
        Q(accepted_at__lt=at - INVITATION_KEPT) | Q(revoked_at__lt=at - INVITATION_KEPT)
    )
    keys = list(done.values_list("pk", flat=True))
    Invitation.objects.filter(pk__in=keys).update(email="")
    forget(Invitation, keys, fields=["email"])
    _forget_unverified(at)


def _forget_unverified(at: datetime) -> None:
    """Accounts whose address nobody ever verified: the person never got in, so nothing points at them."""
    verified = EmailAddress.objects.filter(user=OuterRef("pk"), verified=True)
    never_in = Person.objects.filter(
        ~Exists(verified), is_active=True, last_login=None, grants=None, joined_at__lt=at - UNVERIFIED_KEPT
    )
    keys = list(never_in.values_list("pk", flat=True))
    Consent.objects.filter(person__in=keys).delete()
    Person.objects.filter(pk__in=keys).delete()
    forget(Person, keys, fields=["email", "full_name"])

"""Persons, the roles they hold, what they agreed to, what they are told."""

from django.conf import settings
from django.contrib.auth.models import AbstractBaseUser, BaseUserManager
from django.db import models
from django.db.models import F, Q
from django.db.models.functions import Lower
from django.utils.translation import gettext_lazy as _

from contempo.core.audit import tracked
from contempo.core.choices import choices
from contempo.core.clock import now
from contempo.people.rules import DELIVERY_LABELS, ROLE_LABELS, NetworkRole, OrganisationRole

ROLES = choices(ROLE_LABELS)
DELIVERIES = choices(DELIVERY_LABELS)
NETWORK_ROLES = [role.value for role in NetworkRole]
ORGANISATION_ROLES = [role.value for role in OrganisationRole]


class Persons(BaseUserManager["Person"]):
    def get_by_natural_key(self, username: str | None) -> "Person":
        return self.get(email=(username or "").lower())


@tracked(exclude=["password", "last_login"])
class Person(AbstractBaseUser):
    """Someone who signs in; the e-mail address, always in lower case, is the identity and stands for a name not given.

    Retention: name, e-mail and password until the person closes the account; then they are removed, also from the
    history, and the bare row stays, because decisions of a public body keep pointing at whoever took them. An account
    whose address is not verified within seven days is deleted.
    """

    email = models.EmailField(_("e-mail"), max_length=254, unique=True, null=True, blank=True)
    full_name = models.CharField(_("name and surname"), max_length=150)
    language = models.CharField(_("language"), max_length=5, choices=settings.LANGUAGES, default="it")
    is_active = models.BooleanField(_("may sign in"), default=True)
    joined_at = models.DateTimeField(_("registered at"), default=now, editable=False)
    closed_at = models.DateTimeField(_("closed at"), null=True, blank=True)

    USERNAME_FIELD = "email"
    EMAIL_FIELD = "email"
    REQUIRED_FIELDS = ["full_name"]
    objects = Persons()

    class Meta:
        verbose_name = _("person")
        verbose_name_plural = _("people")
        constraints = [
            models.CheckConstraint(name="person_email_lower", condition=Q(email=Lower("email"))),
            models.CheckConstraint(
                name="person_closed_is_nobody",
                condition=Q(closed_at__isnull=True, email__isnull=False)
                | Q(closed_at__isnull=False, email__isnull=True, full_name="", is_active=False),
            ),
        ]

    def __str__(self) -> str:
        return self.full_name or self.email or str(_("Closed account"))

    def get_full_name(self) -> str:
        return self.full_name

    def get_short_name(self) -> str:
        return self.full_name.partition(" ")[0] or (self.email or "").partition("@")[0]


@tracked
class RoleGrant(models.Model):
    """A role held by a person, in a network as a whole or for one organisation of it.

    Networks and organisations live in a higher context: here they are plain numbers.
    Retention: ten years after the end, as proof of who could decide; the person may be pseudonymised before.
    """

    person = models.ForeignKey(Person, models.PROTECT, related_name="grants", verbose_name=_("person"))
    role = models.CharField(_("role"), max_length=20, choices=ROLES)
    network_id = models.BigIntegerField(_("network"))
    organisation_id = models.BigIntegerField(_("organisation"), null=True, blank=True)
    since = models.DateTimeField(_("held since"))
    until = models.DateTimeField(_("ended at"), null=True, blank=True)
    granted_by = models.ForeignKey(
        Person, models.PROTECT, related_name="+", null=True, blank=True, verbose_name=_("granted by")
    )

    class Meta:
        verbose_name = _("role")
        verbose_name_plural = _("roles")
        constraints = [
            models.CheckConstraint(
                name="rolegrant_role_fits_scope",
                condition=Q(role__in=NETWORK_ROLES, organisation_id__isnull=True)
                | Q(role__in=ORGANISATION_ROLES, organisation_id__isnull=False),
            ),
            models.CheckConstraint(
                name="rolegrant_ends_after_it_begins", condition=Q(until__isnull=True) | Q(until__gte=F("since"))
            ),
            models.UniqueConstraint(
                name="rolegrant_once_per_network",
                fields=["person", "network_id", "role"],
                condition=Q(until__isnull=True, organisation_id__isnull=True),
            ),
            models.UniqueConstraint(
                name="rolegrant_once_per_organisation",
                fields=["person", "organisation_id", "role", "network_id"],
                condition=Q(until__isnull=True, organisation_id__isnull=False),
            ),
        ]
        indexes = [
            models.Index(name="rolegrant_network", fields=["network_id", "role", "person"], condition=Q(until=None)),
            models.Index(name="rolegrant_organisation", fields=["organisation_id"], condition=Q(until=None)),
        ]

    def __str__(self) -> str:
        return str(self.get_role_display())


@tracked(exclude=["token_hash"])
class Invitation(models.Model):
    """The offer of a role to an e-mail address; the token itself is only in the mail, here is its SHA-256.

    Retention: the address is removed one year after the invitation was accepted, revoked or expired.
    """

    email = models.EmailField(_("e-mail"), max_length=254)
    role = models.CharField(_("role"), max_length=20, choices=ROLES)
    network_id = models.BigIntegerField(_("network"))
    organisation_id = models.BigIntegerField(_("organisation"), null=True, blank=True)
    token_hash = models.CharField(_("token"), max_length=64, unique=True)
    invited_by = models.ForeignKey(
        Person, models.PROTECT, related_name="+", null=True, blank=True, verbose_name=_("invited by")
    )
    invited_at = models.DateTimeField(_("invited at"))
    expires_at = models.DateTimeField(_("holds until"))
    accepted_at = models.DateTimeField(_("accepted at"), null=True, blank=True)
    accepted_by = models.ForeignKey(
        Person, models.PROTECT, related_name="+", null=True, blank=True, verbose_name=_("accepted by")
    )
    revoked_at = models.DateTimeField(_("withdrawn at"), null=True, blank=True)

    class Meta:
        verbose_name = _("invitation")
        verbose_name_plural = _("invitations")
        constraints = [
            models.CheckConstraint(name="invitation_email_lower", condition=Q(email=Lower("email"))),
            models.CheckConstraint(
                name="invitation_role_fits_scope",
                condition=Q(role__in=NETWORK_ROLES, organisation_id__isnull=True)
                | Q(role__in=ORGANISATION_ROLES, organisation_id__isnull=False),
            ),
            models.CheckConstraint(
                name="invitation_ends_once",
                condition=Q(accepted_at__isnull=True, accepted_by__isnull=True)
                | Q(accepted_at__isnull=False, accepted_by__isnull=False, revoked_at__isnull=True),
            ),
            models.UniqueConstraint(
                name="invitation_open_once",
                fields=["email", "network_id", "role", "organisation_id"],
                nulls_distinct=False,
                condition=Q(accepted_at__isnull=True, revoked_at__isnull=True),
            ),
        ]
        indexes = [models.Index(name="invitation_scope", fields=["network_id", "organisation_id", "-invited_at"])]

    def __str__(self) -> str:
        return self.email


@tracked
class Consent(models.Model):
    """That a person read a document (the privacy notice) in one version, and when.

    Retention: as long as the person's row, as proof; never changed, only added to.
    """

    person = models.ForeignKey(Person, models.PROTECT, related_name="consents", verbose_name=_("person"))
    document = models.CharField(_("document"), max_length=30)
    version = models.CharField(_("version"), max_length=20)
    language = models.CharField(_("language"), max_length=5)
    given_at = models.DateTimeField(_("given at"))

    class Meta:
        verbose_name = _("consent")
        verbose_name_plural = _("consents")
        constraints = [
            models.UniqueConstraint(name="consent_once_per_version", fields=["person", "document", "version"])
        ]

    def __str__(self) -> str:
        return f"{self.document} {self.version}"


class NotificationChoice(models.Model):
    """How a person wants to hear one kind of notification; without a row the kind's default holds.

    Retention: until the account is closed.
    """

    person = models.ForeignKey(Person, models.CASCADE, related_name="choices", verbose_name=_("person"))
    kind = models.CharField(_("kind of notification"), max_length=60)
    delivery = models.CharField(_("how it is delivered"), max_length=10, choices=DELIVERIES)

    class Meta:
        verbose_name = _("notification choice")
        verbose_name_plural = _("notification choices")
        constraints = [models.UniqueConstraint(name="choice_once_per_kind", fields=["person", "kind"])]

    def __str__(self) -> str:
        return f"{self.kind}: {self.delivery}"


class Notification(models.Model):
    """Something a person is told, always in the page and perhaps by mail; `delivery` is the choice held when written.

    Retention: one year.
    """

    person = models.ForeignKey(Person, models.CASCADE, related_name="notifications", verbose_name=_("person"))
    network_id = models.BigIntegerField(_("network"))
    kind = models.CharField(_("kind of notification"), max_length=60)
    title = models.CharField(_("title"), max_length=200)
    text = models.TextField(_("text"), blank=True)
    url = models.CharField(_("address of the page"), max_length=500)
    at = models.DateTimeField(_("told at"))
    read_at = models.DateTimeField(_("read at"), null=True, blank=True)
    delivery = models.CharField(_("how it is delivered"), max_length=10, choices=DELIVERIES)
    mailed_at = models.DateTimeField(_("sent by e-mail at"), null=True, blank=True)

    class Meta:
        verbose_name = _("notification")
        verbose_name_plural = _("notifications")
        indexes = [
            models.Index(name="notification_list", fields=["person", "network_id", "-at"]),
            models.Index(name="notification_unread", fields=["person", "network_id"], condition=Q(read_at=None)),
            models.Index(
                name="notification_digest",
                fields=["person", "at"],
                condition=Q(delivery="digest", read_at=None, mailed_at=None),
            ),
        ]

    def __str__(self) -> str:
        return self.title

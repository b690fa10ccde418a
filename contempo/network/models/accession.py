"""Accession requests, what happened to each, and the signatures of the agreement."""

import uuid

from django.conf import settings
from django.contrib.postgres.fields import ArrayField
from django.contrib.postgres.indexes import GinIndex
from django.db import models
from django.db.models import F, Q
from django.utils.translation import gettext_lazy as _

from contempo.core.audit import tracked
from contempo.core.choices import choices
from contempo.network.models.networks import AgreementVersion, Municipality, Network
from contempo.network.models.organisations import Organisation
from contempo.network.models.tallies import REQUEST_TALLIES
from contempo.network.models.words import words_of_name
from contempo.network.rules.accession import ACCESSION, OPEN_STATES, STANDING_LABELS, State
from contempo.network.rules.organisations import KIND_LABELS, PRIORITY_LABELS

STATES = choices({state: look.label for state, look in ACCESSION.looks.items()})


@tracked(exclude=("answers", "secret_digest", "contact_email", "reminded_at", "changed_at", "name_words"))
class AccessionRequest(models.Model):
    """How an organisation asks to join a network, with the profile form as it was typed.

    `answers` maps each step of the wizard to the raw values of its form; the columns beside it are copied from there
    at every saving, for the queue to filter and sort by. Personal data (applicant, contacts in the answers): a draft
    is erased twelve months after its last change, one refused or withdrawn five years after; a signed one stays with
    its signature. The history keeps the applications as sent and not what was typed in a draft, which would otherwise
    outlive it.
    """

    key = models.UUIDField(default=uuid.uuid4, unique=True, editable=False)
    network = models.ForeignKey(Network, on_delete=models.PROTECT, related_name="requests")
    number = models.PositiveIntegerField(_("number"), null=True, blank=True)
    state = models.CharField(_("state"), max_length=20, choices=STATES, default=State.DRAFT)
    state_since = models.DateTimeField(_("in this state since"))
    secret_digest = models.CharField(max_length=64, blank=True)
    applicant = models.ForeignKey(
        settings.AUTH_USER_MODEL,
        on_delete=models.PROTECT,
        null=True,
        blank=True,
        related_name="+",
        verbose_name=_("applicant"),
    )
    standing = models.CharField(_("standing"), max_length=20, blank=True, choices=choices(STANDING_LABELS))
    contact_email = models.EmailField(_("e-mail for the draft"), blank=True)
    language = models.CharField(max_length=5, default="it")
    organisation = models.ForeignKey(
        Organisation, on_delete=models.PROTECT, null=True, blank=True, related_name="requests"
    )
    answers = models.JSONField(_("answers"), default=dict)
    application = models.JSONField(_("application as sent"), null=True, blank=True)
    name = models.CharField(_("organisation"), max_length=200, blank=True)
    search_name = models.CharField(max_length=200, blank=True)
    name_words = words_of_name()
    core_name = models.CharField(max_length=200, blank=True)
    tax_code = models.CharField(_("tax code"), max_length=16, blank=True)
    kind = models.CharField(_("kind"), max_length=30, blank=True, choices=choices(KIND_LABELS))
    municipality = models.ForeignKey(
        Municipality, on_delete=models.PROTECT, null=True, blank=True, verbose_name=_("municipality")
    )
    priorities = ArrayField(
        models.CharField(max_length=30, choices=choices(PRIORITY_LABELS)),
        default=list,
        blank=True,
        verbose_name=_("priorities"),
    )
    examiner = models.ForeignKey(
        settings.AUTH_USER_MODEL,
        on_delete=models.PROTECT,
        null=True,
        blank=True,
        related_name="+",
        verbose_name=_("examined by"),
    )
    submitted_at = models.DateTimeField(_("submitted on"), null=True, blank=True)
    due_on = models.DateField(_("answer due by"), null=True, blank=True)
    signed_copy = models.UUIDField(_("signed copy"), null=True, blank=True)
    reminded_at = models.DateTimeField(_("reminded on"), null=True, blank=True)
    created_at = models.DateTimeField(_("begun on"))
    changed_at = models.DateTimeField(_("last changed on"))

    class Meta:
        verbose_name = _("accession request")
        verbose_name_plural = _("accession requests")
        ordering = ("-submitted_at", "-id")
        constraints = [
            models.UniqueConstraint(fields=("network", "number"), name="request_number_once"),
            models.UniqueConstraint(
                fields=("network", "tax_code"),
                condition=Q(state__in=OPEN_STATES) & ~Q(tax_code=""),
                name="one_open_request",
            ),
            models.CheckConstraint(
                condition=Q(state=State.DRAFT) | Q(number__isnull=False, submitted_at__isnull=False),
                name="submitted_request_has_number",
            ),
        ]
        indexes = [
            models.Index(F("network"), F("submitted_at").desc(), F("id").desc(), name="request_by_date"),
            models.Index(fields=("network", "state", "due_on", "id"), name="request_by_state"),
            models.Index(fields=("network", "due_on", "id"), name="request_by_term"),
            models.Index(fields=("network", "search_name", "id"), name="request_by_name"),
            models.Index(fields=("network", "state_since", "id"), name="request_by_stay"),
            models.Index(fields=("network", "tax_code"), name="request_by_tax_code"),
            models.Index(fields=("state", "state_since"), name="request_by_age"),
            GinIndex(fields=("name_words",), name="request_words"),
            models.Index(
                fields=("network", "state_since", "id"),
                condition=Q(state=State.ADMITTED, signed_copy__isnull=False),
                name="copy_to_confirm",
            ),
        ]
        triggers = REQUEST_TALLIES

    def __str__(self) -> str:
        return self.name


class EntryKind(models.TextChoices):
    """What an entry in the story of a request is."""

    MOVE = "move", _("change of state")
    NOTE = "note", _("internal note")
    REMINDER = "reminder", _("reminder")
    UPLOAD = "upload", _("document received")


class RequestEntry(models.Model):
    """One line in the story of a request. `internal` lines are for the agency alone and reach no one else."""

    request = models.ForeignKey(AccessionRequest, on_delete=models.CASCADE, related_name="entries")
    at = models.DateTimeField()
    kind = models.CharField(max_length=10, choices=EntryKind.choices)
    transition = models.CharField(max_length=20, blank=True)
    state = models.CharField(max_length=20, blank=True, choices=STATES)
    person = models.ForeignKey(
        settings.AUTH_USER_MODEL, on_delete=models.PROTECT, null=True, blank=True, related_name="+"
    )
    text = models.TextField(blank=True)
    internal = models.BooleanField(default=False)

    class Meta:
        verbose_name = _("entry")
        verbose_name_plural = _("entries")
        ordering = ("at", "id")
        indexes = [models.Index(fields=("request", "at", "id"), name="entry_by_request")]
        constraints = [
            models.CheckConstraint(condition=~Q(kind="note") | Q(internal=True), name="notes_are_internal"),
        ]

    def __str__(self) -> str:
        return f"{self.kind} {self.at:%Y-%m-%d %H:%M}"


class SignatureMethod(models.TextChoices):
    """How the agreement was signed."""

    PLATFORM = "platform", _("on the platform")
    UPLOAD = "upload", _("signed copy")


@tracked
class Signature(models.Model):
    """The recorded act by which an organisation signed one version of the agreement.

    `text_digest` is the SHA-256 of the Italian text, the one that binds. Kept as long as the membership and ten
    years after (civil code, article 2946).
    """

    organisation = models.ForeignKey(Organisation, on_delete=models.PROTECT, related_name="signatures")
    request = models.OneToOneField(AccessionRequest, on_delete=models.PROTECT, null=True, blank=True)
    agreement = models.ForeignKey(AgreementVersion, on_delete=models.PROTECT)
    method = models.CharField(max_length=10, choices=SignatureMethod.choices)
    signed_at = models.DateTimeField(_("signed on"))
    signer = models.ForeignKey(settings.AUTH_USER_MODEL, on_delete=models.PROTECT, related_name="+")
    signer_name = models.CharField(_("signed by"), max_length=120)
    statement = models.TextField(_("statement"))
    text_digest = models.CharField(max_length=64)
    copy = models.UUIDField(null=True, blank=True)

    class Meta:
        verbose_name = _("signature")
        verbose_name_plural = _("signatures")

    def __str__(self) -> str:
        return f"{self.organisation} {self.signed_at:%Y-%m-%d}"

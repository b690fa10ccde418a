"""The registry: organisations, their seats and contacts, and the periods of their membership."""

from django.contrib.postgres.fields import ArrayField
from django.contrib.postgres.indexes import GinIndex
from django.db import models
from django.db.models import F, Q
from django.utils.translation import gettext_lazy as _

from contempo.core.audit import tracked
from contempo.core.choices import choices
from contempo.network.models.networks import AgreementVersion, Municipality, Network
from contempo.network.models.tallies import MEMBERSHIP_TALLIES, ORGANISATION_TALLIES
from contempo.network.models.words import words_of_name
from contempo.network.rules.organisations import (
    DEFAULT_PUBLISHED,
    EXPERIENCE_LABELS,
    KIND_LABELS,
    PRIORITY_LABELS,
    PUBLISHABLE_LABELS,
)


def default_published() -> list[str]:
    """What a new member shows until it chooses otherwise."""
    return list(DEFAULT_PUBLISHED)


@tracked(exclude=["name_words"])
class Organisation(models.Model):
    """An organisation in the registry of one network, member or not.

    `member_since` mirrors the open period in `Membership` (a test holds the two together) so that the list of members
    is read from one index. Kept while the network lasts; what identifies persons is in `Contact`.
    """

    network = models.ForeignKey(Network, on_delete=models.PROTECT, related_name="organisations")
    slug = models.SlugField(max_length=80)
    name = models.CharField(_("name"), max_length=200)
    search_name = models.CharField(max_length=200)
    name_words = words_of_name()
    core_name = models.CharField(max_length=200)
    kind = models.CharField(_("kind"), max_length=30, choices=choices(KIND_LABELS))
    legal_form = models.CharField(_("legal form"), max_length=80, blank=True)
    tax_code = models.CharField(_("tax code"), max_length=16, blank=True)
    vat_number = models.CharField(_("VAT number"), max_length=11, blank=True)
    ipa_code = models.CharField(_("IPA code"), max_length=20, blank=True)
    ateco_code = models.CharField(_("ATECO code"), max_length=8, blank=True)
    municipality = models.ForeignKey(
        Municipality, on_delete=models.PROTECT, null=True, blank=True, verbose_name=_("municipality")
    )
    headcount = models.PositiveIntegerField(_("people who work there"), null=True, blank=True)
    website = models.URLField(_("website"), blank=True)
    pec = models.EmailField(_("certified e-mail (PEC)"), blank=True)
    email = models.EmailField(_("e-mail"), blank=True)
    phone = models.CharField(_("telephone"), max_length=30, blank=True)
    description = models.TextField(_("what it does"), blank=True)
    experience_kinds = ArrayField(
        models.CharField(max_length=30, choices=choices(EXPERIENCE_LABELS)),
        default=list,
        blank=True,
        verbose_name=_("kinds of experience"),
    )
    experience = models.TextField(_("experience in work-life balance"), blank=True)
    territory = models.TextField(_("territory in which it works"), blank=True)
    aims = models.TextField(_("aims of joining the network"), blank=True)
    priorities = ArrayField(
        models.CharField(max_length=30, choices=choices(PRIORITY_LABELS)),
        default=list,
        blank=True,
        verbose_name=_("priorities"),
    )
    published = ArrayField(
        models.CharField(max_length=20, choices=choices(PUBLISHABLE_LABELS)),
        default=default_published,
        blank=True,
        verbose_name=_("shown to the public"),
    )
    member_since = models.DateField(_("member since"), null=True, blank=True, editable=False)
    source = models.CharField(_("source"), max_length=300, blank=True)
    created_at = models.DateTimeField()

    class Meta:
        verbose_name = _("organisation")
        verbose_name_plural = _("organisations")
        ordering = ("search_name", "id")
        constraints = [
            models.UniqueConstraint(fields=("network", "slug"), name="organisation_slug_once"),
            models.UniqueConstraint(
                fields=("network", "tax_code"), condition=~Q(tax_code=""), name="organisation_tax_code_once"
            ),
        ]
        indexes = [
            models.Index(fields=("network", "search_name", "id"), name="organisation_by_name"),
            models.Index(fields=("network", "core_name"), name="organisation_by_core_name"),
            GinIndex(fields=("name_words",), name="organisation_words"),
            models.Index(fields=("network", "kind", "search_name", "id"), name="organisation_by_kind"),
            models.Index(
                fields=("network", "search_name", "id"),
                condition=Q(member_since__isnull=True),
                name="nonmember_by_name",
            ),
            models.Index(
                fields=("network", "search_name", "id"),
                condition=Q(member_since__isnull=False),
                name="member_by_name",
            ),
            models.Index(
                fields=("network", "kind", "search_name", "id"),
                condition=Q(member_since__isnull=False),
                name="member_by_kind",
            ),
            models.Index(
                fields=("network", "municipality", "search_name", "id"),
                condition=Q(member_since__isnull=False),
                name="member_by_municipality",
            ),
            models.Index(
                F("network"),
                F("member_since").desc(),
                F("id").desc(),
                condition=Q(member_since__isnull=False),
                name="member_by_date",
            ),
        ]
        triggers = ORGANISATION_TALLIES

    def __str__(self) -> str:
        return self.name


@tracked
class Seat(models.Model):
    """A place where an organisation works."""

    organisation = models.ForeignKey(Organisation, on_delete=models.CASCADE, related_name="seats")
    label = models.CharField(_("name of the seat"), max_length=80, blank=True)
    address = models.CharField(_("address"), max_length=200, blank=True)
    postcode = models.CharField(_("postcode"), max_length=5, blank=True)
    municipality = models.ForeignKey(Municipality, on_delete=models.PROTECT, verbose_name=_("municipality"))
    latitude = models.FloatField(_("latitude"), null=True, blank=True)
    longitude = models.FloatField(_("longitude"), null=True, blank=True)
    is_main = models.BooleanField(_("main seat"), default=False)

    class Meta:
        verbose_name = _("seat")
        verbose_name_plural = _("seats")
        ordering = ("-is_main", "id")
        constraints = [
            models.UniqueConstraint(fields=("organisation",), condition=Q(is_main=True), name="one_main_seat"),
            models.CheckConstraint(
                condition=Q(latitude__isnull=True, longitude__isnull=True)
                | Q(
                    latitude__isnull=False,
                    longitude__isnull=False,
                    latitude__range=(35, 48),
                    longitude__range=(6, 19),
                ),
                name="seat_in_italy",
            ),
        ]

    def __str__(self) -> str:
        return self.address


@tracked
class Contact(models.Model):
    """A person to speak to in an organisation; needs no account.

    Personal data: erased when the organisation asks, or two years after the end of its membership.
    """

    organisation = models.ForeignKey(Organisation, on_delete=models.CASCADE, related_name="contacts")
    full_name = models.CharField(_("name"), max_length=120)
    position = models.CharField(_("position"), max_length=120, blank=True)
    email = models.EmailField(_("e-mail"), blank=True)
    phone = models.CharField(_("telephone"), max_length=30, blank=True)
    is_main = models.BooleanField(_("first contact"), default=False)

    class Meta:
        verbose_name = _("contact")
        verbose_name_plural = _("contacts")
        ordering = ("-is_main", "full_name")

    def __str__(self) -> str:
        return self.full_name


@tracked
class Membership(models.Model):
    """A period, half-open, during which an organisation is a member of its network."""

    network = models.ForeignKey(Network, on_delete=models.PROTECT, related_name="memberships")
    organisation = models.ForeignKey(Organisation, on_delete=models.PROTECT, related_name="memberships")
    since = models.DateField(_("since"))
    until = models.DateField(_("until"), null=True, blank=True)
    agreement = models.ForeignKey(AgreementVersion, on_delete=models.PROTECT, null=True, blank=True)
    end_reason = models.TextField(_("reason of the end"), blank=True)

    class Meta:
        verbose_name = _("membership")
        verbose_name_plural = _("memberships")
        ordering = ("organisation", "since")
        constraints = [
            models.UniqueConstraint(
                fields=("organisation",), condition=Q(until__isnull=True), name="one_open_membership"
            ),
            models.CheckConstraint(
                condition=Q(until__isnull=True) | Q(until__gte=F("since")), name="membership_ends_after_start"
            ),
        ]
        indexes = [models.Index(fields=("network", "since"), name="membership_by_date")]
        triggers = MEMBERSHIP_TALLIES

    def __str__(self) -> str:
        return f"{self.organisation} {self.since}"

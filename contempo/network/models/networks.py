"""Networks, their agreement by version, and the municipalities of Italy."""

from django.db import models
from django.utils.translation import gettext_lazy as _

from contempo.core.audit import tracked


class Municipality(models.Model):
    """An Italian municipality by its ISTAT code. Reference data, loaded from `network/data/municipalities.csv`."""

    istat_code = models.CharField(_("ISTAT code"), max_length=6, primary_key=True)
    name = models.CharField(_("name"), max_length=80)
    search_name = models.CharField(max_length=80, db_index=True)
    province = models.CharField(_("province"), max_length=2)
    region = models.CharField(_("region"), max_length=40)
    cadastral_code = models.CharField(max_length=4, blank=True)
    latitude = models.FloatField(null=True, blank=True)
    longitude = models.FloatField(null=True, blank=True)

    class Meta:
        verbose_name = _("municipality")
        verbose_name_plural = _("municipalities")
        ordering = ("search_name", "province")

    def __str__(self) -> str:
        return f"{self.name} ({self.province})"


class Accent(models.TextChoices):
    """Accent colours a network may choose; all pass contrast AA on white."""

    BLUE = "blue", _("Blue")
    GREEN = "green", _("Green")
    TEAL = "teal", _("Teal")
    VIOLET = "violet", _("Violet")
    BORDEAUX = "bordeaux", _("Bordeaux")
    SLATE = "slate", _("Slate")


@tracked
class Network(models.Model):
    """A territorial network. Public facts of a public body's initiative: no personal data, kept for good."""

    slug = models.SlugField(_("address"), max_length=40, unique=True)
    name = models.CharField(_("name"), max_length=120)
    short_name = models.CharField(_("short name"), max_length=40)
    accent = models.CharField(_("accent colour"), max_length=10, choices=Accent.choices, default=Accent.BLUE)
    lead = models.ForeignKey(
        "network.Organisation",
        on_delete=models.PROTECT,
        null=True,
        blank=True,
        related_name="leads",
        verbose_name=_("lead organisation"),
    )
    funder = models.CharField(_("funding body"), max_length=120, blank=True)
    constituted_on = models.DateField(_("constituted on"), null=True, blank=True)
    contact_email = models.EmailField(_("e-mail"))
    contact_phone = models.CharField(_("telephone"), max_length=30, blank=True)
    contact_address = models.CharField(_("address of the agency"), max_length=200, blank=True)
    opening_hours = models.CharField(_("opening hours"), max_length=200, blank=True)
    accessibility_url = models.URLField(
        _("accessibility statement"), blank=True, help_text=_("Address of the statement deposited with AgID.")
    )
    about_it = models.TextField(_("about the network, in Italian"), blank=True)
    about_en = models.TextField(_("about the network, in English"), blank=True)
    governance_it = models.TextField(_("governance, in Italian"), blank=True)
    governance_en = models.TextField(_("governance, in English"), blank=True)
    territory = models.ManyToManyField(Municipality, blank=True, related_name="networks", verbose_name=_("territory"))
    logo = models.UUIDField(_("logo"), null=True, blank=True, help_text=_("Key of the attached picture."))
    demo = models.BooleanField(default=False)
    opened_at = models.DateTimeField(_("open to the public since"), null=True, blank=True)

    class Meta:
        verbose_name = _("network")
        verbose_name_plural = _("networks")
        ordering = ("name",)

    def __str__(self) -> str:
        return self.name


@tracked
class AgreementVersion(models.Model):
    """One version of the territorial agreement; a published text never changes, a new version follows it."""

    network = models.ForeignKey(Network, on_delete=models.PROTECT, related_name="agreements")
    number = models.PositiveIntegerField(_("version"))
    text_it = models.TextField(_("text in Italian"))
    text_en = models.TextField(_("text in English"), blank=True)
    in_force_from = models.DateField(_("in force from"))
    published_at = models.DateTimeField(_("published on"))

    class Meta:
        verbose_name = _("version of the agreement")
        verbose_name_plural = _("versions of the agreement")
        ordering = ("network", "-number")
        constraints = [models.UniqueConstraint(fields=("network", "number"), name="agreement_number_once")]

    def __str__(self) -> str:
        return str(_("version %(number)s of the agreement") % {"number": self.number})


class DeclaredFact(models.Model):
    """A figure declared in a document, not counted from records: shown with its qualifier and its source."""

    network = models.ForeignKey(Network, on_delete=models.CASCADE, related_name="declared_facts")
    key = models.SlugField(max_length=60)
    group = models.SlugField(max_length=40)
    value = models.PositiveIntegerField(_("value"))
    qualifier = models.CharField(max_length=10, blank=True, choices=[("over", _("over")), ("nearly", _("nearly"))])
    label_it = models.CharField(max_length=200)
    label_en = models.CharField(max_length=200)
    source = models.CharField(_("source"), max_length=300)
    as_of = models.DateField(_("as of"), null=True, blank=True)
    position = models.PositiveSmallIntegerField(default=0)

    class Meta:
        verbose_name = _("declared figure")
        verbose_name_plural = _("declared figures")
        ordering = ("network", "group", "position")
        constraints = [models.UniqueConstraint(fields=("network", "key"), name="declared_fact_once")]

    def __str__(self) -> str:
        return self.key

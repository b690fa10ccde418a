"""Alliances, their partners and phases, and what they do."""

from django.contrib.postgres.indexes import GinIndex
from django.contrib.postgres.search import SearchVectorField
from django.db import models
from django.db.models import F, Q
from django.utils.translation import gettext_lazy as _

from contempo.core.audit import tracked
from contempo.core.choices import choices
from contempo.programmes.models.plans import Plan
from contempo.programmes.models.tallies import ACTIVITY_TALLIES
from contempo.programmes.rules.activities import ACTIVITY, OPEN, ActivityState
from contempo.programmes.rules.plan.tree import AREA_LABELS


@tracked(exclude=["document"])
class Alliance(models.Model):
    """A local alliance of a plan. `document` holds what of it is only read: context, aims, audiences, objectives with
    their results, uses of the reward, the words of its period. No personal data.
    """

    plan = models.ForeignKey(Plan, models.CASCADE, related_name="alliances")
    key = models.SlugField(_("key"), max_length=80)
    position = models.PositiveSmallIntegerField()
    name = models.CharField(_("name"), max_length=300)
    title = models.CharField(_("title"), max_length=300, blank=True)
    lead = models.ForeignKey("network.Organisation", models.PROTECT, related_name="+", verbose_name=_("lead"))
    since = models.DateField(_("from"), null=True, blank=True)
    until = models.DateField(_("until (not included)"), null=True, blank=True)
    cup = models.CharField(_("project code (CUP)"), max_length=15, blank=True)
    unnamed_partners = models.PositiveIntegerField(_("partners without a name"), null=True, blank=True)
    document = models.JSONField(default=dict)

    class Meta:
        verbose_name = _("alliance")
        verbose_name_plural = _("alliances")
        ordering = ["plan", "position"]
        constraints = [
            models.UniqueConstraint(fields=["plan", "key"], name="alliance_key_once"),
            models.CheckConstraint(
                condition=Q(since__isnull=True) | Q(until__isnull=True) | Q(until__gt=F("since")),
                name="alliance_ends_after_start",
            ),
        ]

    def __str__(self) -> str:
        return self.name


@tracked
class Partner(models.Model):
    """An organisation in an alliance and its role there; the lead is not among them."""

    alliance = models.ForeignKey(Alliance, models.CASCADE, related_name="partners")
    organisation = models.ForeignKey(
        "network.Organisation", models.PROTECT, related_name="+", verbose_name=_("organisation")
    )
    position = models.PositiveSmallIntegerField()
    role = models.TextField(_("role"), blank=True)
    group = models.CharField(_("group"), max_length=300, blank=True)
    through = models.CharField(_("through"), max_length=300, blank=True)

    class Meta:
        verbose_name = _("partner")
        verbose_name_plural = _("partners")
        ordering = ["alliance", "position"]
        constraints = [models.UniqueConstraint(fields=["alliance", "organisation"], name="partner_once")]

    def __str__(self) -> str:
        return f"{self.alliance_id}: {self.organisation_id}"


@tracked
class Phase(models.Model):
    alliance = models.ForeignKey(Alliance, models.CASCADE, related_name="phases")
    key = models.SlugField(_("key"), max_length=80)
    position = models.PositiveSmallIntegerField(default=0)
    number = models.PositiveSmallIntegerField(_("number"))
    title = models.CharField(_("title"), max_length=300)
    text = models.TextField(_("text"), blank=True)
    since = models.DateField(_("from"), null=True, blank=True)
    until = models.DateField(_("until (not included)"), null=True, blank=True)

    class Meta:
        verbose_name = _("phase")
        verbose_name_plural = _("phases")
        ordering = ["alliance", "position"]
        constraints = [
            models.UniqueConstraint(fields=["alliance", "key"], name="phase_key_once"),
            models.CheckConstraint(
                condition=Q(since__isnull=True) | Q(until__isnull=True) | Q(until__gt=F("since")),
                name="phase_ends_after_start",
            ),
        ]

    def __str__(self) -> str:
        return self.title


WORDS = (
    "to_tsvector('simple'::regconfig, regexp_replace(lower(regexp_replace(normalize(%(expressions)s, NFKD), "
    "'[\\u0300-\\u036f]+', '', 'g')), '[^a-z0-9]+', ' ', 'g'))"
)
"""The words of texts as `core.text.slugify` makes them, so that neither case nor accents nor apostrophes count."""


@tracked(exclude=["words"])
class Activity(models.Model):
    """Something to be done, of an alliance or of the plan itself. `words` are those of its texts, to be found by."""

    plan = models.ForeignKey(Plan, models.CASCADE, related_name="activities")
    alliance = models.ForeignKey(
        Alliance, models.CASCADE, null=True, blank=True, related_name="activities", verbose_name=_("alliance")
    )
    phase = models.ForeignKey(
        Phase, models.SET_NULL, null=True, blank=True, related_name="activities", verbose_name=_("phase")
    )
    key = models.SlugField(_("key"), max_length=80)
    position = models.PositiveIntegerField()
    area = models.CharField(_("area"), max_length=20, choices=choices(AREA_LABELS))
    title = models.CharField(_("title"), max_length=300)
    text = models.TextField(_("text"), blank=True)
    place = models.CharField(_("place"), max_length=300, blank=True)
    since = models.DateField(_("from"), null=True, blank=True)
    until = models.DateField(_("until (not included)"), null=True, blank=True)
    times = models.PositiveIntegerField(_("times planned"), null=True, blank=True)
    state = models.CharField(
        _("state"),
        max_length=20,
        choices=choices({state: look.label for state, look in ACTIVITY.looks.items()}),
        default=ActivityState.PLANNED.value,
    )
    state_since = models.DateTimeField(_("in this state since"))
    responsible = models.ManyToManyField(
        "network.Organisation", through="Responsible", related_name="+", verbose_name=_("responsible")
    )
    words = models.GeneratedField(
        expression=models.Func("title", "place", "text", template=WORDS, arg_joiner=" || ' ' || "),
        output_field=SearchVectorField(),
        db_persist=True,
    )

    class Meta:
        verbose_name = _("activity")
        verbose_name_plural = _("activities")
        ordering = ["plan", "position"]
        constraints = [
            models.UniqueConstraint(fields=["plan", "alliance", "key"], nulls_distinct=False, name="activity_key_once"),
            models.CheckConstraint(
                condition=Q(since__isnull=True) | Q(until__isnull=True) | Q(until__gt=F("since")),
                name="activity_ends_after_start",
            ),
        ]
        indexes = [
            models.Index(fields=["plan", "position", "id"], name="activity_in_order"),
            models.Index(fields=["plan", "state", "position", "id"], name="activity_by_state"),
            models.Index(fields=["alliance", "position", "id"], name="activity_by_alliance"),
            models.Index(
                fields=["plan", "until", "id"],
                condition=Q(state__in=sorted(state.value for state in OPEN)),
                name="activity_open_by_end",
            ),
            models.Index(
                fields=["plan", "since", "id"],
                condition=Q(state=ActivityState.PLANNED.value),
                name="activity_next",
            ),
            GinIndex(fields=["words"], name="activity_words"),
        ]
        triggers = ACTIVITY_TALLIES

    def __str__(self) -> str:
        return self.title


@tracked
class Responsible(models.Model):
    activity = models.ForeignKey(Activity, models.CASCADE, related_name="responsibles")
    organisation = models.ForeignKey(
        "network.Organisation", models.PROTECT, related_name="+", verbose_name=_("organisation")
    )
    position = models.PositiveSmallIntegerField()

    class Meta:
        verbose_name = _("responsible")
        verbose_name_plural = _("responsible")
        ordering = ["activity", "position"]
        constraints = [models.UniqueConstraint(fields=["activity", "organisation"], name="responsible_once")]

    def __str__(self) -> str:
        return f"{self.activity_id}: {self.organisation_id}"

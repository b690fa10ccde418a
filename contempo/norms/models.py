"""The table of norms: each network keeps its own registry."""

import pgtrigger
from django.db import models
from django.db.models import F, Q
from django.utils.translation import gettext_lazy as _

from contempo.core.audit import tracked
from contempo.core.choices import choices
from contempo.norms.rules.norms import KIND_LABELS, MAX_SLUG, label_of

_SAME_NETWORK = pgtrigger.Trigger(
    name="norm_same_network",
    level=pgtrigger.Row,
    when=pgtrigger.After,
    operation=pgtrigger.Insert | pgtrigger.UpdateOf("replaced_by_id", "network_id"),
    condition=pgtrigger.Condition("NEW.replaced_by_id IS NOT NULL"),
    func="""
        IF NOT EXISTS (SELECT FROM norms_norm WHERE id = NEW.replaced_by_id AND network_id = NEW.network_id) THEN
            RAISE check_violation USING MESSAGE = 'norm_same_network', CONSTRAINT = 'norm_same_network';
        END IF;
        RETURN NULL;
    """,
)


@tracked(exclude=["sort_title", "words", "end_told"])
class Norm(models.Model):
    """A law, contract, circular or one article of it, as a network cites it: in force in `[valid_from, valid_to)`.

    `end_told` says whether the others have been told that it ended. Public facts, no personal data, kept for good:
    what cites a norm must be able to say what it was.
    """

    network = models.ForeignKey("network.Network", on_delete=models.PROTECT, related_name="+")
    slug = models.SlugField(_("address"), max_length=MAX_SLUG)
    kind = models.CharField(_("kind"), max_length=30, choices=choices(KIND_LABELS))
    title = models.CharField(_("title"), max_length=500)
    short_title = models.CharField(_("short title"), max_length=120)
    article = models.CharField(_("article"), max_length=80, blank=True)
    number = models.CharField(_("number"), max_length=40, blank=True)
    day = models.DateField(_("date of the act"), null=True, blank=True)
    issuer = models.CharField(_("issued by"), max_length=200, blank=True)
    url = models.URLField(_("address of the official text"), max_length=500)
    summary_it = models.CharField(_("what it says, in Italian"), max_length=300)
    summary_en = models.CharField(_("what it says, in English"), max_length=300, blank=True)
    valid_from = models.DateField(_("in force from"))
    valid_to = models.DateField(_("in force no longer from"), null=True, blank=True)
    amended_on = models.DateField(_("text last changed on"), null=True, blank=True)
    replaced_by = models.ForeignKey(
        "self",
        on_delete=models.PROTECT,
        null=True,
        blank=True,
        related_name="replaces",
        verbose_name=_("replaced by"),
    )
    end_reason = models.TextField(_("why it ended"), blank=True)
    source = models.CharField(_("where it was checked"), max_length=300, blank=True)
    checked_on = models.DateField(_("checked on"), null=True, blank=True)
    published = models.BooleanField(_("shown to the public"), default=True)
    sort_title = models.CharField(max_length=220)
    words = models.TextField()
    end_told = models.BooleanField(default=False)
    created_at = models.DateTimeField()

    class Meta:
        verbose_name = _("norm")
        verbose_name_plural = _("norms")
        ordering = ("sort_title", "id")
        constraints = [
            models.UniqueConstraint(fields=("network", "slug"), name="norm_slug_once"),
            # The same article may be there in several wordings, each with its first day.
            models.UniqueConstraint(fields=("network", "sort_title", "valid_from"), name="norm_wording_once"),
            models.CheckConstraint(
                condition=Q(valid_to__isnull=True) | Q(valid_to__gt=F("valid_from")), name="norm_ends_after_it_began"
            ),
            models.CheckConstraint(
                condition=Q(replaced_by__isnull=True) | Q(valid_to__isnull=False), name="norm_replaced_has_ended"
            ),
            models.CheckConstraint(
                condition=Q(replaced_by__isnull=True) | ~Q(replaced_by=F("id")), name="norm_not_its_own_successor"
            ),
            models.CheckConstraint(condition=Q(url__startswith="https://"), name="norm_https"),
            models.CheckConstraint(condition=Q(end_told=False) | Q(valid_to__isnull=False), name="norm_told_has_ended"),
        ]
        indexes = [
            models.Index(fields=("network", "sort_title", "id"), name="norm_by_title"),
            models.Index(fields=("network", "kind", "sort_title", "id"), name="norm_by_kind"),
            models.Index(fields=("network", "valid_from", "id"), name="norm_by_beginning"),
            models.Index(
                fields=("valid_to", "id"), condition=Q(end_told=False, valid_to__isnull=False), name="norm_end_to_tell"
            ),
        ]
        triggers = [_SAME_NETWORK]

    def __str__(self) -> str:
        return label_of(self.short_title, self.article)

"""Questionnaires and their versions."""

import pgtrigger
from django.conf import settings
from django.db import models
from django.db.models import Q
from django.utils.translation import gettext_lazy as _

from contempo.core.audit import tracked
from contempo.core.choices import choices
from contempo.questionnaires.rules.states import PURPOSE_LABELS, VERSION_LABELS, VersionState


@tracked
class Questionnaire(models.Model):
    """A questionnaire of a network, or of one `organisation` of it that asks its own people.

    `origin` is the key of the one of the library it was taken from. Kept as long as a campaign needs it.
    """

    network = models.ForeignKey("network.Network", models.PROTECT, related_name="+")
    organisation = models.ForeignKey(
        "network.Organisation", models.PROTECT, null=True, blank=True, related_name="+", verbose_name=_("organisation")
    )
    number = models.PositiveIntegerField(_("number"))
    title = models.CharField(_("title"), max_length=160)
    title_en = models.CharField(_("title in English"), max_length=160, blank=True)
    purpose = models.CharField(_("purpose"), max_length=14, choices=choices(PURPOSE_LABELS))
    origin = models.CharField(_("taken from"), max_length=60, blank=True)
    created_at = models.DateTimeField()

    class Meta:
        verbose_name = _("questionnaire")
        verbose_name_plural = _("questionnaires")
        ordering = ["network", "number"]
        constraints = [models.UniqueConstraint(fields=["network", "number"], name="questionnaire_number_once")]

    def __str__(self) -> str:
        return self.title


@tracked(exclude=["document", "revision", "changed_at"])
class Version(models.Model):
    """A questionnaire as it is asked: `document` is what `rules.document` reads. A published one never changes (a
    trigger holds it); at most one is being written. `digest` is the SHA-256 of the document as canonical JSON. The
    history tells who began, published or gave up a version, not each word typed in a draft.
    """

    questionnaire = models.ForeignKey(Questionnaire, models.PROTECT, related_name="versions")
    number = models.PositiveSmallIntegerField(_("version"))
    state = models.CharField(
        _("state"), max_length=10, choices=choices(VERSION_LABELS), default=VersionState.DRAFT.value
    )
    document = models.JSONField(_("questions"), default=dict)
    note = models.TextField(_("what changed"), blank=True)
    digest = models.CharField(max_length=64, blank=True)
    revision = models.PositiveIntegerField(default=0)
    changed_at = models.DateTimeField(_("last changed"))
    published_at = models.DateTimeField(_("published"), null=True, blank=True)
    published_by = models.ForeignKey(
        settings.AUTH_USER_MODEL,
        models.PROTECT,
        null=True,
        blank=True,
        related_name="+",
        verbose_name=_("published by"),
    )

    class Meta:
        verbose_name = _("version")
        verbose_name_plural = _("versions")
        ordering = ["questionnaire", "number"]
        constraints = [
            models.UniqueConstraint(fields=["questionnaire", "number"], name="questionnaire_version_once"),
            models.UniqueConstraint(
                fields=["questionnaire"], condition=Q(state="draft"), name="questionnaire_one_draft"
            ),
        ]
        triggers = [
            pgtrigger.Protect(
                name="published_version_stays",
                operation=pgtrigger.Update | pgtrigger.Delete,
                condition=pgtrigger.Q(old__state="published"),
            ),
        ]

    def __str__(self) -> str:
        return f"{self.number}"

"""Responses, what they speak for, and what people read in them."""

import uuid

import pgtrigger
from django.conf import settings
from django.contrib.postgres.fields import ArrayField
from django.db import models
from django.db.models import Q
from django.utils.translation import gettext_lazy as _

from contempo.core.audit import tracked
from contempo.core.choices import choices
from contempo.questionnaires.models.campaigns import Campaign, Delegate, Invitation, Target
from contempo.questionnaires.models.making import Questionnaire, Version
from contempo.questionnaires.models.tallies import COVERAGE_TALLIES, RESPONSE_TALLIES
from contempo.questionnaires.rules.states import (
    CHANNEL_LABELS,
    COVERAGE_LABELS,
    PRACTICE,
    RESPONSE_LABELS,
    CoverageState,
    PracticeState,
    ResponseState,
)

PRACTICE_STATES = choices({state: look.label for state, look in PRACTICE.looks.items()})

CHANGES_LOCK = 0x71756573
"""First key of the advisory lock that says which changes of a campaign's responses are still under way."""


class Response(models.Model):
    """The answers of one respondent, half done or completed: `answers` as `rules.document` says, `unasked` the keys of
    what a condition left out.

    In an anonymous campaign there is no invitation, no delegate, no person and no time; `key_hash` is the SHA-256 of a
    secret that only the respondent has. `serial` is the place in the columns, given some time after completion and in
    random order; `speaks_for` holds the units the respondent named, until they are covered when the answers are sent.
    `changed` grows with every change of what counts (a trigger), so that readers of the columns know
    what is newer than they.
    """

    id = models.UUIDField(primary_key=True, default=uuid.uuid4, editable=False)
    campaign = models.ForeignKey(Campaign, models.PROTECT, related_name="responses")
    version = models.ForeignKey(Version, models.PROTECT, related_name="+")
    invitation = models.ForeignKey(
        Invitation, models.PROTECT, null=True, blank=True, related_name="responses", verbose_name=_("invitation")
    )
    delegate = models.ForeignKey(Delegate, models.PROTECT, null=True, blank=True, related_name="+")
    channel = models.CharField(_("channel"), max_length=14, choices=choices(CHANNEL_LABELS))
    state = models.CharField(
        _("state"), max_length=10, choices=choices(RESPONSE_LABELS), default=ResponseState.BEGUN.value
    )
    language = models.CharField(max_length=5, default="it")
    key_hash = models.BinaryField(null=True, blank=True)
    answers = models.JSONField(default=dict, blank=True)
    unasked = ArrayField(models.CharField(max_length=60), default=list, blank=True)
    attributes = models.JSONField(_("attributes of the unit"), default=dict, blank=True)
    speaks_for = ArrayField(models.BigIntegerField(), default=list, blank=True)
    page = models.PositiveSmallIntegerField(_("page reached"), default=0)
    begun_at = models.DateTimeField(_("begun"), null=True, blank=True)
    saved_at = models.DateTimeField(_("last saved"), null=True, blank=True)
    completed_at = models.DateTimeField(_("completed"), null=True, blank=True)
    confirm_to = models.EmailField(_("copy sent to"), blank=True)
    entered_by = models.ForeignKey(
        settings.AUTH_USER_MODEL, models.PROTECT, null=True, blank=True, related_name="+", verbose_name=_("entered by")
    )
    paper = models.CharField(_("number of the paper form"), max_length=30, blank=True)
    why_excluded = models.TextField(_("why it is left out"), blank=True)
    serial = models.BigIntegerField(null=True, blank=True)
    changed = models.BigIntegerField(default=0)

    class Meta:
        verbose_name = _("response")
        verbose_name_plural = _("responses")
        ordering = ["campaign", "serial", "id"]
        constraints = [
            models.UniqueConstraint(fields=["campaign", "serial"], name="response_serial_once"),
            models.UniqueConstraint(
                fields=["invitation"],
                condition=Q(state__in=["begun", "completed"]) & Q(invitation__isnull=False),
                name="response_of_invitation_once",
            ),
            models.UniqueConstraint(fields=["campaign", "paper"], condition=~Q(paper=""), name="response_paper_once"),
        ]
        indexes = [
            models.Index(fields=["campaign", "changed"], name="response_by_change"),
            models.Index(fields=["campaign", "state", "completed_at", "id"], name="response_by_state"),
            models.Index(fields=["key_hash"], name="response_by_key", condition=Q(key_hash__isnull=False)),
            models.Index(
                fields=["campaign"], name="response_waiting", condition=Q(serial__isnull=True, state="completed")
            ),
        ]
        triggers = [
            *RESPONSE_TALLIES,
            pgtrigger.Trigger(
                name="response_changed",
                when=pgtrigger.Before,
                operation=pgtrigger.Insert | pgtrigger.Update,
                func=f"""
                IF NEW.state <> 'begun' OR (TG_OP = 'UPDATE' AND OLD.state <> 'begun') THEN
                    PERFORM pg_advisory_xact_lock_shared({CHANGES_LOCK}, NEW.campaign_id::int);
                    NEW.changed = nextval('questionnaires_change');
                END IF;
                RETURN NEW;
                """,
            ),
            pgtrigger.Trigger(
                name="response_gone",
                when=pgtrigger.After,
                operation=pgtrigger.Delete,
                func="""
                DELETE FROM questionnaires_columnpart
                WHERE campaign_id = OLD.campaign_id AND bucket = OLD.serial >> 16;
                RETURN NULL;
                """,
            ),
        ]

    def __str__(self) -> str:
        return f"{self.id}"


class ColumnPart(models.Model):
    """A file of columns: the completed responses of a campaign with serials of one `bucket` (65,536 each), as they were
    at the change `mark`. Whatever changed later is read from the responses themselves.
    """

    campaign = models.ForeignKey(Campaign, models.CASCADE, related_name="+")
    bucket = models.PositiveIntegerField()
    mark = models.BigIntegerField()
    file = models.CharField(max_length=120)
    rows = models.PositiveIntegerField()
    written_at = models.DateTimeField()

    class Meta:
        constraints = [models.UniqueConstraint(fields=["campaign", "bucket"], name="column_part_once")]

    def __str__(self) -> str:
        return self.file


@tracked
class Coverage(models.Model):
    """A unit a response speaks for: its own, or one that the respondent named (a union of municipalities answers for
    its members). One counted response for a unit; a person settles the others.
    """

    response = models.ForeignKey(Response, models.CASCADE, related_name="coverages")
    target = models.ForeignKey(Target, models.CASCADE, related_name="coverages")
    own = models.BooleanField(_("its own answer"), default=False)
    state = models.CharField(_("state"), max_length=10, choices=choices(COVERAGE_LABELS))
    since = models.DateTimeField()
    decided_by = models.ForeignKey(
        settings.AUTH_USER_MODEL, models.PROTECT, null=True, blank=True, related_name="+", verbose_name=_("decided by")
    )
    why = models.TextField(_("why"), blank=True)

    class Meta:
        verbose_name = _("coverage")
        verbose_name_plural = _("coverages")
        ordering = ["target", "id"]
        constraints = [
            models.UniqueConstraint(fields=["response", "target"], name="coverage_once"),
            models.UniqueConstraint(
                fields=["target"], condition=Q(state=CoverageState.COUNTED.value), name="coverage_counted_once"
            ),
        ]
        indexes = [
            models.Index(fields=["target", "state"], name="coverage_of_target"),
            models.Index(fields=["target"], condition=Q(state=CoverageState.DISPUTED.value), name="coverage_to_settle"),
        ]
        triggers = COVERAGE_TALLIES

    def __str__(self) -> str:
        return f"{self.target_id}"


class AnswerFile(models.Model):
    """A file uploaded as an answer; kept as long as the response."""

    response = models.ForeignKey(Response, models.CASCADE, related_name="files")
    key = models.CharField(max_length=60)
    file = models.ForeignKey("core.Attachment", models.PROTECT, related_name="+")

    class Meta:
        verbose_name = _("attached file")
        verbose_name_plural = _("attached files")
        ordering = ["response", "id"]

    def __str__(self) -> str:
        return self.key


@tracked
class Code(models.Model):
    """A word by which people sort the free texts of one question; the same in every wave of the questionnaire."""

    questionnaire = models.ForeignKey(Questionnaire, models.CASCADE, related_name="codes")
    question = models.CharField(max_length=60)
    label = models.CharField(_("code"), max_length=80)

    class Meta:
        verbose_name = _("code")
        verbose_name_plural = _("codes")
        ordering = ["questionnaire", "question", "label"]
        constraints = [
            models.UniqueConstraint(fields=["questionnaire", "question", "label"], name="code_label_once"),
        ]

    def __str__(self) -> str:
        return self.label


class Coding(models.Model):
    """A code given to the text of one response."""

    response = models.ForeignKey(Response, models.CASCADE, related_name="codings")
    code = models.ForeignKey(Code, models.CASCADE, related_name="codings")
    at = models.DateTimeField()
    by = models.ForeignKey(settings.AUTH_USER_MODEL, models.PROTECT, null=True, blank=True, related_name="+")

    class Meta:
        constraints = [models.UniqueConstraint(fields=["response", "code"], name="coding_once")]

    def __str__(self) -> str:
        return f"{self.code_id}"


@tracked
class Practice(models.Model):
    """A good practice found in an answer, told in the network's library only while who described it agrees."""

    campaign = models.ForeignKey(Campaign, models.PROTECT, related_name="practices")
    response = models.ForeignKey(Response, models.SET_NULL, null=True, blank=True, related_name="practices")
    organisation = models.ForeignKey(
        "network.Organisation", models.PROTECT, null=True, blank=True, related_name="+", verbose_name=_("organisation")
    )
    title = models.CharField(_("title"), max_length=160)
    text = models.TextField(_("what is done"))
    topic = models.CharField(_("type of need"), max_length=60, blank=True)
    email = models.EmailField(_("whom consent is asked of"), blank=True)
    state = models.CharField(_("state"), max_length=10, choices=PRACTICE_STATES, default=PracticeState.FOUND.value)
    asked_at = models.DateTimeField(null=True, blank=True)
    answered_at = models.DateTimeField(null=True, blank=True)
    published_at = models.DateTimeField(null=True, blank=True)
    created_at = models.DateTimeField()

    class Meta:
        verbose_name = _("good practice")
        verbose_name_plural = _("good practices")
        ordering = ["-published_at", "-id"]

    def __str__(self) -> str:
        return self.title


class Aggregate(models.Model):
    """A table of a past survey of which single responses no longer exist: how often each answer to one question was
    given, of so many who were asked. Never mixed with figures computed here.

    `question` and `option` are keys of the campaign's questionnaire where that knows them, else the words of the
    source.
    """

    campaign = models.ForeignKey(Campaign, models.CASCADE, related_name="aggregates")
    question = models.CharField(_("question"), max_length=300)
    group = models.CharField(_("group"), max_length=120, blank=True)
    option = models.CharField(_("answer"), max_length=200)
    count = models.PositiveIntegerField(_("answers"))
    base = models.PositiveIntegerField(_("asked"))
    source = models.CharField(_("source"), max_length=300, blank=True)

    class Meta:
        verbose_name = _("aggregate figure")
        verbose_name_plural = _("aggregate figures")
        ordering = ["campaign", "question", "group", "option"]
        constraints = [
            models.UniqueConstraint(fields=["campaign", "question", "group", "option"], name="aggregate_once"),
        ]

    def __str__(self) -> str:
        return f"{self.option}: {self.count}"


class SavedTable(models.Model):
    """A table or filter somebody keeps: `spec` is what `rules.tables` reads."""

    campaign = models.ForeignKey(Campaign, models.CASCADE, related_name="tables")
    title = models.CharField(_("title"), max_length=160)
    spec = models.JSONField(default=dict)
    report = models.BooleanField(_("in the report"), default=True)
    position = models.PositiveSmallIntegerField(default=0)

    class Meta:
        verbose_name = _("table")
        verbose_name_plural = _("tables")
        ordering = ["campaign", "position", "id"]

    def __str__(self) -> str:
        return self.title

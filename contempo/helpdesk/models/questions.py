"""Questions, the promises made for them, their moves between states, and the organisations in dispute."""

import uuid

from django.conf import settings
from django.contrib.postgres.indexes import GinIndex
from django.contrib.postgres.search import SearchVector, SearchVectorField
from django.db import models
from django.db.models import F, Q
from django.utils.translation import gettext_lazy as _

from contempo.core.audit import tracked
from contempo.core.choices import choices
from contempo.helpdesk.models.facets import facets
from contempo.helpdesk.models.tallies import QUESTION_TALLIES
from contempo.helpdesk.rules.asking import CAPACITY_NAMES, CHANNEL_LABELS, Channel
from contempo.helpdesk.rules.questions import DESK, UNANSWERED, State
from contempo.helpdesk.rules.sectors import SECTOR_LABELS
from contempo.helpdesk.rules.topics import TOPIC_LABELS

STATES = choices({state: look.label for state, look in DESK.looks.items()})

PUBLICATIONS = [("", _("not proposed")), ("proposed", _("proposed")), ("published", _("published"))]

_COPIES = (
    "subject",
    "search_text",
    "words",
    "lease_until",
    "next_check_at",
    "level",
    "rating_comment",
    # Written in the same action as the draft of an entry: in the history, the two would be found together.
    "publication",
)


@tracked(exclude=_COPIES)
class Question(models.Model):
    """A question to the desk and where it stands.

    The deadlines, the first answer and the counts are copied here from moves and promises by the actions, so that lists
    and figures read one row. Personal data (asker, words of the question): kept 24 months after the question has
    ended, then erased; topic, capacity, municipality, sector and times stay for the figures.
    """

    key = models.UUIDField(default=uuid.uuid4, unique=True, editable=False)
    network = models.ForeignKey("network.Network", models.PROTECT, related_name="+")
    number = models.PositiveIntegerField(_("number"))
    state = models.CharField(_("state"), max_length=20, choices=STATES, default=State.OPEN.value)
    state_since = models.DateTimeField(_("in this state since"))
    channel = models.CharField(_("channel"), max_length=10, choices=choices(CHANNEL_LABELS))
    topic = models.CharField(_("topic"), max_length=20, choices=choices(TOPIC_LABELS))
    capacity = models.CharField(_("capacity"), max_length=20, choices=choices(CAPACITY_NAMES))
    language = models.CharField(_("language"), max_length=5, choices=settings.LANGUAGES, default="it")
    subject = models.CharField(_("subject"), max_length=160)
    search_text = models.TextField(blank=True)
    words = models.GeneratedField(
        expression=SearchVector("search_text", config="italian"), output_field=SearchVectorField(), db_persist=True
    )
    municipality = models.ForeignKey(
        "network.Municipality", models.PROTECT, null=True, blank=True, related_name="+", verbose_name=_("municipality")
    )
    sector = models.CharField(_("sector"), max_length=1, choices=choices(SECTOR_LABELS), blank=True)
    contract = models.ForeignKey(
        "norms.Norm", models.PROTECT, null=True, blank=True, related_name="+", verbose_name=_("collective contract")
    )
    consent = models.BooleanField(_("an anonymised version may be published"), default=False)
    publication = models.CharField(_("publication"), max_length=10, choices=PUBLICATIONS, blank=True, default="")

    asker = models.ForeignKey(
        settings.AUTH_USER_MODEL,
        models.PROTECT,
        null=True,
        blank=True,
        related_name="+",
        verbose_name=_("asker"),
    )
    holder = models.ForeignKey(
        settings.AUTH_USER_MODEL, models.PROTECT, null=True, blank=True, related_name="+", verbose_name=_("held by")
    )
    lease_until = models.DateTimeField(_("held until"), null=True, blank=True)
    proposed_to = models.ForeignKey(
        settings.AUTH_USER_MODEL,
        models.PROTECT,
        null=True,
        blank=True,
        related_name="+",
        verbose_name=_("proposed to"),
    )
    proposed_why = models.JSONField(_("reasons of the proposal"), default=list, blank=True)
    second_expert = models.ForeignKey(
        settings.AUTH_USER_MODEL,
        models.PROTECT,
        null=True,
        blank=True,
        related_name="+",
        verbose_name=_("second expert"),
    )

    received_at = models.DateTimeField(_("received at"))
    due_at = models.DateTimeField(_("promised by"))
    next_check_at = models.DateTimeField(null=True, blank=True)
    level = models.PositiveSmallIntegerField(default=0)
    answered_at = models.DateTimeField(_("answered at"), null=True, blank=True)
    first_answered_at = models.DateTimeField(_("first answered at"), null=True, blank=True)
    minutes_to_answer = models.PositiveIntegerField(_("minutes to the first answer, without pauses"), null=True)
    within = models.BooleanField(_("first promise kept"), null=True)
    pauses = models.PositiveSmallIntegerField(_("pauses"), default=0)
    paused_minutes = models.PositiveIntegerField(_("minutes in pause"), default=0)
    reopenings = models.PositiveSmallIntegerField(_("times reopened"), default=0)
    rating = models.PositiveSmallIntegerField(_("rating"), null=True, blank=True)
    rating_comment = models.TextField(_("what the asker said of the answer"), blank=True)

    union_side = models.BooleanField(_("in dispute: side of the workers"), default=False)
    employer_side = models.BooleanField(_("in dispute: side of the employers"), default=False)

    merged_into = models.ForeignKey(
        "self", models.PROTECT, null=True, blank=True, related_name="merged", verbose_name=_("joined to")
    )
    split_from = models.ForeignKey(
        "self", models.PROTECT, null=True, blank=True, related_name="parts", verbose_name=_("split from")
    )
    passed_on = models.ForeignKey(
        "self", models.PROTECT, null=True, blank=True, related_name="passed_from", verbose_name=_("passed on as")
    )
    erased_at = models.DateTimeField(_("words erased at"), null=True, blank=True)

    class Meta:
        verbose_name = _("question")
        verbose_name_plural = _("questions")
        ordering = ["-received_at", "-id"]
        constraints = [
            models.UniqueConstraint(fields=["network", "number"], name="question_number_once"),
            models.CheckConstraint(
                condition=Q(asker__isnull=False) | Q(channel=Channel.DESK.value) | Q(erased_at__isnull=False),
                name="question_has_asker",
            ),
            models.CheckConstraint(
                condition=Q(rating__isnull=True) | Q(rating__range=(1, 5)), name="question_rating_1_to_5"
            ),
            models.CheckConstraint(
                condition=~Q(state=State.TAKEN.value) | Q(holder__isnull=False, lease_until__isnull=False),
                name="question_taken_by_somebody",
            ),
            models.CheckConstraint(
                condition=~Q(state__in=[State.ANSWERED.value, State.CLOSED.value])
                | Q(answered_at__isnull=False, first_answered_at__isnull=False),
                name="question_answered_at_a_time",
            ),
            models.CheckConstraint(
                condition=~Q(state=State.MERGED.value) | Q(merged_into__isnull=False), name="question_merged_somewhere"
            ),
        ]
        indexes = [
            models.Index(F("network"), F("received_at").desc(), F("id").desc(), name="question_by_date"),
            models.Index(
                fields=["network", "due_at", "id"],
                condition=Q(state__in=[state.value for state in UNANSWERED]),
                name="question_unanswered",
            ),
            models.Index(
                fields=["holder", "due_at", "id"],
                condition=Q(state__in=[state.value for state in UNANSWERED]),
                name="question_held",
            ),
            models.Index(
                fields=["proposed_to", "due_at", "id"],
                condition=Q(state__in=[state.value for state in UNANSWERED]),
                name="question_proposed",
            ),
            models.Index(
                fields=["next_check_at", "id"], condition=Q(next_check_at__isnull=False), name="question_to_check"
            ),
            models.Index(F("network"), F("state"), F("received_at").desc(), F("id").desc(), name="question_by_state"),
            models.Index(F("network"), F("topic"), F("received_at").desc(), F("id").desc(), name="question_by_topic"),
            models.Index(
                F("network"), F("capacity"), F("received_at").desc(), F("id").desc(), name="question_by_capacity"
            ),
            models.Index(
                F("network"),
                F("municipality"),
                F("received_at").desc(),
                F("id").desc(),
                name="question_by_municipality",
            ),
            models.Index(F("network"), F("sector"), F("received_at").desc(), F("id").desc(), name="question_by_sector"),
            models.Index(
                F("network"), F("channel"), F("received_at").desc(), F("id").desc(), name="question_by_channel"
            ),
            models.Index(F("asker"), F("received_at").desc(), name="question_by_asker"),
            models.Index(fields=["state", "state_since"], condition=Q(erased_at__isnull=True), name="question_by_age"),
            models.Index(
                fields=["network", "id"],
                condition=Q(union_side=True) | Q(employer_side=True),
                name="question_disputed",
            ),
            GinIndex(fields=["words"], name="question_words", fastupdate=False),
            GinIndex(facets(), name="question_facets", fastupdate=False),
        ]
        triggers = QUESTION_TALLIES

    def __str__(self) -> str:
        return f"{self.number} {self.subject}"


class Move(models.Model):
    """One change of state of a question: pauses and promises are rebuilt from these, and from nothing else."""

    question = models.ForeignKey(Question, models.CASCADE, related_name="moves")
    at = models.DateTimeField()
    transition = models.CharField(max_length=20)
    state = models.CharField(max_length=20, choices=STATES)
    person = models.ForeignKey(settings.AUTH_USER_MODEL, models.PROTECT, null=True, blank=True, related_name="+")
    text = models.TextField(blank=True)

    class Meta:
        verbose_name = _("move")
        verbose_name_plural = _("moves")
        ordering = ["at", "id"]
        indexes = [models.Index(fields=["question", "at", "id"], name="move_by_question")]

    def __str__(self) -> str:
        return f"{self.transition} {self.at:%Y-%m-%d %H:%M}"


@tracked
class Promise(models.Model):
    """One promise made to the asker: at the receipt, and again at each reopening.

    `terms` and `place` are the policy and the calendar in force when it was made (`rules.clock.Policy.terms`): a later
    policy does not change it. Both deadlines are kept. `met` is unknown until the answer or the deadline.
    """

    question = models.ForeignKey(Question, models.CASCADE, related_name="promises")
    number = models.PositiveSmallIntegerField(_("promise"))
    started_at = models.DateTimeField(_("from"))
    terms = models.JSONField(_("terms"))
    place = models.CharField(_("calendar of holidays"), max_length=20, blank=True)
    due_elapsed_at = models.DateTimeField(_("due by the clock"))
    due_working_at = models.DateTimeField(_("due by opening hours"))
    answered_at = models.DateTimeField(_("answered at"), null=True, blank=True)
    met = models.BooleanField(_("kept"), null=True)
    breached_at = models.DateTimeField(_("breached at"), null=True, blank=True)
    breach_reason = models.TextField(_("why it was late"), blank=True)
    breach_explained_by = models.ForeignKey(
        settings.AUTH_USER_MODEL,
        models.PROTECT,
        null=True,
        blank=True,
        related_name="+",
        verbose_name=_("explained by"),
    )

    class Meta:
        verbose_name = _("promise")
        verbose_name_plural = _("promises")
        ordering = ["number"]
        constraints = [
            models.UniqueConstraint(fields=["question", "number"], name="promise_once"),
            models.CheckConstraint(
                condition=Q(breached_at__isnull=True) | Q(met=False), name="promise_breached_is_not_met"
            ),
        ]
        indexes = [
            models.Index(
                fields=["breached_at"],
                condition=Q(breached_at__isnull=False, breach_explained_by__isnull=True),
                name="promise_unexplained",
            ),
        ]

    def __str__(self) -> str:
        return f"{self.question_id}/{self.number}"


@tracked
class Counterpart(models.Model):
    """An organisation the asker is in dispute with: from the registry when known there, else as typed."""

    question = models.ForeignKey(Question, models.CASCADE, related_name="counterparts")
    organisation = models.ForeignKey(
        "network.Organisation", models.PROTECT, null=True, blank=True, related_name="+", verbose_name=_("organisation")
    )
    name = models.CharField(_("name"), max_length=200)

    class Meta:
        verbose_name = _("counterpart")
        verbose_name_plural = _("counterparts")
        constraints = [
            models.UniqueConstraint(
                fields=["question", "organisation"],
                condition=Q(organisation__isnull=False),
                name="counterpart_once",
            )
        ]

    def __str__(self) -> str:
        return self.name

"""What is said about a question: messages, drafts of answers, what they cite, templates."""

from django.conf import settings
from django.contrib.postgres.fields import ArrayField
from django.db import models
from django.db.models import Q
from django.utils.translation import gettext_lazy as _

from contempo.core.audit import tracked
from contempo.core.choices import choices
from contempo.helpdesk.models.questions import Question
from contempo.helpdesk.rules.asking import CHANNEL_LABELS
from contempo.helpdesk.rules.topics import TOPIC_LABELS


class MessageKind(models.TextChoices):
    """What a message is. Only `ANSWER` stops the clock."""

    QUESTION = "question", _("question")
    ADDITION = "addition", _("addition")
    DETAILS_REQUEST = "details_request", _("request for details")
    DETAILS = "details", _("details")
    ANSWER = "answer", _("answer")
    REOPENING = "reopening", _("further question")
    NOTICE = "notice", _("notice")
    NOTE = "note", _("internal note")


class Message(models.Model):
    """Something said about a question. An internal note is for experts and coordinators and reaches nobody else.

    Personal data: as the question's, erased with it.
    """

    question = models.ForeignKey(Question, models.CASCADE, related_name="messages")
    at = models.DateTimeField()
    kind = models.CharField(max_length=20, choices=MessageKind.choices)
    by_asker = models.BooleanField(default=False)
    author = models.ForeignKey(settings.AUTH_USER_MODEL, models.PROTECT, null=True, blank=True, related_name="+")
    signs = models.BooleanField(_("signed with the name"), default=False)
    channel = models.CharField(max_length=10, choices=choices(CHANNEL_LABELS))
    text = models.TextField()
    internal = models.BooleanField(default=False)
    norms = models.ManyToManyField("norms.Norm", related_name="+", blank=True)
    organisations = models.ManyToManyField("network.Organisation", related_name="+", blank=True)

    class Meta:
        verbose_name = _("message")
        verbose_name_plural = _("messages")
        ordering = ["at", "id"]
        indexes = [models.Index(fields=["question", "at", "id"], name="message_by_question")]
        constraints = [
            models.CheckConstraint(
                condition=Q(kind="note", internal=True) | (~Q(kind="note") & Q(internal=False)),
                name="message_note_is_internal",
            ),
            models.CheckConstraint(
                condition=~Q(by_asker=True) | Q(internal=False), name="message_asker_never_internal"
            ),
        ]

    def __str__(self) -> str:
        return f"{self.kind} {self.at:%Y-%m-%d %H:%M}"


class Reading(models.TextChoices):
    """Where the second reading of a draft stands."""

    NONE = "", _("not asked")
    ASKED = "asked", _("asked")
    PASSED = "passed", _("passed")
    SENT_BACK = "sent_back", _("sent back")


class AnswerDraft(models.Model):
    """What an expert is writing for a question: kept at every pause in the typing, erased when sent.

    `version` grows at every saving: whoever saves an older one is told instead of overwriting. A reading that has
    passed holds for the text as it was read: any change asks for it again. `FILES` is the kind of owner of its files.
    """

    FILES = "helpdesk.answer"

    question = models.ForeignKey(Question, models.CASCADE, related_name="drafts")
    author = models.ForeignKey(settings.AUTH_USER_MODEL, models.PROTECT, related_name="+")
    text = models.TextField(blank=True)
    norm_ids = ArrayField(models.BigIntegerField(), default=list, blank=True)
    organisation_ids = ArrayField(models.BigIntegerField(), default=list, blank=True)
    version = models.PositiveIntegerField(default=0)
    saved_at = models.DateTimeField()
    reading = models.CharField(max_length=10, choices=Reading.choices, blank=True, default=Reading.NONE)
    reader = models.ForeignKey(settings.AUTH_USER_MODEL, models.PROTECT, null=True, blank=True, related_name="+")
    reading_comment = models.TextField(blank=True)

    class Meta:
        verbose_name = _("draft of an answer")
        verbose_name_plural = _("drafts of answers")
        constraints = [models.UniqueConstraint(fields=["question", "author"], name="draft_once_per_author")]
        indexes = [
            models.Index(fields=["reader", "saved_at"], condition=Q(reading="asked"), name="draft_to_read"),
        ]

    def __str__(self) -> str:
        return f"{self.question_id} {self.version}"


@tracked
class AnswerTemplate(models.Model):
    """A text to begin an answer with; `{{name}}` and its like are filled in when it is used. No personal data."""

    network = models.ForeignKey("network.Network", models.CASCADE, related_name="+")
    title = models.CharField(_("title"), max_length=120)
    text = models.TextField(_("text"))
    topic = models.CharField(_("topic"), max_length=20, choices=choices(TOPIC_LABELS), blank=True)
    language = models.CharField(_("language"), max_length=5, choices=settings.LANGUAGES, default="it")

    class Meta:
        verbose_name = _("template of an answer")
        verbose_name_plural = _("templates of answers")
        ordering = ["title", "id"]
        constraints = [models.UniqueConstraint(fields=["network", "language", "title"], name="template_title_once")]

    def __str__(self) -> str:
        return self.title


class SavedFilter(models.Model):
    """A filter of the list of questions that a person keeps under a name. Erased when the account is closed."""

    network = models.ForeignKey("network.Network", models.CASCADE, related_name="+")
    person = models.ForeignKey(settings.AUTH_USER_MODEL, models.CASCADE, related_name="+")
    name = models.CharField(_("name"), max_length=60)
    query = models.CharField(max_length=500)

    class Meta:
        verbose_name = _("saved filter")
        verbose_name_plural = _("saved filters")
        ordering = ["name"]
        constraints = [models.UniqueConstraint(fields=["network", "person", "name"], name="saved_filter_once")]

    def __str__(self) -> str:
        return self.name

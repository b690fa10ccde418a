"""The catalogue: entries, their revisions, what they cite; what readers said and did not find.

Nothing here refers to a question, and no question refers to anything here: what is published cannot be followed back.
"""

from django.conf import settings
from django.contrib.postgres.fields import ArrayField
from django.contrib.postgres.indexes import GinIndex
from django.db import models
from django.db.models import F, Q
from django.utils.translation import gettext_lazy as _

from contempo.core.audit import tracked
from contempo.core.choices import choices
from contempo.helpdesk.models.tallies import MONTH, tallied
from contempo.helpdesk.rules.asking import CAPACITY_NAMES, CHANNEL_LABELS
from contempo.helpdesk.rules.entries import (
    CATALOGUE,
    HARMLESS_LABELS,
    REVIEW_LABELS,
    REVISION,
    SIGNIFICANCE_LABELS,
    USEFULNESS_LABELS,
    RevisionState,
    State,
)
from contempo.helpdesk.rules.redaction import KIND_LABELS
from contempo.helpdesk.rules.sectors import SECTOR_LABELS
from contempo.helpdesk.rules.topics import TOPIC_LABELS

ENTRY_STATES = choices({state: look.label for state, look in CATALOGUE.looks.items()})
REVISION_STATES = choices({state: look.label for state, look in REVISION.looks.items()})

DEFLECTION_TALLIES = tallied(
    "deflection_tally",
    f"""
    SELECT network_id, {MONTH.format(column="at")} AS month, fact.measure, fact.key, {{sign}} AS amount
    FROM {{rows}} AS deflection,
        LATERAL (VALUES ('deflected', 'all'), ('deflected_topic', topic)) AS fact (measure, key)
    """,
)

MISS_TALLIES = tallied(
    "miss_tally",
    f"""
    SELECT network_id, {MONTH.format(column="at")} AS month, 'misses' AS measure, 'all' AS key, {{sign}} AS amount
    FROM {{rows}} AS miss
    """,
)


@tracked(exclude=("useful", "not_useful"))
class Entry(models.Model):
    """An answer anybody may read: what it is about and where it stands; its words are in its revisions.

    `slug` is its address today; those it had before are in `EntryAddress` and lead to it for good. `review_reason` and
    `review_since` say that its content must be looked at again. No personal data; kept while the network lasts.
    """

    network = models.ForeignKey("network.Network", models.PROTECT, related_name="+")
    number = models.PositiveIntegerField(_("number"))
    slug = models.SlugField(_("address"), max_length=80)
    language = models.CharField(_("first written in"), max_length=5, choices=settings.LANGUAGES, default="it")
    topics = ArrayField(
        models.CharField(max_length=20, choices=choices(TOPIC_LABELS)), default=list, verbose_name=_("topics")
    )
    state = models.CharField(_("state"), max_length=20, choices=ENTRY_STATES, default=State.DRAFT.value)
    state_since = models.DateTimeField(_("in this state since"))
    published_at = models.DateTimeField(_("first published on"), null=True, blank=True)
    changed_at = models.DateTimeField(_("last changed on"), null=True, blank=True)
    reviewed_on = models.DateField(_("last reviewed on"), null=True, blank=True)
    review_on = models.DateField(_("to be reviewed by"), null=True, blank=True)
    review_reason = models.CharField(_("why to review it"), max_length=20, choices=choices(REVIEW_LABELS), blank=True)
    review_since = models.DateTimeField(_("to be reviewed since"), null=True, blank=True)
    retired_why = models.TextField(_("why it was retired"), blank=True)
    useful = models.PositiveIntegerField(_("found useful"), default=0)
    not_useful = models.PositiveIntegerField(_("found not useful"), default=0)

    class Meta:
        verbose_name = _("catalogue entry")
        verbose_name_plural = _("catalogue entries")
        ordering = ["-published_at", "-id"]
        constraints = [
            models.UniqueConstraint(fields=["network", "number"], name="entry_number_once"),
            models.UniqueConstraint(fields=["network", "slug"], name="entry_slug_once"),
            models.CheckConstraint(
                condition=~Q(state=State.PUBLISHED.value) | Q(published_at__isnull=False, changed_at__isnull=False),
                name="entry_published_at_a_time",
            ),
            models.CheckConstraint(
                condition=Q(review_reason="", review_since__isnull=True)
                | (~Q(review_reason="") & Q(review_since__isnull=False)),
                name="entry_review_has_reason",
            ),
            models.CheckConstraint(
                condition=~Q(state=State.RETIRED.value) | ~Q(retired_why=""), name="entry_retired_with_reason"
            ),
        ]
        indexes = [
            models.Index(F("network"), F("state"), F("changed_at").desc(), F("id").desc(), name="entry_by_state"),
            models.Index(fields=["network", "review_on"], name="entry_by_review"),
            models.Index(
                fields=["network", "review_since"], condition=Q(review_since__isnull=False), name="entry_to_review"
            ),
            GinIndex(fields=["topics"], name="entry_topics"),
        ]

    def __str__(self) -> str:
        return f"{self.number} {self.slug}"


class EntryAddress(models.Model):
    """An address an entry has or had: none is ever given to another entry."""

    network = models.ForeignKey("network.Network", models.CASCADE, related_name="+")
    entry = models.ForeignKey(Entry, models.CASCADE, related_name="addresses")
    slug = models.SlugField(max_length=80)

    class Meta:
        constraints = [models.UniqueConstraint(fields=["network", "slug"], name="entry_address_once")]

    def __str__(self) -> str:
        return self.slug


@tracked
class Revision(models.Model):
    """One version of the words of an entry in one language.

    `based_on` is the revision of the first language that a translation translates: when a later one of substance is
    approved, the translation is behind. `facts` waits here for the approval, in the first language only. `current`
    marks the text shown, at most one for each language. Author and approver are persons of the desk, kept with the
    entry and never shown to the public.
    """

    entry = models.ForeignKey(Entry, models.CASCADE, related_name="revisions")
    language = models.CharField(_("language"), max_length=5, choices=settings.LANGUAGES)
    number = models.PositiveIntegerField(_("revision"))
    state = models.CharField(_("state"), max_length=20, choices=REVISION_STATES, default=RevisionState.DRAFT.value)
    title = models.CharField(_("title"), max_length=160)
    question = models.TextField(_("the question, in general"), blank=True)
    answer = models.TextField(_("answer"), blank=True)
    significance = models.CharField(_("significance"), max_length=20, choices=choices(SIGNIFICANCE_LABELS))
    comment = models.CharField(_("what changes"), max_length=500, blank=True)
    author = models.ForeignKey(settings.AUTH_USER_MODEL, models.PROTECT, related_name="+", verbose_name=_("written by"))
    begun_at = models.DateTimeField(_("begun on"))
    changed_at = models.DateTimeField(_("last changed on"))
    approver = models.ForeignKey(
        settings.AUTH_USER_MODEL, models.PROTECT, null=True, blank=True, related_name="+", verbose_name=_("decided by")
    )
    decided_at = models.DateTimeField(_("decided on"), null=True, blank=True)
    decision = models.TextField(_("comment of who decided"), blank=True)
    facts = models.JSONField(_("topics, norms, sources and next review"), null=True, blank=True)
    based_on = models.ForeignKey("self", models.SET_NULL, null=True, blank=True, related_name="+")
    current = models.BooleanField(_("shown"), default=False)

    class Meta:
        verbose_name = _("revision")
        verbose_name_plural = _("revisions")
        ordering = ["entry", "language", "-number"]
        constraints = [
            models.UniqueConstraint(fields=["entry", "language", "number"], name="revision_number_once"),
            models.UniqueConstraint(
                fields=["entry", "language"], condition=Q(current=True), name="revision_one_current"
            ),
            models.UniqueConstraint(
                fields=["entry", "language"],
                condition=~Q(state=RevisionState.APPROVED.value),
                name="revision_one_open",
            ),
            models.CheckConstraint(
                condition=Q(current=False) | Q(state=RevisionState.APPROVED.value), name="revision_current_is_approved"
            ),
            models.CheckConstraint(
                condition=~Q(state=RevisionState.APPROVED.value)
                | (Q(approver__isnull=False, decided_at__isnull=False) & ~Q(approver=F("author"))),
                name="revision_second_person_approves",
            ),
        ]
        indexes = [
            models.Index(fields=["language", "title"], condition=Q(current=True), name="revision_shown"),
            models.Index(fields=["state", "changed_at"], name="revision_by_state"),
        ]

    def __str__(self) -> str:
        return self.title


@tracked
class ResolvedMark(models.Model):
    """A mark of a revision somebody judged: the words identify nobody. `key` is the text as `redaction` compares it."""

    revision = models.ForeignKey(Revision, models.CASCADE, related_name="resolved")
    kind = models.CharField(_("kind"), max_length=20, choices=choices(KIND_LABELS))
    key = models.CharField(_("words"), max_length=300)
    person = models.ForeignKey(settings.AUTH_USER_MODEL, models.PROTECT, related_name="+", verbose_name=_("judged by"))
    at = models.DateTimeField(_("judged on"))
    why = models.CharField(_("why it identifies nobody"), max_length=20, choices=choices(HARMLESS_LABELS))

    class Meta:
        verbose_name = _("judged mark")
        verbose_name_plural = _("judged marks")
        constraints = [models.UniqueConstraint(fields=["revision", "kind", "key"], name="mark_resolved_once")]

    def __str__(self) -> str:
        return f"{self.kind} {self.key}"


@tracked
class EntryNorm(models.Model):
    """A norm an entry rests on."""

    entry = models.ForeignKey(Entry, models.CASCADE, related_name="citations")
    norm = models.ForeignKey("norms.Norm", models.PROTECT, related_name="+", verbose_name=_("norm"))
    position = models.PositiveSmallIntegerField(default=0)

    class Meta:
        verbose_name = _("cited norm")
        verbose_name_plural = _("cited norms")
        ordering = ["position", "id"]
        constraints = [models.UniqueConstraint(fields=["entry", "norm"], name="entry_norm_once")]

    def __str__(self) -> str:
        return str(self.norm_id)


@tracked
class EntrySource(models.Model):
    """A page that says what an entry says, and the day on which somebody looked."""

    entry = models.ForeignKey(Entry, models.CASCADE, related_name="sources")
    title = models.CharField(_("title"), max_length=200)
    url = models.URLField(_("address"), max_length=500)
    checked_on = models.DateField(_("looked at on"))
    position = models.PositiveSmallIntegerField(default=0)

    class Meta:
        verbose_name = _("source")
        verbose_name_plural = _("sources")
        ordering = ["position", "id"]

    def __str__(self) -> str:
        return self.title


class Usefulness(models.Model):
    """What a reader said of an entry. Nobody is named; the comment has passed the redaction. Kept two years."""

    entry = models.ForeignKey(Entry, models.CASCADE, related_name="votes")
    at = models.DateTimeField(_("said on"))
    language = models.CharField(_("language"), max_length=5, choices=settings.LANGUAGES)
    useful = models.BooleanField(_("useful"))
    reason = models.CharField(_("reason"), max_length=20, choices=choices(USEFULNESS_LABELS), blank=True)
    comment = models.CharField(_("comment"), max_length=500, blank=True)

    class Meta:
        verbose_name = _("reader’s opinion")
        verbose_name_plural = _("readers’ opinions")
        ordering = ["-at", "-id"]
        indexes = [models.Index(F("entry"), F("at").desc(), name="usefulness_by_entry")]

    def __str__(self) -> str:
        return f"{self.entry_id} {self.useful}"


class SearchMiss(models.Model):
    """A search of the catalogue that found nothing: an unmet need. Only its words, after redaction. Kept two years."""

    network = models.ForeignKey("network.Network", models.CASCADE, related_name="+")
    at = models.DateTimeField(_("searched on"))
    language = models.CharField(_("language"), max_length=5, choices=settings.LANGUAGES)
    text = models.CharField(_("words"), max_length=200)
    key = models.CharField(max_length=200)

    class Meta:
        verbose_name = _("search without result")
        verbose_name_plural = _("searches without result")
        ordering = ["-at", "-id"]
        indexes = [
            models.Index(F("network"), F("at").desc(), F("id").desc(), name="miss_by_date"),
            models.Index(fields=["network", "key", "at"], name="miss_by_words"),
        ]
        triggers = MISS_TALLIES

    def __str__(self) -> str:
        return self.text


class Deflection(models.Model):
    """Somebody about to ask found the answer in the catalogue: what it was about, and no word of the question."""

    network = models.ForeignKey("network.Network", models.PROTECT, related_name="+")
    at = models.DateTimeField(_("on"))
    entry = models.ForeignKey(Entry, models.PROTECT, related_name="deflections", verbose_name=_("catalogue entry"))
    topic = models.CharField(_("topic"), max_length=20, choices=choices(TOPIC_LABELS))
    capacity = models.CharField(_("capacity"), max_length=20, choices=choices(CAPACITY_NAMES), blank=True)
    municipality = models.ForeignKey(
        "network.Municipality", models.PROTECT, null=True, blank=True, related_name="+", verbose_name=_("municipality")
    )
    sector = models.CharField(_("sector"), max_length=1, choices=choices(SECTOR_LABELS), blank=True)
    channel = models.CharField(_("channel"), max_length=10, choices=choices(CHANNEL_LABELS))
    language = models.CharField(_("language"), max_length=5, choices=settings.LANGUAGES)

    class Meta:
        verbose_name = _("question answered by the catalogue")
        verbose_name_plural = _("questions answered by the catalogue")
        ordering = ["-at", "-id"]
        indexes = [
            models.Index(F("network"), F("at").desc(), F("id").desc(), name="deflection_by_date"),
            models.Index(F("entry"), F("at").desc(), name="deflection_by_entry"),
        ]
        triggers = DEFLECTION_TALLIES

    def __str__(self) -> str:
        return f"{self.entry_id} {self.at:%Y-%m-%d}"


class CatalogueWord(models.Model):
    """A word of the published entries of a network in one language, and in how many of them: for “did you mean”."""

    network = models.ForeignKey("network.Network", models.CASCADE, related_name="+")
    language = models.CharField(max_length=5)
    word = models.CharField(max_length=60)
    count = models.IntegerField()

    class Meta:
        constraints = [models.UniqueConstraint(fields=["network", "language", "word"], name="catalogue_word_once")]

    def __str__(self) -> str:
        return self.word

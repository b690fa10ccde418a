"""Campaigns: who is asked, by whom, and which units the answers speak for."""

from django.contrib.postgres.fields import ArrayField
from django.db import models
from django.db.models import F, Q
from django.utils.translation import gettext_lazy as _

from contempo.core.audit import tracked
from contempo.core.choices import choices
from contempo.questionnaires.models.making import Questionnaire, Version
from contempo.questionnaires.models.mirrors import INVITED_BY
from contempo.questionnaires.models.tallies import INVITATION_TALLIES, UNIT_TALLIES
from contempo.questionnaires.rules.states import (
    CAMPAIGN,
    CHANNEL_LABELS,
    INVITATION,
    MODE_LABELS,
    ORIGIN_LABELS,
    UNIT_KIND_LABELS,
    CampaignState,
    InvitationState,
    Mode,
    Origin,
    UnitKind,
)

CAMPAIGN_STATES = choices({state: look.label for state, look in CAMPAIGN.looks.items()})
INVITATION_STATES = choices({state: look.label for state, look in INVITATION.looks.items()})


@tracked
class Campaign(models.Model):
    """A questionnaire asked of a population in a period.

    `organisation` is the one whose human resources keep it; none for a campaign of the network. `population` says
    where the units come from, as `rules.populations` reads it; the units themselves are `Target` rows, a snapshot.
    `mode` never changes once open. One in preparation opens by itself when it is `scheduled`, and then invites.
    `wave_of` is the campaign whose questions it asks again. `reminders` are days after an invitation was sent. Kept ten
    years after it closed; personal data of responses as `keep_until` says.
    """

    network = models.ForeignKey("network.Network", models.PROTECT, related_name="+")
    organisation = models.ForeignKey(
        "network.Organisation", models.PROTECT, null=True, blank=True, related_name="+", verbose_name=_("organisation")
    )
    number = models.PositiveIntegerField(_("number"))
    questionnaire = models.ForeignKey(Questionnaire, models.PROTECT, related_name="campaigns")
    version = models.ForeignKey(Version, models.PROTECT, related_name="+", verbose_name=_("version"))
    title = models.CharField(_("title"), max_length=160)
    title_en = models.CharField(_("title in English"), max_length=160, blank=True)
    intro = models.TextField(_("why we ask"), blank=True)
    intro_en = models.TextField(_("why we ask, in English"), blank=True)
    mode = models.CharField(_("what we know of who answers"), max_length=14, choices=choices(MODE_LABELS))
    origin = models.CharField(max_length=12, choices=choices(ORIGIN_LABELS), default=Origin.HERE.value)
    state = models.CharField(_("state"), max_length=8, choices=CAMPAIGN_STATES, default=CampaignState.DRAFT.value)
    scheduled = models.BooleanField(_("opens by itself"), default=False)
    opens_at = models.DateTimeField(_("opens"))
    closes_at = models.DateTimeField(_("closes"))
    unit_kind = models.CharField(
        _("what is counted"), max_length=14, choices=choices(UNIT_KIND_LABELS), default=UnitKind.ORGANISATION.value
    )
    population = models.JSONField(_("who is asked"), default=dict, blank=True)
    reminders = ArrayField(models.PositiveSmallIntegerField(), verbose_name=_("reminders"), default=list, blank=True)
    reminders_stopped = models.BooleanField(_("reminders stopped"), default=False)
    editable = models.BooleanField(_("answers may be changed until the campaign closes"), default=True)
    public_link = models.BooleanField(_("public link"), default=False)
    public_key = models.CharField(max_length=24, blank=True)
    public_most = models.PositiveIntegerField(_("most answers by the public link"), null=True, blank=True)
    results_public = models.BooleanField(_("results for everybody"), default=False)
    wave_of = models.ForeignKey(
        "self", models.PROTECT, null=True, blank=True, related_name="waves", verbose_name=_("asks again")
    )
    keep_until = models.DateField(_("personal data kept until"), null=True, blank=True)
    erased_at = models.DateTimeField(_("personal data erased"), null=True, blank=True)
    created_at = models.DateTimeField()
    opened_at = models.DateTimeField(null=True, blank=True)
    closed_at = models.DateTimeField(null=True, blank=True)

    class Meta:
        verbose_name = _("campaign")
        verbose_name_plural = _("campaigns")
        ordering = ["network", "-number"]
        constraints = [
            models.UniqueConstraint(fields=["network", "number"], name="campaign_number_once"),
            models.UniqueConstraint(fields=["public_key"], condition=~Q(public_key=""), name="campaign_key_once"),
            models.CheckConstraint(condition=Q(closes_at__gt=F("opens_at")), name="campaign_closes_after_it_opens"),
        ]
        indexes = [models.Index(fields=["state", "closes_at"], name="campaign_by_state")]

    def __str__(self) -> str:
        return self.title

    @property
    def anonymous(self) -> bool:
        """Whether no link from an answer to who gave it is kept."""
        return self.mode == Mode.ANONYMOUS


class Target(models.Model):
    """A unit of the population of a campaign, as it was when the population was taken.

    `key` names it in its source (`organisation:17`, a number of staff, a row of a file), once in a campaign. `contact`
    and `email` are whom the source says to ask: invitations are made from them, and corrected there. `covered`
    mirrors whether a counted response speaks for it (`Coverage`). `eligible` is false once somebody said that the
    campaign is none of its concern. `channel` and `delegate` are those of its last invitation, kept by a trigger;
    empty for a unit that was never invited.
    """

    campaign = models.ForeignKey(Campaign, models.CASCADE, related_name="targets")
    key = models.CharField(max_length=80)
    organisation = models.ForeignKey(
        "network.Organisation", models.PROTECT, null=True, blank=True, related_name="+", verbose_name=_("organisation")
    )
    name = models.CharField(_("name"), max_length=200)
    search_name = models.CharField(max_length=200)
    kind = models.CharField(_("kind"), max_length=30, blank=True)
    size = models.CharField(_("size class"), max_length=20, blank=True)
    sector = models.CharField(_("sector"), max_length=8, blank=True)
    municipality = models.ForeignKey(
        "network.Municipality", models.PROTECT, null=True, blank=True, related_name="+", verbose_name=_("municipality")
    )
    stratum = models.CharField(_("group"), max_length=60, blank=True)
    contact = models.CharField(_("contact"), max_length=160, blank=True)
    email = models.EmailField(_("e-mail"), blank=True)
    language = models.CharField(max_length=5, default="it")
    channel = models.CharField(_("channel"), max_length=14, choices=choices(CHANNEL_LABELS), blank=True)
    delegate = models.ForeignKey(
        "questionnaires.Delegate", models.SET_NULL, null=True, blank=True, related_name="+", verbose_name=_("delegate")
    )
    eligible = models.BooleanField(_("concerned"), default=True)
    covered = models.BooleanField(_("covered by an answer"), default=False)

    class Meta:
        verbose_name = _("unit")
        verbose_name_plural = _("units")
        ordering = ["campaign", "search_name", "id"]
        constraints = [models.UniqueConstraint(fields=["campaign", "key"], name="target_once")]
        indexes = [
            models.Index(fields=["campaign", "search_name", "id"], name="target_by_name"),
            models.Index(fields=["campaign", "organisation"], name="target_by_organisation"),
            models.Index(fields=["campaign", "covered", "search_name", "id"], name="target_by_covered"),
            models.Index(fields=["campaign", "municipality", "covered"], name="target_by_place"),
        ]
        triggers = UNIT_TALLIES

    def __str__(self) -> str:
        return self.name


@tracked
class Delegate(models.Model):
    """An organisation that hands invitations on: a union category, an association, a municipality (`channel`).

    Whoever represents it sees its own invitations and which were answered, never the answers.
    """

    campaign = models.ForeignKey(Campaign, models.CASCADE, related_name="delegates")
    organisation = models.ForeignKey("network.Organisation", models.PROTECT, related_name="+")
    channel = models.CharField(_("channel"), max_length=14, choices=choices(CHANNEL_LABELS))
    email = models.EmailField(_("e-mail"), blank=True)
    note = models.TextField(_("note"), blank=True)
    told_at = models.DateTimeField(_("list handed over"), null=True, blank=True)

    class Meta:
        verbose_name = _("delegate")
        verbose_name_plural = _("delegates")
        ordering = ["campaign", "id"]
        constraints = [models.UniqueConstraint(fields=["campaign", "organisation"], name="delegate_once")]

    def __str__(self) -> str:
        return str(self.organisation)


class Invitation(models.Model):
    """One invitation: to a contact of a unit, or a bare token without one that a delegate hands on.

    The link is made of the number, `generation` and a keyed hash of both, so that no secret is kept and a replaced
    contact's link dies with the next generation. `kind`, `size` and `municipality` are those of the unit. In an
    anonymous campaign nothing tells when, or with which response, it was completed: `rules.anonymity`. `asked_at` is
    set while a letter waits to be written: the invitation itself, or a reminder once it was sent.
    """

    campaign = models.ForeignKey(Campaign, models.CASCADE, related_name="invitations")
    target = models.ForeignKey(
        Target, models.CASCADE, null=True, blank=True, related_name="invitations", verbose_name=_("unit")
    )
    delegate = models.ForeignKey(
        Delegate, models.PROTECT, null=True, blank=True, related_name="invitations", verbose_name=_("delegate")
    )
    channel = models.CharField(_("channel"), max_length=14, choices=choices(CHANNEL_LABELS))
    state = models.CharField(
        _("state"), max_length=14, choices=INVITATION_STATES, default=InvitationState.PREPARED.value
    )
    name = models.CharField(_("contact"), max_length=160, blank=True)
    email = models.EmailField(_("e-mail"), blank=True)
    search_name = models.CharField(max_length=200, blank=True)
    language = models.CharField(max_length=5, default="it")
    generation = models.PositiveSmallIntegerField(default=1)
    kind = models.CharField(max_length=30, blank=True)
    size = models.CharField(max_length=20, blank=True)
    municipality = models.ForeignKey("network.Municipality", models.PROTECT, null=True, blank=True, related_name="+")
    partial = models.BooleanField(_("half answered"), default=False)
    reason = models.TextField(_("reason given"), blank=True)
    asked_at = models.DateTimeField(_("letter asked for"), null=True, blank=True)
    reminders = models.PositiveSmallIntegerField(_("reminders sent"), default=0)
    sent_at = models.DateTimeField(_("sent"), null=True, blank=True)
    reminded_at = models.DateTimeField(_("last reminder"), null=True, blank=True)
    changed_at = models.DateTimeField(_("last change"), null=True, blank=True)
    replaced_by = models.ForeignKey("self", models.PROTECT, null=True, blank=True, related_name="replaced")

    class Meta:
        verbose_name = _("invitation")
        verbose_name_plural = _("invitations")
        ordering = ["campaign", "id"]
        constraints = [
            models.UniqueConstraint(
                fields=["campaign", "email"],
                condition=~Q(email="") & ~Q(state="replaced"),
                name="invitation_address_once",
            ),
        ]
        indexes = [
            models.Index(fields=["campaign", "state", "search_name", "id"], name="invitation_by_state"),
            models.Index(fields=["campaign", "search_name", "id"], name="invitation_by_name"),
            models.Index(fields=["delegate", "search_name", "id"], name="invitation_by_delegate"),
            models.Index(fields=["campaign", "sent_at"], name="invitation_by_sending"),
            models.Index(
                fields=["campaign", "id"], condition=Q(asked_at__isnull=False), name="invitation_letter_asked"
            ),
        ]
        triggers = [*INVITATION_TALLIES, *INVITED_BY]

    def __str__(self) -> str:
        return self.name or self.email or f"{self.pk}"


class Sending(models.Model):
    """A letter of an invitation: the invitation itself, a reminder, a confirmation; with what came of it.

    `message_id` ties a bounce to it. Kept as long as the campaign takes answers, and a year.
    """

    invitation = models.ForeignKey(Invitation, models.CASCADE, related_name="sendings")
    reminder = models.PositiveSmallIntegerField(_("reminder"), default=0)
    at = models.DateTimeField(_("sent"))
    address = models.EmailField(_("to"))
    message_id = models.CharField(max_length=200, blank=True)
    bounced_at = models.DateTimeField(_("came back"), null=True, blank=True)
    why = models.CharField(_("why it came back"), max_length=300, blank=True)

    class Meta:
        verbose_name = _("letter")
        verbose_name_plural = _("letters")
        ordering = ["invitation", "at"]
        indexes = [models.Index(fields=["message_id"], name="sending_by_message")]

    def __str__(self) -> str:
        return self.address

"""Claims of partners, the expenses in them, and what was paid."""

from django.conf import settings
from django.db import models
from django.db.models import F, Q
from django.utils.translation import gettext_lazy as _

from contempo.core.audit import tracked
from contempo.core.choices import choices
from contempo.programmes.models.alliances import Alliance
from contempo.programmes.models.budgets import Allocation, BudgetLine, Source
from contempo.programmes.models.plans import Plan
from contempo.programmes.models.tallies import CLAIM_TALLIES, EXPENSE_TALLIES, OWED_TALLIES
from contempo.programmes.rules.claims import CLAIM, DOCUMENT_KIND_LABELS, ClaimState

CLAIM_STATES = choices({state: look.label for state, look in CLAIM.looks.items()})


@tracked(exclude=["claimed_cents", "accepted_cents", "expense_count"])
class Claim(models.Model):
    """What a partner asks to be accepted for a period. Sums are copied from its expenses under a lock of the row.

    Personal data: who sent and who controlled it. It is kept as long as the plan, as an administrative record; only a
    draft that was never sent may be thrown away.
    """

    plan = models.ForeignKey(Plan, models.PROTECT, related_name="claims")
    number = models.PositiveIntegerField(_("number"))
    alliance = models.ForeignKey(
        Alliance, models.PROTECT, null=True, blank=True, related_name="claims", verbose_name=_("alliance")
    )
    organisation = models.ForeignKey(
        "network.Organisation", models.PROTECT, related_name="+", verbose_name=_("partner")
    )
    title = models.CharField(_("title"), max_length=300)
    state = models.CharField(_("state"), max_length=20, choices=CLAIM_STATES, default=ClaimState.DRAFT.value)
    state_since = models.DateTimeField(_("in this state since"))
    note = models.TextField(_("note"), blank=True)
    created_at = models.DateTimeField()
    submitted_at = models.DateTimeField(_("sent at"), null=True, blank=True)
    submitted_by = models.ForeignKey(
        settings.AUTH_USER_MODEL, models.PROTECT, null=True, blank=True, related_name="+", verbose_name=_("sent by")
    )
    controller = models.ForeignKey(
        settings.AUTH_USER_MODEL,
        models.PROTECT,
        null=True,
        blank=True,
        related_name="+",
        verbose_name=_("controlled by"),
    )
    decided_at = models.DateTimeField(_("control closed at"), null=True, blank=True)
    claimed_cents = models.BigIntegerField(_("claimed, in cents"), default=0)
    accepted_cents = models.BigIntegerField(_("accepted, in cents"), null=True, blank=True)
    expense_count = models.PositiveIntegerField(_("expenses"), default=0)

    class Meta:
        verbose_name = _("claim")
        verbose_name_plural = _("claims")
        ordering = ["-state_since", "-id"]
        constraints = [
            models.UniqueConstraint(fields=["plan", "number"], name="claim_number_once"),
            models.CheckConstraint(
                condition=Q(controller__isnull=True) | Q(submitted_by__isnull=True) | ~Q(controller=F("submitted_by")),
                name="claim_controlled_by_a_second",
            ),
        ]
        indexes = [
            models.Index(F("plan"), F("state_since").desc(), F("id").desc(), name="claim_by_date"),
            models.Index(F("plan"), F("state"), F("state_since").desc(), F("id").desc(), name="claim_by_state"),
            models.Index(
                F("plan"), F("organisation"), F("state_since").desc(), F("id").desc(), name="claim_by_partner"
            ),
            models.Index(F("plan"), F("alliance"), F("state_since").desc(), F("id").desc(), name="claim_by_alliance"),
            models.Index(F("organisation"), F("state_since").desc(), name="claim_of_organisation"),
        ]
        triggers = CLAIM_TALLIES

    def __str__(self) -> str:
        return f"{self.number} {self.title}"


class ClaimMove(models.Model):
    """One change of state of a claim. Personal data: who made it, and the text. It is kept as long as the claim."""

    claim = models.ForeignKey(Claim, models.CASCADE, related_name="moves")
    at = models.DateTimeField()
    transition = models.CharField(max_length=20)
    state = models.CharField(max_length=20, choices=CLAIM_STATES)
    person = models.ForeignKey(settings.AUTH_USER_MODEL, models.PROTECT, null=True, blank=True, related_name="+")
    text = models.TextField(blank=True)

    class Meta:
        verbose_name = _("step of a claim")
        verbose_name_plural = _("steps of claims")
        ordering = ["at", "id"]

    def __str__(self) -> str:
        return f"{self.transition} {self.at:%Y-%m-%d %H:%M}"


@tracked(exclude=["fingerprint"])
class Expense(models.Model):
    """One document of expense in a claim, charged to one allocation.

    Plan, alliance, organisation, line and source are copied here, `stage` mirrors the state of the claim: lists and
    sums read one row. `fingerprint` is the same for the same document (`rules.invoices`). `accepted_cents` is unknown
    until the control has judged it; `paid_cents` what of it was paid out of a fund. Personal data: a supplier may be a
    person, with a tax code, and so may whom the document names. It is kept as long as its claim.
    """

    claim = models.ForeignKey(Claim, models.CASCADE, related_name="expenses")
    plan = models.ForeignKey(Plan, models.PROTECT, related_name="+")
    alliance = models.ForeignKey(Alliance, models.PROTECT, null=True, blank=True, related_name="+")
    organisation = models.ForeignKey("network.Organisation", models.PROTECT, related_name="+")
    allocation = models.ForeignKey(Allocation, models.PROTECT, related_name="expenses", verbose_name=_("charged to"))
    line = models.ForeignKey(BudgetLine, models.PROTECT, related_name="+", verbose_name=_("line"))
    source = models.ForeignKey(Source, models.PROTECT, related_name="+", verbose_name=_("source"))
    position = models.PositiveIntegerField()
    kind = models.CharField(_("document"), max_length=10, choices=choices(DOCUMENT_KIND_LABELS))
    number = models.CharField(_("number of the document"), max_length=60)
    dated_on = models.DateField(_("date of the document"))
    supplier = models.CharField(_("supplier"), max_length=200)
    supplier_code = models.CharField(_("VAT number or tax code of the supplier"), max_length=16, blank=True)
    description = models.CharField(_("what it is for"), max_length=300)
    net_cents = models.BigIntegerField(_("net, in cents"))
    vat_cents = models.BigIntegerField(_("VAT, in cents"), default=0)
    vat_recovered = models.BooleanField(_("the partner recovers the VAT"), default=False)
    claimed_cents = models.BigIntegerField(_("claimed, in cents"))
    paid_on = models.DateField(_("paid on"))
    payment = models.CharField(_("proof of payment"), max_length=200, blank=True)
    fingerprint = models.CharField(max_length=64)
    stage = models.CharField(_("state"), max_length=20, choices=CLAIM_STATES, default=ClaimState.DRAFT.value)
    accepted_cents = models.BigIntegerField(_("accepted, in cents"), null=True, blank=True)
    judged_cents = models.BigIntegerField(_("to be accepted, in cents"), null=True, blank=True)
    reason = models.TextField(_("reason"), blank=True)
    paid_cents = models.BigIntegerField(_("paid, in cents"), default=0)

    class Meta:
        verbose_name = _("expense")
        verbose_name_plural = _("expenses")
        ordering = ["claim", "position"]
        constraints = [
            models.UniqueConstraint(fields=["claim", "position"], name="expense_position_once"),
            models.CheckConstraint(
                condition=Q(claimed_cents__gt=0, net_cents__gte=0, vat_cents__gte=0)
                & Q(claimed_cents__lte=F("net_cents") + F("vat_cents")),
                name="expense_claims_no_more_than_its_document",
            ),
            models.CheckConstraint(
                condition=Q(accepted_cents__isnull=True)
                | Q(accepted_cents__gte=0, accepted_cents__lte=F("claimed_cents")),
                name="expense_accepted_within_claimed",
            ),
            models.CheckConstraint(
                condition=Q(accepted_cents__isnull=True) | Q(accepted_cents=F("claimed_cents")) | ~Q(reason=""),
                name="expense_reduced_with_reason",
            ),
            models.CheckConstraint(
                condition=Q(paid_cents=0) | Q(paid_cents__lte=F("accepted_cents"), paid_cents__gt=0),
                name="expense_paid_within_accepted",
            ),
        ]
        indexes = [
            models.Index(F("plan"), F("paid_on").desc(), F("id").desc(), name="expense_by_date"),
            models.Index(F("plan"), F("organisation"), F("paid_on").desc(), F("id").desc(), name="expense_by_partner"),
            models.Index(F("plan"), F("alliance"), F("paid_on").desc(), F("id").desc(), name="expense_by_alliance"),
            models.Index(F("plan"), F("line"), F("paid_on").desc(), F("id").desc(), name="expense_by_line"),
            models.Index(F("plan"), F("source"), F("paid_on").desc(), F("id").desc(), name="expense_by_source"),
            models.Index(fields=["fingerprint", "id"], name="expense_by_fingerprint"),
        ]
        triggers = [*EXPENSE_TALLIES, *OWED_TALLIES]

    def __str__(self) -> str:
        return f"{self.number} {self.supplier}"


@tracked
class Account(models.Model):
    """The advances of one partner in one alliance: never more recovered than advanced."""

    plan = models.ForeignKey(Plan, models.PROTECT, related_name="accounts")
    alliance = models.ForeignKey(
        Alliance, models.PROTECT, null=True, blank=True, related_name="+", verbose_name=_("alliance")
    )
    organisation = models.ForeignKey(
        "network.Organisation", models.PROTECT, related_name="+", verbose_name=_("partner")
    )
    advanced_cents = models.BigIntegerField(_("advanced, in cents"), default=0)
    recovered_cents = models.BigIntegerField(_("recovered, in cents"), default=0)

    class Meta:
        verbose_name = _("account of a partner")
        verbose_name_plural = _("accounts of partners")
        ordering = ["plan", "id"]
        constraints = [
            models.UniqueConstraint(
                fields=["plan", "alliance", "organisation"], nulls_distinct=False, name="account_once"
            ),
            models.CheckConstraint(
                condition=Q(recovered_cents__gte=0) & Q(recovered_cents__lte=F("advanced_cents")),
                name="account_recovers_no_more_than_advanced",
            ),
        ]

    def __str__(self) -> str:
        return f"{self.alliance_id}/{self.organisation_id}"


@tracked
class Payment(models.Model):
    """Money that went to a partner: an advance, or what a claim gives less the advance recovered from it.

    Personal data: who recorded it. It is kept as long as the plan, as an administrative record.
    """

    plan = models.ForeignKey(Plan, models.PROTECT, related_name="payments")
    account = models.ForeignKey(Account, models.PROTECT, related_name="payments")
    claim = models.OneToOneField(
        Claim, models.PROTECT, null=True, blank=True, related_name="payment", verbose_name=_("claim")
    )
    cents = models.BigIntegerField(_("paid, in cents"))
    recovered_cents = models.BigIntegerField(_("kept back for the advance, in cents"), default=0)
    paid_on = models.DateField(_("paid on"))
    reference = models.CharField(_("reference"), max_length=200)
    recorded_at = models.DateTimeField(_("recorded at"))
    recorded_by = models.ForeignKey(
        settings.AUTH_USER_MODEL, models.PROTECT, null=True, blank=True, related_name="+", verbose_name=_("recorded by")
    )

    class Meta:
        verbose_name = _("payment")
        verbose_name_plural = _("payments")
        ordering = ["-paid_on", "-id"]
        constraints = [
            models.CheckConstraint(
                condition=Q(cents__gte=0, recovered_cents__gte=0)
                & (Q(claim__isnull=False) | Q(recovered_cents=0, cents__gt=0)),
                name="payment_is_money",
            ),
        ]
        indexes = [
            models.Index(F("plan"), F("paid_on").desc(), F("id").desc(), name="payment_by_date"),
        ]

    def __str__(self) -> str:
        return self.reference

"""What plans hold about one person, for the download of one's own data."""

from collections.abc import Iterable
from typing import Any

from django.db.models import Case, F, Q, When

from contempo.programmes.models import (
    BudgetRevision,
    Claim,
    ClaimMove,
    Measurement,
    MonitoringPeriod,
    Payment,
    PlanUpload,
    PlanVersion,
)

Rows = Iterable[Any]


def personal_data(person_id: int) -> dict[str, object]:
    """What a person did in the plans of every network: claims sent and controlled, with each step and its words,
    payments recorded, values entered and decided, periods closed, budget revisions, files of plans. Eight SQL.

    Steps of activities carry no name of their own: the history of the installation keeps who wrote.
    """
    return {
        "claims": [*_claims(person_id)],
        "claim_steps": [*_claim_steps(person_id)],
        "payments_recorded": [*_payments(person_id)],
        "values": [*_values(person_id)],
        "periods_closed": [*_periods(person_id)],
        "budget_revisions": [*_revisions(person_id)],
        "plans_loaded": [*_versions(person_id)],
        "plan_files_waiting": [*_uploads(person_id)],
    }


def _is_me(role: str, person_id: int) -> Case:
    """Whether the person has this role in the row; not so when nobody has it."""
    return Case(When(**{role: person_id}, then=True), default=False)


def _claims(person_id: int) -> Rows:
    rows = Claim.objects.filter(Q(submitted_by=person_id) | Q(controller=person_id)).order_by("id")
    return rows.annotate(
        sent_by_me=_is_me("submitted_by", person_id), controlled_by_me=_is_me("controller", person_id)
    ).values(
        "number",
        "title",
        "note",
        "state",
        "submitted_at",
        "decided_at",
        "sent_by_me",
        "controlled_by_me",
        plan_title=F("plan__title"),
        network=F("plan__network__name"),
        partner=F("organisation__name"),
    )


def _claim_steps(person_id: int) -> Rows:
    return (
        ClaimMove.objects.filter(person=person_id)
        .order_by("at", "id")
        .values("at", "transition", "text", claim_number=F("claim__number"), plan_title=F("claim__plan__title"))
    )


def _payments(person_id: int) -> Rows:
    return (
        Payment.objects.filter(recorded_by=person_id)
        .order_by("recorded_at", "id")
        .values(
            "recorded_at",
            "paid_on",
            "cents",
            "reference",
            plan_title=F("plan__title"),
            partner=F("account__organisation__name"),
        )
    )


def _values(person_id: int) -> Rows:
    rows = Measurement.objects.filter(Q(entered_by=person_id) | Q(decided_by=person_id)).order_by("id")
    return rows.annotate(
        entered_by_me=_is_me("entered_by", person_id), decided_by_me=_is_me("decided_by", person_id)
    ).values(
        "version",
        "state",
        "numerator",
        "denominator",
        "yes",
        "text",
        "note",
        "reason",
        "entered_at",
        "decided_at",
        "decision_note",
        "entered_by_me",
        "decided_by_me",
        indicator_name=F("indicator__name"),
        period_title=F("period__title"),
        plan_title=F("period__plan__title"),
    )


def _periods(person_id: int) -> Rows:
    rows = MonitoringPeriod.objects.filter(closed_by=person_id).order_by("id")
    return rows.values("title", "closed_at", plan_title=F("plan__title"))


def _revisions(person_id: int) -> Rows:
    mine = Q(created_by=person_id) | Q(proposed_by=person_id) | Q(decided_by=person_id)
    return (
        BudgetRevision.objects.filter(mine)
        .order_by("id")
        .annotate(
            written_by_me=_is_me("created_by", person_id),
            proposed_by_me=_is_me("proposed_by", person_id),
            decided_by_me=_is_me("decided_by", person_id),
        )
        .values(
            "number",
            "title",
            "reason",
            "state",
            "created_at",
            "proposed_at",
            "decided_at",
            "decision_note",
            "written_by_me",
            "proposed_by_me",
            "decided_by_me",
            plan_title=F("plan__title"),
        )
    )


def _versions(person_id: int) -> Rows:
    rows = PlanVersion.objects.filter(loaded_by=person_id).order_by("id")
    return rows.values("number", "filename", "loaded_at", plan_title=F("plan__title"))


def _uploads(person_id: int) -> Rows:
    return PlanUpload.objects.filter(person=person_id).order_by("id").values("filename", "uploaded_at", "text")

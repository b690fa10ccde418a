"""Values of indicators: entered with their evidence, decided by a second person, corrected after the closing."""

from collections.abc import Sequence

from django.core.files.base import File
from django.db.models import Max, QuerySet
from django.urls import reverse
from django.utils.functional import lazystr
from django.utils.translation import gettext_lazy as _

from contempo.core import clock
from contempo.core.action import action
from contempo.core.files import accept, attachments_of
from contempo.core.verdict import NotPermitted, Refusal, require
from contempo.core.words import N_
from contempo.people.public import Actor, Kind, notify, register_notification_kind
from contempo.programmes.access import may_decide_values, may_enter_values, visible_plans
from contempo.programmes.actions.sealing import count_now, seal, source_of
from contempo.programmes.models import Alliance, Indicator, Measurement, MonitoringPeriod, Plan
from contempo.programmes.models.counted import divided
from contempo.programmes.models.indicators import EVIDENCE
from contempo.programmes.rules.activities import PlanState
from contempo.programmes.rules.periods import MeasurementState, Origin, PeriodState
from contempo.programmes.rules.plan.measures import Unit
from contempo.programmes.rules.values import Entry, check_entry

DECIDED = Kind("programmes.values", N_("What was decided of the values I entered"))


def register_kinds() -> None:
    """Make the notifications of values known; called once when the application starts."""
    register_notification_kind(DECIDED)


@action
def enter_value(
    actor: Actor,
    *,
    plan_id: int,
    indicator: str,
    period: str,
    entry: Entry,
    alliance: str = "",
    documents: "Sequence[File[bytes]]" = (),
    reason: str = "",
) -> Measurement:
    """Propose the value of an indicator in a period, for the plan or for one alliance; it counts once approved.

    `indicator`, `period` and `alliance` are keys of the plan. Coordinators enter values of the plan and of any
    alliance, who works for the lead of an alliance those of that one. `documents` are the evidence: at least one where
    the indicator names what it is to be. A value of the same person that still waits is written anew. In a closed
    period it is a correction and needs a `reason`. Raises Refusal beside the field (`numerator`, `denominator`, `yes`,
    `text`, `by_<dimension>`, `documents`, `reason`, `period`).
    """
    plan, what, held, of = _found(actor, plan_id, indicator, period, alliance)
    require(may_enter_values(actor, plan, frozenset({of.lead_id} if of else ())))
    _check_open(plan, held, reason)
    if what.source:
        raise Refusal(N_("This indicator is computed from records: its values are not entered."))
    check_entry(entry, Unit(what.unit), what.by)
    measurement = _waiting_or_new(actor, what, of, held)
    value = entry.value
    measurement.origin = Origin.ENTERED
    measurement.numerator, measurement.denominator = value.numerator, value.denominator
    measurement.yes, measurement.text = value.yes, value.text.strip()
    measurement.breakdown = divided(entry.breakdown, what.unit)
    measurement.note, measurement.reason = entry.note.strip(), reason.strip()
    measurement.entered_by_id, measurement.entered_at = actor.person_id, clock.now()
    measurement.save()
    for document in documents:
        accept(
            document,
            network_id=plan.network_id,
            owner_kind=EVIDENCE,
            owner_id=measurement.pk,
            purpose="evidence",
            person_id=actor.person_id,
            field="documents",
        )
    if what.evidence and not attachments_of(EVIDENCE, measurement.pk):
        raise Refusal(
            N_("This indicator needs evidence: %(evidence)s. Add a document."),
            field="documents",
            evidence=what.evidence,
        )
    return measurement


@action
def recount_value(
    actor: Actor, *, plan_id: int, indicator: str, period: str, reason: str, alliance: str = ""
) -> Measurement | None:
    """Count a computed indicator of a closed period again: a correction that waits for a second person.

    None when there is nothing to have a share in. Raises Refusal beside `reason` when there is none.
    """
    plan, what, held, of = _found(actor, plan_id, indicator, period, alliance)
    require(may_enter_values(actor, plan, frozenset()))
    if held.state != PeriodState.CLOSED:
        raise Refusal(N_("This period is open: its values are counted whenever somebody looks."))
    _check_open(plan, held, reason)
    source = source_of(what)
    if source is None:
        raise Refusal(N_("The source of this indicator is not available."))
    measurement = _waiting_or_new(actor, what, of, held)
    if measurement.pk is not None:
        measurement.delete()
        measurement = _new(what, of, held)
    measurement.reason, measurement.entered_by_id = reason.strip(), actor.person_id
    return count_now(measurement, source, at=clock.now())


@action
def decide_value(actor: Actor, *, measurement_id: int, approve: bool, note: str = "") -> Measurement:
    """Approve a value that somebody else entered, or refuse it with the reason (`note`).

    An approved value counts; in a closed period it is sealed at once, as a correction. Raises Refusal beside `note`,
    when it was decided meanwhile, or while the period is being closed; NotPermitted for whoever entered it.
    """
    plans = visible_plans(actor, Plan.objects.all())
    where = Measurement.objects.filter(pk=measurement_id, indicator__plan__in=plans)
    held = MonitoringPeriod.objects.select_for_update().filter(measurements__in=where).first()
    if held is None:
        raise Refusal(N_("There is no such value."))
    measurement = where.select_related("indicator__plan__network", "alliance").select_for_update(of=("self",)).get()
    measurement.period = held
    require(may_decide_values(actor, measurement.indicator.plan))
    if measurement.entered_by_id == actor.person_id:
        raise NotPermitted(N_("You entered this value: somebody else decides on it."))
    if measurement.state != MeasurementState.PROPOSED:
        raise Refusal(N_("This value was decided already."))
    if held.state == PeriodState.CLOSING:
        raise Refusal(N_("This period is being closed: try again when it is."))
    if not approve and not note.strip():
        raise Refusal(N_("Say why: who entered it needs to know."), field="note")
    measurement.state = MeasurementState.APPROVED if approve else MeasurementState.REFUSED
    measurement.decided_by_id, measurement.decided_at = actor.person_id, clock.now()
    measurement.decision_note = note.strip()
    measurement.save()
    if approve and held.state == PeriodState.CLOSED:
        _seal_correction(measurement)
    _tell(measurement, approve)
    return measurement


def _seal_correction(measurement: Measurement) -> None:
    before = _versions(measurement.indicator, measurement.alliance, measurement.period)
    last = before.filter(state=MeasurementState.SEALED).order_by("-version").first()
    seal(measurement, corrects=last.seal if last else "", period_seal=measurement.period.seal)


def _found(
    actor: Actor, plan_id: int, indicator: str, period: str, alliance: str
) -> tuple[Plan, Indicator, MonitoringPeriod, Alliance | None]:
    """The plan and its parts by their keys, the period locked against its closing."""
    plan = visible_plans(actor, Plan.objects.select_related("network")).filter(pk=plan_id).first()
    if plan is None:
        raise Refusal(N_("There is no such plan."))
    held = MonitoringPeriod.objects.select_for_update().filter(plan=plan, key=period).first()
    if held is None:
        raise Refusal(N_("Choose a period of the plan."), field="period")
    what = Indicator.objects.filter(plan=plan, key=indicator).first()
    of = Alliance.objects.filter(plan=plan, key=alliance).first() if alliance else None
    if what is None or (alliance and of is None):
        raise Refusal(N_("There is no such indicator or alliance in the plan."))
    what.plan = plan
    return plan, what, held, of


def _check_open(plan: Plan, held: MonitoringPeriod, reason: str) -> None:
    if plan.state == PlanState.DRAFT:
        raise Refusal(N_("The plan is a draft: values are entered once it is in force."))
    if held.since > clock.today():
        raise Refusal(N_("This period has not begun yet."), field="period")
    if held.state == PeriodState.CLOSING:
        raise Refusal(N_("This period is being closed: try again when it is."), field="period")
    if held.state == PeriodState.CLOSED and not reason.strip():
        raise Refusal(N_("This period is closed: say why its value is corrected."), field="reason")


def _versions(indicator: Indicator, alliance: Alliance | None, period: MonitoringPeriod) -> QuerySet[Measurement]:
    return Measurement.objects.filter(indicator=indicator, alliance=alliance, period=period)


def _waiting_or_new(
    actor: Actor, indicator: Indicator, alliance: Alliance | None, period: MonitoringPeriod
) -> Measurement:
    """The own value that still waits, to be written anew; else a new version. Refused while another's waits."""
    waiting = _versions(indicator, alliance, period).filter(state=MeasurementState.PROPOSED).first()
    if waiting is None:
        return _new(indicator, alliance, period)
    if waiting.entered_by_id != actor.person_id:
        raise Refusal(N_("A value that somebody else entered waits for approval: it must be decided first."))
    waiting.indicator, waiting.alliance, waiting.period = indicator, alliance, period
    return waiting


def _new(indicator: Indicator, alliance: Alliance | None, period: MonitoringPeriod) -> Measurement:
    last = _versions(indicator, alliance, period).aggregate(Max("version"))["version__max"] or 0
    return Measurement(indicator=indicator, alliance=alliance, period=period, version=last + 1)


def _tell(measurement: Measurement, approved: bool) -> None:
    """Whoever entered the value hears what was decided."""
    if measurement.entered_by_id is None:
        return
    plan = measurement.indicator.plan
    where = {"network": plan.network.slug, "plan": plan.key, "indicator": measurement.indicator.key}
    title = _("The value you entered was approved") if approved else _("The value you entered was refused")
    text = f"{measurement.indicator.name}: {measurement.period.title}"
    notify(
        [measurement.entered_by_id],
        kind=DECIDED.name,
        network_id=plan.network_id,
        title=title,
        text=lazystr(f"{text}. {measurement.decision_note}" if measurement.decision_note else text),
        url=reverse("programmes:indicator", kwargs=where),
    )

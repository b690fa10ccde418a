"""How a measurement is sealed: its content put together, its records copied, its seal written."""

from collections.abc import Mapping
from datetime import datetime
from typing import Any

from django.utils.translation import gettext, override

from contempo.core.files import attachments_of
from contempo.programmes.models import AllianceTarget, Indicator, Measurement
from contempo.programmes.models.counted import Asked, divided, kept, measured
from contempo.programmes.models.indicators import EVIDENCE
from contempo.programmes.rules import seals
from contempo.programmes.rules.periods import MeasurementState, Origin
from contempo.programmes.rules.plan.measures import Unit
from contempo.programmes.rules.sources import IndicatorSource, Scope, as_decimal, source_called, trouble_with


def source_of(indicator: Indicator) -> IndicatorSource | None:
    """The source an indicator is computed from; None when it is entered, or its source cannot be used."""
    if trouble_with(indicator.source, Unit(indicator.unit), indicator.filters, indicator.by):
        return None
    return source_called(indicator.source)


def count_now(measurement: Measurement, source: IndicatorSource, *, at: datetime) -> Measurement | None:
    """Count the records of an unsaved computed measurement, and save it with a copy of them.

    None, and nothing saved, when there is nothing to have a share in: that is not measured.
    """
    indicator, period = measurement.indicator, measurement.period
    scope = Scope(
        network_id=indicator.plan.network_id,
        plan_id=indicator.plan_id,
        since=period.since,
        until=period.until,
        alliance_id=measurement.alliance_id,
        filters=indicator.filters,
    )
    found = measured([Asked(source, scope, tuple(indicator.by))])[0]
    if found.denominator == 0:
        return None
    measurement.origin = Origin.COMPUTED
    measurement.numerator, measurement.denominator = as_decimal(found.numerator), as_decimal(found.denominator)
    measurement.breakdown = divided(found.breakdown, indicator.unit)
    measurement.entered_at = at
    measurement.save(force_insert=True)
    with override("it"):
        noun = gettext(source.noun)
        network = indicator.plan.network.slug
        number, digest = kept(source, scope, indicator.by, measurement_id=measurement.pk, noun=noun, network=network)
    measurement.sealed = {"records": {"count": number, "sha256": digest}}
    measurement.save(update_fields=["sealed"])
    return measurement


def seal(measurement: Measurement, *, corrects: str | None = None, period_seal: str = "") -> None:
    """Seal a measurement that counts: from now on it never changes.

    A correction of a closed period (`corrects` is the seal of the version before, empty when there was none) names the
    `period_seal` it comes after.
    """
    content = _content(measurement)
    if corrects is not None:
        content |= {"corrects": corrects, "period_seal": period_seal, "reason": measurement.reason}
    measurement.sealed = content
    measurement.seal = seals.seal_of(content)
    measurement.state = MeasurementState.SEALED
    measurement.save()


def _content(measurement: Measurement) -> dict[str, Any]:
    indicator, alliance = measurement.indicator, measurement.alliance
    evidence = attachments_of(EVIDENCE, measurement.pk)
    return {
        "format": seals.FORMAT,
        "network": indicator.plan.network.slug,
        "plan": indicator.plan.key,
        "period": measurement.period.key,
        "indicator": _definition(indicator, measurement.alliance_id),
        "alliance": alliance.key if alliance else "",
        "version": measurement.version,
        "origin": str(measurement.origin),
        "value": {
            "numerator": seals.plain(measurement.numerator),
            "denominator": seals.plain(measurement.denominator),
            "yes": measurement.yes,
            "text": measurement.text,
        },
        "breakdown": measurement.breakdown,
        "note": measurement.note,
        "evidence": [{"name": each.name, "sha256": each.sha256} for each in evidence],
        "entered_at": _instant(measurement.entered_at),
        "decided_at": _instant(measurement.decided_at),
        **_records(measurement.sealed),
    }


def _records(counted: Mapping[str, Any]) -> dict[str, Any]:
    return {"records": counted["records"]} if "records" in counted else {}


def _definition(indicator: Indicator, alliance_id: int | None) -> dict[str, Any]:
    target = indicator.target
    if alliance_id is not None:
        found = AllianceTarget.objects.filter(indicator=indicator, alliance_id=alliance_id).first()
        target = found.target if found else ""
    return {
        "key": indicator.key,
        "name": indicator.name,
        "unit": indicator.unit,
        "method": indicator.method,
        "target": target,
        "source": indicator.source,
        "filters": indicator.filters,
        "by": list(indicator.by),
    }


def _instant(moment: datetime | None) -> str | None:
    return moment.isoformat(timespec="seconds") if moment else None

"""What of the measurements of a plan counts, read alike by those who seal and by those who show."""

from collections.abc import Iterable

from django.contrib.postgres.aggregates import ArrayAgg
from django.db.models import Q, QuerySet

from contempo.programmes.models.indicators import Indicator, Measurement
from contempo.programmes.rules.measuring import Watched
from contempo.programmes.rules.periods import MeasurementState
from contempo.programmes.rules.sources import source_called

COUNTING = (MeasurementState.APPROVED.value, MeasurementState.SEALED.value)


def counting(period_ids: Iterable[int]) -> QuerySet[Measurement]:
    """The measurements of periods that count: of each indicator and alliance the newest that was approved or sealed."""
    found = Measurement.objects.filter(period_id__in=list(period_ids), state__in=COUNTING)
    newest = found.order_by("period_id", "indicator_id", "alliance_id", "-version")
    return newest.distinct("period_id", "indicator_id", "alliance_id")


def watched(plan_id: int) -> tuple[Watched, ...]:
    """The indicators of a plan as far as measuring goes, in their order. One SQL."""
    alliances = ArrayAgg(
        "alliance_targets__alliance_id",
        filter=Q(alliance_targets__isnull=False),
        order_by="alliance_targets__alliance__position",
        default=[],
    )
    rows = Indicator.objects.filter(plan_id=plan_id).annotate(reporting=alliances).order_by("position", "id")
    return tuple(
        Watched(number, bool(source), _by_alliance(source), tuple(reporting))
        for number, source, reporting in rows.values_list("id", "source", "reporting")
    )


def _by_alliance(source: str) -> bool:
    found = source_called(source)
    return found is not None and found.by_alliance

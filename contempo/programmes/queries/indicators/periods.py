"""Monitoring periods: how far each is, what keeps it from being closed, what was sealed and whether it still is so."""

from collections.abc import Iterator, Mapping, Sequence
from dataclasses import dataclass
from datetime import date, datetime, timedelta
from typing import Any

from django.db.models import Count, Q
from django.utils.translation import gettext as _

from contempo.core.verdict import Refusal, Verdict
from contempo.core.workflow import Look
from contempo.people.public import Actor, names
from contempo.programmes.access import may_decide_values, may_read_findings
from contempo.programmes.models import Alliance, Indicator, MeasuredRecord, Measurement, MonitoringPeriod, Plan
from contempo.programmes.models.measuring import counting, watched
from contempo.programmes.queries.opened import OpenedPlan
from contempo.programmes.rules import measuring, seals
from contempo.programmes.rules.periods import PERIOD_LOOKS, MeasurementState, PeriodState
from contempo.programmes.rules.sources import source_called
from contempo.web.sentences import sentence


@dataclass(frozen=True)
class PeriodLine:
    """A period in the list of a plan."""

    title: str
    url: str
    since: date
    last: date
    look: Look
    closed_at: datetime | None
    seal: str
    waiting: int


@dataclass(frozen=True)
class MissingLine:
    """What nobody measured in a period."""

    name: str
    alliance: str
    url: str


@dataclass(frozen=True)
class PeriodPage:
    """One period. `may_close` says whether the reader may close it now, and if not why; `hindrance` is empty when
    nothing but missing values stands in the way.
    """

    id: int
    key: str
    line: PeriodLine
    closing: bool
    closed: bool
    progress: int
    progress_of: int
    percent: int
    missing: tuple[MissingLine, ...]
    waiting: int
    values: int
    decides: bool
    hindrance: str
    closed_by: str
    before: str
    corrections: int
    reads_whole: bool


TO_CLOSE = "da-chiudere"
"""In the address: only the periods that have ended and are open."""


def periods(actor: Actor, opened: OpenedPlan, *, only: str = "", today: date) -> tuple[PeriodLine, ...]:
    """The periods of a plan, in their order; `only` those to close when it says so. One SQL."""
    waiting = Count("measurements", filter=Q(measurements__state=MeasurementState.PROPOSED))
    found = MonitoringPeriod.objects.filter(plan=opened.plan).annotate(waits=waiting).order_by("position", "id")
    shows = bool(may_read_findings(actor))
    if only == TO_CLOSE:
        found = found.filter(state=PeriodState.OPEN, until__lte=today)
    return tuple(_line(opened, each, each.waits if shows else 0) for each in found)


def _line(opened: OpenedPlan, period: MonitoringPeriod, waiting: int) -> PeriodLine:
    return PeriodLine(
        title=period.title,
        url=opened.url("period", period=period.key),
        since=period.since,
        last=period.until - timedelta(days=1),
        look=PERIOD_LOOKS[period.state],
        closed_at=period.closed_at,
        seal=period.seal,
        waiting=waiting,
    )


def period_page(actor: Actor, opened: OpenedPlan, key: str, *, today: date) -> PeriodPage | None:
    """The page of a period; None when there is none. Nine SQL at most."""
    period = MonitoringPeriod.objects.filter(plan=opened.plan, key=key).first()
    if period is None:
        return None
    closed, shows = period.state == PeriodState.CLOSED, bool(may_read_findings(actor))
    waiting = Measurement.objects.filter(period=period, state=MeasurementState.PROPOSED).count() if shows else 0
    missing = tuple(_missing(opened, period)) if shows or closed else ()
    sealed = Measurement.objects.filter(period=period, state=MeasurementState.SEALED)
    after = sealed.exclude(reason="").count() if closed else 0
    decides = may_decide_values(actor, opened.plan)
    return PeriodPage(
        id=period.pk,
        key=period.key,
        line=_line(opened, period, waiting),
        closing=period.state == PeriodState.CLOSING,
        closed=closed,
        progress=period.progress,
        progress_of=period.progress_of,
        percent=100 * period.progress // max(period.progress_of, 1),
        missing=missing,
        waiting=waiting,
        values=len(period.sealed.get("measurements", ())),
        decides=bool(decides),
        hindrance=_hindrance(opened.plan, period, waiting, today) if decides and not closed else "",
        closed_by=names([period.closed_by_id]).get(period.closed_by_id or 0, "") if shows else "",
        before=period.sealed.get("before", ""),
        corrections=after,
        reads_whole=shows,
    )


def _hindrance(plan: Plan, period: MonitoringPeriod, waiting: int, today: date) -> str:
    earlier = MonitoringPeriod.objects.filter(plan=plan, position__lt=period.position)
    try:
        measuring.check_closing(
            state=period.state,
            until=period.until,
            today=today,
            earlier_open=earlier.exclude(state=PeriodState.CLOSED).exists(),
            waiting=waiting,
            missing=0,
            without_missing=False,
        )
    except Refusal as refusal:
        return sentence(refusal)
    return ""


def _missing(opened: OpenedPlan, period: MonitoringPeriod) -> Iterator[MissingLine]:
    """What was sealed as not measured, or would be if the period were closed now. Three SQL at most."""
    indicators = {each.pk: each for each in Indicator.objects.filter(plan=opened.plan).order_by("position", "id")}
    alliances = {each.pk: each for each in Alliance.objects.filter(plan=opened.plan).only("key", "name")}
    if period.state == PeriodState.CLOSED:
        by_key = {each.key: each for each in indicators.values()}
        named = {each.key: each.name for each in alliances.values()}
        for each in period.sealed.get("missing", ()):
            if found := by_key.get(each["indicator"]):
                yield _missing_line(opened, found, named.get(each["alliance"], ""))
        return
    every = watched(opened.plan.pk)
    known = [(each.indicator_id, each.alliance_id) for each in counting([period.pk])]
    known += [
        (each.id, alliance)
        for each in every
        if each.computed and source_called(indicators[each.id].source) is not None
        for alliance in (None, *each.alliances)
    ]
    for indicator_id, alliance_id in measuring.missing(every, known):
        alliance = alliances[alliance_id].name if alliance_id else ""
        yield _missing_line(opened, indicators[indicator_id], alliance)


def _missing_line(opened: OpenedPlan, indicator: Indicator, alliance: str) -> MissingLine:
    return MissingLine(indicator.name, alliance, opened.url("indicator", indicator=indicator.key))


@dataclass(frozen=True)
class Verification:
    """What recomputing everything of a closed period found: nothing, when all is as it was sealed."""

    line: PeriodLine
    problems: tuple[tuple[str, str], ...]
    values: int
    records: int
    chain: tuple[PeriodLine, ...]


def verification(opened: OpenedPlan, key: str) -> Verification | None:
    """The seal of a closed period recomputed from what the database holds now; None for an open one."""
    closed = MonitoringPeriod.objects.filter(plan=opened.plan, state=PeriodState.CLOSED)
    chain = list(closed.order_by("position"))
    period = next((each for each in chain if each.key == key), None)
    if period is None:
        return None
    document = document_of(None, opened.plan, period)
    values = [*document["measurements"], *document["corrections"]]
    found = [*seals.verify(document), *seals.follows([(each.sealed, each.seal) for each in chain])]
    problems = [(problem.where, sentence(Verdict(False, problem.text, dict(problem.params)))) for problem in found]
    problems += [(where, _("The table of values does not say what was sealed.")) for where in _apart(period)]
    return Verification(
        line=_line(opened, period, 0),
        problems=tuple(problems),
        values=len(values),
        records=sum(len(each.get("records", ())) for each in values),
        chain=tuple(_line(opened, each, 0) for each in chain),
    )


def _apart(period: MonitoringPeriod) -> Iterator[str]:
    """The indicators whose columns are not what was sealed of them."""
    for row in _sealed(period):
        value = {
            "numerator": seals.plain(row.numerator),
            "denominator": seals.plain(row.denominator),
            "yes": row.yes,
            "text": row.text,
        }
        if row.sealed.get("value") != value or row.sealed.get("breakdown") != row.breakdown:
            yield row.indicator.name


def _sealed(period: MonitoringPeriod) -> Any:
    found = Measurement.objects.filter(period=period, state=MeasurementState.SEALED)
    return found.select_related("indicator", "alliance").order_by("indicator__key", "alliance__key", "version")


def document_of(actor: Actor | None, plan: Plan, period: MonitoringPeriod) -> dict[str, Any]:
    """The file of a closed period, from which anybody can recompute its seals; whole for nobody in particular (None).

    What was counted of personal records is only for who may open them: others get its seal, which the seal of the
    period needs, and `withheld`. Three SQL.
    """
    at_closing = set(period.sealed.get("measurements", ()))
    rows = list(_sealed(period))
    records = _records([row.pk for row in rows])
    made = [(row, _entry(actor, row, records.get(row.pk, []))) for row in rows]
    corrections = sorted((row for row in rows if row.seal not in at_closing), key=lambda row: (row.decided_at, row.pk))
    later = {row.pk for row in corrections}
    entries = {row.pk: entry for row, entry in made}
    return {
        "period": period.sealed,
        "seal": period.seal,
        "measurements": [entry for row, entry in made if row.pk not in later],
        "corrections": [entries[row.pk] for row in corrections],
    }


def _records(measurement_ids: Sequence[int]) -> dict[int, list[dict[str, Any]]]:
    found: dict[int, list[dict[str, Any]]] = {}
    rows = MeasuredRecord.objects.filter(measurement_id__in=list(measurement_ids))
    columns = ("measurement_id", "key", "label", "counted", "facets")
    for number, *record in rows.order_by("measurement_id", "position").values_list(*columns):
        found.setdefault(number, []).append(seals.sealed_record(*record))
    return found


def _entry(actor: Actor | None, row: Measurement, records: list[dict[str, Any]]) -> Mapping[str, Any]:
    source = source_called(row.indicator.source)
    if actor is not None and source is not None and source.personal and not source.may_open(actor):
        return {"seal": row.seal, "withheld": True}
    entry: dict[str, Any] = {"sealed": row.sealed, "seal": row.seal}
    return entry | {"records": records} if "records" in row.sealed else entry


def period_document(actor: Actor, opened: OpenedPlan, key: str) -> dict[str, Any] | None:
    """The file of a closed period for who reads whole figures; None otherwise. Four SQL."""
    period = MonitoringPeriod.objects.filter(plan=opened.plan, key=key, state=PeriodState.CLOSED).first()
    if period is None or not may_read_findings(actor):
        return None
    return document_of(actor, opened.plan, period)

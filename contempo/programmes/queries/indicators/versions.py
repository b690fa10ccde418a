"""Every version of the values of an indicator, with who answers for it."""

from collections.abc import Iterator
from dataclasses import dataclass
from datetime import datetime

from django.utils.translation import gettext as _

from contempo.core.files import Attachment
from contempo.core.workflow import Look
from contempo.people.public import Actor, names
from contempo.programmes.access import may_decide_values, may_read_findings, works_for
from contempo.programmes.models import Measurement
from contempo.programmes.models.indicators import EVIDENCE
from contempo.programmes.queries.indicators.reading import Reading
from contempo.programmes.queries.indicators.words import value_text
from contempo.programmes.queries.opened import OpenedPlan
from contempo.programmes.rules.periods import MEASUREMENT_LOOKS, MeasurementState, Origin
from contempo.programmes.rules.values import Value


@dataclass(frozen=True)
class VersionLine:
    """One version of a value, with who entered and who decided it, its evidence and its seal."""

    id: int
    number: int
    period: str
    alliance: str
    value: str
    look: Look
    waits: bool
    mine_to_decide: bool
    who: str
    decided: str
    entered_at: datetime
    decided_at: datetime | None
    note: str
    reason: str
    decision_note: str
    origin: str
    seal: str
    evidence: tuple[Attachment, ...]
    url: str


def versions(actor: Actor, opened: OpenedPlan, reading: Reading) -> Iterator[VersionLine]:
    """Every version of every value, newest first: for who reads whole figures, and one's own alliances. Three SQL."""
    found = Measurement.objects.filter(indicator=reading.indicator).select_related("period", "alliance")
    if not may_read_findings(actor):
        mine = works_for(actor)
        if not mine:
            return
        found = found.filter(alliance__lead_id__in=mine)
    elif not reading.whole:
        return
    rows = list(found.order_by("-period__position", "alliance__position", "-version"))
    people = names(person for row in rows for person in (row.entered_by_id, row.decided_by_id))
    papers: dict[int, list[Attachment]] = {}
    attached = Attachment.objects.filter(owner_kind=EVIDENCE, owner_id__in=[row.pk for row in rows])
    for paper in attached.order_by("at", "key"):
        papers.setdefault(paper.owner_id, []).append(paper)
    decides = bool(may_decide_values(actor, opened.plan))
    for row in rows:
        yield _version(opened, reading, row, people, tuple(papers.get(row.pk, ())), actor if decides else None)


def _version(
    opened: OpenedPlan,
    reading: Reading,
    row: Measurement,
    people: dict[int, str],
    papers: tuple[Attachment, ...],
    decider: Actor | None,
) -> VersionLine:
    waits = row.state == MeasurementState.PROPOSED
    computed = row.origin == Origin.COMPUTED
    return VersionLine(
        id=row.pk,
        number=row.version,
        period=row.period.title,
        alliance=str(row.alliance or ""),
        value=value_text(reading.unit, Value(row.numerator, row.denominator, row.yes, row.text)),
        look=MEASUREMENT_LOOKS[row.state],
        waits=waits,
        mine_to_decide=waits and decider is not None and decider.person_id != row.entered_by_id,
        who=people.get(row.entered_by_id or 0, "") or (_("by the platform") if computed else ""),
        decided=people.get(row.decided_by_id or 0, ""),
        entered_at=row.entered_at,
        decided_at=row.decided_at,
        note=row.note,
        reason=row.reason,
        decision_note=row.decision_note,
        origin=row.get_origin_display(),
        seal=row.seal,
        evidence=papers,
        url=opened.url("value", measurement_id=row.pk),
    )

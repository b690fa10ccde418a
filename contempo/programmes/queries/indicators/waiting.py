"""The values that people entered: those that wait for a decision, and all the others."""

from collections.abc import Callable, Iterator
from dataclasses import dataclass, replace
from datetime import datetime

import django_filters
from django.db.models import Q, QuerySet
from django.http import QueryDict
from django.utils.translation import gettext_lazy as _

from contempo.core.choices import choices
from contempo.core.files import Attachment, attachment_of, attachments_of
from contempo.core.workflow import Look
from contempo.people.public import Actor, names
from contempo.programmes.access import may_decide_values, visible_values
from contempo.programmes.models import Measurement
from contempo.programmes.models.indicators import EVIDENCE
from contempo.programmes.models.measuring import counting
from contempo.programmes.queries.indicators.page import Division, entered_divisions
from contempo.programmes.queries.indicators.words import target_text, value_text
from contempo.programmes.queries.opened import OpenedPlan
from contempo.programmes.rules.periods import MEASUREMENT_LOOKS, MeasurementState, Origin, PeriodState
from contempo.programmes.rules.plan.measures import Unit
from contempo.programmes.rules.values import Value
from contempo.web.lists import Column, ListPage, build, every_row


@dataclass(frozen=True)
class ValueRow:
    """A version of a value in the list."""

    indicator: str
    period: str
    alliance: str
    value: str
    state: Look
    entered_at: datetime
    who: str
    reason: str
    url: str


@dataclass(frozen=True)
class ValuePage:
    """One version of a value, for who decides on it. `before` is what counts today, in words."""

    id: int
    indicator: str
    indicator_url: str
    period: str
    period_closed: bool
    alliance: str
    value: str
    target: str
    before: str
    divisions: tuple[Division, ...]
    state: Look
    waits: bool
    may_decide: bool
    own: bool
    who: str
    entered_at: datetime
    decided: str
    decided_at: datetime | None
    decision_note: str
    note: str
    reason: str
    asked_evidence: str
    evidence: tuple[Attachment, ...]
    seal: str
    records_url: str


COLUMNS = (
    Column("indicator", _("Indicator"), sort="indicator__name"),
    Column("period", _("Period"), sort="period__position"),
    Column("alliance", _("Alliance"), sort="alliance__name"),
    Column("value", _("Value"), numeric=True),
    Column("state", _("State"), sort="state"),
    Column("entered_at", _("Entered on"), sort="entered_at"),
    Column("who", _("Entered by")),
    Column("reason", _("Reason of the correction"), only_export=True),
)
_SORT = "-entered_at"
WAITING_FOR_ME = "stato=proposed&chi=altri"
"""Query of the list of values on which somebody else’s decision waits."""


class _Filters(django_filters.FilterSet):
    """What the values may be narrowed by; named as in the address."""

    cerca = django_filters.CharFilter(label=_("Indicator"), field_name="indicator__name", lookup_expr="icontains")
    stato = django_filters.ChoiceFilter(
        label=_("State"),
        field_name="state",
        choices=choices({state: look.label for state, look in MEASUREMENT_LOOKS.items()}),
        empty_label=_("All"),
    )
    periodo = django_filters.ChoiceFilter(label=_("Period"), field_name="period__key", empty_label=_("All"))

    chi = django_filters.ChoiceFilter(
        label=_("Entered by"),
        choices=[("altri", _("others")), ("me", _("me"))],
        method="by_whom",
        empty_label=_("All"),
    )

    class Meta:
        model = Measurement
        fields: tuple[str, ...] = ()

    def __init__(
        self, params: QueryDict, queryset: QuerySet[Measurement], periods: list[tuple[str, str]], me: int | None
    ) -> None:
        super().__init__(params, queryset)
        self.me = me
        self.filters["periodo"].extra["choices"] = periods

    def by_whom(self, rows: QuerySet[Measurement], name: str, value: str) -> QuerySet[Measurement]:
        """Those the reader entered, or those of everybody else."""
        return rows.filter(entered_by_id=self.me) if value == "me" else rows.exclude(entered_by_id=self.me)


def values(actor: Actor, opened: OpenedPlan, params: QueryDict) -> ListPage:
    """The values that `params` ask for, as far as they are `actor`'s to read. Four SQL, one more with rows."""
    filters = _filters(actor, opened, params)
    page = build(filters, columns=COLUMNS, to_row=lambda row: row, sort=_SORT)
    people = names(row.entered_by_id for row in page.rows)
    to_row = _row_maker(opened, people)
    return replace(page, rows=tuple(to_row(row) for row in page.rows))


def every_value(actor: Actor, opened: OpenedPlan, params: QueryDict) -> Iterator[ValueRow]:
    """Every one of them, for a file."""
    filters = _filters(actor, opened, params)
    people = names(filters.qs.order_by().values_list("entered_by_id", flat=True).distinct())
    return every_row(filters, columns=COLUMNS, to_row=_row_maker(opened, people), sort=_SORT)


def _filters(actor: Actor, opened: OpenedPlan, params: QueryDict) -> _Filters:
    found = visible_values(actor, Measurement.objects.filter(period__plan=opened.plan), opened.plan)
    found = found.filter(Q(origin=Origin.ENTERED) | ~Q(reason="")).select_related("indicator", "period", "alliance")
    periods = list(opened.plan.periods.order_by("position").values_list("key", "title"))
    return _Filters(params, found, periods, actor.person_id)


def _row_maker(opened: OpenedPlan, people: dict[int, str]) -> Callable[[Measurement], ValueRow]:
    def to_row(row: Measurement) -> ValueRow:
        return ValueRow(
            indicator=row.indicator.name,
            period=row.period.title,
            alliance=str(row.alliance or ""),
            value=value_text(Unit(row.indicator.unit), _value(row)),
            state=MEASUREMENT_LOOKS[row.state],
            entered_at=row.entered_at,
            who=people.get(row.entered_by_id or 0, ""),
            reason=row.reason,
            url=opened.url("value", measurement_id=row.pk),
        )

    return to_row


def _value(row: Measurement) -> Value:
    return Value(row.numerator, row.denominator, row.yes, row.text)


def value_page(actor: Actor, opened: OpenedPlan, measurement_id: int) -> ValuePage | None:
    """One version of a value; None for who may not read it. Five SQL, one more with places."""
    found = visible_values(actor, Measurement.objects.filter(period__plan=opened.plan), opened.plan)
    row = found.select_related("indicator", "period", "alliance").filter(pk=measurement_id).first()
    if row is None:
        return None
    unit = Unit(row.indicator.unit)
    people = names([row.entered_by_id, row.decided_by_id])
    before = counting([row.period_id]).filter(indicator=row.indicator, alliance=row.alliance).exclude(pk=row.pk).first()
    target = row.indicator.target
    if row.alliance:
        promised = row.indicator.alliance_targets.filter(alliance=row.alliance).values_list("target", flat=True).first()
        target = promised or ""
    waits = row.state == MeasurementState.PROPOSED
    own = row.entered_by_id == actor.person_id
    records = opened.url("records", indicator=row.indicator.key)
    asked = f"periodo={row.period.key}&versione={row.version}"
    asked += f"&alleanza={row.alliance.key}" if row.alliance else ""
    return ValuePage(
        id=row.pk,
        indicator=row.indicator.name,
        indicator_url=opened.url("indicator", indicator=row.indicator.key),
        period=row.period.title,
        period_closed=row.period.state == PeriodState.CLOSED,
        alliance=str(row.alliance or ""),
        value=value_text(unit, _value(row)),
        target=target_text(unit, target),
        before=value_text(unit, _value(before)) if before else "",
        divisions=tuple(entered_divisions(row)),
        state=MEASUREMENT_LOOKS[row.state],
        waits=waits,
        may_decide=waits and not own and bool(may_decide_values(actor, opened.plan)),
        own=own,
        who=people.get(row.entered_by_id or 0, ""),
        entered_at=row.entered_at,
        decided=people.get(row.decided_by_id or 0, ""),
        decided_at=row.decided_at,
        decision_note=row.decision_note,
        note=row.note,
        reason=row.reason,
        asked_evidence=row.indicator.evidence,
        evidence=attachments_of(EVIDENCE, row.pk),
        seal=row.seal,
        records_url=f"{records}?{asked}" if row.origin == Origin.COMPUTED else "",
    )


def evidence(actor: Actor, opened: OpenedPlan, measurement_id: int, key: str) -> Attachment | None:
    """A document of a value; None for who may not read it."""
    found = visible_values(actor, Measurement.objects.filter(period__plan=opened.plan), opened.plan)
    if not found.filter(pk=measurement_id).exists():
        return None
    try:
        return attachment_of(key, owner_kind=EVIDENCE, owner_id=measurement_id)
    except Attachment.DoesNotExist:
        return None

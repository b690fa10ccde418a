"""The page of the figures of an employer: each with its meaning, its change, its records; tables with their finding."""

from collections.abc import Iterator, Mapping
from dataclasses import dataclass
from urllib.parse import urlencode

from django.utils.translation import gettext as _

from contempo.agile.queries.monitoring import words
from contempo.agile.queries.monitoring.choices import Asked, Offer
from contempo.agile.queries.monitoring.counting import Counted, Narrowed, counted, presence_held
from contempo.agile.queries.monitoring.opinions import opinions
from contempo.agile.queries.monitoring.shown import Shown, shown_figures
from contempo.agile.queries.monitoring.tables import Table, days_by_month, tables
from contempo.agile.queries.opened import OpenedEmployer
from contempo.agile.rules.commuting import MEANS_LABELS, Factor, published_factors
from contempo.agile.rules.monitoring import (
    COMMUTING,
    FIGURE_LABELS,
    PEOPLE,
    Figure,
    Period,
    Share,
    hidden_total,
    made,
    refused,
)
from contempo.web.charts import Chart

PRESENCE = "presence"
"""The key, in addresses, of the days of presence."""


@dataclass(frozen=True)
class Dashboard:
    """The figures of a period. `exact` when nothing is hidden from the reader; `records` opens the list of a figure."""

    period: str
    narrowed: tuple[str, ...]
    exact: bool
    empty: bool
    people: tuple[Shown, ...]
    days: tuple[Shown, ...]
    presence: tuple[Shown, ...]
    commuting: tuple[Shown, ...]
    opinions: tuple[Shown, ...]
    chart: Chart | None
    tables: tuple[Table, ...]
    factors: tuple[tuple[str, Factor], ...]

    @property
    def parts(self) -> tuple[tuple[str, str, tuple[Shown, ...]], ...]:
        """The parts of the page: title, mark and figures."""
        return (
            (_("People"), "people", self.people),
            (_("Days"), "days", self.days),
            (_("Presence in the office"), "presence", self.presence),
            (_("Way to work"), "commuting", self.commuting),
            (_("What people think"), "opinions", self.opinions),
        )

    @property
    def figures(self) -> tuple[Shown, ...]:
        """All of them, in the order of the page."""
        return (*self.people, *self.days, *self.presence, *self.commuting, *self.opinions)


@dataclass(frozen=True)
class Reading:
    """What was counted of what was asked, and for whom."""

    opened: OpenedEmployer
    asked: Asked
    counted: Counted
    exact: bool

    def url(self, what: str, **narrower: str) -> str:
        """The address of the records of a figure; empty for who may not read them."""
        if not self.exact:
            return ""
        query = urlencode({"cosa": what} | self.asked.params | narrower)
        return f"{self.opened.url('monitoring_records')}?{query}"


def dashboard(opened: OpenedEmployer, asked: Asked, offer: Offer) -> Dashboard:
    """The figures of an employer as who opened it may read them. Two SQL, and those of the sources of opinions."""
    employer = opened.employer
    found = counted(employer.pk, asked.period, asked.narrowed)
    reading = Reading(opened, asked, found, offer.whole)
    held = presence_held(employer.pk, asked.period, asked.narrowed.directorate_id)
    figures = _figures(reading)
    return Dashboard(
        period=words.period_name(asked.period),
        narrowed=tuple(_narrowed(asked.narrowed, offer)),
        exact=offer.whole,
        empty=found.last_month(asked.period) is None,
        people=tuple(figures[each] for each in (Figure.ELIGIBLE, Figure.AGREEMENTS, Figure.ACTIVE)),
        days=(*(figures[each] for each in _DAYS), _refused(reading)),
        presence=tuple(_presence(reading, held)),
        commuting=(figures[Figure.METRES], figures[Figure.GRAMS], figures[Figure.DECLARED]),
        opinions=opinions(opened, asked, exact=offer.whole),
        chart=days_by_month(reading),
        tables=tuple(tables(reading, offer, held[asked.period])),
        factors=tuple((_(MEANS_LABELS[each.means]), each) for each in published_factors()),
    )


_DAYS = (Figure.PLANNED, Figure.USED, Figure.DONATED, Figure.ASKED, Figure.AWARDED)


def _narrowed(narrowed: Narrowed, offer: Offer) -> Iterator[str]:
    if narrowed.directorate_id:
        yield offer.names.get(str(narrowed.directorate_id), "")
    if narrowed.sex:
        yield dict(offer.sexes).get(narrowed.sex, "")
    if narrowed.age:
        yield dict(offer.ages).get(narrowed.age, "")


def _figures(reading: Reading) -> dict[Figure, Shown]:
    period = reading.asked.period
    now, before = reading.counted.over(period), reading.counted.over(period.before)
    last = reading.counted.last_month(period)
    earlier = words.period_name(period.before) if reading.counted.last_month(period.before) else ""
    hidden, hidden_before = (frozenset() if reading.exact else hidden_total(sums) for sums in (now, before))
    meanings = _meanings(now)
    if last is not None and period.length > 1:
        at = _("in %(month)s, the last month with figures") % {"month": words.month_name(last)}
        meanings |= {each: "; ".join(filter(None, [meanings.get(each, ""), at])) for each in PEOPLE}
    return shown_figures(
        now if last is not None else None,
        before if earlier else None,
        earlier=earlier,
        hidden=hidden,
        hidden_before=hidden_before,
        meanings={} if hidden & PEOPLE else meanings,
        url=reading.url,
    )


def _meanings(now: Mapping[str, int]) -> dict[Figure, str]:
    """What stands beside some figures: of how many they are a part."""
    found: dict[Figure, str] = {}
    for part, whole in (
        (Figure.AGREEMENTS, Figure.ELIGIBLE),
        (Figure.ACTIVE, Figure.AGREEMENTS),
        (Figure.DECLARED, Figure.USED),
    ):
        share = Share(made(part, now), made(whole, now))
        if share.percent is not None:
            found[part] = f"{words.of_all(share)}: {words.share_text(share)}"
    if drawn := made(Figure.DRAWN, now):
        found[Figure.AWARDED] = _("%(count)s of them after the clearing") % {"count": words.count_text(drawn)}
    for each in COMMUTING[1:]:
        found[each] = _("there and back, by the days worked at home of who has declared their way to work")
    return found


def _refused(reading: Reading) -> Shown:
    """The share of the days asked of the bank that were refused."""
    period = reading.asked.period
    now, before = reading.counted.over(period), reading.counted.over(period.before)
    label = _("Share of days refused")
    if reading.counted.last_month(period) is None:
        return Shown(Figure.REFUSED, label, "", _("not measured yet"))
    if not reading.exact and Figure.REFUSED in hidden_total(now):
        return Shown(Figure.REFUSED, label, "", _("not told: too few people"), hidden=True)
    share = refused(now)
    if share.percent is None:
        return Shown(Figure.REFUSED, label, "", _("nothing was asked of the bank"), share=share)
    meaning = _("%(shares)s days asked and not given by the clearing") % {"shares": words.of_all(share)}
    change = ""
    if reading.exact or Figure.REFUSED not in hidden_total(before):
        change = words.before_text(words.share_text(refused(before)), words.period_name(period.before))
    return Shown(
        Figure.REFUSED,
        label,
        words.share_text(share),
        meaning,
        change,
        reading.url(Figure.REFUSED.value),
        number=share.numerator,
        share=share,
    )


def _presence(reading: Reading, held: Mapping[Period, Mapping[str, Share]]) -> Iterator[Shown]:
    """On how many days of units the least presence was held; it cannot be divided by what only people have."""
    period, narrowed = reading.asked.period, reading.asked.narrowed
    label = _("Presence held")
    share = held[period].get("")
    if narrowed.by_person:
        yield Shown(PRESENCE, label, "", _("is of units: it is not divided by sex and age"))
    elif share is None or share.percent is None:
        yield Shown(PRESENCE, label, "", _("not measured yet"))
    else:
        meaning = _("%(shares)s days of units that had to keep a least presence") % {"shares": words.of_all(share)}
        before = held[period.before].get("")
        change = words.before_text(words.share_text(before), words.period_name(period.before)) if before else ""
        yield Shown(
            PRESENCE,
            label,
            words.share_text(share),
            meaning,
            change,
            reading.url(PRESENCE),
            number=share.numerator,
            share=share,
        )


def figure_label(what: str) -> str:
    """A figure, or the presence, by its key in addresses."""
    return _("Presence held") if what == PRESENCE else _(FIGURE_LABELS[Figure(what)])

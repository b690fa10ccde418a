"""The page of the figures: each with its meaning, its change, its list; tables with their finding."""

from collections.abc import Callable, Iterator, Mapping
from dataclasses import dataclass, replace

from django.db.models import Count
from django.utils.translation import gettext as _
from django.utils.translation import ngettext

from contempo.core.verdict import require
from contempo.helpdesk.access import may_read_figures, may_read_whole_figures
from contempo.helpdesk.models import Question
from contempo.helpdesk.queries.figures import words
from contempo.helpdesk.queries.figures.addresses import DEFLECTED, MISSES, PARAMETERS, Link, links, no_link
from contempo.helpdesk.queries.figures.choices import month_name, period_name, quarter_name
from contempo.helpdesk.queries.figures.counting import HOLDER, MONTH, NOT_TOLD, QUARTER, YES
from contempo.helpdesk.queries.figures.reading import Asked, Reading, read_published, read_whole, share_of
from contempo.helpdesk.rules.asking import CAPACITY_NAMES, CHANNEL_LABELS
from contempo.helpdesk.rules.figures import Share
from contempo.helpdesk.rules.questions import UNANSWERED
from contempo.helpdesk.rules.sectors import SECTOR_LABELS
from contempo.helpdesk.rules.topics import TOPIC_LABELS
from contempo.network.public import places_to_choose
from contempo.people.public import Actor, names
from contempo.web.charts import Chart, Series

BARS = 24
"""Bars of a chart at most; the table has every row."""


@dataclass(frozen=True)
class Figure:
    """A figure as the page shows it. `value` is empty when it is not known; `hidden` when it is not told.

    `url` opens its list, as long as the figure says; empty for who may not read the questions.
    """

    key: str
    label: str
    value: str
    meaning: str
    change: str = ""
    url: str = ""
    hidden: bool = False
    share: Share | None = None
    number: float | None = None


@dataclass(frozen=True)
class Row:
    """A line of a table: how many questions have `label`; `now` are those an expert has at the moment."""

    label: str
    count: int
    share: str
    url: str = ""
    now: int | None = None


@dataclass(frozen=True)
class Table:
    """Questions by something; `finding` says what they show."""

    key: str
    finding: str
    category: str
    rows: tuple[Row, ...]
    chart: Chart | None = None

    @property
    def needs_rows(self) -> bool:
        """Whether the chart, which has a table of its own, does not show every row."""
        return self.chart is None or len(self.chart.categories) < len(self.rows)


@dataclass(frozen=True)
class Dashboard:
    """All figures of a period; `total` is None when there are too few questions to tell any."""

    period: str
    total: int | None
    narrowed: tuple[str, ...]
    headlines: tuple[Figure, ...]
    tables: tuple[Table, ...]
    experts: Table | None
    whole: bool

    @property
    def finding(self) -> str:
        """What the figures say first."""
        kept = next((each for each in self.headlines if each.key == "within"), None)
        if kept is None or not kept.value or self.total is None:
            return ""
        return _("%(share)s of the questions were answered within the promise") % {"share": kept.value}


def dashboard(
    actor: Actor, *, network: str, asked: Asked, places: Mapping[str, str], published: bool = False
) -> Dashboard:
    """The figures `actor` may read; `published` for what leaves the desk, whoever asks. Five SQL, rarely one more.

    `network` is the slug, `places` the municipalities whose names are known. Raises NotPermitted.
    """
    require(may_read_figures(actor))
    whole = bool(may_read_whole_figures(actor)) and not published
    reading = read_whole(actor.network_id, asked) if whole else read_published(actor.network_id, asked)
    link = links(network, asked.period, asked.filters) if whole else no_link
    return Dashboard(
        period=period_name(asked.shown),
        total=reading.told.total,
        narrowed=tuple(_narrowed(asked, places)),
        headlines=tuple(_headlines(reading, link)),
        tables=tuple(_tables(reading, link, places)) if reading.told.total else (),
        experts=_experts(actor.network_id, reading, link) if whole else None,
        whole=whole,
    )


def _narrowed(asked: Asked, places: Mapping[str, str]) -> Iterator[str]:
    """The filters in words."""
    for measure, key in asked.filters.items():
        yield _label_of(measure, _labels({measure: {key: 1}}, places))(key)


def _labels(counts: Mapping[str, Mapping[str, int]], places: Mapping[str, str]) -> dict[str, Mapping[str, str]]:
    """Labels by measure and key. One SQL when a municipality is among `counts` that is not among `places`."""
    others = {code: count for code, count in counts.get("municipality", {}).items() if code and code not in places}
    return {
        "topic": TOPIC_LABELS,
        "capacity": CAPACITY_NAMES,
        "sector": SECTOR_LABELS,
        "channel": CHANNEL_LABELS,
        "municipality": {**places, **dict(places_to_choose(others) if others else ())},
    }


def _label_of(measure: str, labels: Mapping[str, Mapping[str, str]]) -> Callable[[str], str]:
    def label(key: str) -> str:
        if measure == MONTH:
            return month_name(key)
        if measure == QUARTER:
            return quarter_name(key)
        return _(labels[measure].get(key, key)) if key else _("Not told")

    return label


def _headlines(reading: Reading, link: Link) -> Iterator[Figure]:
    told, before = reading.told, reading.before
    earlier = period_name(reading.asked.period.before)
    change = ""
    if told.total is not None and before is not None and before.total is not None:
        change = words.change_text(told.total, before.total, earlier)
    yield _count("received", _("questions received"), told.total, "", change, link())
    yield _share(reading, "within", _("answered within the promise"), earlier, link(entro="si"))
    for percent, label in ((50, _("median time to the answer")), (90, _("nine answers in ten came within"))):
        yield _time(reading, percent, label, earlier, link(risposta="si"))
    paused = _share(reading, "paused", _("with a pause for details"), earlier, link(pausa="si"), of_all=True)
    yield replace(paused, meaning=_with_length(reading, paused.meaning))
    yield _share(reading, "reopened", _("asked again after the answer"), earlier, link(riaperta="si"), of_all=True)
    yield _share(reading, "satisfied", _("satisfied, of those who rated"), earlier, link(voto="4-5"))
    if "deflected" in reading.countable:
        meaning = _("people about to ask found the answer in the catalogue")
        yield _count("deflected", _("answered by the catalogue"), reading.deflected, meaning, url=link(to=DEFLECTED))
    if "misses" in reading.countable:
        meaning = _("searches of the catalogue that found nothing, kept for two years")
        yield _count("misses", _("searches without result"), reading.misses, meaning, url=link(to=MISSES))


def _count(key: str, label: str, count: int | None, meaning: str, change: str = "", url: str = "") -> Figure:
    if count is None:
        return Figure(key, label, "", _few(), hidden=True)
    return Figure(key, label, words.count_text(count), meaning, change, url if count else "", number=count)


def _few() -> str:
    return _("not told: it would speak of fewer than five questions, or let them be found")


def _share(reading: Reading, measure: str, label: str, earlier: str, url: str, *, of_all: bool = False) -> Figure:
    share = reading.share(measure, of_all=of_all)
    if share is None:
        return _bounded(reading, measure, label)
    if share.percent is None:
        return Figure(measure, label, "", _("none to count yet"), share=share)
    meaning = f"{words.of_all(share)}; {words.interval_text(share)}"
    before = share_of(reading.before, measure, of_all=of_all) if reading.before else None
    change = words.share_change_text(share, before, earlier) if before else ""
    return Figure(measure, label, words.share_text(share), meaning, change, url if share.numerator else "", share=share)


def _bounded(reading: Reading, measure: str, label: str) -> Figure:
    """A share with fewer than five on one side: between what it lies, which tells none of its counts."""
    bounds = reading.bounds(measure)
    if bounds is None:
        return Figure(measure, label, "", _few(), hidden=True)
    low, high = bounds
    value = _("%(low)s to %(high)s") % {"low": words.share_text(low), "high": words.share_text(high)}
    meaning = _("fewer than five are on one side: how many is not told")
    return Figure(measure, label, value, meaning)


def _time(reading: Reading, percent: int, label: str, earlier: str, url: str) -> Figure:
    """A percentile of the times to answer; its list is that of the questions answered."""
    key = f"p{percent}"
    if percent not in reading.times:
        return Figure(key, label, "", _("not told: too few answers"), hidden=True)
    minutes = reading.times[percent]
    if minutes is None:
        return Figure(key, label, "", _("no answer yet"))
    meaning = _("rounded up to the hour, without the pauses")
    if reading.whole and (answers := reading.told.count("answered", YES)):
        meaning = ngettext("of %(count)s answer", "of %(count)s answers", answers) % {
            "count": words.count_text(answers)
        }
        meaning += "; " + _("without the pauses, day and night")
    before = reading.times_before.get(percent)
    change = ""
    if before is not None:
        change = _("Before: %(before)s (%(period)s)") % {"before": words.duration(before), "period": earlier}
    return Figure(key, label, words.duration(minutes), meaning, change, url, number=minutes)


def _with_length(reading: Reading, meaning: str) -> str:
    if not reading.pauses:
        return meaning
    mean = words.duration(reading.paused_minutes / reading.pauses)
    return meaning + "; " + _("a pause lasts %(time)s on average") % {"time": mean}


def _tables(reading: Reading, link: Link, places: Mapping[str, str]) -> Iterator[Table]:
    labels = _labels(reading.told.counts, places)
    over_time = MONTH if reading.whole else QUARTER
    for measure, category, finding in (
        (over_time, _("Month") if reading.whole else _("Quarter"), _("Most questions came in %(label)s: %(count)s")),
        ("topic", _("Topic"), _("Most questions are about %(label)s: %(count)s of %(total)s")),
        ("capacity", _("In what capacity"), _("Who asks most: %(label)s (%(count)s of %(total)s)")),
        ("municipality", _("Municipality"), _("Most questions come from %(label)s: %(count)s of %(total)s")),
        ("sector", _("Sector"), _("The sector with most questions: %(label)s (%(count)s of %(total)s)")),
        ("channel", _("Channel"), _("Most questions came by %(label)s: %(count)s of %(total)s")),
    ):
        if measure in reading.asked.filters or (measure == QUARTER and reading.asked.quarter):
            continue
        table = _table(reading, measure, category, finding, _label_of(measure, labels), link)
        if table.chart:
            yield table


_WHOLE_LISTS = {"topic": TOPIC_LABELS, "capacity": CAPACITY_NAMES, "channel": CHANNEL_LABELS}
"""Measures whose every key is shown, also with no question: zero is a value."""


def _table(
    reading: Reading, measure: str, category: str, finding: str, label: Callable[[str], str], link: Link
) -> Table:
    told, total = reading.told, reading.told.total or 0
    hidden = told.hidden.get(measure, frozenset())
    counts = {str(key): 0 for key in _WHOLE_LISTS.get(measure, ()) if str(key) not in hidden}
    if measure == MONTH:
        counts = dict.fromkeys(reading.asked.period.months, 0)
    counts |= told.counts.get(measure, {})
    in_time = measure in (MONTH, QUARTER)
    ordered = sorted(counts) if in_time else sorted(counts, key=lambda key: (-counts[key], label(key)))

    def url(key: str) -> str:
        return (
            link(dal=key, al=key) if measure == MONTH else link(**{PARAMETERS.get(measure, measure): key or NOT_TOLD})
        )

    rows = [
        Row(label(key), counts[key], words.share_text(Share(counts[key], total)), url(key) if counts[key] else "")
        for key in ordered
    ]
    first = max(rows, key=lambda row: row.count, default=None)
    if hidden:
        rest = total - sum(counts.values())
        rows.append(Row(_("Others, not told apart"), rest, words.share_text(Share(rest, total))))
    title = ""
    if first is not None and first.count:
        title = finding % {
            "label": first.label,
            "count": words.count_text(first.count),
            "total": words.count_text(total),
        }
    chart = _chart(measure, title, category, rows, in_time=in_time) if title else None
    return Table(measure, title or category, category, tuple(rows), chart)


def _chart(key: str, title: str, category: str, rows: list[Row], *, in_time: bool) -> Chart:
    shown = rows if in_time else rows[:BARS]
    return Chart(
        id=f"by-{key}",
        title=title,
        kind="area" if in_time else "bar",
        categories=tuple(row.label for row in shown),
        series=(Series(_("Questions"), tuple(row.count for row in shown)),),
        unit=_("questions"),
        category=category,
        links=tuple(row.url for row in shown),
    )


def _experts(network_id: int, reading: Reading, link: Link) -> Table | None:
    """How many questions of the period each expert has or had, and how many now. Two SQL."""
    counts = {int(key): count for key, count in reading.told.counts.get(HOLDER, {}).items() if key}
    under_way = Question.objects.filter(
        network_id=network_id, state__in=[state.value for state in UNANSWERED], holder__isnull=False
    )
    now = dict(under_way.order_by().values_list("holder").annotate(Count("id")))
    called = names({*counts, *now})
    total = reading.told.total or 0
    rows = [
        Row(
            called.get(key, ""),
            counts.get(key, 0),
            words.share_text(Share(counts.get(key, 0), total)),
            link(esperto=str(key)) if counts.get(key) else "",
            now.get(key, 0),
        )
        for key in sorted({*counts, *now}, key=lambda key: (-counts.get(key, 0), called.get(key, "")))
    ]
    if not rows:
        return None
    busiest = max(rows, key=lambda row: row.now or 0)
    finding = _("%(name)s has most questions now: %(count)s") % {"name": busiest.label, "count": busiest.now}
    return Table(HOLDER, finding if busiest.now else _("Nobody has a question now"), _("Expert"), tuple(rows))

"""A campaign beside an earlier wave, and who answered beside the population."""

from collections.abc import Iterator, Sequence
from dataclasses import dataclass

from django.http import QueryDict
from django.utils.formats import number_format
from django.utils.translation import gettext as _

from contempo.people.public import Actor
from contempo.questionnaires.access import may_read_aggregates, may_read_results, part_of
from contempo.questionnaires.models import Campaign
from contempo.questionnaires.queries.opened import OpenedCampaign, title_of
from contempo.questionnaires.queries.reading.as_found import beside_aggregates
from contempo.questionnaires.queries.reading.labels import Labels
from contempo.questionnaires.queries.reading.names import attribute_label, attribute_names, say
from contempo.questionnaires.queries.reading.opening import reading_tables
from contempo.questionnaires.queries.reading.results import SECTION, section_tabs
from contempo.questionnaires.queries.reading.telling import Row, Table, hundredths
from contempo.questionnaires.queries.reading.wording import NOT_TOLD, decimal, percent, together, whole
from contempo.questionnaires.queries.tables import (
    Change,
    Comparison,
    Composition,
    Tables,
    compared,
    compositions,
    opened_tables,
)
from contempo.questionnaires.rules.states import CampaignState, Origin
from contempo.questionnaires.rules.statistics import Interval
from contempo.questionnaires.rules.tables import Spec, Variable
from contempo.web.charts import Chart, Series
from contempo.web.tabs import Tab

WAVE = "edizione"
MOST_BARS = 12


@dataclass(frozen=True)
class Compared:
    """A question in two waves: what changed for certain in a sentence, picture, table; `mean` tells its change."""

    id: str
    label: str
    sentence: str
    mean: str
    chart: Chart | None
    table: Table | None


@dataclass(frozen=True)
class Standing:
    """An attribute among who answered and in the population."""

    id: str
    label: str
    sentence: str
    chart: Chart | None
    table: Table


@dataclass(frozen=True)
class ComparePage:
    """What the page shows. `waves` are earlier campaigns to compare with; none chosen: only the population. `mark` says
    what is left of a survey of the past, `aggregates` that it is only its figures.
    """

    waves: tuple[tuple[int, str], ...]
    chosen: int | None
    earlier: str
    mark: str
    aggregates: bool
    sections: tuple[Tab, ...]
    title: str
    questions: tuple[Compared, ...]
    population: tuple[Standing, ...]
    guarded: bool


def compare_page(opened: OpenedCampaign, actor: Actor, params: QueryDict) -> ComparePage:
    """A campaign beside the earlier wave that `params` name, and beside its population. At most sixteen SQL."""
    waves = {one.number: one for one in _waves(opened, actor)}
    asked = params.get(WAVE, "")
    wanted = int(asked) if asked.isdecimal() and len(asked) < 9 else None
    usual = next((number for number, one in waves.items() if one.pk == opened.campaign.wave_of_id), None)
    chosen = waves.get(wanted if wanted in waves else usual or 0)
    with reading_tables(opened) as later:
        labels = Labels(later.book)
        sections: dict[str, str] = {}
        for offer in later.book.offers.values():
            if offer.placed:
                sections.setdefault(offer.placed.page.key, say(offer.placed.page.title))
        section = params.get(SECTION, "")
        current = section if section in sections else next(iter(sections), "")
        questions: tuple[Compared, ...] = ()
        if chosen is not None and chosen.origin == Origin.AGGREGATES:
            names = _both(chosen, opened.campaign)
            questions = tuple(_found(chosen, later, labels, current, names))
        elif chosen is not None:
            with opened_tables(chosen, told_to_all=later.told_to_all) as earlier:
                questions = tuple(_questions(earlier, later, labels, current, _both(chosen, opened.campaign)))
        return ComparePage(
            waves=tuple((number, _wave(one)) for number, one in waves.items()),
            chosen=chosen.number if chosen else None,
            earlier=_wave(chosen) if chosen else "",
            mark=str(chosen.get_origin_display()) if chosen and chosen.origin != Origin.HERE else "",
            aggregates=bool(chosen and chosen.origin == Origin.AGGREGATES),
            sections=section_tabs(sections, current, params) if chosen else (),
            title=sections.get(current, ""),
            questions=questions,
            population=tuple(_population(later)),
            guarded=later.guarded,
        )


def _waves(opened: OpenedCampaign, actor: Actor) -> Iterator[Campaign]:
    """The earlier campaigns of the same questionnaire whose results the reader may read. Two SQL at most for each."""
    campaign = opened.campaign
    found = Campaign.objects.select_related("network", "organisation", "questionnaire", "version").filter(
        network_id=campaign.network_id,
        questionnaire_id=campaign.questionnaire_id,
        organisation_id=campaign.organisation_id,
        opens_at__lte=campaign.opens_at,
    )
    for one in found.exclude(pk=campaign.pk).exclude(state=CampaignState.DRAFT.value).order_by("-opens_at")[:12]:
        part = part_of(actor, one)
        if may_read_results(part) or may_read_aggregates(part):
            yield one


def _found(wave: Campaign, later: Tables, labels: Labels, section: str, names: tuple[str, str]) -> Iterator[Compared]:
    for variable, chart, table in beside_aggregates(wave, later, labels, section, names):
        yield Compared(variable.code.replace(".", "-"), labels.variable(variable), "", "", chart, table)


def _wave(campaign: Campaign) -> str:
    return f"{title_of(campaign)} ({campaign.opens_at.year})"


def _both(before: Campaign, now: Campaign) -> tuple[str, str]:
    """What the two waves are called, told apart also when they have one title and year."""
    names = _wave(before), _wave(now)
    if names[0] != names[1]:
        return names
    numbered = _("%(wave)s, campaign %(number)s")
    return (
        numbered % {"wave": names[0], "number": before.number},
        numbered % {"wave": names[1], "number": now.number},
    )


def _questions(
    earlier: Tables, later: Tables, labels: Labels, section: str, waves: tuple[str, str]
) -> Iterator[Compared]:
    for offer in later.book.offers.values():
        if offer.placed is None or offer.placed.page.key != section:
            continue
        if (found := compared(earlier, later, Spec(offer.variable))) is not None:
            yield _question(found, labels, offer.variable, waves)


def _question(found: Comparison, labels: Labels, variable: Variable, waves: tuple[str, str]) -> Compared:
    names = labels.values(variable, [one.key for one in found.changes])
    rows = tuple(
        Row(
            names[one.key],
            (
                percent(one.before.share if one.before else None),
                percent(one.now.share if one.now else None),
                points(one.difference),
                _between(one.interval),
            ),
        )
        for one in found.changes
    )
    code = variable.code.replace(".", "-")
    return Compared(
        id=code,
        label=labels.variable(variable),
        sentence=_sentence(found.changes, names),
        mean=_mean(found),
        chart=_chart(f"change-{code}", labels.variable(variable), found.changes, names, waves),
        table=Table((_("Answer"), waves[0], waves[1], _("Difference"), _("Between, at 95 %")), rows) if rows else None,
    )


def _sentence(changes: Sequence[Change], names: dict[str, str]) -> str:
    """What changed more than chance would do."""
    if not changes:
        return ""
    certain = [one for one in changes if one.certain and one.difference is not None]
    if not certain:
        return _("No answer changed more than chance would do.")
    most = max(certain, key=lambda one: abs(one.difference or 0))
    return _("“%(answer)s” changed most: %(points)s, more than chance would do.") % {
        "answer": names[most.key],
        "points": points(most.difference),
    }


def _mean(found: Comparison) -> str:
    if found.mean is None or found.before.numbers is None or found.now.numbers is None:
        return ""
    told = {"before": decimal(found.before.numbers.mean), "now": decimal(found.now.numbers.mean)}
    if found.mean_interval is None:
        return _("The mean was %(before)s, now it is %(now)s.") % told
    ends = {"low": signed(found.mean_interval.low), "high": signed(found.mean_interval.high)}
    return _("The mean was %(before)s, now it is %(now)s: a difference between %(low)s and %(high)s.") % (told | ends)


def _chart(
    id: str, title: str, changes: Sequence[Change], names: dict[str, str], waves: tuple[str, str]
) -> Chart | None:
    before = tuple(hundredths(one.before.share) if one.before else None for one in changes)
    now = tuple(hundredths(one.now.share) if one.now else None for one in changes)
    if not any(before) and not any(now):
        return None
    return Chart(
        id=id,
        title=title,
        kind="bar",
        categories=tuple(names[one.key] for one in changes),
        series=(Series(waves[0], before), Series(waves[1], now)),
        unit="%",
        category=_("Answer"),
    )


def _population(tables: Tables) -> Iterator[Standing]:
    for one in compositions(tables):
        yield _standing(one)


def _standing(found: Composition) -> Standing:
    names = attribute_names(found.attribute, [line.key for line in found.lines])
    told = [line for line in found.lines if line.difference is not None]
    most = max(told, key=lambda line: abs(line.difference or 0), default=None)
    sentence = ""
    if most is not None:
        sentence = _("“%(value)s”: %(answered)s of who answered, %(units)s of the population.") % {
            "value": names[most.key],
            "answered": percent(most.of_responses),
            "units": percent(most.of_units),
        }
    rows = tuple(
        Row(
            names[line.key],
            (
                whole(line.units),
                percent(line.of_units),
                whole(line.responses),
                percent(line.of_responses),
                points(line.difference),
            ),
        )
        for line in found.lines
    )
    largest = {line.key for line in sorted(found.lines, key=lambda line: -line.units)[:MOST_BARS]}
    shown = [line for line in found.lines if line.key in largest]
    chart = Chart(
        id=f"population-{found.attribute}",
        title=attribute_label(found.attribute),
        kind="bar",
        categories=tuple(names[line.key] for line in shown),
        series=(
            Series(_("Population"), tuple(hundredths(line.of_units) for line in shown)),
            Series(_("Who answered"), tuple(hundredths(line.of_responses) for line in shown)),
        ),
        unit="%",
        category=attribute_label(found.attribute),
    )
    head = (
        attribute_label(found.attribute),
        _("Units"),
        _("Share of the population"),
        _("Answers"),
        _("Share of who answered"),
        _("Difference"),
    )
    return Standing(found.attribute, attribute_label(found.attribute), sentence, chart, Table(head, rows))


def points(difference: float | None) -> str:
    """A difference of shares in points: `+4,2 points`."""
    if difference is None:
        return NOT_TOLD
    return together(_("%(number)s points") % {"number": signed(100 * difference)})


def signed(value: float) -> str:
    """A number with its sign."""
    rounded = round(value, 1)
    text = number_format(abs(rounded), 1)
    return f"+{text}" if rounded > 0 else f"−{text}" if rounded < 0 else text


def _between(interval: Interval | None) -> str:
    if interval is None:
        return NOT_TOLD
    return _("from %(low)s to %(high)s") % {"low": signed(100 * interval.low), "high": signed(100 * interval.high)}

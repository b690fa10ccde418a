"""The page of needs of a network, and the answers behind a figure."""

from collections.abc import Callable, Iterator
from dataclasses import dataclass
from datetime import date, datetime
from urllib.parse import urlencode

from django.http import QueryDict
from django.urls import reverse
from django.utils.formats import number_format
from django.utils.translation import gettext, ngettext
from django.utils.translation import gettext_lazy as _

from contempo.network.public import places_located
from contempo.people.public import Actor
from contempo.questionnaires.models import Response
from contempo.questionnaires.queries.needs.choosing import GROUP, YEAR, Chosen, chosen
from contempo.questionnaires.queries.needs.counting import naming
from contempo.questionnaires.queries.needs.told import NAMED, instants
from contempo.questionnaires.queries.needs.told import OTHERS as OTHER_PEOPLE
from contempo.questionnaires.queries.opened import title_of
from contempo.questionnaires.queries.practices.words import topic_name
from contempo.questionnaires.rules.needs import OTHERS, NeedTable
from contempo.web.charts import Chart, Series
from contempo.web.lists import Column, ListPage, paginate
from contempo.web.maps import Point
from contempo.web.tabs import Tab

TYPE, PLACE = "bisogno", "comune"
UNKNOWN = "nessuno"
"""What stands in addresses for a municipality that is not known."""

Link = Callable[..., str]
"""Gives the address of the answers behind a figure, by type and municipality; empty where they are not opened."""


@dataclass(frozen=True)
class Cell:
    """A figure: its number, None when it is not told, and the address of the answers behind it, empty without."""

    number: int | None
    url: str = ""


@dataclass(frozen=True)
class PlaceRow:
    """A municipality: how many answers, and how many name each type."""

    label: str
    answers: Cell
    cells: tuple[Cell, ...]


@dataclass(frozen=True)
class NeedsPage:
    """The needs told in a year; `years` are those there is something of, and whether it is the one shown; `groups` are
    tabs, where there are answers of both. `rows` is empty, and `few` true, when too few answered; without any question
    about needs `asked` is false. `query` leads back to it.
    """

    year: int
    years: tuple[tuple[int, bool], ...]
    groups: tuple[Tab, ...]
    query: str
    asked: bool
    few: bool
    total: Cell
    types: tuple[str, ...]
    sums: tuple[Cell, ...]
    rows: tuple[PlaceRow, ...]
    chart: Chart | None
    points: tuple[Point, ...]
    campaigns: tuple[str, ...]
    hidden: bool
    exact: bool


@dataclass(frozen=True)
class NeedLine:
    """One figure of the file: a type of need in a municipality."""

    need: str
    municipality: str
    code: str
    count: int | str


FILE_COLUMNS = (
    Column("need", _("Type of need")),
    Column("municipality", _("Municipality")),
    Column("code", _("ISTAT code")),
    Column("count", _("Answers"), numeric=True),
)


@dataclass(frozen=True)
class AnswerRow:
    """An answer that names a need."""

    who: str
    campaign: str
    municipality: str
    completed: datetime | None
    url: str


ANSWER_COLUMNS = (
    Column("who", _("Who answered"), sort="invitation__search_name"),
    Column("campaign", _("Campaign")),
    Column("municipality", _("Municipality")),
    Column("completed", _("Completed"), sort="completed_at"),
)


def needs_page(actor: Actor, network: str, params: QueryDict, today: date) -> NeedsPage:
    """The needs that `params` ask for, as `chosen`. Four SQL."""
    it = chosen(actor, params, today)
    found = it.table()
    shown = found or NeedTable()
    located = places_located(place for place in shown.places if place not in ("", OTHERS))
    labels = {code: place.label for code, place in located.items()}
    link = _linker(network, it) if it.exact else _no_link
    return NeedsPage(
        year=it.year,
        years=tuple((each, each == it.year) for each in it.years),
        groups=_groups(it),
        query=urlencode(it.parameters),
        asked=bool(it.asked.campaigns),
        few=found is None,
        total=Cell(shown.total, link()),
        types=tuple(_type(tag) for tag in shown.types),
        sums=tuple(Cell(shown.by_type[tag], link(tag)) for tag in shown.types),
        rows=tuple(_row(shown, place, labels, link) for place in shown.places),
        chart=_chart(shown, it.year, link),
        points=tuple(
            Point(each.label, link("", code), each.latitude, each.longitude, _answers(shown.by_place[code]))
            for code, each in located.items()
            if each.latitude is not None and each.longitude is not None
        ),
        campaigns=tuple(title_of(one) for one in it.asked.campaigns),
        hidden=shown.hidden,
        exact=it.exact,
    )


def need_lines(actor: Actor, network: str, params: QueryDict, today: date) -> Iterator[NeedLine]:
    """The figures of the page, for a file; what is not told says so. Four SQL."""
    found = chosen(actor, params, today).table() or NeedTable()
    labels = {code: each.label for code, each in places_located(set(found.places) - {"", OTHERS}).items()}
    # Worded now, in the language of who asks: a file is written when the request is over.
    lines = [
        NeedLine(
            need=_type(tag),
            municipality=_place(place, labels),
            code="" if place == OTHERS else place,
            count=gettext("not told") if count is None else count,
        )
        for (tag, place), count in found.cells.items()
    ]
    return iter(lines)


def need_answers(actor: Actor, network: str, params: QueryDict, today: date) -> ListPage | None:
    """The answers behind a figure of the page; None where they may not be opened. Five SQL."""
    it = chosen(actor, params, today)
    if not it.exact:
        return None
    place = params.get(PLACE)
    begin, end = instants(*it.period)
    tags = [params.get(TYPE, "")] if params.get(TYPE) else []
    rows = naming(it.asked, begin, end, tags=tags, place="" if place == UNKNOWN else place or None)
    labels = {one.pk: title_of(one) for one in it.asked.campaigns}
    numbers = {one.pk: one.number for one in it.asked.campaigns}

    def to_row(response: Response) -> AnswerRow:
        invitation = response.invitation
        where = {"network": network, "campaign": numbers[response.campaign_id], "response": response.pk}
        return AnswerRow(
            who=str((invitation.target or invitation) if invitation else gettext("By public link")),
            campaign=labels[response.campaign_id],
            municipality=str(invitation.municipality or "") if invitation else "",
            completed=response.completed_at,
            url=reverse("questionnaires:response", kwargs=where),
        )

    joined = rows.select_related("invitation__target", "invitation__municipality")
    return paginate(joined, params=params, columns=ANSWER_COLUMNS, to_row=to_row, sort="who", exportable=False)


def figure_words(params: QueryDict) -> str:
    """What a list of answers is of, from its address. At most one SQL."""
    tag, place = params.get(TYPE, ""), params.get(PLACE, "")
    words = [topic_name(tag)] if tag else []
    if place:
        codes = set() if place == UNKNOWN else {place}
        words.append(_place("" if place == UNKNOWN else place, {c: p.label for c, p in places_located(codes).items()}))
    return ", ".join(words) or gettext("Every need")


def _groups(it: Chosen) -> tuple[Tab, ...]:
    names = {
        NAMED: gettext("Organisations, with their names"),
        OTHER_PEOPLE: gettext("People, and answers without a name"),
    }
    if len(it.groups) < 2:
        return ()
    return tuple(
        Tab(names[key], f"?{urlencode({YEAR: it.year, GROUP: key})}", current=key == it.group) for key in it.groups
    )


def _type(tag: str) -> str:
    return gettext("Other types of need") if tag == OTHERS else topic_name(tag)


def _place(place: str, labels: dict[str, str]) -> str:
    if place == OTHERS:
        return gettext("Other municipalities")
    return labels.get(place, place) if place else gettext("Not known")


def _answers(count: int) -> str:
    return ngettext("%(count)s answer", "%(count)s answers", count) % {"count": number_format(count)}


def _no_link(tag: str = "", place: str | None = None) -> str:
    return ""


def _linker(network: str, it: Chosen) -> Link:
    page = reverse("questionnaires:need_answers", args=[network])

    def link(tag: str = "", place: str | None = None) -> str:
        asked = it.parameters | ({TYPE: tag} if tag else {}) | ({PLACE: place or UNKNOWN} if place is not None else {})
        return f"{page}?{urlencode(asked)}"

    return link


def _row(shown: NeedTable, place: str, labels: dict[str, str], link: Link) -> PlaceRow:
    cells = tuple(Cell(shown.cells[tag, place], link(tag, place)) for tag in shown.types)
    return PlaceRow(_place(place, labels), Cell(shown.by_place[place], link("", place)), cells)


def _chart(shown: NeedTable, year: int, link: Link) -> Chart | None:
    if not shown.types:
        return None
    first = shown.types[0]
    facts = {"need": _type(first), "count": number_format(shown.by_type[first]), "total": number_format(shown.total)}
    return Chart(
        id="needs",
        title=gettext("“%(need)s” is named most often in %(year)s") % {**facts, "year": year},
        kind="bar",
        categories=tuple(_type(tag) for tag in shown.types),
        series=(Series(gettext("Answers"), tuple(shown.by_type[tag] for tag in shown.types)),),
        unit=gettext("answers"),
        category=gettext("Type of need"),
        summary=gettext("%(count)s of the %(total)s answers that name a need name “%(need)s”.") % facts,
        links=tuple(link(tag) for tag in shown.types) if link() else (),
    )

"""The results of a campaign: page by page of its questionnaire, every question with how it was answered."""

from collections.abc import Sequence
from dataclasses import dataclass

from django.http import QueryDict
from django.utils.translation import gettext as _
from django.utils.translation import ngettext

from contempo.questionnaires.access import may_read_responses, may_read_texts
from contempo.questionnaires.queries.opened import OpenedCampaign
from contempo.questionnaires.queries.reading.filters import NARROWED, Narrowing, narrowing
from contempo.questionnaires.queries.reading.labels import Labels
from contempo.questionnaires.queries.reading.names import say
from contempo.questionnaires.queries.reading.opening import reading_tables
from contempo.questionnaires.queries.reading.shown import Link, Result, Showing, no_link
from contempo.questionnaires.queries.reading.wording import whole
from contempo.questionnaires.queries.tables import Tables
from contempo.questionnaires.rules.document import Kind
from contempo.questionnaires.rules.narrowing import tokens
from contempo.questionnaires.rules.tables import Filter
from contempo.web.tabs import Tab

SECTION = "sezione"


@dataclass(frozen=True)
class ResultsPage:
    """One page of the questionnaire with its results; `responses` is how many count, None when that is not told.
    `texts` is the address of free texts, empty for who may not read them.
    """

    narrowing: Narrowing
    sections: tuple[Tab, ...]
    title: str
    results: tuple[Result, ...]
    responses: int | None
    guarded: bool
    may_weigh: bool
    weights: tuple[str, ...]
    texts: str


def results_page(opened: OpenedCampaign, params: QueryDict) -> ResultsPage:
    """The results that `params` ask for: a page of the questionnaire, filters, weights. At most eight SQL."""
    with reading_tables(opened) as tables:
        labels = Labels(tables.book)
        narrowed = narrowing(tables, labels, params)
        placed = [one for one in tables.columns.layout.questions.values() if one.question.kind != Kind.NOTE]
        pages = {one.page.key: say(one.page.title) for one in placed}
        section = params.get(SECTION, "")
        current = section if section in pages else next(iter(pages), "")
        showing = Showing(tables, labels, narrowed.filters, narrowed.weighted, response_link(opened, narrowed.filters))
        return ResultsPage(
            narrowing=narrowed,
            sections=section_tabs(pages, current, params),
            title=pages.get(current, ""),
            results=tuple(showing.results([one for one in placed if one.page.key == current])),
            responses=tables.responses,
            guarded=tables.guarded,
            may_weigh=tables.may_weigh,
            weights=weights_told(tables),
            texts=opened.url("texts") if may_read_texts(opened.part) else "",
        )


def section_tabs(pages: dict[str, str], current: str, params: QueryDict) -> tuple[Tab, ...]:
    """The pages of a questionnaire as tabs of the same address."""
    made = []
    for key, title in pages.items():
        address = params.copy()
        address[SECTION] = key
        made.append(Tab(title, f"?{address.urlencode()}", current=key == current))
    return tuple(made)


def response_link(opened: OpenedCampaign, filters: Sequence[Filter]) -> Link:
    """The addresses of the responses behind figures, where the reader may open them."""
    if not may_read_responses(opened.part):
        return no_link
    address, held = opened.url("responses"), tokens(filters)

    def link(token: str) -> str:
        params = QueryDict(mutable=True)
        params.setlist(NARROWED, [*held, token])
        return f"{address}?{params.urlencode()}"

    return link


def weights_told(tables: Tables) -> tuple[str, ...]:
    """What the weights do, in sentences; nothing where there are none."""
    if not tables.may_weigh:
        return ()
    made = tables.weights
    told = [
        _(
            "Each answer counts for as many units of its group as there are to each answer in it: so groups weigh as "
            "in the population, also when they answered more or less than the others."
        )
    ]
    if made.empty:
        told.append(
            ngettext(
                "%(lost)s unit is in groups from which nobody answered: nothing stands for it.",
                "%(lost)s units are in groups from which nobody answered: nothing stands for them.",
                made.lost,
            )
            % {"lost": whole(made.lost)}
        )
    if made.outside:
        told.append(
            ngettext(
                "%(count)s answer is of no group of the population and is left out of weighed figures.",
                "%(count)s answers are of no group of the population and are left out of weighed figures.",
                made.outside,
            )
            % {"count": whole(made.outside)}
        )
    return tuple(told)

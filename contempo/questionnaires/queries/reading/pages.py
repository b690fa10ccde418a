"""The pages of reading a campaign, as tabs under its own."""

from collections.abc import Callable

from django.utils.translation import gettext as _

from contempo.core.verdict import Verdict
from contempo.core.words import N_
from contempo.questionnaires.access import (
    Part,
    may_read_responses,
    may_read_results,
    may_read_texts,
)
from contempo.questionnaires.queries.opened import OpenedCampaign
from contempo.web.tabs import Tab

_PAGES: tuple[tuple[str, str, Callable[[Part], Verdict]], ...] = (
    ("results", N_("Question by question"), may_read_results),
    ("tables", N_("Tables"), may_read_results),
    ("compare", N_("Comparison"), may_read_results),
    ("texts", N_("Texts"), may_read_texts),
    ("responses", N_("Responses"), may_read_responses),
    ("data", N_("Report and data"), may_read_results),
)


def reading_tabs(opened: OpenedCampaign, current: str) -> tuple[Tab, ...]:
    """The pages of reading that who opened the campaign may open; none when it is one alone."""
    tabs = [Tab(_(label), opened.url(name), current=name == current) for name, label, may in _PAGES if may(opened.part)]
    return tuple(tabs) if len(tabs) > 1 else ()

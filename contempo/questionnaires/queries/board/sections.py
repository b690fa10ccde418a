"""The pages of the board, for who may open each."""

from django.utils.translation import gettext as _

from contempo.core.words import N_
from contempo.questionnaires.access import may_follow, may_open_board, may_read_figures
from contempo.questionnaires.queries.opened import OpenedCampaign
from contempo.web.tabs import Tab

_SECTIONS = (
    ("campaign", N_("How it goes"), may_open_board),
    ("rates", N_("Rates"), may_read_figures),
    ("territories", N_("Territories"), may_read_figures),
    ("late", N_("Who is late"), may_follow),
)


def sections(opened: OpenedCampaign, current: str) -> tuple[Tab, ...]:
    """The pages of the board; `current` is the name of the one shown."""
    return tuple(
        Tab(_(label), opened.url(name), current=name == current) for name, label, may in _SECTIONS if may(opened.part)
    )

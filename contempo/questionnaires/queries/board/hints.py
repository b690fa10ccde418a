"""What to do next in a campaign, in words, each with the page where it is done."""

from collections.abc import Callable
from dataclasses import dataclass

from django.utils.translation import gettext as _
from django.utils.translation import ngettext

from contempo.questionnaires.queries.board.sums import Sums
from contempo.questionnaires.queries.board.words import number_text
from contempo.questionnaires.queries.opened import OpenedCampaign
from contempo.questionnaires.rules.followup import Step, todos


@dataclass(frozen=True)
class Hint:
    """Something to do next; `url` is empty where its page is not for the reader."""

    text: str
    url: str


def hints(opened: OpenedCampaign, kept: Sums) -> tuple[Hint, ...]:
    """What who keeps the campaign does next; nothing for others."""
    if not opened.part.keeps:
        return ()
    due = todos(
        opened.campaign.state,
        kept.standings(),
        units=kept.unit_count().units,
        disputed=kept.disputed,
        public_link=opened.campaign.public_link,
    )
    return tuple(
        Hint(_WORDS[todo.step](todo.count) % {"count": number_text(todo.count)}, _url(opened, todo.step))
        for todo in due
    )


_WORDS: dict[Step, Callable[[int], str]] = {
    Step.POPULATION: lambda count: _("Say who is asked: nobody is chosen yet."),
    Step.INVITE: lambda count: ngettext(
        "Prepare the invitations: %(count)s unit waits for one.",
        "Prepare the invitations: %(count)s units wait for one.",
        count,
    ),
    Step.OPEN: lambda count: _("Everything is there: open the campaign when you are ready."),
    Step.SEND: lambda count: ngettext(
        "%(count)s invitation is not sent yet.", "%(count)s invitations are not sent yet.", count
    ),
    Step.MEND: lambda count: ngettext(
        "%(count)s invitation came back: find the right address.",
        "%(count)s invitations came back: find the right addresses.",
        count,
    ),
    Step.SETTLE: lambda count: ngettext(
        "%(count)s answer speaks for a unit that has one already: say which of them counts.",
        "%(count)s answers speak for units that have one already: say which of them count.",
        count,
    ),
    Step.FOLLOW: lambda count: ngettext(
        "%(count)s invitation waits for an answer: see whom to call.",
        "%(count)s invitations wait for an answer: see whom to call.",
        count,
    ),
    Step.READ: lambda count: _("The campaign is closed: read the results."),
}

_PAGES = {
    Step.POPULATION: "campaign_population",
    Step.INVITE: "invitations",
    Step.OPEN: "campaign_settings",
    Step.READ: "results",
}


def _url(opened: OpenedCampaign, step: Step) -> str:
    if step == Step.SEND:
        return f"{opened.url('invitations')}?stato=prepared"
    if step == Step.MEND:
        return f"{opened.url('late')}?stato=bounced"
    if step == Step.FOLLOW:
        return opened.url("late")
    if step == Step.SETTLE:
        return opened.url("overlaps")
    return opened.pages.get(_PAGES[step], "")

"""The board of a campaign: how it goes just now, and what to do next."""

from collections.abc import Iterable, Mapping
from dataclasses import dataclass
from datetime import datetime

from contempo.core.workflow import Look
from contempo.questionnaires.access import may_follow, may_keep, may_read_figures, may_read_responses
from contempo.questionnaires.queries.board.days import by_day
from contempo.questionnaires.queries.board.hints import Hint, hints
from contempo.questionnaires.queries.board.missing import PlaceLine, missing_places
from contempo.questionnaires.queries.board.publishing import tells_small_groups
from contempo.questionnaires.queries.board.sums import Sums, sums
from contempo.questionnaires.queries.board.told import Rate, by_invitation, by_unit
from contempo.questionnaires.queries.board.words import channel_order, names_of
from contempo.questionnaires.queries.opened import OpenedCampaign
from contempo.questionnaires.rules.followup import LATE
from contempo.questionnaires.rules.rates import outcome
from contempo.questionnaires.rules.states import (
    CAMPAIGN,
    INVITATION,
    RESPONSE_LABELS,
    CampaignState,
    ResponseState,
)
from contempo.web.charts import Chart


@dataclass(frozen=True)
class Cell:
    """A count and the address of its records."""

    count: int
    url: str = ""


@dataclass(frozen=True)
class StateLine:
    """Invitations in one state: one cell for each channel, and all of them."""

    look: Look
    cells: tuple[Cell, ...]
    total: Cell


@dataclass(frozen=True)
class ResponseLine:
    """Answers that came by one channel: a cell for each state of `RESPONSE_HEADS`."""

    channel: str
    cells: tuple[Cell, ...]


@dataclass(frozen=True)
class Board:
    """How a campaign goes. `whole` for who reads its figures; a delegate has only `lines` of its own invitations, then.

    `places` are the municipalities without any answer with most units, `places_missing` how many there are.
    """

    look: Look
    at: datetime
    live: bool
    whole: bool
    rates: tuple[Rate, ...]
    hints: tuple[Hint, ...]
    channels: tuple[str, ...]
    lines: tuple[StateLine, ...]
    responses: tuple[ResponseLine, ...]
    chart: Chart | None
    places: tuple[PlaceLine, ...]
    places_missing: int
    late: Cell
    disputed: Cell


def board(opened: OpenedCampaign, *, now: datetime) -> Board:
    """The board as the reader may see it, from kept sums alone. Five SQL at most, at any number of answers."""
    whole = bool(may_read_figures(opened.part))
    return _whole(opened, now) if whole else _own(opened, now)


def _whole(opened: OpenedCampaign, now: datetime) -> Board:
    campaign = opened.campaign
    kept = sums(campaign.pk, "invitation.channel", "unit.channel", "response", "day", "coverage")
    channels = sorted(kept.invitations.get("channel", {}), key=channel_order)
    names = names_of("channel", {*channels, *kept.responses})
    tells = tells_small_groups(opened)
    single = opened.url("responses") if may_read_responses(opened.part) else ""
    places, missing = missing_places(opened) if tells else ((), 0)
    return _board(
        opened,
        now,
        whole=True,
        rates=_rates(opened, kept),
        hints=hints(opened, kept),
        channels=tuple(names[one] for one in channels) if tells else (),
        lines=_lines(opened, kept, channels),
        responses=_responses(kept, names, single),
        chart=by_day(kept.days, single),
        places=places,
        places_missing=missing,
        disputed=Cell(kept.disputed, opened.url("overlaps") if may_keep(opened.part) else ""),
        standings=kept.standings(),
    )


def _own(opened: OpenedCampaign, now: datetime) -> Board:
    """What a delegate sees: its own invitations by state, nothing of the others'."""
    mine = {str(number) for number in opened.part.delegates}
    kept = sums(opened.campaign.pk, "invitation.delegate")
    own = Sums(invitations={"delegate": {one: by for one, by in kept.invitations["delegate"].items() if one in mine}})
    standings = own.standings("delegate")
    return _board(
        opened,
        now,
        whole=False,
        rates=by_invitation(opened, outcome(standings)),
        lines=_lines(opened, Sums(invitations={"channel": {"": standings}}), [""]),
        standings=standings,
    )


def _board(
    opened: OpenedCampaign,
    now: datetime,
    *,
    whole: bool,
    standings: Mapping[str, int],
    rates: tuple[Rate, ...],
    lines: tuple[StateLine, ...],
    hints: tuple[Hint, ...] = (),
    channels: tuple[str, ...] = (),
    responses: tuple[ResponseLine, ...] = (),
    chart: Chart | None = None,
    places: tuple[PlaceLine, ...] = (),
    places_missing: int = 0,
    disputed: Cell = Cell(0),
) -> Board:
    state = CampaignState(opened.campaign.state)
    waiting = sum(standings.get(one, 0) for one in LATE)
    return Board(
        look=CAMPAIGN.looks[state],
        at=now,
        live=state == CampaignState.OPEN,
        whole=whole,
        rates=rates,
        hints=hints,
        channels=channels,
        lines=lines,
        responses=responses,
        chart=chart,
        places=places,
        places_missing=places_missing,
        late=Cell(waiting, opened.url("late") if may_follow(opened.part) else ""),
        disputed=disputed,
    )


def _rates(opened: OpenedCampaign, kept: Sums) -> tuple[Rate, ...]:
    units = () if opened.campaign.anonymous else by_unit(opened, kept.unit_count())
    return (*by_invitation(opened, kept.outcome()), *units)


def _lines(opened: OpenedCampaign, kept: Sums, channels: Iterable[str]) -> tuple[StateLine, ...]:
    """A line for each state that any invitation is in."""
    url = f"{opened.url('behind')}?stato=" if may_follow(opened.part) else ""
    by_channel = kept.invitations.get("channel", {})
    made = []
    for state, look in INVITATION.looks.items():
        counts = {channel: by_channel.get(channel, {}).get(state, 0) for channel in channels}
        if total := sum(counts.values()):
            cells = tuple(
                Cell(count, f"{url}{state}&canale={channel}" if url and count and channel else "")
                for channel, count in counts.items()
            )
            made.append(StateLine(look, cells, Cell(total, url and f"{url}{state}")))
    return tuple(made)


def _responses(kept: Sums, names: Mapping[str, str], url: str) -> tuple[ResponseLine, ...]:
    """A line for each channel; `url` is the list of single responses, empty for who may not read them."""

    def cell(channel: str, state: str) -> Cell:
        count = kept.responses[channel].get(state, 0)
        return Cell(count, f"{url}?stato={state}&canale={channel}" if url and count else "")

    return tuple(
        ResponseLine(names[channel], tuple(cell(channel, state) for state in _RESPONSES))
        for channel in sorted(kept.responses, key=channel_order)
    )


_RESPONSES = (ResponseState.COMPLETED, ResponseState.BEGUN, ResponseState.EXCLUDED)
RESPONSE_HEADS = tuple(RESPONSE_LABELS[state] for state in _RESPONSES)
"""Message ids of the columns of `ResponseLine`."""

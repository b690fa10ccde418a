"""Needs as other contexts and pages are told of them."""

from dataclasses import dataclass
from datetime import date, datetime

from contempo.core.clock import ROME
from contempo.questionnaires.access import readable_as_figures
from contempo.questionnaires.models import Campaign
from contempo.questionnaires.queries.needs.counting import Tagged, counted, tagged
from contempo.questionnaires.rules.needs import NeedTable, told
from contempo.questionnaires.rules.states import CampaignState, Mode, UnitKind

NAMED, OTHERS = "organizzazioni", "altri"
"""Whose answers: those of organisations with their names; those of people, or without names."""


@dataclass(frozen=True)
class Need:
    """A type of need in a municipality (ISTAT code, empty when not known, `~` for several together): `count` answers
    name it, None when it is not told.
    """

    tag: str
    municipality: str
    count: int | None


def asking(network_id: int) -> Tagged:
    """The campaigns of a network whose answers about needs may be read as figures. Two SQL."""
    rows = Campaign.objects.filter(network_id=network_id).exclude(state=CampaignState.DRAFT.value)
    return tagged(readable_as_figures(rows).order_by("-opens_at", "-pk"))


def within(asked: Tagged, since: date, until: date) -> Tagged:
    """Those of `asked` that took answers from `since` to `until` (excluded)."""
    begin, end = instants(since, until)
    return asked.only(
        one for one in asked.campaigns if one.opens_at < end and (one.closed_at or one.closes_at) >= begin
    )


def instants(since: date, until: date) -> tuple[datetime, datetime]:
    """The first instant of a period and the first after it, by the calendar of Italy."""
    begin, end = (datetime(day.year, day.month, day.day, tzinfo=ROME) for day in (since, until))
    return begin, end


def parts_of(asked: Tagged) -> dict[str, Tagged]:
    """The campaigns of organisations with their names, and the others, each only when there are any.

    The results of the first are told exactly to whoever reads them, so that from a sum of both the small counts of the
    others could be found: they are never counted together.
    """
    named = [one.mode == Mode.IDENTIFIED and one.unit_kind == UnitKind.ORGANISATION for one in asked.campaigns]
    parts = {
        NAMED: asked.only(one for one, is_named in zip(asked.campaigns, named, strict=True) if is_named),
        OTHERS: asked.only(one for one, is_named in zip(asked.campaigns, named, strict=True) if not is_named),
    }
    return {key: part for key, part in parts.items() if part.campaigns}


def table(asked: Tagged, since: date, until: date, *, exact: bool) -> NeedTable | None:
    """The needs told from `since` to `until` (excluded); None when too few answered to tell anything. One SQL.

    `asked` is one of `parts_of`.
    """
    return told(counted(asked, *instants(since, until)), exact=exact)


def needs(network_id: int, since: date, until: date) -> tuple[Need, ...]:
    """The needs told in a network from `since` to `until` (excluded), by type and municipality, without small cells.

    Empty when nobody asked, or too few answered. Whoever shows them should ask for whole years: from periods that
    overlap, counts that are not told could be found. Four SQL at most.
    """
    counts: dict[tuple[str, str], int | None] = {}
    for part in parts_of(within(asking(network_id), since, until)).values():
        found = table(part, since, until, exact=False) or NeedTable()
        for cell, count in found.cells.items():
            before = counts.get(cell, 0)
            counts[cell] = None if count is None or before is None else before + count
    return tuple(Need(tag, place, count) for (tag, place), count in counts.items())

"""The territories from which nothing has come yet."""

from dataclasses import dataclass
from typing import Any

from django.db.models import CharField, F, Func, IntegerField, Q, QuerySet, Sum, Value, Window
from django.db.models.functions import Coalesce

from contempo.questionnaires.access import may_follow, may_keep
from contempo.questionnaires.models import CampaignTally
from contempo.questionnaires.queries.board.words import names_of
from contempo.questionnaires.queries.opened import OpenedCampaign
from contempo.questionnaires.rules.rates import CASES, Group, standings_of

SHOWN = 5


@dataclass(frozen=True)
class PlaceLine:
    """A municipality without any answer, and how many units (in an anonymous campaign: invitations) wait there."""

    label: str
    waiting: int
    url: str


def missing_places(opened: OpenedCampaign) -> tuple[tuple[PlaceLine, ...], int]:
    """The municipalities without any answer in which most are waited for, and how many there are. Two SQL."""
    rows = list(_without_answer(opened)[:SHOWN])
    names = names_of("municipality", [row["place"] for row in rows])
    lines = tuple(PlaceLine(names[row["place"]], row["asked"], place_url(opened, row["place"])) for row in rows)
    return lines, rows[0]["every"] if rows else 0


def place_url(opened: OpenedCampaign, place: str) -> str:
    """The address of what is waited for in a municipality; empty for who may not see it."""
    if opened.campaign.anonymous:
        return f"{opened.url('late')}?comune={place}" if may_follow(opened.part) else ""
    return f"{opened.url('coverage')}?stato=scoperte&comune={place}" if may_keep(opened.part) else ""


def _without_answer(opened: OpenedCampaign) -> "QuerySet[Any]":
    rows = CampaignTally.objects.filter(campaign=opened.campaign)
    if opened.campaign.anonymous:
        found: Any = rows.filter(facet="invitation.municipality").values(place=_part(1)).alias(of=_part(2))
        asked, answered = Q(of__in=standings_of(CASES)), Q(of__in=standings_of((Group.COMPLETE,)))
    else:
        found = rows.filter(facet="unit.municipality").values(place=F("key")).alias(of=F("measure"))
        asked, answered = Q(of="eligible"), Q(of="covered")
    sums = found.exclude(place="").annotate(
        asked=Coalesce(Sum("count", filter=asked), 0), answered=Coalesce(Sum("count", filter=answered), 0)
    )
    return sums.filter(asked__gt=0, answered=0).annotate(every=Window(_Rows())).order_by("-asked", "place")


class _Rows(Func):
    """How many rows there are, as a window counts them."""

    function = "count"
    template = "count(*)"
    window_compatible = True
    output_field = IntegerField()


def _part(number: int) -> Func:
    """A part of the key of a sum of invitations: `<value>|<standing>`."""
    return Func(F("key"), Value("|"), Value(number), function="split_part", output_field=CharField())

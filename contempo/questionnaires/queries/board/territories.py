"""The municipalities of a campaign: how many of their units have an answer, on a map and as a list."""

from collections.abc import Mapping
from dataclasses import dataclass
from typing import Any

from django import forms
from django.http import QueryDict
from django.utils.translation import gettext, ngettext
from django.utils.translation import gettext_lazy as _

from contempo.core.words import N_
from contempo.core.workflow import Look
from contempo.network.public import places_located
from contempo.questionnaires.access import may_follow, may_keep
from contempo.questionnaires.queries.board.publishing import merged_units
from contempo.questionnaires.queries.board.sums import sums
from contempo.questionnaires.queries.board.tables import Opening, in_order, page_of
from contempo.questionnaires.queries.board.words import PARAMETERS, UNKNOWN, names_of, percent
from contempo.questionnaires.queries.opened import OpenedCampaign
from contempo.questionnaires.rules.rates import Outcome, UnitCount
from contempo.web.lists import Column, ListPage
from contempo.web.maps import Place, Point

NAMED = 40
"""Municipalities whose name is written on the map, those in which most are asked."""

NONE, SOME, ALL = "mancanti", "in-parte", "complete"
LOOKS = {
    NONE: Look(N_("No answer yet"), "warning", "it-clock"),
    SOME: Look(N_("In part"), "info", "it-info-circle"),
    ALL: Look(N_("Complete"), "success", "it-check-circle"),
}


@dataclass(frozen=True)
class TerritoryRow:
    """A municipality: how many are asked there, answered, and still missing; the share in percent."""

    code: str
    name: str
    standing: Look
    standing_key: str
    asked: Opening
    answered: Opening
    missing: Opening
    rate: float | None


@dataclass(frozen=True)
class Territories:
    """The municipalities asked for; those without an answer as points of the map, how many have no place on it, and the
    names (`places`) of others to find one’s way. `hidden` when small ones are not told to this reader.
    """

    page: ListPage
    points: tuple[Point, ...]
    places: tuple[Place, ...]
    unplaced: int
    missing: int
    hidden: bool


_CELL = "questionnaires/board/cells/count.html"

COLUMNS = (
    Column("name", _("Municipality"), sort="name"),
    Column("standing", _("Answers"), sort="standing_key"),
    Column("answered", _("With an answer"), sort="answered", numeric=True, template=_CELL),
    Column("missing", _("Still missing"), sort="missing", numeric=True, template=_CELL),
    Column("asked", _("In all"), sort="asked", numeric=True, template=_CELL),
    Column("rate", _("Share"), sort="rate", numeric=True, template="questionnaires/board/cells/percent.html"),
    Column("code", _("ISTAT code"), only_export=True),
)


class _Form(forms.Form):
    """What the municipalities may be narrowed by."""

    stato = forms.ChoiceField(
        label=_("Answers"),
        choices=[("", _("All")), *((key, _(look.label)) for key, look in LOOKS.items())],
        required=False,
    )


def territories(opened: OpenedCampaign, params: QueryDict) -> Territories:
    """The municipalities that `params` ask for, and the map of those still missing. Three SQL."""
    rows, hidden = _rows(opened)
    form = _Form(params)
    page = page_of(_chosen(rows, form), columns=COLUMNS, params=params, form=form, sort="-missing")
    lacking = [row for row in rows if row.standing_key == NONE]
    named = sorted((row for row in rows if row.code), key=lambda row: -row.asked)[:NAMED]
    located = places_located({row.code for row in (*lacking, *named) if row.code})
    points = tuple(
        Point(row.name, row.missing.url, *where, _waiting(opened, row.missing))
        for row in lacking
        if (where := _where(located, row.code))
    )
    places = tuple(Place(row.name, *where) for row in named if (where := _where(located, row.code)))
    return Territories(page, points, places, len(lacking) - len(points), len(lacking), hidden)


def _where(located: Mapping[str, Any], code: str) -> tuple[float, float] | None:
    found = located.get(code)
    if found is None or found.latitude is None or found.longitude is None:
        return None
    return found.latitude, found.longitude


def every_territory(opened: OpenedCampaign, params: QueryDict) -> list[TerritoryRow]:
    """All rows, for a file."""
    rows = _chosen(_rows(opened)[0], _Form(params))
    return in_order(rows, columns=COLUMNS, params=params, sort="-missing")[0]


def _chosen(rows: list[TerritoryRow], form: _Form) -> list[TerritoryRow]:
    wanted = form.cleaned_data["stato"] if form.is_valid() else ""
    return [row for row in rows if not wanted or row.standing_key == wanted]


def _rows(opened: OpenedCampaign) -> tuple[list[TerritoryRow], bool]:
    """A row for each municipality in which anybody is asked, and whether small ones are left out."""
    found, others = merged_units(opened, _counts(opened))
    names = names_of("municipality", found)
    rows = [_row(opened, value, names[value], count) for value, count in found.items() if count.eligible]
    return rows, others is not None


def _counts(opened: OpenedCampaign) -> dict[str, UnitCount]:
    """Units by municipality; in an anonymous campaign invitations, each of which stands for its unit."""
    campaign = opened.campaign
    if campaign.anonymous:
        outcomes = sums(campaign.pk, "invitation.municipality").outcomes("municipality")
        return {value: _as_units(out) for value, out in outcomes.items()}
    return dict(sums(campaign.pk, "unit.municipality").units.get("municipality", {}))


def _as_units(out: Outcome) -> UnitCount:
    return UnitCount(out.cases + out.not_eligible, out.cases, out.complete)


def _row(opened: OpenedCampaign, value: str, name: str, count: UnitCount) -> TerritoryRow:
    key = ALL if not count.missing else SOME if count.covered else NONE
    asked, answered, missing = _urls(opened, value)
    return TerritoryRow(
        code=value,
        name=name,
        standing=LOOKS[key],
        standing_key=key,
        asked=Opening(count.eligible, asked),
        answered=Opening(count.covered, answered),
        missing=Opening(count.missing, missing),
        rate=percent(count.rate),
    )


def _urls(opened: OpenedCampaign, value: str) -> tuple[str, str, str]:
    """The lists of those asked, answered and missing in a municipality; empty for who may not see them."""
    where = f"&{PARAMETERS['municipality']}={value or UNKNOWN}"
    if opened.campaign.anonymous:
        url = f"{opened.url('behind')}?esito=" if may_follow(opened.part) else ""
        return (f"{url}casi{where}", f"{url}I{where}", f"{url}senza{where}") if url else ("", "", "")
    url = f"{opened.url('coverage')}?stato=" if may_keep(opened.part) else ""
    return (f"{url}coinvolte{where}", f"{url}coperte{where}", f"{url}scoperte{where}") if url else ("", "", "")


def _waiting(opened: OpenedCampaign, count: int) -> str:
    if opened.campaign.anonymous:
        said = ngettext("%(count)s invitation waits", "%(count)s invitations wait", count)
    else:
        said = ngettext("%(count)s unit waits", "%(count)s units wait", count)
    return said % {"count": count}


def missing_words(shown: Territories) -> str:
    """What the map says."""
    if not shown.missing:
        return gettext("An answer has come from every municipality")
    said = ngettext(
        "%(count)s municipality without any answer", "%(count)s municipalities without any answer", shown.missing
    )
    return said % {"count": shown.missing}

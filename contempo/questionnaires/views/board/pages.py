"""The board of a campaign, the invitations behind its figures, and those without an answer."""

from typing import Any

from django.http import HttpRequest, HttpResponse
from django.http.response import HttpResponseBase
from django.shortcuts import redirect, render
from django.utils.translation import gettext as _
from django.views.decorators.http import require_safe

from contempo.core import clock
from contempo.questionnaires.access import may_follow, may_open_board, may_read_figures
from contempo.questionnaires.queries.board import invitations
from contempo.questionnaires.queries.board.page import RESPONSE_HEADS
from contempo.questionnaires.queries.board.page import board as board_of
from contempo.questionnaires.queries.board.rates import definitions, every_rate
from contempo.questionnaires.queries.board.rates import rates as rates_of
from contempo.questionnaires.queries.board.sections import sections
from contempo.questionnaires.queries.board.territories import COLUMNS as TERRITORIES
from contempo.questionnaires.queries.board.territories import every_territory, missing_words
from contempo.questionnaires.queries.board.territories import territories as territories_of
from contempo.questionnaires.queries.opened import OpenedCampaign
from contempo.questionnaires.rules.states import Origin
from contempo.questionnaires.views.opening import with_campaign
from contempo.web.lists import export, export_format


@require_safe
@with_campaign("campaign", may_open_board)
def board(request: HttpRequest, opened: OpenedCampaign) -> HttpResponseBase:
    """How the campaign goes just now; a survey of the past, which goes nowhere, opens with what was answered."""
    if opened.campaign.origin != Origin.HERE and opened.tabs:
        return redirect(opened.tabs[0].url)
    shown = {"board": board_of(opened, now=clock.now()), "heads": RESPONSE_HEADS}
    return _render(request, opened, "campaign", "board", shown)


@require_safe
@with_campaign("campaign", may_read_figures)
def rates(request: HttpRequest, opened: OpenedCampaign) -> HttpResponseBase:
    """Rates by invitation and by unit covered."""
    if wanted := export_format(request):
        return export(*every_rate(opened, request.GET), wanted, _("rates"))
    shown = {"rates": rates_of(opened, request.GET), "definitions": definitions()}
    return _render(request, opened, "rates", "rates", shown)


@require_safe
@with_campaign("campaign", may_read_figures)
def territories(request: HttpRequest, opened: OpenedCampaign) -> HttpResponseBase:
    """The municipalities from which answers have come, and those still missing."""
    if wanted := export_format(request):
        return export(every_territory(opened, request.GET), TERRITORIES, wanted, _("territories"))
    found = territories_of(opened, request.GET)
    return _render(request, opened, "territories", "territories", {"shown": found, "missing": missing_words(found)})


@require_safe
@with_campaign("campaign", may_follow)
def behind(request: HttpRequest, opened: OpenedCampaign) -> HttpResponseBase:
    """The invitations behind a figure."""
    if wanted := export_format(request):
        return export(invitations.every_behind(opened, request.GET), invitations.COLUMNS, wanted, _("invitations"))
    return _render(request, opened, "", "behind", {"page": invitations.behind(opened, request.GET)})


@require_safe
@with_campaign("campaign", may_follow)
def late(request: HttpRequest, opened: OpenedCampaign) -> HttpResponseBase:
    """The invitations sent and not answered yet."""
    now = clock.now()
    if wanted := export_format(request):
        rows = invitations.every_late(opened, request.GET, now=now)
        return export(rows, invitations.COLUMNS, wanted, _("follow-up"))
    return _render(request, opened, "late", "late", {"page": invitations.late(opened, request.GET, now=now)})


def _render(
    request: HttpRequest, opened: OpenedCampaign, current: str, template: str, shown: dict[str, Any]
) -> HttpResponse:
    """A page of the board, with the way to the others."""
    context = {"opened": opened, "sections": sections(opened, current), **shown}
    return render(request, f"questionnaires/board/{template}.html", context)

"""The board of indicators, the page of one, the list behind a value; each also as a file."""

from typing import Any

from django.contrib.auth.decorators import login_required
from django.http import Http404, HttpRequest, HttpResponse, HttpResponseBase, JsonResponse
from django.shortcuts import render
from django.utils.translation import gettext as _
from django.views.decorators.http import require_safe

from contempo.core import clock
from contempo.core.verdict import require
from contempo.programmes.access import may_read_findings
from contempo.programmes.queries.indicators import board as boards
from contempo.programmes.queries.indicators import files
from contempo.programmes.queries.indicators.page import indicator_page, reading_of
from contempo.programmes.queries.indicators.records import every_record, record_page
from contempo.programmes.queries.opened import OpenedPlan
from contempo.programmes.views.opening import with_plan
from contempo.web.documents import pdf, pdf_response
from contempo.web.lists import export, export_format

FORMAT, PDF, JSON = "formato", "pdf", "json"


@require_safe
@with_plan("board")
def board(request: HttpRequest, opened: OpenedPlan) -> HttpResponseBase:
    """Every indicator with its target, its value and its forecast, as its reader may read them."""
    wanted = request.GET.get(FORMAT, "")
    if wanted in (PDF, JSON) or export_format(request):
        return _file(request, opened, wanted)
    page = boards.board(request.actor, opened, request.GET, today=clock.today())
    asked = request.GET.copy()
    asked.pop(FORMAT, None)
    query = asked.urlencode()
    return render(request, "programmes/indicators/board.html", {"opened": opened, "board": page, "query": query})


def _file(request: HttpRequest, opened: OpenedPlan, wanted: str) -> HttpResponseBase:
    now, today, name = clock.now(), clock.today(), f"{_('indicators')}-{opened.plan.key}"
    if wanted == JSON:
        made = files.data(request.actor, opened, today=today, made_at=now)
        return _json(made, name)
    rows = boards.every_row(request.actor, opened, request.GET, today=today)
    if wanted == PDF:
        whole = bool(may_read_findings(request.actor))
        content = files.document(opened, rows, whole=whole, author=request.network.name, made_at=now)
        return pdf_response(pdf(files.TEMPLATE, content, made_at=now), name)
    return export(rows, boards.COLUMNS, wanted, name)


def _json(content: dict[str, Any], name: str) -> HttpResponse:
    response = JsonResponse(content, json_dumps_params={"ensure_ascii": False, "indent": 1})
    response["Content-Disposition"] = f'attachment; filename="{name}.json"'
    return response


@require_safe
@with_plan("board")
def indicator(request: HttpRequest, opened: OpenedPlan, indicator: str) -> HttpResponse:
    """What an indicator means and what was measured of it."""
    page = indicator_page(request.actor, opened, indicator, today=clock.today())
    if page is None:
        raise Http404
    return render(request, "programmes/indicators/indicator.html", {"opened": opened, "page": page})


@login_required
@require_safe
@with_plan("board")
def records(request: HttpRequest, opened: OpenedPlan, indicator: str) -> HttpResponseBase:
    """The list behind a value, for who reads whole figures."""
    require(may_read_findings(request.actor))
    reading = reading_of(request.actor, opened, indicator, today=clock.today())
    if reading is None:
        raise Http404
    if wanted := export_format(request):
        if (every := every_record(request.actor, opened, reading, request.GET)) is None:
            raise Http404
        return export(*every, wanted, f"{_('records')}-{indicator}")
    if (page := record_page(request.actor, opened, reading, request.GET)) is None:
        raise Http404
    shown = {"opened": opened, "reading": reading, "records": page}
    return render(request, "programmes/indicators/records.html", shown)

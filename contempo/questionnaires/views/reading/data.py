"""Taking results away: the data set in several forms, its code book, the report."""

import tempfile
from pathlib import Path
from typing import IO, Any
from uuid import UUID

from django.http import FileResponse, Http404, HttpRequest, HttpResponseBase, StreamingHttpResponse
from django.shortcuts import redirect
from django.utils.translation import get_language
from django.utils.translation import gettext as _
from django.views.decorators.http import require_POST, require_safe

from contempo.core import clock
from contempo.questionnaires.access import may_read_results, may_take_data
from contempo.questionnaires.actions.reading.extracts import ask_for_file
from contempo.questionnaires.queries.opened import OpenedCampaign
from contempo.questionnaires.queries.reading import extracts
from contempo.questionnaires.queries.reading.files.writing import code_book, write_file
from contempo.questionnaires.queries.reading.report import TEMPLATE, whole_report
from contempo.questionnaires.rules.extracts import CONTENT_TYPES, ENDINGS, FileKind
from contempo.questionnaires.views.opening import with_campaign
from contempo.questionnaires.views.reading.page import shown
from contempo.web.documents import pdf, pdf_response


@require_safe
@with_campaign("results", may_read_results)
def data(request: HttpRequest, opened: OpenedCampaign) -> HttpResponseBase:
    """What can be taken away, and the files being made."""
    return shown(request, opened, "data", page=extracts.data_page(opened, request.actor))


@require_safe
@with_campaign("results", may_take_data)
def data_file(request: HttpRequest, opened: OpenedCampaign, kind: str) -> HttpResponseBase:
    """A table of the data set, made at once; of a large one the page, where it is asked for."""
    part = request.GET.get("parte", "")
    if kind == FileKind.REPORT or (offer := extracts.offer_of(opened, kind, part)) is None:
        raise Http404
    if not offer.at_once:
        return redirect(opened.url("data"))
    with tempfile.TemporaryDirectory() as folder:
        path = Path(folder) / "data"
        write_file(opened.campaign, FileKind(kind), path, part=part)
        return _download(path.open("rb"), kind, extracts.file_name(opened, kind, part))


@require_safe
@with_campaign("results", may_take_data)
def codes(request: HttpRequest, opened: OpenedCampaign) -> HttpResponseBase:
    """The code book of the data set."""
    response = StreamingHttpResponse(code_book(opened.campaign), content_type=CONTENT_TYPES[FileKind.CSV])
    response["Content-Disposition"] = f'attachment; filename="{_("code-book")}-{opened.campaign.number}.csv"'
    return response


@require_safe
@with_campaign("results", may_read_results)
def report(request: HttpRequest, opened: OpenedCampaign) -> HttpResponseBase:
    """The report, made at once; of a large campaign the page, where it is asked for."""
    offer = extracts.offer_of(opened, FileKind.REPORT, "")
    if offer is None or not offer.at_once:
        return redirect(opened.url("data"))
    made_at = clock.now()
    document = pdf(TEMPLATE, whole_report(opened, made_at=made_at), made_at=made_at)
    return pdf_response(document, extracts.file_name(opened, FileKind.REPORT, "").removesuffix(".pdf"))


@require_POST
@with_campaign("results", may_read_results)
def ask(request: HttpRequest, opened: OpenedCampaign, kind: str) -> HttpResponseBase:
    """Ask for a file that takes time."""
    part = request.POST.get("parte", "")
    if kind not in ENDINGS or extracts.offer_of(opened, kind, part) is None:
        raise Http404
    language = (get_language() or "it")[:2]
    ask_for_file(request.actor, campaign_id=opened.campaign.pk, kind=FileKind(kind), part=part, language=language)
    return redirect(f"{opened.url('data')}#making")


@require_safe
@with_campaign("results", may_read_results)
def extract(request: HttpRequest, opened: OpenedCampaign, extract: UUID) -> HttpResponseBase:
    """A file that was made for the reader."""
    if (found := extracts.ready_extract(opened, request.actor, extract)) is None:
        raise Http404
    return _download(found.path.open("rb"), found.kind, extracts.file_name(opened, found.kind, found.part))


def _download(file: IO[Any], kind: str, name: str) -> FileResponse:
    return FileResponse(file, as_attachment=True, filename=name, content_type=CONTENT_TYPES[kind])

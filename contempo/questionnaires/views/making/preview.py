"""Trying a whole questionnaire out, page by page, without keeping an answer."""

import json

from django.http import Http404, HttpRequest, HttpResponseBase
from django.shortcuts import render
from django.views.decorators.http import require_http_methods

from contempo.questionnaires.queries.answering.pages import Typed
from contempo.questionnaires.queries.making.opened import OpenedForm
from contempo.questionnaires.queries.making.previewed import first_asked, language_of, previewed
from contempo.questionnaires.rules.document import Document, read
from contempo.questionnaires.views.making.opening import with_form
from contempo.questionnaires.views.making.trying import carried, pressed, tried


@require_http_methods(["GET", "HEAD", "POST"])
@with_form("form_preview")
def preview(request: HttpRequest, opened: OpenedForm) -> HttpResponseBase:
    """The questionnaire as who answers sees it; what is typed goes from page to page and nowhere else."""
    if (version := opened.wanted(request.GET.get("versione", ""))) is None:
        raise Http404
    document = read(version.document)
    language = language_of(document, request.GET.get("lingua", "it"))
    number, typed = _go(request, document, language)
    context = {
        "opened": opened,
        "version": version,
        "trial": previewed(document, number, language, typed, add=pressed(request.POST, "add")),
        "number": number,
        "total": len(document.pages),
        "carried": json.dumps(dict(typed.values), ensure_ascii=False),
        "ended": request.method == "POST" and number is None,
    }
    return render(request, "questionnaires/making/preview.html", context)


def _go(request: HttpRequest, document: Document, language: str) -> tuple[int | None, Typed]:
    """The page to show and what is typed so far; no page after the last one."""
    if request.method != "POST":
        return first_asked(document, {}), Typed()
    here, do = _number(request.POST.get("page", "")), request.POST.get("do", "next")
    do = "stay" if "go" in request.POST else do
    if here is None:
        return first_asked(document, {}), Typed()
    typed = tried(
        request, document, here, request.POST, carried(request.POST), language=language, required=do == "next"
    )
    if typed.wrongs or do == "stay":
        return here, typed
    answers = Typed(values=typed.values)
    return first_asked(document, typed.values, here, back=do == "back"), answers


def _number(text: str) -> int | None:
    return int(text) if text.isdecimal() and len(text) < 6 else None

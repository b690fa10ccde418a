"""Showing a page of reading, with its tabs."""

from django.http import HttpRequest, HttpResponse
from django.shortcuts import render

from contempo.questionnaires.queries.opened import OpenedCampaign
from contempo.questionnaires.queries.reading.pages import reading_tabs

FORMAT, FORMATS = "formato", (("pdf", "PDF"), ("csv", "CSV"), ("xlsx", "Excel"))


def shown(
    request: HttpRequest, opened: OpenedCampaign, name: str, *, tab: str = "", here: str = "", **context: object
) -> HttpResponse:
    """The page `name` of the templates of reading; `tab` is the tab it stands under, its own when none is named.

    `here` is its address where it is shown in answer to a form that is sent to another one.
    """
    given = request.GET.copy()
    given.pop(FORMAT, None)
    about = {
        "opened": opened,
        "here": here or request.path,
        "reading": reading_tabs(opened, tab or name),
        "query": given.urlencode(),
        "formats": FORMATS,
    }
    return render(request, f"questionnaires/reading/{name}.html", {**about, **context})

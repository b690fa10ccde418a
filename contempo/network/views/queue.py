"""The agency's queue and the page of one request."""

from collections.abc import Callable
from functools import wraps
from typing import Any
from uuid import UUID

from django.contrib import messages
from django.contrib.auth.decorators import login_required
from django.http import Http404, HttpRequest, HttpResponse, HttpResponseBase
from django.shortcuts import redirect, render
from django.utils.translation import gettext as _
from django.views.decorators.http import require_http_methods, require_safe

from contempo.core import clock, files
from contempo.core.verdict import Refusal, require
from contempo.network.actions.accession.decisions import add_note
from contempo.network.forms.decisions import NoteForm
from contempo.network.queries.examinations import Examination, examination, paper, request_history
from contempo.network.queries.requests import COLUMNS, queue, queue_rows
from contempo.web.forms import add_refusal
from contempo.web.lists import export, export_format


@login_required
@require_safe
def queue_page(request: HttpRequest) -> HttpResponseBase:
    """The requests to decide, by their term, and every other part of the queue."""
    asked = {"network": request.network.slug, "params": request.GET, "now": clock.now()}
    if file_format := export_format(request):
        return export(queue_rows(request.actor, **asked), COLUMNS, file_format, _("requests-to-join"))
    return render(request, "network/agency/queue.html", {"queue": queue(request.actor, **asked)})


def with_examination(view: Callable[..., HttpResponse]) -> Callable[..., HttpResponse]:
    """Give a view the request with the `number` of its address; 404 when the network has none."""

    @wraps(view)
    @login_required
    def opened(request: HttpRequest, number: int, **kwargs: Any) -> HttpResponse:
        page = examination(request.actor, network=request.network.slug, number=number, today=clock.today())
        if page is None:
            raise Http404
        return view(request, page, **kwargs)

    return opened


def to_request(request: HttpRequest, page: Examination, told: str = "") -> HttpResponse:
    """To the page of the request, with a message that it was done; %(name)s stands for the organisation."""
    if told:
        messages.success(request, told % {"name": page.name})
    return redirect("network:examine", network=request.network.slug, number=page.number)


@require_safe
@with_examination
def request_page(request: HttpRequest, page: Examination) -> HttpResponse:
    """Where a request stands, what can be decided, what was said."""
    return render(request, "network/agency/request.html", {"page": page, "note": NoteForm()})


@require_http_methods(["GET", "HEAD", "POST"])
@with_examination
def note(request: HttpRequest, page: Examination) -> HttpResponse:
    """Write an internal note. The address is also where a page with a note to mend is: whoever reloads it goes back."""
    require(page.may_act)
    if request.method != "POST":
        return to_request(request, page)
    form = NoteForm(request.POST)
    if form.is_valid():
        try:
            add_note(request.actor, request_id=page.id, **form.cleaned_data)
        except Refusal as refusal:
            add_refusal(form, refusal)
        else:
            return to_request(request, page, _("The note is in the story: only the agency reads it."))
    return render(request, "network/agency/request.html", {"page": page, "note": form})


@login_required
@require_safe
def history(request: HttpRequest, number: int) -> HttpResponse:
    """Who changed what in the request."""
    found = request_history(request.actor, number=number)
    if found is None:
        raise Http404
    name, lines = found
    return render(request, "network/agency/request_history.html", {"number": number, "name": name, "lines": lines})


@login_required
@require_safe
def document(request: HttpRequest, number: int, attachment: UUID) -> HttpResponseBase:
    """A file handed in with the request."""
    found = paper(request.actor, number=number, key=attachment)
    if found is None:
        raise Http404
    return files.serve(found)

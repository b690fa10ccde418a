"""The figures of the desk, as a page and as files."""

from django.contrib.auth.decorators import login_required
from django.http import HttpRequest, HttpResponse, HttpResponseBase
from django.shortcuts import render
from django.utils.translation import gettext as _
from django.views.decorators.http import require_safe

from contempo.core import clock
from contempo.helpdesk.forms.figures import FiguresForm, presets
from contempo.helpdesk.queries.figures import deflections, files
from contempo.helpdesk.queries.figures.choices import Offer, offered
from contempo.helpdesk.queries.figures.dashboard import dashboard
from contempo.helpdesk.queries.figures.reading import Asked
from contempo.web.documents import pdf, pdf_response
from contempo.web.lists import export, export_format

FORMAT, PDF, SHEETS = "formato", "pdf", ("csv", "xlsx")


@login_required
@require_safe
def figures(request: HttpRequest) -> HttpResponseBase:
    """The figures of a period, or their file; with a period that cannot be told, the form with its reason."""
    offer = offered(request.actor, clock.today())
    form = FiguresForm(request.GET.dict(), offer)
    valid, wanted = form.is_valid(), request.GET.get(FORMAT, "")
    if valid and wanted in (PDF, *SHEETS):
        return _file(request, form.asked_for_files, offer, wanted)
    return render(request, "helpdesk/figures/figures.html", _page(request, form, offer, valid=valid))


def _page(request: HttpRequest, form: FiguresForm, offer: Offer, *, valid: bool) -> dict[str, object]:
    asked = {"network": request.network.slug, "places": dict(offer.places)}
    shown = dashboard(request.actor, asked=form.asked, **asked) if valid else None
    given = request.GET.copy()
    given.pop(FORMAT, None)
    return {
        "form": form,
        "offer": offer,
        "figures": shown,
        "presets": presets(offer, form.data),
        "query": given.urlencode(),
        "formats": ((PDF, "PDF"), ("csv", "CSV"), ("xlsx", "Excel")),
    }


def _file(request: HttpRequest, asked: Asked, offer: Offer, wanted: str) -> HttpResponseBase | HttpResponse:
    """A file leaves the desk: it holds the published figures, whoever asks for it."""
    shown = dashboard(
        request.actor, network=request.network.slug, asked=asked, places=dict(offer.places), published=True
    )
    name = f"{_('desk-figures')}-{asked.shown.since}-{asked.shown.until}"
    if wanted == PDF:
        made_at = clock.now()
        content = files.document(shown, author=request.network.name, made_at=made_at)
        return pdf_response(pdf(files.TEMPLATE, content, made_at=made_at), name)
    return export(files.lines(shown), files.COLUMNS, wanted, name)


@login_required
@require_safe
def deflected(request: HttpRequest) -> HttpResponseBase:
    """The list behind a figure: the questions that the catalogue answered."""
    if wanted := export_format(request):
        rows = deflections.deflection_rows(request.actor, request.GET)
        return export(rows, deflections.COLUMNS, wanted, _("answered-by-the-catalogue"))
    page = deflections.deflections(request.actor, request.GET)
    return render(request, "helpdesk/figures/deflected.html", {"page": page})

"""The figures of agile work, as a page and as files, and the records behind each."""

from django.http import Http404, HttpRequest, HttpResponse, HttpResponseBase
from django.shortcuts import redirect, render
from django.utils.translation import gettext as _
from django.views.decorators.http import require_safe

from contempo.agile.access import may_keep, may_read_inside
from contempo.agile.forms.monitoring.figures import FiguresForm
from contempo.agile.queries.monitoring import files
from contempo.agile.queries.monitoring.choices import offered
from contempo.agile.queries.monitoring.dashboard import dashboard
from contempo.agile.queries.monitoring.records import record_rows, records
from contempo.agile.queries.opened import OpenedEmployer
from contempo.agile.views.opening import with_employer
from contempo.web.lists import export, export_format


@require_safe
@with_employer("monitoring", may_read_inside)
def monitoring(request: HttpRequest, opened: OpenedEmployer) -> HttpResponseBase:
    """The figures of a period, or their file; with a period that has none, the form with its reason."""
    offer = offered(opened.part)
    form = FiguresForm(request.GET.dict(), offer)
    asked = form.asked if form.is_valid() else None
    shown = dashboard(opened, asked, offer) if asked else None
    if shown is not None and asked is not None and (wanted := export_format(request)):
        return export(files.lines(shown), files.COLUMNS, wanted, f"{_('agile-work')}-{asked.period.key}")
    given = request.GET.copy()
    given.pop("formato", None)
    context = {
        "opened": opened,
        "form": form,
        "offer": offer,
        "figures": shown,
        "query": given.urlencode(),
        "formats": files.FORMATS,
    }
    return render(request, "agile/monitoring/figures.html", context)


@require_safe
@with_employer("monitoring", may_keep)
def monitoring_records(request: HttpRequest, opened: OpenedEmployer) -> HttpResponseBase:
    """The records behind a figure, or the same as a file; without a figure, the page of all figures."""
    if "cosa" not in request.GET:
        return redirect(opened.url("monitoring"))
    offer = offered(opened.part)
    if wanted := export_format(request):
        return _file(request, opened, wanted)
    found = records(opened, request.GET, offer)
    if found is None:
        raise Http404
    return render(request, "agile/monitoring/records.html", {"opened": opened, "records": found})


def _file(request: HttpRequest, opened: OpenedEmployer, wanted: str) -> HttpResponseBase | HttpResponse:
    found = record_rows(opened, request.GET, offered(opened.part))
    if found is None:
        raise Http404
    return export(*found, wanted, f"{_('agile-work')}-{request.GET['cosa']}-{request.GET['periodo']}")

"""Figures of the mapping: what differs between units, who may ask for agile work."""

from django.http import HttpRequest, HttpResponse, HttpResponseBase
from django.shortcuts import render
from django.utils.translation import gettext as _
from django.views.decorators.http import require_safe

from contempo.agile.access import may_read_inside
from contempo.agile.queries.mapping import homogeneity as differing
from contempo.agile.queries.mapping.eligibility import eligibility as eligibility_of
from contempo.agile.queries.opened import OpenedEmployer
from contempo.agile.views.opening import with_employer
from contempo.core import clock
from contempo.web import lists


@require_safe
@with_employer("activities", may=may_read_inside)
def homogeneity(request: HttpRequest, opened: OpenedEmployer) -> HttpResponseBase:
    """The same activity assessed differently in different units, or the same as a file."""
    if wanted := lists.export_format(request):
        rows = differing.homogeneity_rows(opened, request.GET)
        return lists.export(rows, differing.FILE_COLUMNS, wanted, _("homogeneity"))
    page = differing.homogeneity(opened, request.GET)
    return render(request, "agile/mapping/homogeneity.html", {"opened": opened, "page": page})


@require_safe
@with_employer("activities", may=may_read_inside)
def eligibility(request: HttpRequest, opened: OpenedEmployer) -> HttpResponse:
    """Who may ask for agile work, by directorate, sex and age."""
    found = eligibility_of(opened, request.GET.get("direzione", ""), today=clock.today())
    return render(request, "agile/mapping/eligibility.html", {"opened": opened, "found": found})

"""The alliances of a plan and what each partner owes to it."""

from django.http import Http404, HttpRequest, HttpResponse, HttpResponseBase
from django.shortcuts import render
from django.utils.translation import gettext as _
from django.views.decorators.http import require_safe

from contempo.core import clock
from contempo.programmes.queries.opened import OpenedPlan
from contempo.programmes.queries.plans import alliance as queries
from contempo.programmes.queries.plans.partner import partner_page
from contempo.programmes.views.opening import with_plan
from contempo.web import lists


@require_safe
@with_plan("plan")
def alliance(request: HttpRequest, opened: OpenedPlan, alliance: str) -> HttpResponseBase:
    """One alliance, or its partners as a file."""
    if wanted := lists.export_format(request):
        if (rows := queries.partner_rows(opened, alliance, request.GET)) is None:
            raise Http404
        return lists.export(rows, queries.PARTNER_COLUMNS, wanted, f"{alliance}-{_('partners')}")
    page = queries.alliance_page(opened, alliance, request.GET, today=clock.today())
    if page is None:
        raise Http404
    return render(request, "programmes/plan/alliance.html", {"opened": opened, "page": page})


@require_safe
@with_plan("plan")
def partner(request: HttpRequest, opened: OpenedPlan, organisation_id: int) -> HttpResponse:
    """What an organisation owes to the plan."""
    page = partner_page(request.actor, opened, organisation_id, today=clock.today())
    if page is None:
        raise Http404
    return render(request, "programmes/plan/partner.html", {"opened": opened, "page": page})

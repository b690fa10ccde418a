"""The calendar of a plan."""

from django.http import HttpRequest, HttpResponse
from django.shortcuts import render
from django.views.decorators.http import require_safe

from contempo.core import clock
from contempo.programmes.queries.opened import OpenedPlan
from contempo.programmes.queries.plans.calendar import calendar as calendar_page
from contempo.programmes.views.opening import with_plan


@require_safe
@with_plan("calendar")
def calendar(request: HttpRequest, opened: OpenedPlan) -> HttpResponse:
    """The activities of a plan against its months."""
    shown = calendar_page(opened, request.GET, today=clock.today())
    return render(request, "programmes/plan/calendar.html", {"opened": opened, "shown": shown, "page": shown.page})

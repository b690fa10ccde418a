"""The plans of a network and the overview of one."""

from django.http import HttpRequest, HttpResponse
from django.shortcuts import render
from django.views.decorators.http import require_safe

from contempo.programmes.queries.opened import OpenedPlan
from contempo.programmes.queries.plans.listed import listed
from contempo.programmes.queries.plans.overview import overview
from contempo.programmes.views.opening import with_plan


@require_safe
def plans(request: HttpRequest) -> HttpResponse:
    """The plans of the network."""
    return render(request, "programmes/plans.html", {"page": listed(request.actor)})


@require_safe
@with_plan("plan")
def plan(request: HttpRequest, opened: OpenedPlan) -> HttpResponse:
    """What a plan is, at a glance, and everything it says."""
    page = overview(request.actor, opened)
    return render(request, "programmes/plan/overview.html", {"opened": opened, "page": page})

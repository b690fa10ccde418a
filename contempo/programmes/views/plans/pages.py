"""The plans of a network and the overview of one."""

from django.http import Http404, HttpRequest, HttpResponse
from django.shortcuts import render
from django.views.decorators.http import require_safe

from contempo.programmes.queries.opened import opened
from contempo.programmes.queries.plans.listed import listed


@require_safe
def plans(request: HttpRequest) -> HttpResponse:
    """The plans of the network."""
    return render(request, "programmes/plans.html", {"page": listed(request.actor)})


@require_safe
def plan(request: HttpRequest, plan: str) -> HttpResponse:
    """What a plan is, at a glance."""
    if (found := opened(request.actor, plan, current="plan")) is None:
        raise Http404
    return render(request, "programmes/plan/overview.html", {"opened": found})

"""The plans of a network and the overview of one."""

from django.contrib import messages
from django.contrib.auth.decorators import login_required
from django.http import HttpRequest, HttpResponse
from django.shortcuts import redirect, render
from django.utils.translation import gettext as _
from django.views.decorators.http import require_POST, require_safe

from contempo.core import clock
from contempo.programmes.actions.plans import move_plan
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
    page = overview(request.actor, opened, today=clock.today())
    context = {"opened": opened, "page": page, "step_url": opened.url("plan_step"), "tools": _tools(opened)}
    return render(request, "programmes/plan/overview.html", context)


def _tools(opened: OpenedPlan) -> list[dict[str, str]]:
    """The plan as files: to read, to work with, to load again."""
    labels = {
        "plan_pdf": _("Download the PDF"),
        "plan_sheets": _("Download the workbook (XLSX)"),
        "plan_file": _("Download the file (YAML)"),
    }
    return [{"url": opened.url(name), "label": label} for name, label in labels.items()]


@require_POST
@login_required
@with_plan("plan")
def step(request: HttpRequest, opened: OpenedPlan) -> HttpResponse:
    """Put a plan in force, or close it."""
    moved = move_plan(request.actor, plan_id=opened.plan.pk, step=request.POST.get("step", ""))
    messages.success(request, _("Recorded: “%(plan)s”.") % {"plan": moved.title})
    return redirect(opened.url("plan"))

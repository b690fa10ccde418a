"""The activities of a plan: the list, the page of one, its steps, changing what is written of it."""

from django.contrib import messages
from django.contrib.auth.decorators import login_required
from django.http import Http404, HttpRequest, HttpResponse, HttpResponseBase
from django.shortcuts import redirect, render
from django.utils.translation import gettext as _
from django.views.decorators.http import require_http_methods, require_POST, require_safe

from contempo.core import clock
from contempo.core.verdict import Refusal, require
from contempo.programmes.actions.activities import change_activity, move_activity
from contempo.programmes.forms.activities import ActivityForm
from contempo.programmes.queries.opened import OpenedPlan
from contempo.programmes.queries.plans import activities as queries
from contempo.programmes.queries.plans.activity import activity_page, activity_typed
from contempo.programmes.views.opening import with_plan
from contempo.web import lists


@require_safe
@with_plan("activities")
def activities(request: HttpRequest, opened: OpenedPlan) -> HttpResponseBase:
    """The activities of a plan, or the same as a file."""
    today = clock.today()
    if wanted := lists.export_format(request):
        rows = queries.activity_rows(opened, request.GET, today=today)
        return lists.export(rows, queries.COLUMNS, wanted, f"{opened.plan.key}-{_('activities')}")
    page = queries.activities(opened, request.GET, today=today)
    return render(request, "programmes/plan/activities.html", {"opened": opened, "page": page})


@require_safe
@with_plan("activities")
def activity(request: HttpRequest, opened: OpenedPlan, activity_id: int) -> HttpResponse:
    """One activity: state and next steps, who, when and where, what was written."""
    page = activity_page(request.actor, opened, activity_id, today=clock.today())
    if page is None:
        raise Http404
    context = {
        "opened": opened,
        "page": page,
        "step_url": opened.url("activity_step", activity_id=page.id),
        "edit_url": opened.url("activity_edit", activity_id=page.id),
    }
    return render(request, "programmes/plan/activity.html", context)


@require_POST
@login_required
@with_plan("activities")
def step(request: HttpRequest, opened: OpenedPlan, activity_id: int) -> HttpResponse:
    """Take an activity one step further."""
    wanted = request.POST.get("step", "")
    moved = move_activity(request.actor, plan_id=opened.plan.pk, activity_id=activity_id, step=wanted)
    messages.success(request, _("Recorded: “%(activity)s”.") % {"activity": moved.title})
    return redirect(opened.url("activity", activity_id=activity_id))


@require_http_methods(["GET", "HEAD", "POST"])
@login_required
@with_plan("activities")
def edit(request: HttpRequest, opened: OpenedPlan, activity_id: int) -> HttpResponse:
    """Change what is written of an activity."""
    page = activity_typed(request.actor, opened, activity_id)
    if page is None:
        raise Http404
    require(page.verdict)
    form = ActivityForm(request.POST or None, initial=page.initial, organisations=page.organisations)
    if form.is_valid() and _changed(request, opened, form, activity_id):
        messages.success(request, _("Saved."))
        return redirect(opened.url("activity", activity_id=activity_id))
    back = opened.url("activity", activity_id=activity_id)
    context = {"opened": opened, "page": page, "form": form, "activity_url": back}
    return render(request, "programmes/plan/activity_edit.html", context)


def _changed(request: HttpRequest, opened: OpenedPlan, form: ActivityForm, activity_id: int) -> bool:
    try:
        change_activity(
            request.actor,
            plan_id=opened.plan.pk,
            activity_id=activity_id,
            written=form.written(),
            edition=form.cleaned_data["edition"],
        )
    except Refusal as refusal:
        form.refuse(refusal)
        return False
    return True

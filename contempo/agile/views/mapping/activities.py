"""The activities of units: the list, the summary, one of them, adding, changing, ending."""

from collections.abc import Callable
from typing import TypeVar

from django.contrib import messages
from django.forms import Form
from django.http import Http404, HttpRequest, HttpResponse, HttpResponseBase
from django.shortcuts import redirect, render
from django.utils.translation import gettext as _
from django.views.decorators.http import require_http_methods, require_POST, require_safe

from contempo.agile.access import may_manage, may_read_inside
from contempo.agile.actions.mapping import activities as actions
from contempo.agile.forms.mapping.activities import ActivityForm, EndForm, NewActivityForm
from contempo.agile.queries.mapping import activities as queries
from contempo.agile.queries.mapping import activity as one
from contempo.agile.queries.mapping.summary import summary as summary_of
from contempo.agile.queries.opened import OpenedEmployer
from contempo.agile.views.opening import with_employer
from contempo.core import clock
from contempo.core.verdict import Refusal, require
from contempo.web import lists
from contempo.web.forms import add_refusal

Made = TypeVar("Made")


@require_safe
@with_employer("activities", may=may_read_inside)
def activities(request: HttpRequest, opened: OpenedEmployer) -> HttpResponseBase:
    """The activities of an employer, or the same as a file."""
    today = clock.today()
    if wanted := lists.export_format(request):
        rows = queries.activity_rows(opened, request.GET, today=today)
        return lists.export(rows, queries.COLUMNS, wanted, _("activities"))
    page = queries.activities(opened, request.GET, today=today)
    may_add = bool(may_manage(opened.part))
    return render(request, "agile/mapping/activities.html", {"opened": opened, "page": page, "may_add": may_add})


@require_safe
@with_employer("activities", may=may_read_inside)
def summary(request: HttpRequest, opened: OpenedEmployer) -> HttpResponse:
    """How many activities are assessed, and with what result, by directorate."""
    return render(request, "agile/mapping/summary.html", {"opened": opened, "summary": summary_of(opened)})


@require_safe
@with_employer("activities", may=may_read_inside)
def activity(request: HttpRequest, opened: OpenedEmployer, activity_id: int) -> HttpResponse:
    """One activity: its result and why, its assessments side by side, who does it."""
    page = one.activity_page(opened, activity_id, request.GET, today=clock.today())
    if page is None:
        raise Http404
    return render(request, "agile/mapping/activity.html", {"opened": opened, "page": page})


@require_http_methods(["GET", "HEAD", "POST"])
@with_employer("activities", may=may_manage)
def new(request: HttpRequest, opened: OpenedEmployer) -> HttpResponse:
    """Add an activity to the catalogue."""
    form = NewActivityForm(request.POST or None, units=one.units_to_tend(opened))
    employer_id = opened.employer.pk
    if made := _done(form, lambda: actions.add_activity(request.actor, employer_id=employer_id, **form.written())):
        messages.success(request, _("Added: “%(activity)s”. It is now to be assessed.") % {"activity": made.title})
        return redirect(opened.url("activity", activity_id=made.pk))
    return render(request, "agile/mapping/activity_edit.html", {"opened": opened, "form": form})


@require_http_methods(["GET", "HEAD", "POST"])
@with_employer("activities", may=may_read_inside)
def edit(request: HttpRequest, opened: OpenedEmployer, activity_id: int) -> HttpResponse:
    """Change what is written of an activity."""
    found = _to_tend(opened, activity_id)
    form = ActivityForm(request.POST or None, initial=found.initial, units=one.units_to_tend(opened))
    if _done(form, lambda: actions.change_activity(request.actor, activity_id=activity_id, **form.written())):
        messages.success(request, _("Saved."))
        return redirect(opened.url("activity", activity_id=activity_id))
    context = {"opened": opened, "form": form, "activity": found}
    return render(request, "agile/mapping/activity_edit.html", context)


@require_http_methods(["GET", "HEAD", "POST"])
@with_employer("activities", may=may_read_inside)
def end(request: HttpRequest, opened: OpenedEmployer, activity_id: int) -> HttpResponse:
    """End an activity."""
    found = _to_tend(opened, activity_id)
    form = EndForm(request.POST or None, initial={"last_day": clock.today()})
    if _done(form, lambda: actions.end_activity(request.actor, activity_id=activity_id, **form.cleaned_data)):
        messages.success(request, _("The activity has ended: shares in it count no more."))
        return redirect(opened.url("activity", activity_id=activity_id))
    return render(request, "agile/mapping/activity_end.html", {"opened": opened, "form": form, "activity": found})


@require_POST
@with_employer("activities", may=may_read_inside)
def reopen(request: HttpRequest, opened: OpenedEmployer, activity_id: int) -> HttpResponse:
    """Undo the end of an activity."""
    _to_tend(opened, activity_id)
    actions.reopen_activity(request.actor, activity_id=activity_id)
    messages.success(request, _("The activity is running again: shares in it count."))
    return redirect(opened.url("activity", activity_id=activity_id))


def _to_tend(opened: OpenedEmployer, activity_id: int) -> one.Tended:
    """An activity the reader may write; 404 when there is none, 403 when it is somebody else's."""
    if (found := one.tended(opened, activity_id)) is None:
        raise Http404
    require(found.verdict)
    return found


def _done(form: Form, action: Callable[[], Made]) -> Made | None:
    """What the action made of a valid form; None when the form is not, or the action refused, which it then shows."""
    if not form.is_valid():
        return None
    try:
        return action()
    except Refusal as refusal:
        add_refusal(form, refusal)
        return None

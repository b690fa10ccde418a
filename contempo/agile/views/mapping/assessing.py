"""Assessing an activity."""

from django.contrib import messages
from django.http import Http404, HttpRequest, HttpResponse
from django.shortcuts import redirect, render
from django.utils.translation import gettext as _
from django.views.decorators.http import require_http_methods

from contempo.agile.access import may_read_inside
from contempo.agile.actions.mapping.assessments import assess as assess_it
from contempo.agile.forms.mapping.assessing import AssessForm
from contempo.agile.queries.mapping.activity import questions, tended
from contempo.agile.queries.opened import OpenedEmployer
from contempo.agile.rules.mapping import REMOTENESS_LOOKS
from contempo.agile.views.opening import with_employer
from contempo.core.verdict import Refusal, require


@require_http_methods(["GET", "HEAD", "POST"])
@with_employer("activities", may=may_read_inside)
def assess(request: HttpRequest, opened: OpenedEmployer, activity_id: int) -> HttpResponse:
    """Answer the criteria for an activity, all on one page."""
    if (activity := tended(opened, activity_id)) is None:
        raise Http404
    require(activity.verdict)
    if (asked := questions(opened, activity_id)) is None:
        messages.info(request, _("No criteria are published yet: human resources publish them first."))
        return redirect(opened.url("criteria"))
    form = AssessForm(request.POST or None, questions=asked)
    if form.is_valid() and _assessed(request, form, activity_id):
        return redirect(opened.url("activity", activity_id=activity_id))
    context = {"opened": opened, "activity": activity, "form": form, "asked": asked}
    return render(request, "agile/mapping/assess.html", context)


def _assessed(request: HttpRequest, form: AssessForm, activity_id: int) -> bool:
    said = form.cleaned_data
    try:
        made = assess_it(
            request.actor,
            activity_id=activity_id,
            version=said["version"],
            answers=form.answers(),
            note=said["note"],
            seen=int(said["seen"]) if said["seen"].isdecimal() else None,
        )
    except Refusal as refusal:
        form.refuse(refusal)
        return False
    result = _(REMOTENESS_LOOKS[made.result].label)
    messages.success(request, _("Assessed. Result: %(result)s.") % {"result": result})
    return True

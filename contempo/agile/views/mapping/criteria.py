"""The published criteria, and publishing new ones."""

from django.contrib import messages
from django.http import Http404, HttpRequest, HttpResponse
from django.shortcuts import redirect, render
from django.utils.translation import gettext as _
from django.views.decorators.http import require_http_methods, require_safe

from contempo.agile.access import may_keep
from contempo.agile.actions.mapping.criteria import publish_criteria
from contempo.agile.forms.mapping.criteria import CriteriaForm
from contempo.agile.queries.mapping.criteria import criteria_page, criteria_typed
from contempo.agile.queries.opened import OpenedEmployer
from contempo.agile.views.opening import with_employer
from contempo.core.verdict import Refusal


@require_safe
@with_employer("activities")
def criteria(request: HttpRequest, opened: OpenedEmployer, number: int | None = None) -> HttpResponse:
    """The criteria in force, or an older version: what each means, the threshold, what changed."""
    page = criteria_page(opened, number)
    if page is None:
        raise Http404
    return render(request, "agile/mapping/criteria.html", {"opened": opened, "page": page})


@require_http_methods(["GET", "HEAD", "POST"])
@with_employer("activities", may=may_keep)
def publish(request: HttpRequest, opened: OpenedEmployer) -> HttpResponse:
    """Publish a new version of the criteria."""
    typed = criteria_typed(opened)
    form = CriteriaForm(request.POST or None, typed=typed)
    if form.is_valid() and _published(request, opened, form):
        messages.success(request, _("Published: the criteria are in force from today."))
        return redirect(opened.url("criteria"))
    return render(request, "agile/mapping/criteria_edit.html", {"opened": opened, "form": form, "typed": typed})


def _published(request: HttpRequest, opened: OpenedEmployer, form: CriteriaForm) -> bool:
    said = form.cleaned_data
    seen = int(said["seen"]) if said["seen"].isdecimal() else None
    try:
        publish_criteria(
            request.actor,
            employer_id=opened.employer.pk,
            criteria=form.criteria(),
            threshold=said["threshold"],
            note=said["note"],
            seen=seen,
        )
    except Refusal as refusal:
        form.refuse(refusal)
        return False
    return True

"""The budget of a plan, as a page and as files."""

from django.http import HttpRequest, HttpResponseBase
from django.shortcuts import render
from django.utils.translation import gettext as _
from django.views.decorators.http import require_safe

from contempo.programmes.queries.money import budget as queries
from contempo.programmes.queries.opened import OpenedPlan
from contempo.programmes.views.opening import with_plan
from contempo.web import lists


@require_safe
@with_plan("budget")
def budget(request: HttpRequest, opened: OpenedPlan) -> HttpResponseBase:
    """Lines by sources with every sum, or every allocation as a file."""
    if wanted := lists.export_format(request):
        rows = queries.cells(request.actor, opened.plan)
        return lists.export(rows, queries.COLUMNS, wanted, f"{_('budget')}-{opened.plan.key}")
    context = {"opened": opened, "budget": queries.budget(request.actor, opened)}
    return render(request, "programmes/money/budget.html", context)

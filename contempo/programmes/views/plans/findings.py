"""What the auditor found in a plan, and checking it again."""

from django.contrib import messages
from django.contrib.auth.decorators import login_required
from django.http import HttpRequest, HttpResponse, HttpResponseBase
from django.shortcuts import redirect, render
from django.utils.translation import gettext as _
from django.utils.translation import ngettext
from django.views.decorators.http import require_POST, require_safe

from contempo.core.verdict import require
from contempo.programmes.access import may_read_findings
from contempo.programmes.actions.checking import check_plan
from contempo.programmes.queries.opened import OpenedPlan
from contempo.programmes.queries.plans import findings as queries
from contempo.programmes.views.opening import with_plan
from contempo.web import lists


@require_safe
@login_required
@with_plan("findings")
def findings(request: HttpRequest, opened: OpenedPlan) -> HttpResponseBase:
    """The findings of a plan, or the same as a file."""
    require(may_read_findings(request.actor))
    if wanted := lists.export_format(request):
        rows = queries.finding_rows(opened, request.GET)
        return lists.export(rows, queries.COLUMNS, wanted, f"{opened.plan.key}-{_('findings')}")
    page = queries.findings(request.actor, opened, request.GET)
    context = {"opened": opened, "page": page, "check_url": opened.url("findings_again")}
    return render(request, "programmes/plan/findings.html", context)


@require_POST
@login_required
@with_plan("findings")
def again(request: HttpRequest, opened: OpenedPlan) -> HttpResponse:
    """Check a plan again."""
    count = check_plan(request.actor, plan_id=opened.plan.pk)
    found = ngettext("The plan was checked: %(count)s finding.", "The plan was checked: %(count)s findings.", count)
    messages.success(request, found % {"count": count})
    return redirect(opened.url("findings"))

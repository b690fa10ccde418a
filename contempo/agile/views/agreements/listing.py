"""One's own agreements, those that wait, and the register."""

from django.http import HttpRequest, HttpResponse, HttpResponseBase
from django.shortcuts import redirect, render
from django.utils.translation import gettext as _
from django.views.decorators.http import require_http_methods, require_safe

from contempo.agile.access import may_act_as_worker, may_read_inside
from contempo.agile.actions.agreements.drafting import begin
from contempo.agile.forms.agreements.choosing import PreviousForm
from contempo.agile.queries.agreements import listing, mine
from contempo.agile.queries.agreements.wizard import cited
from contempo.agile.queries.opened import OpenedEmployer
from contempo.agile.views.opening import with_employer
from contempo.core import clock
from contempo.web import lists


@require_safe
@with_employer("agreements", may=may_read_inside)
def agreements(request: HttpRequest, opened: OpenedEmployer) -> HttpResponse:
    """Where one's agreement stands and what comes next; for who decides, what waits for them."""
    today = clock.today()
    context = {
        "opened": opened,
        "mine": mine.mine(opened, today),
        "waiting": mine.waiting_for(opened, today),
        "priority": cited("priority", today),
    }
    return render(request, "agile/agreements/mine.html", context)


@require_safe
@with_employer("agreements", may=may_read_inside)
def agreements_register(request: HttpRequest, opened: OpenedEmployer) -> HttpResponseBase:
    """The register, or the same as a file."""
    if wanted := lists.export_format(request):
        rows = listing.register_rows(opened, request.GET)
        return lists.export(rows, listing.COLUMNS, wanted, _("agile-work-agreements"))
    context = {"opened": opened, "page": listing.register(opened, request.GET)}
    return render(request, "agile/agreements/register.html", context)


@require_http_methods(["GET", "HEAD", "POST"])
@with_employer("agreements", may=may_act_as_worker)
def agreement_new(request: HttpRequest, opened: OpenedEmployer) -> HttpResponse:
    """What an agreement is and what it takes, before one is begun; from another one when it is renewed."""
    previous = PreviousForm(request.POST or request.GET).number
    if request.method == "POST":
        made = begin(request.actor, employer_id=opened.employer.pk, previous=previous)
        return redirect(opened.url("agreement_step", number=made.number, step="lavoro"))
    context = {
        "opened": opened,
        "mine": mine.mine(opened, clock.today()),
        "previous": previous,
        "law": cited("content", clock.today()),
    }
    return render(request, "agile/agreements/new.html", context)

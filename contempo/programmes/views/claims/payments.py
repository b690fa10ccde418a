"""The payments of a plan, the balances of partners, and advances."""

from django.contrib import messages
from django.contrib.auth.decorators import login_required
from django.http import HttpRequest, HttpResponse, HttpResponseBase
from django.shortcuts import redirect, render
from django.utils.translation import gettext as _
from django.views.decorators.http import require_http_methods, require_safe

from contempo.core import clock
from contempo.core.verdict import require
from contempo.programmes.access import may_advance, may_open_claims
from contempo.programmes.actions.payments import advance
from contempo.programmes.forms.claims import AdvanceForm
from contempo.programmes.queries.claims import payments as queries
from contempo.programmes.queries.opened import OpenedPlan
from contempo.programmes.views.claims.opening import told_in
from contempo.programmes.views.opening import with_plan
from contempo.web import lists


@login_required
@require_safe
@with_plan("claims")
def payments(request: HttpRequest, opened: OpenedPlan) -> HttpResponseBase:
    """The payments and the balances, or the payments as a file."""
    require(may_open_claims(request.actor))
    if wanted := lists.export_format(request):
        rows = queries.payment_rows(request.actor, opened, request.GET)
        return lists.export(rows, queries.COLUMNS, wanted, f"{opened.plan.key}-{_('payments')}")
    may = opened.in_force and bool(may_advance(request.actor))
    page = queries.payments(request.actor, opened, request.GET, may_advance=may)
    return render(request, "programmes/claims/payments.html", {"opened": opened, "page": page})


@login_required
@require_safe
@with_plan("claims")
def balances(request: HttpRequest, opened: OpenedPlan) -> HttpResponseBase:
    """The balances of the partners as a file."""
    require(may_open_claims(request.actor))
    wanted = lists.export_format(request) or "xlsx"
    found = queries.balances(request.actor, opened)
    return lists.export(found, queries.BALANCE_COLUMNS, wanted, f"{opened.plan.key}-{_('balances')}")


@login_required
@require_http_methods(["GET", "HEAD", "POST"])
@with_plan("claims")
def advance_new(request: HttpRequest, opened: OpenedPlan) -> HttpResponse:
    """Record an advance to a partner."""
    require(may_advance(request.actor))
    choices = queries.advance_choices(opened)
    form = AdvanceForm(request.POST or None, initial={"paid_on": clock.today()}, partners=choices)
    if request.method == "POST" and form.is_valid() and told_in(form, lambda: _advance(request, opened, form)):
        messages.success(request, _("The advance is recorded, and the partner has been told."))
        return redirect(opened.url("payments"))
    return render(request, "programmes/claims/advance.html", {"opened": opened, "form": form})


def _advance(request: HttpRequest, opened: OpenedPlan, form: AdvanceForm) -> None:
    organisation_id, alliance_id = form.place
    advance(
        request.actor,
        plan_id=opened.plan.pk,
        organisation_id=organisation_id,
        alliance_id=alliance_id,
        cents=form.cleaned_data["amount"],
        reference=form.cleaned_data["reference"],
        paid_on=form.cleaned_data["paid_on"],
    )

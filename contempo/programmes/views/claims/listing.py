"""The claims of a plan, and beginning one."""

from django.contrib.auth.decorators import login_required
from django.http import HttpRequest, HttpResponse, HttpResponseBase
from django.shortcuts import redirect, render
from django.utils.translation import gettext as _
from django.views.decorators.http import require_http_methods, require_safe

from contempo.core.verdict import NotPermitted, require
from contempo.core.words import N_
from contempo.programmes.access import may_open_claims
from contempo.programmes.actions.claims.drafting import draft_claim
from contempo.programmes.forms.claims import ClaimForm
from contempo.programmes.queries.claims import listing
from contempo.programmes.queries.claims.expense import beginnings
from contempo.programmes.queries.opened import OpenedPlan
from contempo.programmes.views.claims.opening import told_in
from contempo.programmes.views.opening import with_plan
from contempo.web import lists


@login_required
@require_safe
@with_plan("claims")
def claims(request: HttpRequest, opened: OpenedPlan) -> HttpResponseBase:
    """The claims the reader may see, or the same as a file."""
    require(may_open_claims(request.actor))
    if wanted := lists.export_format(request):
        rows = listing.claim_rows(request.actor, opened, request.GET)
        return lists.export(rows, listing.COLUMNS, wanted, f"{opened.plan.key}-{_('claims')}")
    page = listing.claims(request.actor, opened, request.GET)
    context = {"opened": opened, "page": page, "begins": opened.in_force and beginnings(request.actor, opened)}
    return render(request, "programmes/claims/list.html", context)


@login_required
@require_http_methods(["GET", "HEAD", "POST"])
@with_plan("claims")
def claim_new(request: HttpRequest, opened: OpenedPlan) -> HttpResponse:
    """Begin a claim: what it is called and, where there is a choice, for which alliance."""
    where = beginnings(request.actor, opened)
    if not where:
        raise NotPermitted(N_("The budget of this plan has no money that your organisations may claim."))
    form = ClaimForm(request.POST or None, where=where)
    if request.method == "POST" and form.is_valid() and told_in(form, lambda: _begin(request, opened, form)):
        return redirect(opened.url("claim", number=form.cleaned_data["claim"].number))
    context = {"opened": opened, "form": form, "only": where[0][1] if len(where) == 1 else ""}
    return render(request, "programmes/claims/new.html", context)


def _begin(request: HttpRequest, opened: OpenedPlan, form: ClaimForm) -> None:
    organisation_id, alliance_id = form.place
    form.cleaned_data["claim"] = draft_claim(
        request.actor,
        plan_id=opened.plan.pk,
        organisation_id=organisation_id,
        alliance_id=alliance_id,
        title=form.cleaned_data["title"],
        note=form.cleaned_data["note"],
    )

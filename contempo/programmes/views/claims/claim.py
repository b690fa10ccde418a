"""The page of a claim and the steps of the partner: change, send, take back, throw away."""

from uuid import UUID

from django.contrib import messages
from django.contrib.auth.decorators import login_required
from django.http import Http404, HttpRequest, HttpResponse, HttpResponseBase
from django.shortcuts import redirect, render
from django.utils.translation import gettext as _
from django.views.decorators.http import require_http_methods, require_POST, require_safe

from contempo.core import files
from contempo.core.verdict import NotPermitted
from contempo.core.words import N_
from contempo.programmes.actions.claims import drafting, sending
from contempo.programmes.forms.claims import ClaimForm
from contempo.programmes.queries.claims.page import ClaimPage, paper_of
from contempo.programmes.queries.opened import OpenedPlan
from contempo.programmes.rules.expenses import Unready
from contempo.programmes.views.claims.opening import in_words, to_claim, told_in, with_claim
from contempo.programmes.views.opening import with_plan


@require_safe
@with_claim
def claim(request: HttpRequest, opened: OpenedPlan, page: ClaimPage) -> HttpResponse:
    """Where a claim stands, what comes next, its expenses and its story."""
    return render(request, "programmes/claims/claim.html", {"opened": opened, "page": page})


@require_http_methods(["GET", "HEAD", "POST"])
@with_claim
def claim_edit(request: HttpRequest, opened: OpenedPlan, page: ClaimPage) -> HttpResponse:
    """Change what a draft is called."""
    if not page.may_change:
        raise NotPermitted(N_("Only who acts for this organisation changes its claims."))
    form = ClaimForm(request.POST or None, initial={"title": page.title, "note": page.note, "edition": page.edition})
    if request.method == "POST" and form.is_valid():
        typed = form.cleaned_data
        if told_in(form, lambda: drafting.change_claim(request.actor, claim_id=page.id, **typed)):
            return to_claim(request, page, _("Saved."))
    return render(request, "programmes/claims/edit.html", {"opened": opened, "page": page, "form": form})


@require_POST
@with_claim
def claim_remove(request: HttpRequest, opened: OpenedPlan, page: ClaimPage) -> HttpResponse:
    """Throw a draft away that was never sent."""
    drafting.remove_claim(request.actor, claim_id=page.id)
    messages.success(request, _("The draft is thrown away."))
    return redirect(opened.url("claims"))


@require_POST
@with_claim
def claim_send(request: HttpRequest, opened: OpenedPlan, page: ClaimPage) -> HttpResponse:
    """Send the claim; what is still to mend is told all at once, on its page."""
    try:
        sending.submit(request.actor, claim_id=page.id)
    except Unready as unready:
        context = {"opened": opened, "page": page, "problems": [in_words(each) for each in unready.problems]}
        return render(request, "programmes/claims/claim.html", context)
    return to_claim(request, page, _("The claim is sent: who controls it has been told."))


@require_POST
@with_claim
def claim_withdraw(request: HttpRequest, opened: OpenedPlan, page: ClaimPage) -> HttpResponse:
    """Take the claim back."""
    sending.withdraw(request.actor, claim_id=page.id)
    return to_claim(request, page, _("The claim is a draft again: change it and send it when it is ready."))


@login_required
@require_safe
@with_plan("claims")
def claim_paper(request: HttpRequest, opened: OpenedPlan, number: int, position: int, key: UUID) -> HttpResponseBase:
    """A file of an expense."""
    found = paper_of(request.actor, opened, number, position, key)
    if found is None:
        raise Http404
    return files.serve(found)


@require_POST
@with_claim
def claim_paper_drop(
    request: HttpRequest, opened: OpenedPlan, page: ClaimPage, position: int, key: UUID
) -> HttpResponse:
    """Throw a file of an expense away."""
    drafting.drop_paper(request.actor, claim_id=page.id, position=position, key=key)
    messages.success(request, _("The file is thrown away."))
    return redirect(opened.url("expense", number=page.number, position=position))

"""The form of an expense, and what is said beside it while it is typed."""

from django.contrib import messages
from django.contrib.auth.decorators import login_required
from django.http import Http404, HttpRequest, HttpResponse
from django.shortcuts import redirect, render
from django.utils.translation import gettext as _
from django.views.decorators.http import require_http_methods, require_POST, require_safe

from contempo.core.money import cents_written
from contempo.programmes.actions.claims.drafting import add_expense, change_expense, remove_expense
from contempo.programmes.forms.claims import ExpenseForm
from contempo.programmes.queries.claims.expense import ExpenseEdit, expense_edit, left_on
from contempo.programmes.queries.claims.page import ClaimPage
from contempo.programmes.queries.opened import OpenedPlan
from contempo.programmes.views.claims.opening import to_claim, told_in, with_claim
from contempo.programmes.views.opening import with_plan

AGAIN = "again"
"""Value of the button that saves an expense and opens the next."""


@login_required
@require_http_methods(["GET", "HEAD", "POST"])
@with_plan("claims")
def expense(request: HttpRequest, opened: OpenedPlan, number: int, position: int | None = None) -> HttpResponse:
    """Add an expense to a draft (without `position`) or change one."""
    edit = expense_edit(request.actor, opened, number, position)
    if edit is None:
        raise Http404
    form = ExpenseForm(request.POST or None, request.FILES or None, initial=edit.initial, places=edit.places)
    if request.method == "POST" and form.is_valid() and told_in(form, lambda: _save(request, edit, form)):
        return _saved(request, opened, edit, form.cleaned_data["saved"])
    return render(request, "programmes/claims/expense.html", {"opened": opened, "edit": edit, "form": form})


def _save(request: HttpRequest, edit: ExpenseEdit, form: ExpenseForm) -> None:
    typed, papers = form.details(), form.papers()
    if edit.position is None:
        made = add_expense(request.actor, claim_id=edit.claim_id, details=typed, **papers)
        form.cleaned_data["saved"] = made.position
    else:
        opened_on = form.cleaned_data["edition"]
        change_expense(
            request.actor, claim_id=edit.claim_id, position=edit.position, details=typed, edition=opened_on, **papers
        )
        form.cleaned_data["saved"] = edit.position


def _saved(request: HttpRequest, opened: OpenedPlan, edit: ExpenseEdit, position: int) -> HttpResponse:
    """On to the next expense, or to the claim; a document that is in another expense too is told there."""
    messages.success(request, _("Expense %(position)s is saved.") % {"position": position})
    after = expense_edit(request.actor, opened, edit.number, position)
    if after and after.same:
        messages.warning(request, _("This document is in another expense too: look at what is said beside it."))
    elif request.POST.get("do") == AGAIN:
        return redirect(opened.url("expense_new", number=edit.number))
    return redirect(f"{edit.url}#spesa-{position}")


@require_POST
@with_claim
def expense_remove(request: HttpRequest, opened: OpenedPlan, page: ClaimPage, position: int) -> HttpResponse:
    """Take an expense out of a draft."""
    remove_expense(request.actor, claim_id=page.id, position=position)
    return to_claim(request, page, _("The expense is taken out."))


@login_required
@require_safe
@with_plan("claims")
def expense_left(request: HttpRequest, opened: OpenedPlan, number: int) -> HttpResponse:
    """What is left on the line and source chosen in the form: a part of its page."""
    chosen, claimed = request.GET.get("allocation", ""), request.GET.get("claimed", "")
    try:
        cents = max(cents_written(claimed), 0)
    except ValueError:
        cents = 0
    allocation_id = int(chosen) if chosen.isdecimal() and len(chosen) < 19 else 0
    try:
        place = left_on(request.actor, opened, number, allocation_id, cents)
    except LookupError:
        raise Http404 from None
    return render(request, "programmes/claims/left.html", {"place": place})

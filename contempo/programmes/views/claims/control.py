"""The control of a claim, and its payment."""

from django.http import HttpRequest, HttpResponse, QueryDict
from django.shortcuts import redirect, render
from django.utils.translation import gettext as _
from django.utils.translation import ngettext
from django.views.decorators.http import require_http_methods, require_POST

from contempo.core import clock
from contempo.core.verdict import NotPermitted
from contempo.core.words import N_
from contempo.programmes.actions import payments
from contempo.programmes.actions.claims import control as actions
from contempo.programmes.forms.claims import BackForm, JudgementForm, PaymentForm
from contempo.programmes.queries.claims.control import control_page
from contempo.programmes.queries.claims.page import ClaimPage
from contempo.programmes.queries.opened import OpenedPlan
from contempo.programmes.rules.expenses import Unready
from contempo.programmes.views.claims.opening import in_words, to_claim, told_in, with_claim

ALL, NOTHING = "all", "nothing"
"""Values of the buttons that accept an expense in full, or nothing of it."""


@require_POST
@with_claim
def claim_begin(request: HttpRequest, opened: OpenedPlan, page: ClaimPage) -> HttpResponse:
    """Begin the control."""
    actions.begin_control(request.actor, claim_id=page.id)
    return redirect(opened.url("claim_control", number=page.number))


@require_POST
@with_claim
def claim_take_over(request: HttpRequest, opened: OpenedPlan, page: ClaimPage) -> HttpResponse:
    """Go on with a control a colleague has begun."""
    actions.take_over(request.actor, claim_id=page.id)
    return redirect(opened.url("claim_control", number=page.number))


@require_http_methods(["GET", "HEAD", "POST"])
@with_claim
def claim_control(
    request: HttpRequest, opened: OpenedPlan, page: ClaimPage, position: int | None = None
) -> HttpResponse:
    """Judge the expenses one by one; what was typed for one (`position`) and cannot be stays in its form."""
    _require_controller(page)
    form = JudgementForm(_amount_chosen(request, page, position)) if position is not None else None
    if request.method == "POST" and form is not None and form.is_valid() and _judged(request, page, position, form):
        following = next((each.position for each in page.expenses if each.position > (position or 0)), None)
        where = f"#spesa-{following}" if following else "#chiudi"
        return redirect(opened.url("claim_control", number=page.number) + where)
    context = {"opened": opened, "page": page, "control": control_page(page, opened, form, position)}
    return render(request, "programmes/claims/control.html", context)


def _require_controller(page: ClaimPage) -> None:
    if not page.controls:
        raise NotPermitted(N_("You do not control this claim now: open it again to see where it stands."))


def _amount_chosen(request: HttpRequest, page: ClaimPage, position: int | None) -> QueryDict | None:
    """What was sent, with the amount the button stands for."""
    if request.method != "POST":
        return None
    sent = request.POST.copy()
    claimed = next((each.claimed for each in page.expenses if each.position == position), "")
    if sent.get("do") == ALL:
        sent["accepted"], sent["reason"] = claimed, ""
    elif sent.get("do") == NOTHING:
        sent["accepted"] = "0"
    return sent


def _judged(request: HttpRequest, page: ClaimPage, position: int | None, form: JudgementForm) -> bool:
    typed = form.cleaned_data
    return told_in(
        form,
        lambda: actions.judge(
            request.actor,
            claim_id=page.id,
            position=position or 0,
            accepted_cents=typed["accepted"],
            reason=typed["reason"],
        ),
    )


@require_POST
@with_claim
def claim_accept_rest(request: HttpRequest, opened: OpenedPlan, page: ClaimPage) -> HttpResponse:
    """Accept in full what nobody has judged yet."""
    count = actions.judge_rest(request.actor, claim_id=page.id)
    told = ngettext("%(count)s more expense is to be accepted.", "%(count)s more expenses are to be accepted.", count)
    to_claim(request, page, told % {"count": count})
    return redirect(opened.url("claim_control", number=page.number) + "#chiudi")


@require_POST
@with_claim
def claim_close(request: HttpRequest, opened: OpenedPlan, page: ClaimPage) -> HttpResponse:
    """End the control; what stands in the way is told all at once."""
    try:
        actions.close_control(request.actor, claim_id=page.id)
    except Unready as unready:
        problems = [in_words(each) for each in unready.problems]
        context = {"opened": opened, "page": page, "problems": problems, "control": control_page(page, opened)}
        return render(request, "programmes/claims/control.html", context)
    return to_claim(request, page, _("The control is closed: “%(name)s” has been told."))


@require_http_methods(["GET", "HEAD", "POST"])
@with_claim
def claim_give_back(request: HttpRequest, opened: OpenedPlan, page: ClaimPage) -> HttpResponse:
    """Give the claim back to the partner, saying what to change."""
    _require_controller(page)
    form = BackForm(request.POST or None)
    if request.method == "POST" and form.is_valid():
        reason = form.cleaned_data["reason"]
        if told_in(form, lambda: actions.give_back(request.actor, claim_id=page.id, reason=reason)):
            return to_claim(request, page, _("The claim is back with “%(name)s”, who has been told."))
    return render(request, "programmes/claims/give_back.html", {"opened": opened, "page": page, "form": form})


@require_http_methods(["GET", "HEAD", "POST"])
@with_claim
def claim_pay(request: HttpRequest, opened: OpenedPlan, page: ClaimPage) -> HttpResponse:
    """Record the payment of an accepted claim."""
    if "pay" not in page.steps or page.settled is None:
        raise NotPermitted(N_("This claim is not to be paid by you now."))
    owed = page.settled.paid_cents > 0
    form = PaymentForm(request.POST or None, initial={"paid_on": clock.today()}, owed=owed)
    if request.method == "POST" and form.is_valid():
        typed = {**form.cleaned_data} if owed else {"paid_on": clock.today(), "reference": ""}
        if told_in(form, lambda: payments.pay(request.actor, claim_id=page.id, **typed)):
            return to_claim(request, page, _("The payment is recorded: “%(name)s” has been told."))
    return render(request, "programmes/claims/pay.html", {"opened": opened, "page": page, "form": form})

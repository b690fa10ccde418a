"""The bank of a worker: one page, and the forms on it."""

from django.contrib import messages
from django.forms import Form
from django.http import HttpRequest, HttpResponse
from django.shortcuts import redirect, render
from django.utils.translation import gettext as _
from django.views.decorators.http import require_POST, require_safe

from contempo.agile.access import may_act_as_worker
from contempo.agile.actions.bank.appealing import appeal
from contempo.agile.actions.bank.asking import ask, withdraw_request
from contempo.agile.actions.bank.drawing import draw
from contempo.agile.actions.bank.giving import donate
from contempo.agile.forms.bank import AppealForm, AskForm, DonateForm, DrawForm
from contempo.agile.queries.bank.page import BankPage, bank_page
from contempo.agile.queries.months.finding import FoundMonth, key_of, newest_month
from contempo.agile.queries.opened import OpenedEmployer
from contempo.agile.views.months.finding import with_month
from contempo.agile.views.opening import with_employer
from contempo.core import clock
from contempo.web.forms import done


@require_safe
@with_employer("bank", may=may_act_as_worker)
def bank(request: HttpRequest, opened: OpenedEmployer) -> HttpResponse:
    """The newest month, or that there is none yet."""
    month = newest_month(opened)
    if month is None:
        return render(request, "agile/bank/none.html", {"opened": opened})
    return redirect(opened.url("bank_month", month=key_of(month.first_day)))


@require_safe
@with_employer("bank", may=may_act_as_worker)
@with_month
def bank_month(request: HttpRequest, opened: OpenedEmployer, month: FoundMonth) -> HttpResponse:
    """One's account in a month."""
    return _shown(request, opened, month)


@require_POST
@with_employer("bank", may=may_act_as_worker)
@with_month
def bank_donate(request: HttpRequest, opened: OpenedEmployer, month: FoundMonth) -> HttpResponse:
    """Give days."""
    form = DonateForm(request.POST)
    if not done(form, lambda: donate(request.actor, month_id=month.pk, days=form.cleaned_data["days"])):
        return _shown(request, opened, month, donate_form=form)
    messages.success(request, _("Thank you: the days are in the bank, without your name."))
    return redirect(opened.url("bank_month", month=key_of(month.first_day)))


@require_POST
@with_employer("bank", may=may_act_as_worker)
@with_month
def bank_ask(request: HttpRequest, opened: OpenedEmployer, month: FoundMonth) -> HttpResponse:
    """Ask for days, or change what was asked."""
    page = bank_page(opened, month, clock.now())
    if page is None:
        return _shown(request, opened, month)
    form = AskForm(request.POST, reasons=_reasons(page))
    if not done(form, lambda: ask(request.actor, month_id=month.pk, **form.told)):
        return _shown(request, opened, month, ask_form=form)
    messages.success(request, _("Your request is noted. You can change it until the window closes."))
    return redirect(opened.url("bank_month", month=page.key))


@require_POST
@with_employer("bank", may=may_act_as_worker)
@with_month
def bank_withdraw(request: HttpRequest, opened: OpenedEmployer, month: FoundMonth) -> HttpResponse:
    """Take a request back."""
    withdraw_request(request.actor, month_id=month.pk)
    messages.success(request, _("Your request is taken back."))
    return redirect(opened.url("bank_month", month=key_of(month.first_day)))


@require_POST
@with_employer("bank", may=may_act_as_worker)
@with_month
def bank_draw(request: HttpRequest, opened: OpenedEmployer, month: FoundMonth) -> HttpResponse:
    """Draw days in an emergency."""
    form = DrawForm(request.POST)
    if not done(form, lambda: draw(request.actor, month_id=month.pk, days=form.cleaned_data["days"])):
        return _shown(request, opened, month, draw_form=form)
    messages.success(request, _("The days are yours: plan them in your month."))
    return redirect(opened.url("bank_month", month=key_of(month.first_day)))


@require_POST
@with_employer("bank", may=may_act_as_worker)
@with_month
def bank_appeal(request: HttpRequest, opened: OpenedEmployer, month: FoundMonth) -> HttpResponse:
    """Say what is wrong with a result."""
    form = AppealForm(request.POST)
    if not done(form, lambda: appeal(request.actor, month_id=month.pk, text=form.cleaned_data["text"])):
        return _shown(request, opened, month, appeal_form=form)
    messages.success(request, _("Your appeal is with human resources. You will be told when it is answered."))
    return redirect(opened.url("bank_month", month=key_of(month.first_day)))


def _reasons(page: BankPage) -> list[tuple[str, str]]:
    return [(choice.value, choice.label) for choice in page.choices]


def _shown(request: HttpRequest, opened: OpenedEmployer, month: FoundMonth, **bound: Form) -> HttpResponse:
    page = bank_page(opened, month, clock.now())
    if page is None:
        return render(request, "agile/bank/none.html", {"opened": opened, "month": month})
    asked = page.asked
    initial = {"reason": asked.reason, "days": asked.days} if asked else {}
    forms: dict[str, Form] = {
        "donate_form": DonateForm(),
        "ask_form": AskForm(reasons=_reasons(page), initial=initial),
        "draw_form": DrawForm(),
        "appeal_form": AppealForm(),
    }
    return render(request, "agile/bank/month.html", {"opened": opened, "page": page, **forms, **bound})

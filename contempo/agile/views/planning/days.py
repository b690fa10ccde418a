"""The pages of a worker's month: calendar, list, one date."""

from datetime import date
from typing import Any

from django.contrib import messages
from django.http import Http404, HttpRequest, HttpResponse, HttpResponseBase
from django.shortcuts import redirect, render
from django.utils.translation import gettext as _
from django.utils.translation import ngettext
from django.views.decorators.http import require_http_methods, require_POST, require_safe

from contempo.agile.access import may_act_as_worker
from contempo.agile.actions.planning import days as actions
from contempo.agile.actions.planning.exceptions import ask_exception
from contempo.agile.forms.planning import DaysForm, ExceptionForm, WhereForm, choice_of
from contempo.agile.queries.opened import OpenedEmployer
from contempo.agile.queries.planning import days as queries
from contempo.agile.queries.planning.days import DayPage
from contempo.agile.queries.planning.month import MonthPage, current_month, month_page
from contempo.agile.rules.planning import DatesRefused
from contempo.agile.views.opening import with_employer
from contempo.agile.views.planning.opening import first_of, found
from contempo.core.verdict import NotPermitted, Refusal
from contempo.web import lists
from contempo.web.forms import done


@require_safe
@with_employer("my_month", may=may_act_as_worker)
def my_month(request: HttpRequest, opened: OpenedEmployer) -> HttpResponse:
    """To the month one comes for; without any, what will be here."""
    if (first_day := current_month(opened)) is None:
        return render(request, "agile/planning/no_month.html", {"opened": opened})
    return redirect(opened.url("my_days", month=f"{first_day:%Y-%m}"))


@require_http_methods(["GET", "HEAD", "POST"])
@with_employer("my_month", may=may_act_as_worker)
def my_days(request: HttpRequest, opened: OpenedEmployer, month: str) -> HttpResponse:
    """The calendar of a month; what is ticked anew is planned, what is no longer is given back."""
    page = found(month_page(opened, first_of(month)))
    form = DaysForm(request.POST if request.method == "POST" else None, page=page)
    if request.method == "POST" and form.is_valid() and (told := _saved(request, page, form)):
        messages.success(request, told)
        return redirect(page.url)
    return render(request, "agile/planning/month.html", {"opened": opened, "page": page, "form": form})


def _saved(request: HttpRequest, page: MonthPage, form: DaysForm) -> str:
    """What was done, in words; empty when it was refused, which the form then shows."""
    try:
        planned, returned = actions.save_days(request.actor, month_id=page.id, **form.changes())
    except NotPermitted:
        raise
    except Refusal as refusal:
        form.refuse(refusal)
        return ""
    words = [
        ngettext("%(count)s day planned.", "%(count)s days planned.", planned) % {"count": planned} if planned else "",
        ngettext("%(count)s day given back.", "%(count)s days given back.", returned) % {"count": returned}
        if returned
        else "",
    ]
    return " ".join(filter(None, words)) or _("Nothing had changed.")


@require_safe
@with_employer("my_month", may=may_act_as_worker)
def my_days_list(request: HttpRequest, opened: OpenedEmployer, month: str) -> HttpResponseBase:
    """The working days of a month as a list, or the same as a file."""
    if wanted := lists.export_format(request):
        rows = found(queries.day_rows(opened, first_of(month), request.GET))
        return lists.export(rows, queries.COLUMNS, wanted, f"{_('my-days')}-{month}")
    page, listed = found(queries.day_list(opened, first_of(month), request.GET))
    return render(request, "agile/planning/list.html", {"opened": opened, "page": page, "list": listed})


@require_http_methods(["GET", "HEAD", "POST"])
@with_employer("my_month", may=may_act_as_worker)
def my_day(request: HttpRequest, opened: OpenedEmployer, month: str, day: int) -> HttpResponse:
    """One date: who is away, where I work, what I may do with it."""
    page = found(queries.day_page(opened, first_of(month), day))
    sent = request.POST if request.method == "POST" else None
    form = WhereForm(sent, month=page.month, initial={"where": choice_of(page.cell)})
    if sent is not None and form.is_valid():
        place = form.place()
        if done(form, lambda: actions.change_place(request.actor, month_id=page.month.id, day=page.cell.day, **place)):
            return _to_day(request, page, _("The place is changed."))
    return render(request, "agile/planning/day.html", {"opened": opened, "page": page, "form": form})


@require_POST
@with_employer("my_month", may=may_act_as_worker)
def my_day_plan(request: HttpRequest, opened: OpenedEmployer, month: str, day: int) -> HttpResponse:
    """Plan this one date."""
    page = found(queries.day_page(opened, first_of(month), day))
    form = WhereForm(request.POST, month=page.month)
    if form.is_valid():
        place = form.place()
        if done(form, lambda: _one(request, page, plan=[page.cell.day], **place)):
            return _to_day(request, page, _("The day is planned."))
    return render(request, "agile/planning/day.html", {"opened": opened, "page": page, "form": form})


@require_POST
@with_employer("my_month", may=may_act_as_worker)
def my_day_give_back(request: HttpRequest, opened: OpenedEmployer, month: str, day: int) -> HttpResponse:
    """Give this one date back."""
    page = found(queries.day_page(opened, first_of(month), day))
    _one(request, page, plan=[], give_back=[page.cell.day])
    return _to_day(request, page, _("The day is given back."))


@require_POST
@with_employer("my_month", may=may_act_as_worker)
def my_day_instead(request: HttpRequest, opened: OpenedEmployer, month: str, day: int, instead: str) -> HttpResponse:
    """Take one of the dates proposed in place of one that gave way."""
    page = found(queries.day_page(opened, first_of(month), day))
    chosen = _day_named(instead)
    actions.choose_alternative(request.actor, month_id=page.month.id, day=page.cell.day, instead=chosen)
    messages.success(request, _("The day is planned."))
    return redirect(page.month.url)


@require_http_methods(["GET", "HEAD", "POST"])
@with_employer("my_month", may=may_act_as_worker)
def my_day_ask(request: HttpRequest, opened: OpenedEmployer, month: str, day: int) -> HttpResponse:
    """Ask for an exception on a date that is full."""
    page = found(queries.day_page(opened, first_of(month), day))
    sent = request.POST if request.method == "POST" else None
    form = ExceptionForm(sent, month=page.month)
    if sent is not None and form.is_valid():
        asked = {"reason": form.cleaned_data["reason"], **form.place()}
        if done(form, lambda: ask_exception(request.actor, month_id=page.month.id, day=page.cell.day, **asked)):
            return _to_day(request, page, _("Your request is sent: you will be told what is decided."))
    return render(request, "agile/planning/ask.html", {"opened": opened, "page": page, "form": form})


def _one(request: HttpRequest, page: DayPage, **asked: Any) -> None:
    """Change this one date; what is wrong with it is the refusal."""
    try:
        actions.save_days(request.actor, month_id=page.month.id, **asked)
    except DatesRefused as refused:
        verdict = next(iter(refused.days.values()))
        raise Refusal(verdict.reason, field=None, **verdict.params) from refused


def _to_day(request: HttpRequest, page: DayPage, told: str) -> HttpResponse:
    messages.success(request, told)
    return redirect(page.cell.url)


def _day_named(text: str) -> date:
    try:
        return date.fromisoformat(text)
    except ValueError:
        raise Http404 from None

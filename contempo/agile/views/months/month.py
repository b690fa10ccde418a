"""Months for who keeps them: list, the page that leads through one, its steps."""

from django.contrib import messages
from django.forms import Form
from django.http import Http404, HttpRequest, HttpResponse, HttpResponseBase
from django.shortcuts import redirect, render
from django.utils.translation import gettext as _
from django.views.decorators.http import require_http_methods, require_POST, require_safe

from contempo.agile.access import may_keep, may_read_months
from contempo.agile.actions.appeals import reject, uphold
from contempo.agile.actions.clearing.making import clear_again, clear_bank
from contempo.agile.actions.clearing.publishing import publish_result
from contempo.agile.actions.months import opening
from contempo.agile.actions.months.closing import close_month
from contempo.agile.forms.months import AnswerForm, MonthForm, WhyForm, WindowsForm, month_initial, windows_initial
from contempo.agile.queries.months import ledger as ledger_queries
from contempo.agile.queries.months import listing
from contempo.agile.queries.months import page as queries
from contempo.agile.queries.months import persons as person_queries
from contempo.agile.queries.months import requests as request_queries
from contempo.agile.queries.months.choosing import choices_of
from contempo.agile.queries.months.finding import FoundMonth, key_of, month_name
from contempo.agile.queries.opened import OpenedEmployer
from contempo.agile.rules import policy as policies
from contempo.agile.views.months.finding import with_month
from contempo.agile.views.opening import with_employer
from contempo.core import clock
from contempo.web import lists
from contempo.web.forms import done


@require_safe
@with_employer("months", may=may_read_months)
def months(request: HttpRequest, opened: OpenedEmployer) -> HttpResponse:
    """Every month."""
    rows = listing.months(opened, clock.now())
    return render(request, "agile/months/months.html", {"opened": opened, "rows": rows})


@require_http_methods(["GET", "HEAD", "POST"])
@with_employer("months", may=may_keep)
def month_new(request: HttpRequest, opened: OpenedEmployer) -> HttpResponse:
    """Prepare the next month."""
    initial = month_initial(listing.month_to_prepare(opened, clock.today()))
    form = MonthForm(request.POST or None, initial=initial)
    prepare = opening.prepare_month
    if done(
        form,
        lambda: prepare(request.actor, employer_id=opened.employer.pk, first_day=form.cleaned_data["month"]),
    ):
        return redirect(opened.url("month", month=key_of(form.cleaned_data["month"])))
    return render(request, "agile/months/month_new.html", {"opened": opened, "form": form})


@require_safe
@with_employer("months", may=may_read_months)
@with_month
def month(request: HttpRequest, opened: OpenedEmployer, found: FoundMonth) -> HttpResponse:
    """One month: its steps, what is due, its budgets."""
    return _shown(request, opened, found)


@require_http_methods(["GET", "HEAD", "POST"])
@with_employer("months", may=may_keep)
@with_month
def month_windows(request: HttpRequest, opened: OpenedEmployer, found: FoundMonth) -> HttpResponse:
    """The dates of a month in preparation; sent again as they are they compute its budgets anew."""
    form = WindowsForm(request.POST or None, initial=windows_initial(found))
    if done(form, lambda: opening.change_month(request.actor, month_id=found.pk, windows=form.told)):
        messages.success(request, _("The dates are set and the budgets computed anew."))
        return redirect(opened.url("month", month=key_of(found.first_day)))
    return render(request, "agile/months/month_windows.html", {"opened": opened, "form": form, **_named(found)})


@require_POST
@with_employer("months", may=may_keep)
@with_month
def month_open(request: HttpRequest, opened: OpenedEmployer, found: FoundMonth) -> HttpResponse:
    """Open it with the budget that was shown."""
    shown = request.POST.get("budget", "")
    opening.open_month(request.actor, month_id=found.pk, budget=int(shown) if shown.isdecimal() else None)
    messages.success(request, _("The month is open."))
    return redirect(opened.url("month", month=key_of(found.first_day)))


@require_POST
@with_employer("months", may=may_keep)
@with_month
def month_drop(request: HttpRequest, opened: OpenedEmployer, found: FoundMonth) -> HttpResponse:
    """Remove a month in preparation."""
    opening.drop_month(request.actor, month_id=found.pk)
    messages.success(request, _("The month in preparation is removed."))
    return redirect(opened.url("months"))


@require_POST
@with_employer("months", may=may_keep)
@with_month
def month_clear(request: HttpRequest, opened: OpenedEmployer, found: FoundMonth) -> HttpResponse:
    """Clear the bank."""
    clear_bank(request.actor, month_id=found.pk)
    messages.success(request, _("The bank is cleared. Look at the result, then publish it."))
    return redirect(opened.url("month", month=key_of(found.first_day)))


@require_POST
@with_employer("months", may=may_keep)
@with_month
def month_publish(request: HttpRequest, opened: OpenedEmployer, found: FoundMonth) -> HttpResponse:
    """Publish the result."""
    publish_result(request.actor, month_id=found.pk)
    messages.success(request, _("The result is published: whoever asked is told."))
    return redirect(opened.url("month", month=key_of(found.first_day)))


@require_POST
@with_employer("months", may=may_keep)
@with_month
def month_clear_again(request: HttpRequest, opened: OpenedEmployer, found: FoundMonth) -> HttpResponse:
    """Clear it again after an appeal."""
    form = WhyForm(request.POST)
    if done(form, lambda: clear_again(request.actor, month_id=found.pk, why=form.cleaned_data["why"])):
        messages.success(request, _("The bank is cleared again. Look at the result, then publish it."))
        return redirect(opened.url("month", month=key_of(found.first_day)))
    return _shown(request, opened, found, form)


@require_POST
@with_employer("months", may=may_keep)
@with_month
def month_close(request: HttpRequest, opened: OpenedEmployer, found: FoundMonth) -> HttpResponse:
    """Close it."""
    close_month(request.actor, month_id=found.pk)
    messages.success(request, _("The month is closed."))
    return redirect(opened.url("month", month=key_of(found.first_day)))


@require_safe
@with_employer("months", may=may_read_months)
@with_month
def month_persons(request: HttpRequest, opened: OpenedEmployer, found: FoundMonth, unit_id: int) -> HttpResponseBase:
    """The persons of a budget, or the same as a file."""
    pool = person_queries.find_pool(opened, found, unit_id)
    if pool is None:
        raise Http404
    if wanted := lists.export_format(request):
        rows = person_queries.person_rows(opened, found, unit_id, request.GET)
        return lists.export(rows, person_queries.COLUMNS, wanted, f"{_('persons')}-{key_of(found.first_day)}")
    page = person_queries.persons(opened, found, unit_id, request.GET)
    total = queries.persons_total(found, unit_id)
    context = {"opened": opened, "page": page, "pool": pool, "total": total, **_named(found)}
    return render(request, "agile/months/persons.html", context)


@require_safe
@with_employer("months", may=may_keep)
@with_month
def month_ledger(request: HttpRequest, opened: OpenedEmployer, found: FoundMonth) -> HttpResponseBase:
    """Every entry of the ledger, with its sums, or the same as a file."""
    if wanted := lists.export_format(request):
        rows = ledger_queries.entry_rows(opened, found, request.GET)
        return lists.export(rows, ledger_queries.COLUMNS, wanted, f"{_('ledger')}-{key_of(found.first_day)}")
    context = {
        "opened": opened,
        "page": ledger_queries.entries(opened, found, request.GET),
        "boxes": ledger_queries.boxes(opened, found, request.GET),
        "square": queries.square(found),
        **_named(found),
    }
    return render(request, "agile/months/ledger.html", context)


@require_safe
@with_employer("months", may=may_keep)
@with_month
def month_requests(request: HttpRequest, opened: OpenedEmployer, found: FoundMonth) -> HttpResponseBase:
    """The requests, or the same as a file."""
    if wanted := lists.export_format(request):
        rows = request_queries.request_rows(opened, found, request.GET)
        return lists.export(rows, request_queries.COLUMNS, wanted, f"{_('requests')}-{key_of(found.first_day)}")
    page = request_queries.requests(opened, found, request.GET)
    return render(request, "agile/months/requests.html", {"opened": opened, "page": page, **_named(found)})


@require_safe
@with_employer("months", may=may_keep)
@with_month
def month_appeals(request: HttpRequest, opened: OpenedEmployer, found: FoundMonth) -> HttpResponseBase:
    """The appeals, or the same as a file."""
    if wanted := lists.export_format(request):
        rows = request_queries.appeal_rows(opened, found, request.GET)
        return lists.export(rows, request_queries.APPEAL_COLUMNS, wanted, f"{_('appeals')}-{key_of(found.first_day)}")
    page = request_queries.appeals(opened, found, request.GET)
    return render(request, "agile/months/appeals.html", {"opened": opened, "page": page, **_named(found)})


@require_http_methods(["GET", "HEAD", "POST"])
@with_employer("months", may=may_keep)
@with_month
def month_appeal(request: HttpRequest, opened: OpenedEmployer, found: FoundMonth, appeal_id: int) -> HttpResponse:
    """One appeal, and the decision on it."""
    page = request_queries.appeal_page(opened, found, appeal_id)
    if page is None:
        raise Http404
    rules = policies.read(found.policy.document)
    reasons = [(choice.value, choice.label) for choice in choices_of(rules)]
    form = AnswerForm(request.POST or None, reasons=reasons)
    if done(form, lambda: _decide(request, page.id, form)):
        messages.success(request, _("The answer is sent."))
        return redirect(opened.url("month_appeals", month=key_of(found.first_day)))
    return render(request, "agile/months/appeal.html", {"opened": opened, "page": page, "form": form, **_named(found)})


def _decide(request: HttpRequest, appeal_id: int, form: AnswerForm) -> object:
    if form.cleaned_data["decision"] == "uphold":
        return uphold(request.actor, appeal_id=appeal_id, **form.told)
    return reject(request.actor, appeal_id=appeal_id, answer=form.cleaned_data["answer"])


def _named(found: FoundMonth) -> dict[str, str]:
    return {"key": key_of(found.first_day), "name": month_name(found.first_day)}


def _shown(request: HttpRequest, opened: OpenedEmployer, found: FoundMonth, form: Form | None = None) -> HttpResponse:
    page = queries.month_page(opened, found, clock.now())
    return render(request, "agile/months/month.html", {"opened": opened, "page": page, "form": form or WhyForm()})

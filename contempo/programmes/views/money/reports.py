"""Reports of a plan, the expenses behind them, and how the plan will end."""

from django.contrib.auth.decorators import login_required
from django.http import HttpRequest, HttpResponseBase
from django.shortcuts import render
from django.utils.translation import gettext as _
from django.views.decorators.http import require_safe

from contempo.core import clock
from contempo.core.verdict import require
from contempo.programmes.access import may_read_reports
from contempo.programmes.forms.money import ReportForm
from contempo.programmes.queries.money import expenses as expense_queries
from contempo.programmes.queries.money import funder
from contempo.programmes.queries.money import outlook as outlook_queries
from contempo.programmes.queries.money import reports as queries
from contempo.programmes.queries.money.choosing import offers
from contempo.programmes.queries.opened import OpenedPlan
from contempo.programmes.views.opening import with_plan
from contempo.web import lists
from contempo.web.documents import pdf, pdf_response


@login_required
@require_safe
@with_plan("reports")
def reports(request: HttpRequest, opened: OpenedPlan) -> HttpResponseBase:
    """Expenses divided by one thing, or the same as a file."""
    require(may_read_reports(request.actor))
    offered = offers(request.actor, opened.plan)
    form = ReportForm(request.GET, offered)
    asked = form.asked if form.is_valid() else queries.Asked()
    if wanted := lists.export_format(request):
        rows = queries.report_rows(request.actor, opened, asked)
        return lists.export(rows, queries.COLUMNS, wanted, f"{_('report')}-{opened.plan.key}")
    shown = queries.report(request.actor, opened, asked, offered)
    given = request.GET.copy()
    given.pop(lists.page.FORMAT, None)
    query = f"{given.urlencode()}&" if given else ""
    context = {"opened": opened, "form": form, "report": shown, "query": query}
    return render(request, "programmes/money/reports.html", context)


@login_required
@require_safe
@with_plan("reports")
def expenses(request: HttpRequest, opened: OpenedPlan) -> HttpResponseBase:
    """The expenses behind a total, with their sums, or the same as a file of any length."""
    require(may_read_reports(request.actor))
    if wanted := lists.export_format(request):
        rows = expense_queries.expense_rows(request.actor, opened, request.GET)
        return lists.export(rows, expense_queries.COLUMNS, wanted, f"{_('expenses')}-{opened.plan.key}")
    shown = expense_queries.expenses(request.actor, opened, request.GET)
    return render(request, "programmes/money/expenses.html", {"opened": opened, "shown": shown})


@login_required
@require_safe
@with_plan("reports")
def outlook(request: HttpRequest, opened: OpenedPlan) -> HttpResponseBase:
    """Co-financing reached against promised, and what is forecast to remain unspent; or the forecast as a file."""
    today = clock.today()
    if wanted := lists.export_format(request):
        rows = outlook_queries.forecasts(request.actor, opened, today)
        return lists.export(rows, outlook_queries.COLUMNS, wanted, f"{_('forecast')}-{opened.plan.key}")
    shown = outlook_queries.outlooks(request.actor, opened, today)
    context = {"opened": opened, "shown": shown, "today": today}
    return render(request, "programmes/money/outlook.html", context)


@login_required
@require_safe
@with_plan("reports")
def funder_sheets(request: HttpRequest, opened: OpenedPlan) -> HttpResponseBase:
    """The workbook for the funder, with every expense, written row by row."""
    sheets = funder.sheets(request.actor, opened, today=clock.today())
    return lists.export_sheets(sheets, f"{_('accounts')}-{opened.plan.key}")


@login_required
@require_safe
@with_plan("reports")
def funder_pdf(request: HttpRequest, opened: OpenedPlan) -> HttpResponseBase:
    """The document for the funder: summary, matrix and totals."""
    made_at = clock.now()
    content = funder.document(request.actor, opened, made_at=made_at, today=clock.today())
    return pdf_response(pdf(funder.TEMPLATE, content, made_at=made_at), f"{_('accounts')}-{opened.plan.key}")

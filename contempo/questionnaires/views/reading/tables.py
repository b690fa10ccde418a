"""Cross-tables: asked for, as files, kept."""

from django.contrib import messages
from django.http import HttpRequest, HttpResponseBase
from django.shortcuts import redirect
from django.utils.translation import gettext as _
from django.views.decorators.http import require_POST, require_safe

from contempo.core import clock
from contempo.core.verdict import Refusal
from contempo.core.words import N_
from contempo.questionnaires.access import may_keep, may_read_results
from contempo.questionnaires.actions.reading import tables as actions
from contempo.questionnaires.forms.reading.tables import KeepForm, KeptForm, TableForm
from contempo.questionnaires.queries.opened import OpenedCampaign
from contempo.questionnaires.queries.reading import report, sheets
from contempo.questionnaires.queries.reading.tables import TablesPage, offered, tables_page
from contempo.questionnaires.views.opening import with_campaign
from contempo.questionnaires.views.reading.page import shown
from contempo.web.documents import pdf, pdf_response
from contempo.web.forms import done
from contempo.web.lists import export, export_sheets

FORMAT = "formato"


@require_safe
@with_campaign("results", may_read_results)
def tables(request: HttpRequest, opened: OpenedCampaign) -> HttpResponseBase:
    """The table asked for, or its file; with one that cannot be, the form with its reason."""
    form = TableForm(request.GET, offered(opened))
    page = tables_page(opened, form.asked, request.GET)
    if page.shown and request.GET.get(FORMAT) in ("csv", "xlsx", "pdf"):
        return _file(request, opened, page)
    return shown(request, opened, "tables", form=form, page=page, keep=KeepForm())


def _file(request: HttpRequest, opened: OpenedCampaign, page: TablesPage) -> HttpResponseBase:
    wanted, name = request.GET[FORMAT], _("table")
    if wanted == "pdf":
        made_at = clock.now()
        return pdf_response(pdf(report.TEMPLATE, report.of_table(opened, page, made_at=made_at), made_at=made_at), name)
    if wanted == "xlsx":
        return export_sheets(sheets.workbook(page), name)
    columns, rows = sheets.lines(page)
    return export(rows, columns, "csv", name)


@require_POST
@with_campaign("results", may_keep)
def keep(request: HttpRequest, opened: OpenedCampaign) -> HttpResponseBase:
    """Keep the table of the address under a title."""
    form, keeping = TableForm(request.GET, offered(opened)), KeepForm(request.POST)
    page = tables_page(opened, form.asked, request.GET)
    if not done(keeping, lambda: _keep(request, opened, page, keeping.cleaned_data["title"])):
        return shown(request, opened, "tables", here=opened.url("tables"), form=form, page=page, keep=keeping)
    messages.success(request, _("The table is kept."))
    return redirect(f"{opened.url('tables')}?{request.GET.urlencode()}#kept")


def _keep(request: HttpRequest, opened: OpenedCampaign, page: TablesPage, title: str) -> None:
    if page.spec is None:
        raise Refusal(N_("Ask for a table first."))
    number = opened.campaign.pk
    actions.keep_table(request.actor, campaign_id=number, title=title, spec=page.spec, percent=page.percent)


@require_POST
@with_campaign("results", may_keep)
def change(request: HttpRequest, opened: OpenedCampaign, table: int) -> HttpResponseBase:
    """Give a kept table another title or place, put it into the report, or keep it no longer."""
    number, wanted, form = opened.campaign.pk, request.POST.get("fai", ""), KeptForm(request.POST)
    if wanted in ("su", "giu"):
        actions.move_table(request.actor, campaign_id=number, table_id=table, up=wanted == "su")
    elif wanted == "elimina":
        actions.drop_table(request.actor, campaign_id=number, table_id=table)
    elif form.is_valid():
        actions.change_table(request.actor, campaign_id=number, table_id=table, **form.cleaned_data)
    else:
        raise Refusal(N_("Give the table a title."))
    return redirect(f"{opened.url('tables')}#kept")

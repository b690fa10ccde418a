"""Pages of imports."""

from django.contrib import messages
from django.http import Http404, HttpRequest, HttpResponse
from django.http.response import HttpResponseBase
from django.shortcuts import redirect, render
from django.utils.text import slugify
from django.utils.translation import gettext as _
from django.views.decorators.http import require_http_methods, require_POST, require_safe
from django_htmx.http import HttpResponseClientRefresh

from contempo.core.imports import bringing
from contempo.core.imports.models import ImportRun
from contempo.core.imports.rules import RunState
from contempo.core.verdict import NotPermitted, Refusal
from contempo.web import lists
from contempo.web.forms import add_refusal
from contempo.web.imports import queries
from contempo.web.imports.forms import ENDS, ColumnsForm, FileForm, LayoutForm
from contempo.web.imports.opening import Opened, with_kind
from contempo.web.imports.showing import file_columns, file_rows


@require_safe
@with_kind
def runs(request: HttpRequest, opened: Opened) -> HttpResponse:
    """The imports of this kind about this thing."""
    page = queries.runs(opened, request.GET)
    return render(request, "web/imports/runs.html", {"opened": opened, "page": page})


@require_http_methods(["GET", "HEAD", "POST"])
@with_kind
def upload(request: HttpRequest, opened: Opened) -> HttpResponse:
    """Bring a file."""
    form = FileForm(request.POST, request.FILES) if request.method == "POST" else FileForm()
    if form.is_valid():
        file = form.cleaned_data["file"]
        try:
            run = bringing.bring_file(opened.actor, kind=opened.kind, about_id=opened.about_id, upload=file)
        except NotPermitted:
            raise
        except Refusal as refusal:
            add_refusal(form, refusal)
        else:
            return redirect(opened.address("columns", run.pk))
    status = 422 if form.errors else 200
    return render(request, "web/imports/upload.html", {"opened": opened, "form": form}, status=status)


@require_http_methods(["GET", "HEAD", "POST"])
@with_kind
def columns(request: HttpRequest, opened: Opened, run: int) -> HttpResponse:
    """Say which column holds what."""
    found = _run(opened, run)
    if found.state not in (RunState.UPLOADED, RunState.PREVIEWED):
        return redirect(opened.address("run", run))
    data = request.POST if request.method == "POST" else None
    form = ColumnsForm(data, kind=opened.kind, run=found, columns=queries.columns_of(found))
    if form.is_valid():
        try:
            bringing.choose_columns(
                opened.actor,
                kind=opened.kind,
                run_id=run,
                mapping=form.mapping(),
                ends_missing=form.cleaned_data.get(ENDS, False),
            )
        except NotPermitted:
            raise
        except Refusal as refusal:
            add_refusal(form, refusal)
        else:
            return redirect(opened.address("run", run))
    return _columns_page(request, opened, found, form, LayoutForm(run=found))


@require_POST
@with_kind
def layout(request: HttpRequest, opened: Opened, run: int) -> HttpResponse:
    """Read the file otherwise: another sheet, separator or encoding."""
    found = _run(opened, run)
    form = LayoutForm(request.POST, run=found)
    if form.is_valid():
        try:
            bringing.read_otherwise(opened.actor, kind=opened.kind, run_id=run, layout=form.layout())
        except NotPermitted:
            raise
        except Refusal as refusal:
            add_refusal(form, refusal)
        else:
            return redirect(opened.address("columns", run))
    chosen = ColumnsForm(kind=opened.kind, run=found, columns=queries.columns_of(found))
    return _columns_page(request, opened, found, chosen, form)


def _columns_page(
    request: HttpRequest, opened: Opened, found: ImportRun, form: ColumnsForm, layout: LayoutForm
) -> HttpResponse:
    context = {"opened": opened, "run": found, "form": form, "layout": layout}
    status = 422 if form.errors or layout.errors else 200
    return render(request, "web/imports/columns.html", context, status=status)


@require_safe
@with_kind
def run(request: HttpRequest, opened: Opened, run: int) -> HttpResponse:
    """An import: its progress, its preview or its result."""
    found = _run(opened, run)
    if found.state == RunState.UPLOADED:
        return redirect(opened.address("columns", run))
    page = queries.run_page(opened, found, request.GET)
    if request.htmx and request.GET.get("avanza") and (page.stands_still or not page.at_work):
        return HttpResponseClientRefresh()
    template = "web/imports/progress.html" if page.at_work else "web/imports/run.html"
    return render(request, template, {"opened": opened, "page": page})


@require_POST
@with_kind
def confirm(request: HttpRequest, opened: Opened, run: int) -> HttpResponse:
    """Have the rows written."""
    bringing.confirm(opened.actor, kind=opened.kind, run_id=_run(opened, run).pk)
    return redirect(opened.address("run", run))


@require_POST
@with_kind
def drop(request: HttpRequest, opened: Opened, run: int) -> HttpResponse:
    """Forget a file."""
    bringing.drop(opened.actor, kind=opened.kind, run_id=_run(opened, run).pk)
    messages.success(request, _("The file is forgotten: nothing has changed."))
    return redirect(opened.home)


@require_POST
@with_kind
def go_on(request: HttpRequest, opened: Opened, run: int) -> HttpResponse:
    """Ask again for work that seems to stand still."""
    bringing.go_on(opened.actor, kind=opened.kind, run_id=_run(opened, run).pk)
    return redirect(opened.address("run", run))


@require_http_methods(["GET", "HEAD", "POST"])
@with_kind
def undo(request: HttpRequest, opened: Opened, run: int) -> HttpResponse:
    """Take back a whole import, once more asked."""
    found = _run(opened, run)
    if request.method == "POST":
        bringing.undo(opened.actor, kind=opened.kind, run_id=run)
        return redirect(opened.address("run", run))
    page = queries.run_page(opened, found, request.GET)
    if not page.can_undo:
        return redirect(opened.address("run", run))
    return render(request, "web/imports/undo.html", {"opened": opened, "page": page})


@require_safe
@with_kind
def wrong_rows(request: HttpRequest, opened: Opened, run: int) -> HttpResponseBase:
    """The wrong rows with what to mend beside, as a file."""
    format = lists.export_format(request) or "csv"
    columns, rows = queries.to_mend(opened, _run(opened, run), format)
    return lists.export(rows, columns, format, f"{slugify(opened.title)}-{slugify(_('to mend'))}")


@require_safe
@with_kind
def export(request: HttpRequest, opened: Opened) -> HttpResponseBase:
    """The present records as a file of the same shape."""
    format = lists.export_format(request) or "csv"
    rows = file_rows(opened.kind, opened.kind.current(opened.about_id, None), format)
    return lists.export(rows, file_columns(opened.kind.fields), format, slugify(opened.title))


@require_safe
@with_kind
def template(request: HttpRequest, opened: Opened) -> HttpResponseBase:
    """An empty file of the same shape."""
    format = lists.export_format(request) or "csv"
    name = f"{slugify(opened.title)}-{slugify(_('empty'))}"
    return lists.export((), file_columns(opened.kind.fields), format, name)


def _run(opened: Opened, run_id: int) -> ImportRun:
    found = queries.run_of(opened, run_id)
    if found is None:
        raise Http404
    return found

"""Plans as files: brought, looked at, loaded, downloaded."""

from django.contrib import messages
from django.contrib.auth.decorators import login_required
from django.http import Http404, HttpRequest, HttpResponse
from django.shortcuts import redirect, render
from django.utils.translation import gettext as _
from django.views.decorators.http import require_http_methods, require_safe

from contempo.core.verdict import require
from contempo.programmes.access import may_keep_plans
from contempo.programmes.actions.loading import Hindered
from contempo.programmes.actions.uploads import discard_upload, keep_upload, load_upload
from contempo.programmes.forms.files import PlanFileForm
from contempo.programmes.queries import files as queries
from contempo.programmes.queries.opened import OpenedPlan
from contempo.programmes.rules.plan.problems import WrongFile
from contempo.programmes.views.opening import with_plan

_XLSX = "application/vnd.openxmlformats-officedocument.spreadsheetml.sheet"


@login_required
@require_http_methods(["GET", "HEAD", "POST"])
def upload(request: HttpRequest) -> HttpResponse:
    """Bring the file of a plan: what is wrong in it is told at once, a good one is shown before it is loaded."""
    require(may_keep_plans(request.actor))
    sent = (request.POST, request.FILES) if request.method == "POST" else (None, None)
    form = PlanFileForm(*sent)
    problems: tuple[queries.ProblemRow, ...] = ()
    if form.is_valid():
        try:
            number = _kept(request, form)
        except WrongFile as wrong:
            problems = queries.problem_rows(wrong.problems)
        else:
            return redirect("programmes:upload_preview", network=request.network.slug, upload_id=number)
    context = {"form": form, "problems": problems}
    return render(request, "programmes/files/upload.html", context, status=422 if problems else 200)


def _kept(request: HttpRequest, form: PlanFileForm) -> int:
    file = form.cleaned_data["file"]
    _plan, text = queries.read_file(file.read(), filename=file.name)
    return keep_upload(request.actor, text=text, filename=file.name)


@login_required
@require_http_methods(["GET", "HEAD", "POST"])
def upload_preview(request: HttpRequest, upload_id: int) -> HttpResponse:
    """What loading a file would change, and loading it or not."""
    require(may_keep_plans(request.actor))
    if request.method == "POST":
        return _decided(request, upload_id)
    page = queries.preview(request.actor, upload_id)
    if page is None:
        raise Http404
    return render(request, "programmes/files/preview.html", {"page": page})


def _decided(request: HttpRequest, upload_id: int) -> HttpResponse:
    if (found := queries.upload_tree(request.actor, upload_id)) is None:
        raise Http404
    if "discard" in request.POST:
        discard_upload(request.actor, upload_id=upload_id)
        messages.success(request, _("The file is forgotten: nothing has changed."))
        return redirect("programmes:plans", network=request.network.slug)
    try:
        plan = load_upload(request.actor, upload_id=upload_id, tree=found)
    except Hindered:
        return redirect("programmes:upload_preview", network=request.network.slug, upload_id=upload_id)
    messages.success(request, _("The plan “%(title)s” is loaded.") % {"title": plan.title})
    return redirect("programmes:plan", network=request.network.slug, plan=plan.key)


@require_safe
@with_plan("plan")
def plan_file(request: HttpRequest, opened: OpenedPlan) -> HttpResponse:
    """The whole plan as YAML."""
    return _download(queries.plan_file(opened.plan), "text/yaml; charset=utf-8", f"{opened.plan.key}.yaml")


@require_safe
@with_plan("plan")
def plan_sheets(request: HttpRequest, opened: OpenedPlan) -> HttpResponse:
    """The whole plan as a workbook."""
    return _download(queries.plan_sheets(opened.plan), _XLSX, f"{opened.plan.key}.xlsx")


def _download(content: str | bytes, content_type: str, name: str) -> HttpResponse:
    return HttpResponse(
        content, content_type=content_type, headers={"Content-Disposition": f'attachment; filename="{name}"'}
    )

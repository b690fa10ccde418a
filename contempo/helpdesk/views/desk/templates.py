"""The templates of answers."""

from django.contrib import messages
from django.contrib.auth.decorators import login_required
from django.http import Http404, HttpRequest, HttpResponse, HttpResponseBase
from django.shortcuts import redirect, render
from django.utils.translation import gettext as _
from django.views.decorators.http import require_http_methods, require_POST, require_safe

from contempo.core.verdict import NotPermitted, Refusal, require
from contempo.helpdesk.access import may_work_at_desk
from contempo.helpdesk.actions.templates import keep_template, remove_template
from contempo.helpdesk.forms.desk import TemplateForm
from contempo.helpdesk.queries import templates as queries
from contempo.web.forms import add_refusal
from contempo.web.lists import export, export_format


@login_required
@require_safe
def template_list(request: HttpRequest) -> HttpResponseBase:
    """The templates of the network."""
    asked = {"network": request.network.slug, "params": request.GET}
    if file_format := export_format(request):
        rows = queries.template_rows(request.actor, **asked)
        return export(rows, queries.COLUMNS, file_format, _("templates-of-answers"))
    return render(request, "helpdesk/desk/templates.html", {"page": queries.template_list(request.actor, **asked)})


@login_required
@require_http_methods(["GET", "HEAD", "POST"])
def template_page(request: HttpRequest, template_id: int | None = None) -> HttpResponse:
    """Add a template, or change one."""
    require(may_work_at_desk(request.actor))
    known = queries.one(request.actor, template_id) if template_id else None
    if template_id and known is None:
        raise Http404
    form = TemplateForm(request.POST if request.method == "POST" else None, initial=known.typed if known else None)
    if form.is_valid() and _kept(request, form, template_id):
        messages.success(request, _("The template is kept."))
        return redirect("helpdesk:templates", network=request.network.slug)
    context = {"form": form, "template": known, "variables": queries.variables()}
    return render(request, "helpdesk/desk/template.html", context)


def _kept(request: HttpRequest, form: TemplateForm, template_id: int | None) -> bool:
    try:
        keep_template(request.actor, template_id=template_id, **form.cleaned_data)
    except Refusal as refusal:
        add_refusal(form, refusal)
        return False
    return True


@login_required
@require_POST
def remove(request: HttpRequest, template_id: int) -> HttpResponse:
    """Remove a template; one that is gone already is no matter."""
    try:
        remove_template(request.actor, template_id=template_id)
    except NotPermitted:
        raise
    except Refusal:
        raise Http404 from None
    messages.success(request, _("The template is removed."))
    return redirect("helpdesk:templates", network=request.network.slug)

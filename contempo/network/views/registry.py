"""The registry of the network: the list, and adding an organisation to it."""

from django.contrib import messages
from django.contrib.auth.decorators import login_required
from django.http import HttpRequest, HttpResponse, HttpResponseBase
from django.shortcuts import redirect, render
from django.urls import reverse
from django.utils.translation import gettext as _
from django.views.decorators.http import require_http_methods, require_safe

from contempo.core.verdict import Refusal, require
from contempo.network.access import may_run_agency
from contempo.network.actions.organisations import register_organisation
from contempo.network.forms.organisations import AdditionForm
from contempo.network.queries.records import Brief, alike
from contempo.network.queries.registry import COLUMNS, registry, registry_rows
from contempo.web.forms import add_refusal
from contempo.web.lists import export, export_format


@login_required
@require_safe
def registry_page(request: HttpRequest) -> HttpResponseBase:
    """Every organisation of the network, member or not."""
    asked = {"network": request.network.slug, "params": request.GET}
    if file_format := export_format(request):
        return export(registry_rows(request.actor, **asked), COLUMNS, file_format, _("registry"))
    context = {"page": registry(request.actor, **asked), "may_add": bool(may_run_agency(request.actor))}
    return render(request, "network/agency/registry.html", context)


@login_required
@require_http_methods(["GET", "HEAD", "POST"])
def add(request: HttpRequest) -> HttpResponse:
    """Add an organisation; one with a name like another's only after saying that it is not the same."""
    require(may_run_agency(request.actor))
    form = AdditionForm(request.POST if request.method == "POST" else None)
    form.suggest_from(reverse("network:municipalities", kwargs={"network": request.network.slug}))
    known: tuple[Brief, ...] = ()
    if request.method == "POST" and form.is_valid():
        known = alike(request.actor, form.cleaned_data["name"]) if "anyway" not in request.POST else ()
        if not known and (response := _added(request, form)):
            return response
    return render(request, "network/agency/registry_add.html", {"form": form, "known": known})


def _added(request: HttpRequest, form: AdditionForm) -> HttpResponse | None:
    record = form.record
    source = record.pop("source")
    try:
        organisation = register_organisation(request.actor, record=record, source=source)
    except Refusal as refusal:
        add_refusal(form, refusal)
        return None
    messages.success(request, _("“%(name)s” is in the registry.") % {"name": organisation.name})
    return redirect("network:organisation", network=request.network.slug, organisation_id=organisation.id)

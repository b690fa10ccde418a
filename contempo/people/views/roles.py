"""Who holds which role, and for whom I act."""

from typing import Any

from django.contrib import messages
from django.contrib.auth.decorators import login_required
from django.http import Http404, HttpRequest, HttpResponse, HttpResponseBase
from django.shortcuts import redirect, render
from django.utils.translation import gettext as _
from django.views.decorators.http import require_POST

from contempo.core.clock import now
from contempo.core.verdict import Refusal, require
from contempo.people import actions, queries
from contempo.people.access import givable_roles, may_see_people
from contempo.people.forms import InviteForm
from contempo.people.rules import organisation_names
from contempo.people.views.returning import came_from
from contempo.web.forms import add_refusal
from contempo.web.lists import export, export_format


@login_required
@require_POST
def act_for(request: HttpRequest) -> HttpResponse:
    """Choose the organisation I act for in this network, or myself."""
    asked = request.POST.get("organisation", "")
    chosen = next((key for key in request.actor.organisations if str(key) == asked), None)
    queries.remember_organisation(request.session, request.network.id, chosen)
    if asked and chosen is None:
        messages.error(request, _("You cannot act for this organisation."))
    return redirect(came_from(request, otherwise=request.network.home_url))


@login_required
def people(request: HttpRequest, organisation_id: int | None = None) -> HttpResponseBase:
    """Roles held in the network, or for one organisation, and the invitations nobody took yet."""
    scope = {"network_id": request.network.id, "organisation_id": organisation_id}
    require(may_see_people(request.actor, **scope))
    if file_format := export_format(request):
        rows, columns = queries.every_role(request.actor, **scope, params=request.GET)
        return export(rows, columns, file_format, _("people"))
    context = {
        "page": queries.role_list(request.actor, **scope, params=request.GET),
        "invitations": queries.pending_invitations(request.actor, **scope, now=now()),
        **_place(organisation_id),
    }
    return render(request, "people/people.html", context)


@login_required
def invite(request: HttpRequest, organisation_id: int | None = None) -> HttpResponse:
    """Offer a role to an address."""
    scope = {"network_id": request.network.id, "organisation_id": organisation_id}
    require(may_see_people(request.actor, **scope))
    form = InviteForm(request.POST if request.method == "POST" else None, roles=givable_roles(request.actor, **scope))
    if form.is_valid() and _invited(request, form, scope):
        if organisation_id:
            return redirect("people:organisation_people", request.network.slug, organisation_id)
        return redirect("people:network_people", request.network.slug)
    return render(request, "people/invite.html", {"form": form, **_place(organisation_id)})


def _invited(request: HttpRequest, form: InviteForm, scope: dict[str, Any]) -> bool:
    try:
        actions.invite(request.actor, **form.cleaned_data, **scope)
    except Refusal as refusal:
        add_refusal(form, refusal)
        return False
    messages.success(request, _("The invitation is on its way to %(email)s.") % form.cleaned_data)
    return True


def _place(organisation_id: int | None) -> dict[str, object]:
    name = organisation_names([organisation_id]).get(organisation_id or 0, "")
    return {"organisation_id": organisation_id, "organisation": name}


@login_required
def end_role(request: HttpRequest, grant_id: int) -> HttpResponse:
    """End somebody's role, after confirming it."""
    held = queries.role_to_end(request.actor, network_id=request.network.id, grant_id=grant_id)
    if held is None:
        raise Http404
    if request.method == "POST":
        actions.end_role(request.actor, grant_id=grant_id)
        messages.success(request, _("%(name)s no longer holds the role: %(role)s.") % vars(held))
        return redirect(held.list_url)
    return render(request, "people/end_role.html", {"held": held})

"""The employers of a network and the page of one."""

from django.contrib import messages
from django.contrib.auth.views import redirect_to_login
from django.http import HttpRequest, HttpResponse, HttpResponseBase
from django.shortcuts import redirect, render
from django.utils.translation import gettext as _
from django.views.decorators.http import require_http_methods, require_safe

from contempo.agile.actions.staff.opening import open_employer
from contempo.agile.queries.opened import OpenedEmployer
from contempo.agile.queries.staff import employers as queries
from contempo.agile.queries.staff.employer import employer_page
from contempo.agile.views.opening import with_employer
from contempo.core import clock


@require_http_methods(["GET", "HEAD", "POST"])
def employers(request: HttpRequest) -> HttpResponseBase:
    """What agile work is, and who runs it in the network; opening it for an organisation."""
    if request.method != "POST":
        return render(request, "agile/staff/employers.html", {"page": queries.employers(request.actor)})
    if request.actor.is_visitor:
        return redirect_to_login(request.path)
    number = request.POST.get("organisation", "")
    wanted = int(number) if number.isdecimal() and len(number) < 10 else 0
    employer = open_employer(request.actor, organisation_id=wanted)
    messages.success(request, _("Agile work is open for %(employer)s.") % {"employer": employer})
    return redirect("agile:employer", network=request.network.slug, employer=employer.organisation.slug)


@require_safe
@with_employer("employer")
def employer(request: HttpRequest, opened: OpenedEmployer) -> HttpResponse:
    """The page of an employer: for everybody, and what waits for who works there."""
    page = employer_page(request.actor, opened, now=clock.now())
    return render(request, "agile/staff/employer.html", {"opened": opened, "page": page})

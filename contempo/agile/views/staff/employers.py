"""The employers of a network and the page of one."""

from django.http import HttpRequest, HttpResponse
from django.shortcuts import render
from django.views.decorators.http import require_safe

from contempo.agile.queries.opened import OpenedEmployer
from contempo.agile.queries.staff import employers as queries
from contempo.agile.views.opening import with_employer


@require_safe
def employers(request: HttpRequest) -> HttpResponse:
    """What agile work is, and who runs it in the network."""
    return render(request, "agile/staff/employers.html", {"employers": queries.employers(request.actor)})


@require_safe
@with_employer("employer")
def employer(request: HttpRequest, opened: OpenedEmployer) -> HttpResponse:
    """The page of an employer: for everybody, and what waits for who works there."""
    return render(request, "agile/staff/employer.html", {"opened": opened})

"""The near-working seats of an employer."""

from datetime import timedelta
from typing import Any

from django.contrib import messages
from django.http import HttpRequest, HttpResponse, HttpResponseBase
from django.shortcuts import redirect, render
from django.urls import reverse
from django.utils.translation import gettext as _
from django.views.decorators.http import require_http_methods, require_safe

from contempo.agile.access import may_keep, may_read_inside
from contempo.agile.actions.planning.seats import save_seat
from contempo.agile.forms.planning import SeatForm
from contempo.agile.queries.opened import OpenedEmployer
from contempo.agile.queries.planning import seats as queries
from contempo.agile.views.opening import with_employer
from contempo.agile.views.planning.opening import first_of, found
from contempo.core import clock
from contempo.web import lists
from contempo.web.forms import done

_DAY = timedelta(days=1)


@require_safe
@with_employer("team_now", may=may_read_inside)
def seats(request: HttpRequest, opened: OpenedEmployer) -> HttpResponseBase:
    """The seats, or the same as a file."""
    if wanted := lists.export_format(request):
        return lists.export(queries.seat_rows(opened, request.GET), queries.COLUMNS, wanted, _("seats"))
    page = queries.seat_list(opened, request.GET)
    return render(request, "agile/planning/seats.html", {"opened": opened, "page": page})


@require_safe
@with_employer("team_now", may=may_read_inside)
def seat(request: HttpRequest, opened: OpenedEmployer, seat_id: int, month: str) -> HttpResponseBase:
    """One seat, with how many are there on each day of a month."""
    first_day = first_of(month)
    if wanted := lists.export_format(request):
        rows = queries.seat_day_rows(opened, seat_id, first_day, request.GET)
        return lists.export(rows, queries.DAY_COLUMNS, wanted, f"{_('seat')}-{month}")
    page = found(queries.seat_page(opened, seat_id, first_day, request.GET))
    return render(request, "agile/planning/seat.html", {"opened": opened, "page": page})


@require_http_methods(["GET", "HEAD", "POST"])
@with_employer("team_now", may=may_keep)
def seat_write(request: HttpRequest, opened: OpenedEmployer, seat_id: int | None = None) -> HttpResponse:
    """Add a seat, or change one."""
    known = {"since": clock.today()} if seat_id is None else found(queries.seat_typed(opened, seat_id))
    form = SeatForm(request.POST if request.method == "POST" else None, initial=known)
    form.suggest_from(reverse("network:municipalities", kwargs={"network": request.network.slug}))
    if request.method == "POST" and form.is_valid():
        typed = _typed(form)
        if done(form, lambda: save_seat(request.actor, employer_id=opened.employer.pk, seat_id=seat_id, **typed)):
            messages.success(request, _("The seat is saved."))
            return redirect(opened.url("seats"))
    return render(request, "agile/planning/seat_write.html", {"opened": opened, "form": form, "new": seat_id is None})


def _typed(form: SeatForm) -> dict[str, Any]:
    names = ("name", "address", "municipality", "capacity", "note", "since")
    last = form.cleaned_data["until"]
    return {name: form.cleaned_data[name] for name in names} | {"until": last + _DAY if last else None}

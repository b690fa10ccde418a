"""The structure on the web: the list, a unit, adding, changing and ending one, who heads it."""

from django.contrib import messages
from django.http import Http404, HttpRequest, HttpResponse, HttpResponseBase
from django.shortcuts import redirect, render
from django.utils.translation import gettext as _
from django.views.decorators.http import require_http_methods, require_safe

from contempo.agile.access import may_keep, may_read_inside
from contempo.agile.actions.staff import units as actions
from contempo.agile.forms.staff.units import EndUnitForm, HeadForm, UnitForm
from contempo.agile.queries.opened import OpenedEmployer
from contempo.agile.queries.staff import unit as one
from contempo.agile.queries.staff import units as queries
from contempo.agile.views.opening import with_employer
from contempo.core import clock
from contempo.web import lists
from contempo.web.forms import done

_FORM = ["GET", "HEAD", "POST"]


@require_safe
@with_employer("staff", may=may_read_inside)
def structure(request: HttpRequest, opened: OpenedEmployer) -> HttpResponseBase:
    """The units of an employer, or the same as a file."""
    today = clock.today()
    if wanted := lists.export_format(request):
        rows = queries.unit_rows(opened, request.GET, today=today)
        return lists.export(rows, queries.COLUMNS, wanted, _("structure"))
    page = queries.units(opened, request.GET, today=today)
    keeps = bool(may_keep(opened.part))
    return render(request, "agile/staff/structure.html", {"opened": opened, "page": page, "keeps": keeps})


@require_safe
@with_employer("staff", may=may_read_inside)
def unit(request: HttpRequest, opened: OpenedEmployer, unit_id: int) -> HttpResponse:
    """One unit: what is above and below, how many people, what it was."""
    page = one.unit_page(opened, unit_id)
    if page is None:
        raise Http404
    return render(request, "agile/staff/unit.html", {"opened": opened, "page": page})


@require_http_methods(_FORM)
@with_employer("staff", may=may_keep)
def new(request: HttpRequest, opened: OpenedEmployer) -> HttpResponse:
    """Add a unit."""
    initial = {"day": clock.today(), "parent": request.GET.get("parte-di", "")}
    form = UnitForm(request.POST or None, initial=initial, above=one.units_above(opened))
    employer_id = opened.employer.pk
    if done(
        form,
        lambda: actions.add_unit(request.actor, employer_id=employer_id, written=form.written(), since=form.day_said),
    ):
        messages.success(request, _("Added: “%(unit)s”.") % {"unit": form.cleaned_data["name"]})
        return redirect(opened.url("structure"))
    return render(request, "agile/staff/unit_edit.html", {"opened": opened, "form": form})


@require_http_methods(_FORM)
@with_employer("staff", may=may_keep)
def edit(request: HttpRequest, opened: OpenedEmployer, unit_id: int) -> HttpResponse:
    """Rename a unit, move it, or change its kind or code."""
    typed = _typed(opened, unit_id)
    form = UnitForm(request.POST or None, initial=typed.initial, above=one.units_above(opened, besides=unit_id))
    if done(
        form,
        lambda: actions.change_unit(request.actor, unit_id=unit_id, written=form.written(), day=form.day_said),
    ):
        messages.success(request, _("Saved."))
        return redirect(opened.url("unit", unit_id=unit_id))
    context = {"opened": opened, "form": form, "typed": typed, "unit_url": opened.url("unit", unit_id=unit_id)}
    return render(request, "agile/staff/unit_edit.html", context)


@require_http_methods(_FORM)
@with_employer("staff", may=may_keep)
def end(request: HttpRequest, opened: OpenedEmployer, unit_id: int) -> HttpResponse:
    """Say the last day of a unit, or that it goes on."""
    typed = _typed(opened, unit_id)
    form = EndUnitForm(request.POST or None, initial=dict(typed.initial))
    if done(form, lambda: actions.end_unit(request.actor, unit_id=unit_id, last=form.cleaned_data["last"])):
        messages.success(request, _("Saved."))
        return redirect(opened.url("unit", unit_id=unit_id))
    context = {"opened": opened, "form": form, "typed": typed, "unit_url": opened.url("unit", unit_id=unit_id)}
    return render(request, "agile/staff/unit_end.html", context)


@require_http_methods(_FORM)
@with_employer("staff", may=may_keep)
def head(request: HttpRequest, opened: OpenedEmployer, unit_id: int) -> HttpResponse:
    """Say who heads a unit."""
    typed = _typed(opened, unit_id)
    workers, present = one.heads_to_choose(opened, unit_id)
    form = HeadForm(request.POST or None, initial={"worker": present, "day": clock.today()}, workers=workers)
    if done(
        form,
        lambda: actions.name_head(
            request.actor,
            unit_id=unit_id,
            worker_id=form.cleaned_data["worker"],
            day=form.cleaned_data["day"],
        ),
    ):
        messages.success(request, _("Saved."))
        return redirect(opened.url("unit", unit_id=unit_id))
    context = {"opened": opened, "form": form, "typed": typed, "unit_url": opened.url("unit", unit_id=unit_id)}
    return render(request, "agile/staff/unit_head.html", context)


def _typed(opened: OpenedEmployer, unit_id: int) -> one.UnitTyped:
    typed = one.unit_typed(opened, unit_id, today=clock.today())
    if typed is None:
        raise Http404
    return typed

"""Presences of a unit, and its conflicts with the least presence."""

from django.contrib import messages
from django.http import HttpRequest, HttpResponse, HttpResponseBase
from django.shortcuts import redirect, render
from django.utils.translation import gettext as _
from django.utils.translation import ngettext
from django.views.decorators.http import require_http_methods, require_POST, require_safe

from contempo.agile.access import may_keep, may_manage, may_read_inside
from contempo.agile.actions.planning.exceptions import allow_exception, refuse_exception
from contempo.agile.actions.planning.presence import drop_presence, set_presence
from contempo.agile.actions.planning.settling import settle_presence
from contempo.agile.forms.planning import DecisionForm, PresenceForm
from contempo.agile.queries.opened import OpenedEmployer
from contempo.agile.queries.planning import conflicts as queries
from contempo.agile.queries.planning import minimums
from contempo.agile.queries.planning.month import current_month
from contempo.agile.queries.planning.team import COLUMNS, team_page
from contempo.agile.views.opening import with_employer
from contempo.agile.views.planning.opening import first_of, found
from contempo.web import lists
from contempo.web.forms import done
from contempo.web.lists.page import EXPORTS

UNIT = "unita"


@require_safe
@with_employer("team_now", may=may_read_inside)
def team_now(request: HttpRequest, opened: OpenedEmployer) -> HttpResponse:
    """To the presences of the month one comes for."""
    if (first_day := current_month(opened)) is None:
        return render(request, "agile/planning/no_month.html", {"opened": opened})
    return redirect(opened.url("team", month=f"{first_day:%Y-%m}"))


@require_safe
@with_employer("team_now", may=may_read_inside)
def team(request: HttpRequest, opened: OpenedEmployer, month: str) -> HttpResponseBase:
    """Who is in and who is away, or the same as a file."""
    page = found(team_page(opened, first_of(month), request.GET.get(UNIT, "")))
    if wanted := lists.export_format(request):
        return lists.export(page.presences, COLUMNS, wanted, f"{_('presences')}-{month}-{page.unit.code}")
    return render(request, "agile/planning/team.html", {"opened": opened, "page": page, "formats": EXPORTS})


@require_safe
@with_employer("team_now", may=may_manage)
def conflicts_now(request: HttpRequest, opened: OpenedEmployer) -> HttpResponse:
    """To the conflicts of the month one comes for."""
    if (first_day := current_month(opened)) is None:
        return render(request, "agile/planning/no_month.html", {"opened": opened})
    return redirect(opened.url("conflicts", month=f"{first_day:%Y-%m}"))


@require_safe
@with_employer("team_now", may=may_manage)
def conflicts(request: HttpRequest, opened: OpenedEmployer, month: str) -> HttpResponseBase:
    """Overfull days, what was settled, exceptions to decide; or the same as a file."""
    if wanted := lists.export_format(request):
        rows = found(queries.conflict_rows(opened, first_of(month), request.GET))
        return lists.export(rows, queries.COLUMNS, wanted, f"{_('conflicts')}-{month}")
    page = found(queries.conflicts_page(opened, first_of(month), request.GET))
    return render(request, "agile/planning/conflicts.html", {"opened": opened, "page": page})


@require_POST
@with_employer("team_now", may=may_keep)
def settle(request: HttpRequest, opened: OpenedEmployer, month: str) -> HttpResponse:
    """Settle the presence of a month now."""
    page = found(queries.conflicts_page(opened, first_of(month), request.GET))
    count = settle_presence(request.actor, month_id=page.month_id)
    told = ngettext(
        "Presence is settled: %(count)s day gave way.", "Presence is settled: %(count)s days gave way.", count
    )
    messages.success(request, told % {"count": count})
    return redirect(opened.url("conflicts", month=month))


@require_safe
@with_employer("team_now", may=may_manage)
def conflict_day(request: HttpRequest, opened: OpenedEmployer, month: str, unit_id: int, day: int) -> HttpResponse:
    """One day of one unit: who stays away, who gave way, who asks."""
    page = found(queries.conflict_day(opened, first_of(month), unit_id, day))
    return render(request, "agile/planning/conflict_day.html", {"opened": opened, "page": page})


@require_http_methods(["GET", "HEAD", "POST"])
@with_employer("team_now", may=may_manage)
def exception(request: HttpRequest, opened: OpenedEmployer, planned_id: int) -> HttpResponse:
    """Decide whether somebody may be away beyond the limit."""
    page = found(queries.exception_page(opened, planned_id))
    form = DecisionForm(request.POST if request.method == "POST" else None)
    if request.method == "POST" and form.is_valid():
        decide = refuse_exception if "refuse" in request.POST else allow_exception
        reason = form.cleaned_data["reason"]
        if done(form, lambda: decide(request.actor, planned_id=page.id, reason=reason)):
            messages.success(request, _("Decided: the person who works that day is told."))
            return redirect(page.back)
    return render(request, "agile/planning/exception.html", {"opened": opened, "page": page, "form": form})


@require_http_methods(["GET", "HEAD", "POST"])
@with_employer("team_now", may=may_manage)
def presence(request: HttpRequest, opened: OpenedEmployer) -> HttpResponseBase:
    """The least presence of units: set by human resources, read by who heads one."""
    if wanted := lists.export_format(request):
        return lists.export(minimums.rule_rows(opened, request.GET), minimums.COLUMNS[:-1], wanted, _("presence"))
    form = _presence_form(request, opened) if opened.part.hr else None
    if request.method == "POST" and form is not None and form.is_valid():
        typed = {"unit_id": form.cleaned_data["unit"], "weekday": form.cleaned_data["weekday"]}
        percent, employer_id = form.cleaned_data["percent"], opened.employer.pk
        if done(form, lambda: set_presence(request.actor, employer_id=employer_id, percent=percent, **typed)):
            messages.success(request, _("The least presence is saved."))
            return redirect(opened.url("presence"))
    page = minimums.rule_list(opened, request.GET)
    common = minimums.employer_minimums(opened)
    return render(
        request, "agile/planning/presence.html", {"opened": opened, "page": page, "form": form, "common": common}
    )


def _presence_form(request: HttpRequest, opened: OpenedEmployer) -> PresenceForm:
    weekdays = [("", minimums.weekday_name(None)), *((str(day), minimums.weekday_name(day)) for day in range(7))]
    sent = request.POST if request.method == "POST" else None
    return PresenceForm(sent, units=minimums.unit_choices(opened), weekdays=weekdays)


@require_POST
@with_employer("team_now", may=may_keep)
def presence_drop(request: HttpRequest, opened: OpenedEmployer, rule_id: int) -> HttpResponse:
    """Let the employer's own minimum hold again."""
    drop_presence(request.actor, employer_id=opened.employer.pk, rule_id=rule_id)
    messages.success(request, _("The rule is taken away."))
    return redirect(opened.url("presence"))

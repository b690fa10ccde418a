"""Settling which answer counts for a unit, and saying which units an answer speaks for."""

from collections.abc import Callable
from functools import wraps

from django.contrib import messages
from django.http import Http404, HttpRequest, HttpResponse, QueryDict
from django.http.response import HttpResponseBase
from django.shortcuts import redirect, render
from django.utils.translation import gettext as _
from django.utils.translation import ngettext
from django.views.decorators.http import require_http_methods, require_POST, require_safe

from contempo.questionnaires.access import may_keep
from contempo.questionnaires.actions import coverage as actions
from contempo.questionnaires.forms.coverage import OthersForm, SettleForm
from contempo.questionnaires.queries.coverage.unit import UnitPage, next_overlap, offered, unit_page
from contempo.questionnaires.queries.opened import OpenedCampaign
from contempo.questionnaires.views.opening import with_campaign
from contempo.web.forms import done

SEARCH = "cerca"


def _with_unit(view: Callable[..., HttpResponseBase]) -> Callable[..., HttpResponseBase]:
    """Give a view the unit its address names, for who keeps the campaign; 404 when there is none."""

    @wraps(view)
    def with_it(request: HttpRequest, opened: OpenedCampaign, target: int) -> HttpResponseBase:
        if (page := unit_page(opened, target)) is None:
            raise Http404
        return view(request, opened, page)

    return with_campaign("coverage", may_keep)(with_it)


def _sent(request: HttpRequest) -> QueryDict | None:
    return request.POST if request.method == "POST" else None


@require_safe
@with_campaign("coverage", may_keep)
def overlaps(request: HttpRequest, opened: OpenedCampaign) -> HttpResponse:
    """The queue of units to settle: its first one, or that nothing waits."""
    first = next_overlap(opened)
    if first is not None:
        return redirect(opened.url("unit", target=first))
    return render(request, "questionnaires/coverage/settled.html", {"opened": opened})


@require_http_methods(["GET", "HEAD", "POST"])
@_with_unit
def unit(request: HttpRequest, opened: OpenedCampaign, page: UnitPage) -> HttpResponseBase:
    """A unit with the answers that speak for it; which of them counts is settled here."""
    form = SettleForm(_sent(request), claims=page.choices)

    def settle() -> None:
        typed = form.cleaned_data
        actions.settle(
            request.actor, target_id=page.number, keep=form.kept, reason=typed["reason"], leave_in=typed["leave_in"]
        )

    if request.method == "POST" and done(form, settle):
        messages.success(request, _("Settled: “%(unit)s”.") % {"unit": page.name})
        following = page.following if page.disputed else None
        return redirect(opened.url("unit", target=following or page.number))
    return render(request, "questionnaires/coverage/unit.html", {"opened": opened, "page": page, "form": form})


@require_POST
@_with_unit
def reopen(request: HttpRequest, opened: OpenedCampaign, page: UnitPage) -> HttpResponseBase:
    """Take back what was settled."""
    actions.reopen(request.actor, target_id=page.number)
    messages.success(request, _("Taken back: “%(unit)s” is as it was before.") % {"unit": page.name})
    return redirect(opened.url("unit", target=page.number))


@require_http_methods(["GET", "HEAD", "POST"])
@_with_unit
def others(request: HttpRequest, opened: OpenedCampaign, page: UnitPage) -> HttpResponseBase:
    """Say which other units the counted answer of a unit speaks for."""
    text = request.GET.get(SEARCH, "")
    found = offered(opened, page.number, text)
    form = OthersForm(_sent(request), units=found.rows)

    def add() -> int:
        chosen = [int(number) for number in form.cleaned_data["others"]]
        return actions.add_units(request.actor, target_id=page.number, others=chosen)

    if request.method == "POST" and done(form, add):
        count = len(form.cleaned_data["others"])
        said = ngettext("Recorded for %(count)s unit.", "Recorded for %(count)s units.", count)
        messages.success(request, said % {"count": count})
        return redirect(opened.url("unit", target=page.number))
    shown = {"opened": opened, "page": page, "form": form, "offered": found, "text": text}
    return render(request, "questionnaires/coverage/others.html", shown)

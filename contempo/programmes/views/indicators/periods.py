"""Monitoring periods: their list, the page of one, its closing, its seal."""

from django.contrib import messages
from django.contrib.auth.decorators import login_required
from django.http import Http404, HttpRequest, HttpResponse, JsonResponse
from django.shortcuts import redirect, render
from django.utils.translation import gettext as _
from django.views.decorators.cache import never_cache
from django.views.decorators.http import require_POST, require_safe

from contempo.core import clock
from contempo.core.verdict import NotPermitted, Refusal, require
from contempo.programmes.access import may_read_findings
from contempo.programmes.actions.periods import request_closing
from contempo.programmes.forms.indicators.values import ClosingForm
from contempo.programmes.queries.indicators import periods as queries
from contempo.programmes.queries.opened import OpenedPlan
from contempo.programmes.views.opening import with_plan
from contempo.web.forms import add_refusal


@require_safe
@with_plan("board")
def periods(request: HttpRequest, opened: OpenedPlan) -> HttpResponse:
    """The monitoring periods of a plan."""
    only = request.GET.get("stato", "")
    found = queries.periods(request.actor, opened, only=only, today=clock.today())
    shown = {"opened": opened, "periods": found, "some": only == queries.TO_CLOSE}
    return render(request, "programmes/indicators/periods.html", shown)


@never_cache
@require_safe
@with_plan("board")
def period(request: HttpRequest, opened: OpenedPlan, period: str) -> HttpResponse:
    """How far a period is: what is missing, its closing, its seal."""
    return _period(request, opened, period, ClosingForm())


def _period(request: HttpRequest, opened: OpenedPlan, key: str, form: ClosingForm) -> HttpResponse:
    page = queries.period_page(request.actor, opened, key, today=clock.today())
    if page is None:
        raise Http404
    return render(request, "programmes/indicators/period.html", {"opened": opened, "page": page, "form": form})


@login_required
@require_POST
@with_plan("board")
def close(request: HttpRequest, opened: OpenedPlan, period: str) -> HttpResponse:
    """Have a period closed."""
    page = queries.period_page(request.actor, opened, period, today=clock.today())
    if page is None:
        raise Http404
    form = ClosingForm(request.POST)
    form.is_valid()
    try:
        request_closing(request.actor, period_id=page.id, without_missing=form.cleaned_data["without_missing"])
    except NotPermitted:
        raise
    except Refusal as refusal:
        add_refusal(form, refusal)
        return _period(request, opened, period, form)
    messages.success(request, _("The period is being closed. You may leave this page: it goes on by itself."))
    return redirect(page.line.url)


@require_safe
@with_plan("board")
def verify(request: HttpRequest, opened: OpenedPlan, period: str) -> HttpResponse:
    """The seal of a closed period, recomputed."""
    found = queries.verification(opened, period)
    if found is None:
        raise Http404
    return render(request, "programmes/indicators/verify.html", {"opened": opened, "found": found})


@login_required
@require_safe
@with_plan("board")
def seal_file(request: HttpRequest, opened: OpenedPlan, period: str) -> HttpResponse:
    """The file of a closed period, from which anybody can recompute its seal."""
    require(may_read_findings(request.actor))
    found = queries.period_document(request.actor, opened, period)
    if found is None:
        raise Http404
    response = JsonResponse(found, json_dumps_params={"ensure_ascii": False, "indent": 1})
    response["Content-Disposition"] = f'attachment; filename="{_("seal")}-{opened.plan.key}-{period}.json"'
    return response

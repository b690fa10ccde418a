"""Values: entered, listed, read, decided."""

from uuid import UUID

from django.contrib import messages
from django.contrib.auth.decorators import login_required
from django.http import Http404, HttpRequest, HttpResponse, HttpResponseBase
from django.shortcuts import redirect, render
from django.utils.translation import gettext as _
from django.views.decorators.cache import never_cache
from django.views.decorators.http import require_http_methods, require_POST, require_safe

from contempo.core import clock, files
from contempo.core.verdict import NotPermitted, Refusal, require
from contempo.programmes.access import may_enter_values, may_list_values
from contempo.programmes.actions.values import decide_value, enter_value, recount_value
from contempo.programmes.forms.indicators.values import DecisionForm, ValueForm
from contempo.programmes.queries.indicators import waiting
from contempo.programmes.queries.indicators.entering import Entering, entering
from contempo.programmes.queries.opened import OpenedPlan
from contempo.programmes.views.opening import with_plan
from contempo.web.forms import add_refusal
from contempo.web.lists import export, export_format


@login_required
@require_http_methods(["GET", "HEAD", "POST"])
@with_plan("board")
def enter(request: HttpRequest, opened: OpenedPlan, indicator: str) -> HttpResponse:
    """Enter the value of an indicator, or correct that of a closed period."""
    about = entering(request.actor, opened, indicator, today=clock.today())
    if about is None:
        require(may_enter_values(request.actor, opened.plan, frozenset()))
        raise Http404
    form = _form(request, about)
    if form.is_valid() and _entered(request, opened, form, about):
        return redirect(opened.url("indicator", indicator=indicator))
    return render(request, "programmes/indicators/enter.html", {"opened": opened, "form": form, "about": about})


def _form(request: HttpRequest, about: Entering) -> ValueForm:
    posted = request.method == "POST"
    period = request.GET.get("periodo") or about.first_period
    asked = {"period": period, "alliance": request.GET.get("alleanza", "")}
    return ValueForm(
        request.POST if posted else None,
        request.FILES if posted else None,
        initial=asked,
        unit=about.unit,
        periods=about.periods,
        alliances=about.alliances,
        divisions=tuple((each.dimension, each.label, each.words) for each in about.divisions),
        evidence=about.indicator.evidence,
        correcting=bool(about.closed),
        computed=about.computed,
    )


def _entered(request: HttpRequest, opened: OpenedPlan, form: ValueForm, about: Entering) -> bool:
    """Enter what the form says; False when it was refused, which the form then shows."""
    said = form.cleaned_data
    asked = {"plan_id": opened.plan.pk, "indicator": about.indicator.key, "period": said["period"]}
    asked |= {"alliance": said["alliance"], "reason": said.get("reason", "")}
    try:
        if about.computed:
            made = recount_value(request.actor, **asked)
        else:
            made = enter_value(request.actor, entry=form.entry, documents=request.FILES.getlist("documents"), **asked)
    except NotPermitted:
        raise
    except Refusal as refusal:
        add_refusal(form, refusal)
        return False
    if made is None:
        messages.warning(request, _("Nothing was found to count: the value stays as it is."))
    else:
        messages.success(request, _("The value is entered: it counts once somebody else approves it."))
    return True


@login_required
@require_safe
@with_plan("board")
def values(request: HttpRequest, opened: OpenedPlan) -> HttpResponseBase:
    """The values that people entered, or the same as a file."""
    require(may_list_values(request.actor))
    if wanted := export_format(request):
        rows = waiting.every_value(request.actor, opened, request.GET)
        return export(rows, waiting.COLUMNS, wanted, f"{_('values')}-{opened.plan.key}")
    page = waiting.values(request.actor, opened, request.GET)
    return render(request, "programmes/indicators/values.html", {"opened": opened, "page": page})


@login_required
@never_cache
@require_safe
@with_plan("board")
def value(request: HttpRequest, opened: OpenedPlan, measurement_id: int) -> HttpResponse:
    """One version of a value, with its evidence and what was decided."""
    return _value(request, opened, measurement_id, DecisionForm())


def _value(request: HttpRequest, opened: OpenedPlan, measurement_id: int, form: DecisionForm) -> HttpResponse:
    page = waiting.value_page(request.actor, opened, measurement_id)
    if page is None:
        raise Http404
    return render(request, "programmes/indicators/value.html", {"opened": opened, "page": page, "form": form})


@login_required
@require_POST
@with_plan("board")
def decide(request: HttpRequest, opened: OpenedPlan, measurement_id: int) -> HttpResponse:
    """Approve a value, or refuse it with the reason."""
    if waiting.value_page(request.actor, opened, measurement_id) is None:
        raise Http404
    form = DecisionForm(request.POST)
    approve = request.POST.get("do") == "approve"
    if not form.is_valid():
        return _value(request, opened, measurement_id, form)
    try:
        decide_value(request.actor, measurement_id=measurement_id, approve=approve, note=form.cleaned_data["note"])
    except NotPermitted:
        raise
    except Refusal as refusal:
        add_refusal(form, refusal)
        return _value(request, opened, measurement_id, form)
    messages.success(request, _("The value is approved.") if approve else _("The value is refused."))
    return redirect(f"{opened.url('values')}?stato=proposed")


@login_required
@require_safe
@with_plan("board")
def evidence(request: HttpRequest, opened: OpenedPlan, measurement_id: int, attachment: UUID) -> HttpResponseBase:
    """A document that proves a value."""
    found = waiting.evidence(request.actor, opened, measurement_id, str(attachment))
    if found is None:
        raise Http404
    return files.serve(found)

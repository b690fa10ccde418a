"""The lists of questions, the filters kept of them, and the next question."""

from django.contrib import messages
from django.contrib.auth.decorators import login_required
from django.http import Http404, HttpRequest, HttpResponse, HttpResponseBase
from django.shortcuts import redirect, render
from django.utils.translation import gettext as _
from django.views.decorators.http import require_POST, require_safe

from contempo.core import clock
from contempo.core.verdict import Refusal, require
from contempo.helpdesk.access import may_work_at_desk
from contempo.helpdesk.actions.filters import forget_filter, keep_filter
from contempo.helpdesk.actions.next import take_next
from contempo.helpdesk.forms.desk import FilterForm
from contempo.helpdesk.queries.desk import COLUMNS, desk, desk_rows
from contempo.web.lists import export, export_format
from contempo.web.sentences import sentence


@login_required
@require_safe
def desk_page(request: HttpRequest) -> HttpResponseBase:
    """The questions of the desk, part by part."""
    asked = {"network": request.network.slug, "params": request.GET, "now": clock.now()}
    if file_format := export_format(request):
        return export(desk_rows(request.actor, **asked), COLUMNS, file_format, _("questions"))
    page = desk(request.actor, **asked)
    form = FilterForm(initial={"query": page.query})
    return render(request, "helpdesk/desk/list.html", {"desk": page, "keep": form})


@login_required
@require_POST
def next_question(request: HttpRequest) -> HttpResponse:
    """Take the question to answer first."""
    require(may_work_at_desk(request.actor))
    try:
        question = take_next(request.actor)
    except Refusal as refusal:
        messages.info(request, sentence(refusal))
        return redirect("helpdesk:desk", network=request.network.slug)
    return redirect("helpdesk:desk_answer", network=request.network.slug, number=question.number)


@login_required
@require_POST
def keep(request: HttpRequest) -> HttpResponse:
    """Keep the filters in use under a name."""
    form = FilterForm(request.POST)
    form.is_valid()
    kept = keep_filter(request.actor, name=form.cleaned_data.get("name", ""), query=form.cleaned_data.get("query", ""))
    messages.success(request, _("“%(name)s” is kept: you find it above the list.") % {"name": kept.name})
    address = redirect("helpdesk:desk", network=request.network.slug)
    address["Location"] += f"?{kept.query}"
    return address


@login_required
@require_POST
def forget(request: HttpRequest, filter_id: int) -> HttpResponse:
    """Forget a filter kept before."""
    if not forget_filter(request.actor, filter_id=filter_id):
        raise Http404
    messages.success(request, _("The filter is forgotten."))
    return redirect("helpdesk:desk", network=request.network.slug)

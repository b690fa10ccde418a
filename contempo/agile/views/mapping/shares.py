"""How the time of workers is shared out: the list, one of them, changing it, and one's own."""

from django.contrib import messages
from django.http import Http404, HttpRequest, HttpResponse, HttpResponseBase
from django.shortcuts import redirect, render
from django.utils.translation import gettext as _
from django.views.decorators.http import require_http_methods, require_safe

from contempo.agile.access import may_act_as_worker, may_manage, may_read_inside
from contempo.agile.actions.mapping.shares import set_shares
from contempo.agile.forms.mapping.shares import SharesForm
from contempo.agile.queries.mapping import workers as queries
from contempo.agile.queries.opened import OpenedEmployer
from contempo.agile.views.opening import with_employer
from contempo.core import clock
from contempo.core.verdict import Refusal, require
from contempo.core.words import N_
from contempo.web import lists


@require_safe
@with_employer("activities", may=may_manage)
def workers(request: HttpRequest, opened: OpenedEmployer) -> HttpResponseBase:
    """The staff the reader sees to, with the share that can be done remotely, or the same as a file."""
    today = clock.today()
    if wanted := lists.export_format(request):
        rows = queries.worker_rows(opened, request.GET, today=today)
        return lists.export(rows, queries.COLUMNS, wanted, _("eligibility"))
    page = queries.workers(opened, request.GET, today=today)
    return render(request, "agile/mapping/workers.html", {"opened": opened, "page": page})


@require_safe
@with_employer("activities", may=may_read_inside)
def shares(request: HttpRequest, opened: OpenedEmployer, worker_id: int) -> HttpResponse:
    """The shares of a worker and what they say."""
    if (page := queries.shares_page(opened, worker_id)) is None:
        raise Http404
    return render(request, "agile/mapping/shares.html", {"opened": opened, "page": page})


@require_safe
@with_employer("activities", may=may_act_as_worker)
def why(request: HttpRequest, opened: OpenedEmployer) -> HttpResponse:
    """Why the reader may, or may not, ask for agile work."""
    context = {"opened": opened, "page": queries.why_page(opened)}
    return render(request, "agile/mapping/shares.html", context)


@require_http_methods(["GET", "HEAD", "POST"])
@with_employer("activities", may=may_read_inside)
def edit(request: HttpRequest, opened: OpenedEmployer, worker_id: int) -> HttpResponse:
    """Change how the time of a worker is shared out."""
    if (typed := queries.shares_typed(opened, worker_id)) is None:
        raise Http404
    require(typed.verdict)
    form = SharesForm(request.POST or None, typed=typed)
    if form.is_valid() and _shared(request, opened, form, worker_id):
        messages.success(request, _("Saved."))
        return redirect(opened.url("worker_shares", worker_id=worker_id))
    context = {"opened": opened, "form": form, "typed": typed, "worker_id": worker_id}
    return render(request, "agile/mapping/shares_edit.html", context)


def _shared(request: HttpRequest, opened: OpenedEmployer, form: SharesForm, worker_id: int) -> bool:
    code = form.cleaned_data["code"]
    coded = queries.activity_coded(opened, code) if code else None
    try:
        if code and coded is None:
            raise Refusal(N_("No running activity has this code."), field="code")
        set_shares(request.actor, worker_id=worker_id, shares=form.shares(coded), seen=form.opened_on())
    except Refusal as refusal:
        form.refuse(refusal)
        return False
    return True

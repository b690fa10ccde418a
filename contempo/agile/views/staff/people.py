"""The staff on the web: the list, a worker, adding and changing one, inviting."""

from django.contrib import messages
from django.http import Http404, HttpRequest, HttpResponse, HttpResponseBase
from django.shortcuts import redirect, render
from django.utils.translation import gettext as _
from django.utils.translation import ngettext
from django.views.decorators.http import require_http_methods, require_POST, require_safe

from contempo.agile.access import may_keep, may_manage, may_read_inside
from contempo.agile.actions.staff import linking
from contempo.agile.actions.staff import workers as actions
from contempo.agile.forms.staff.workers import WorkerForm
from contempo.agile.queries.opened import OpenedEmployer
from contempo.agile.queries.staff import worker as one
from contempo.agile.queries.staff import workers as queries
from contempo.agile.queries.staff.inviting import invitations as invitations_of
from contempo.agile.queries.staff.unit import units_to_choose
from contempo.agile.views.opening import with_employer
from contempo.core import clock
from contempo.web import lists
from contempo.web.forms import done

_FORM = ["GET", "HEAD", "POST"]


@require_safe
@with_employer("staff", may=may_manage)
def staff(request: HttpRequest, opened: OpenedEmployer) -> HttpResponseBase:
    """The staff that the reader sees to, or the same as a file."""
    if wanted := lists.export_format(request):
        return lists.export(queries.worker_rows(opened, request.GET), queries.COLUMNS, wanted, _("staff"))
    page = queries.workers(opened, request.GET)
    keeps = bool(may_keep(opened.part))
    return render(request, "agile/staff/staff.html", {"opened": opened, "page": page, "keeps": keeps})


@require_safe
@with_employer("staff", may=may_read_inside)
def worker(request: HttpRequest, opened: OpenedEmployer, worker_id: int) -> HttpResponse:
    """One worker: as they are, and as they were."""
    page = one.worker_page(opened, worker_id)
    if page is None:
        raise Http404
    return render(request, "agile/staff/worker.html", {"opened": opened, "page": page})


@require_http_methods(_FORM)
@with_employer("staff", may=may_keep)
def new(request: HttpRequest, opened: OpenedEmployer) -> HttpResponse:
    """Add somebody to the staff."""
    initial = {"unit": request.GET.get("unita", ""), "since": clock.today()}
    form = WorkerForm(request.POST or None, initial=initial, units=units_to_choose(opened), dated=False)
    employer_id = opened.employer.pk
    if done(form, lambda: actions.add_worker(request.actor, employer_id=employer_id, written=form.written())):
        messages.success(request, _("Added: number %(number)s.") % {"number": form.cleaned_data["number"]})
        return redirect(opened.url("staff"))
    return render(request, "agile/staff/worker_edit.html", {"opened": opened, "form": form})


@require_http_methods(_FORM)
@with_employer("staff", may=may_keep)
def edit(request: HttpRequest, opened: OpenedEmployer, worker_id: int) -> HttpResponse:
    """Change what is written of a worker."""
    typed = one.worker_typed(opened, worker_id, today=clock.today())
    if typed is None:
        raise Http404
    units = units_to_choose(opened, kept=typed.unit_id)
    form = WorkerForm(request.POST or None, initial=typed.initial, units=units, dated=True)
    back = opened.url("worker", worker_id=worker_id)
    if done(
        form,
        lambda: actions.change_worker(request.actor, worker_id=worker_id, written=form.written(), day=form.day_said),
    ):
        messages.success(request, _("Saved."))
        return redirect(back)
    context = {"opened": opened, "form": form, "typed": typed, "worker_url": back}
    return render(request, "agile/staff/worker_edit.html", context)


@require_POST
@with_employer("staff", may=may_keep)
def invite(request: HttpRequest, opened: OpenedEmployer, worker_id: int) -> HttpResponse:
    """Invite one worker, perhaps again."""
    _seen(opened, worker_id)
    invited = linking.invite_worker(request.actor, worker_id=worker_id)
    messages.success(request, _("The invitation is on its way to %(email)s.") % {"email": invited.email})
    return redirect(opened.url("worker", worker_id=worker_id))


@require_POST
@with_employer("staff", may=may_keep)
def unlink(request: HttpRequest, opened: OpenedEmployer, worker_id: int) -> HttpResponse:
    """Let go of the person linked to a worker."""
    _seen(opened, worker_id)
    actions.unlink_worker(request.actor, worker_id=worker_id)
    messages.success(request, _("The person is no longer linked: they see nothing of this work any more."))
    return redirect(opened.url("worker", worker_id=worker_id))


def _seen(opened: OpenedEmployer, worker_id: int) -> None:
    if one.worker_typed(opened, worker_id, today=clock.today()) is None:
        raise Http404


@require_http_methods(_FORM)
@with_employer("staff", may=may_keep)
def invitations(request: HttpRequest, opened: OpenedEmployer) -> HttpResponse:
    """How far the staff has come into the platform; inviting everybody who was not yet."""
    if request.method == "POST":
        asked = linking.ask_invitations(request.actor, employer_id=opened.employer.pk)
        text = ngettext("%(count)s invitation is being written.", "%(count)s invitations are being written.", asked)
        messages.success(request, text % {"count": asked})
        return redirect(opened.url("invitations"))
    context = {"opened": opened, "sums": invitations_of(opened), "staff_url": opened.url("staff")}
    return render(request, "agile/staff/invitations.html", context)

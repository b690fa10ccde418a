"""One's own agile work: entering it, and all that is held about oneself."""

from django.contrib import messages
from django.http import HttpRequest, HttpResponse, JsonResponse
from django.shortcuts import redirect, render
from django.utils.translation import get_language
from django.utils.translation import gettext as _
from django.views.decorators.cache import never_cache
from django.views.decorators.http import require_http_methods, require_POST, require_safe

from contempo.agile.access import may_act_as_worker
from contempo.agile.actions.staff.linking import claim_worker
from contempo.agile.actions.staff.own import declare_commuting
from contempo.agile.forms.staff.joining import JoinCodeForm, JoinForm
from contempo.agile.forms.staff.workers import CommutingForm
from contempo.agile.queries.opened import OpenedEmployer
from contempo.agile.queries.staff.held import held_shown, personal_data
from contempo.agile.queries.staff.inviting import claimable
from contempo.agile.views.opening import with_employer
from contempo.core.verdict import Refusal
from contempo.people.public import actor_of, code_awaited, enter_code, send_code
from contempo.web.forms import add_refusal, done
from contempo.web.sentences import sentence

_FORM = ["GET", "HEAD", "POST"]


@never_cache
@require_http_methods(_FORM)
@with_employer("employer")
def join(request: HttpRequest, opened: OpenedEmployer) -> HttpResponse:
    """The way in: who is signed in sees their row, a visitor writes their address."""
    form = JoinForm(request.POST or None)
    if request.user.is_authenticated:
        rows = claimable(request.actor, opened)
        return render(request, "agile/staff/join.html", {"opened": opened, "rows": rows})
    if done(form, lambda: _send(request, form)):
        return redirect(opened.url("join_code"))
    return render(request, "agile/staff/join.html", {"opened": opened, "form": form})


def _send(request: HttpRequest, form: JoinForm) -> None:
    said = form.cleaned_data
    send_code(request, email=said["email"], full_name=said["full_name"], language=get_language() or "it")


@never_cache
@require_http_methods(_FORM)
@with_employer("employer")
def join_code(request: HttpRequest, opened: OpenedEmployer) -> HttpResponse:
    """The code: once it is right, the row that bears the address is theirs."""
    if request.user.is_authenticated or not code_awaited(request):
        return redirect(opened.url("join"))
    if "again" in request.POST:
        return _send_again(request, opened)
    form = JoinCodeForm(request.POST or None)
    if form.is_valid():
        try:
            answer = enter_code(request, code=form.cleaned_data["code"], back=opened.url("join"))
        except Refusal as refusal:
            add_refusal(form, refusal)
        else:
            return answer or _claimed(request, opened)
    return render(request, "agile/staff/join_code.html", {"opened": opened, "form": form, "to": code_awaited(request)})


def _send_again(request: HttpRequest, opened: OpenedEmployer) -> HttpResponse:
    try:
        send_code(request, email=code_awaited(request), language=get_language() or "it")
    except Refusal as refusal:
        messages.error(request, sentence(refusal))
    else:
        messages.success(request, _("Another code is on its way: the one before holds no longer."))
    return redirect(opened.url("join_code"))


@require_POST
@with_employer("employer")
def claim(request: HttpRequest, opened: OpenedEmployer) -> HttpResponse:
    """Say "this is me" of a row that bears one's own address."""
    if not request.user.is_authenticated:
        return redirect(opened.url("join"))
    number = request.POST.get("worker", "")
    return _claimed(request, opened, int(number) if number.isdecimal() and len(number) < 19 else None)


def _claimed(request: HttpRequest, opened: OpenedEmployer, worker_id: int | None = None) -> HttpResponse:
    actor = actor_of(request, request.network.id)
    try:
        claim_worker(actor, employer_id=opened.employer.pk, worker_id=worker_id)
    except Refusal as refusal:
        messages.error(request, sentence(refusal))
        return redirect(opened.url("join"))
    messages.success(request, _("Welcome: this is your agile work. Everything held about you is on “My data”."))
    return redirect(opened.url("employer"))


@require_http_methods(_FORM)
@with_employer("my_data", may=may_act_as_worker)
def my_data(request: HttpRequest, opened: OpenedEmployer) -> HttpResponse:
    """Everything that is held about the worker who reads; what they say of their way to work."""
    worker = opened.part.worker
    assert worker is not None
    initial = {"km": worker.commute_km, "means": worker.commute_means}
    form = CommutingForm(request.POST or None, initial=initial)
    if done(form, lambda: declare_commuting(request.actor, employer_id=opened.employer.pk, **form.cleaned_data)):
        messages.success(request, _("Saved."))
        return redirect(opened.url("my_data"))
    context = {"opened": opened, "form": form, "held": held_shown(worker.pk), "worker": worker}
    return render(request, "agile/staff/my_data.html", context)


@require_safe
@with_employer("my_data", may=may_act_as_worker)
def my_data_file(request: HttpRequest, opened: OpenedEmployer) -> HttpResponse:
    """The same as a file that programs read."""
    answer = JsonResponse(personal_data(request.user.pk), json_dumps_params={"ensure_ascii": False, "indent": 2})
    name = f"{opened.employer.organisation.slug}-{_('my-data')}.json"
    answer["Cache-Control"] = "no-store"
    answer["Content-Disposition"] = f'attachment; filename="{name}"'
    return answer

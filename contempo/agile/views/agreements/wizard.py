"""The wizard: each step is kept as it is left."""

from django.http import Http404, HttpRequest, HttpResponse, HttpResponseBase
from django.shortcuts import redirect, render
from django.utils.translation import gettext as _
from django.views.decorators.http import require_http_methods, require_POST, require_safe

from contempo.agile.actions.agreements.deciding import submit
from contempo.agile.actions.agreements.drafting import NOT_YOURS, SENT, drop, save_step
from contempo.agile.forms.agreements import STEP_FORMS, StepForm
from contempo.agile.queries.agreements.page import AgreementPage, agreement_page
from contempo.agile.queries.agreements.wizard import SUMMARY, Wizard, wizard
from contempo.agile.queries.opened import OpenedEmployer
from contempo.agile.rules.agreements.terms import STEP_LABELS, Step
from contempo.agile.views.agreements.opening import back_to_it, with_agreement
from contempo.core import clock
from contempo.core.verdict import NotPermitted
from contempo.web.forms import done


def _require_open(page: AgreementPage) -> None:
    if not page.open_to_change:
        raise NotPermitted(SENT if page.mine else NOT_YOURS)


@require_http_methods(["GET", "HEAD", "POST"])
@with_agreement
def agreement_step(request: HttpRequest, opened: OpenedEmployer, page: AgreementPage, step: str) -> HttpResponseBase:
    """One step: shown as it was left, kept as it is sent, right or incomplete."""
    if step not in set(Step):
        raise Http404
    _require_open(page)
    found = wizard(opened, page, clock.today())
    sent = request.POST if request.method == "POST" else None
    form = STEP_FORMS[step](sent, terms=page.terms, wizard=found)
    if sent is not None and (where := _kept(request, opened, page, step, form)):
        return redirect(where)
    context = {"opened": opened, "page": page, "form": form, "wizard": found, "step": step, "label": STEP_LABELS[step]}
    return render(request, "agile/agreements/step.html", context)


def _kept(request: HttpRequest, opened: OpenedEmployer, page: AgreementPage, step: str, form: StepForm) -> str:
    """Keep the step; where the button leads, empty when something is to be mended first."""
    written = form.is_valid()
    saved = done(form, lambda: save_step(request.actor, agreement_id=page.id, step=step, values=form.typed()))
    go = request.POST.get("go", "on")
    if go == "close" and saved and written:
        return page.url
    order = [each.value for each in Step]
    place = order.index(step)
    if go == "back":
        return opened.url("agreement_step", number=page.number, step=order[max(place - 1, 0)])
    if not (saved and written):
        return ""
    form.tell(_after(opened, page))
    if form.errors:
        return ""
    following = order[place + 1] if place + 1 < len(order) else SUMMARY
    if following == SUMMARY:
        return opened.url("agreement_summary", number=page.number)
    return opened.url("agreement_step", number=page.number, step=following)


def _after(opened: OpenedEmployer, page: AgreementPage) -> Wizard:
    """The wizard once the step was kept."""
    kept = agreement_page(opened, page.number, clock.today())
    return wizard(opened, kept or page, clock.today())


@require_safe
@with_agreement
def agreement_resume(request: HttpRequest, opened: OpenedEmployer, page: AgreementPage) -> HttpResponse:
    """To the first step with something missing, or to the summary."""
    _require_open(page)
    step = wizard(opened, page, clock.today()).first_open
    if step == SUMMARY:
        return redirect(opened.url("agreement_summary", number=page.number))
    return redirect(opened.url("agreement_step", number=page.number, step=step))


@require_safe
@with_agreement
def agreement_summary(request: HttpRequest, opened: OpenedEmployer, page: AgreementPage) -> HttpResponse:
    """All that will be sent, with what is still missing."""
    _require_open(page)
    context = {"opened": opened, "page": page, "wizard": wizard(opened, page, clock.today())}
    return render(request, "agile/agreements/summary.html", context)


@require_POST
@with_agreement
def agreement_submit(request: HttpRequest, opened: OpenedEmployer, page: AgreementPage) -> HttpResponse:
    """Send the agreement to who decides on it."""
    submit(request.actor, agreement_id=page.id)
    return back_to_it(
        request, page, _("The agreement is sent. Who decides on it has been told, and you will be told too.")
    )


@require_POST
@with_agreement
def agreement_drop(request: HttpRequest, opened: OpenedEmployer, page: AgreementPage) -> HttpResponse:
    """Give the agreement up before it is signed."""
    drop(request.actor, agreement_id=page.id)
    return back_to_it(request, page, _("The agreement is given up. You can begin another one at any time."))

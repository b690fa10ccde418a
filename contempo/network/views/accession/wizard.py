"""The four steps of the wizard: each is kept as it is left, right or wrong."""

from uuid import UUID

from django import forms
from django.contrib import messages
from django.http import Http404, HttpRequest, HttpResponse
from django.shortcuts import redirect, render
from django.urls import reverse
from django.utils.translation import gettext as _
from django.views.decorators.http import require_http_methods, require_safe

from contempo.core.verdict import Refusal
from contempo.network.actions.accession.drafts import attach, detach, save_step
from contempo.network.forms.accession import STEP_FORMS, Reading, form_of, typed_values
from contempo.network.queries.applicants import Draft, documents_of, known_to_registry
from contempo.network.rules.accession import STEP_LABELS, Step, check_not_doubled, next_step
from contempo.network.views.accession.drafts import with_draft
from contempo.web import steps
from contempo.web.forms import add_refusal


@require_safe
@with_draft
def go_on(request: HttpRequest, draft: Draft) -> HttpResponse:
    """To the first step still to be done, or to the summary."""
    step = Reading(draft.answers).first_open
    return redirect(step_url(request, draft, step) if step else summary_url(request, draft))


@require_http_methods(["GET", "HEAD", "POST"])
@with_draft
def step(request: HttpRequest, draft: Draft, step: str) -> HttpResponse:
    """One step: shown as it was left, saved as it is sent."""
    if step not in set(Step):
        raise Http404
    if request.method == "POST":
        return _save(request, draft, Step(step))
    return _show(request, draft, Step(step), _as_left(request, draft, Step(step)))


def _as_left(request: HttpRequest, draft: Draft, step: Step) -> forms.Form:
    """The form as it was left: what is wrong is said again, what is still missing is not."""
    if step not in draft.answers:
        return STEP_FORMS[step](initial=_known_of(request))
    form = form_of(step, draft.answers[step])
    for name, errors in list(form.errors.items()):
        if all(error.code == "required" for error in errors.as_data()):
            del form.errors[name]
    return form


def _known_of(request: HttpRequest) -> dict[str, str]:
    """What need not be asked, because the person who is signed in has told it already."""
    if request.user.is_anonymous:
        return {}
    return {"contact_name": request.user.full_name, "contact_email": request.user.email}


def _save(request: HttpRequest, draft: Draft, step: Step) -> HttpResponse:
    values, go = typed_values(step, request.POST), request.POST.get("go", "")
    if step in draft.answers or any(values.values()) or go == "on":
        save_step(request.actor, request_id=draft.id, secret=draft.secret, step=step, values=values)
    form = form_of(step, values)
    if step == Step.ORGANISATION:
        _recognise(request, draft, form)
    if step == Step.TERRITORY and not _change_documents(request, draft, form):
        return _show(request, draft, step, form)
    if go == "close":
        return redirect("network:saved", network=request.network.slug, key=draft.key)
    if go == "on" and not form.is_valid():
        return _show(request, draft, step, form)
    return redirect(_where(request, draft, step, go))


def _where(request: HttpRequest, draft: Draft, step: Step, go: str) -> str:
    """Where the button leads: to the step after or before, or back to this one."""
    order = list(Step)
    if go == "back":
        return step_url(request, draft, order[max(order.index(step) - 1, 0)])
    if go != "on":
        return f"{step_url(request, draft, step)}#documents"
    following = next_step(step)
    return step_url(request, draft, following) if following else summary_url(request, draft)


def _recognise(request: HttpRequest, draft: Draft, form: forms.Form) -> None:
    """Say as soon as the tax code is known whether the organisation is in the network or on its way there."""
    form.is_valid()
    if not (tax_code := form.cleaned_data.get("tax_code")):
        return
    known = known_to_registry(request.network.id, tax_code, besides=draft.id)
    try:
        check_not_doubled(known)
    except Refusal as refusal:
        add_refusal(form, refusal)
    else:
        if known.organisation_id:
            messages.info(request, _("The agency knows this organisation already: your request will be joined to it."))


def _change_documents(request: HttpRequest, draft: Draft, form: forms.Form) -> bool:
    """Take in the files that were sent and away those removed; False when one is refused, with the reason in `form`."""
    if key := request.POST.get("detach"):
        detach(request.actor, request_id=draft.id, secret=draft.secret, key=_uuid(key))
    accepted = True
    for upload in request.FILES.getlist("documents"):
        try:
            attach(request.actor, request_id=draft.id, secret=draft.secret, upload=upload)
        except Refusal as refusal:
            add_refusal(form, refusal)
            accepted = False
    return accepted


def _uuid(text: str) -> UUID:
    try:
        return UUID(text)
    except ValueError:
        raise Http404 from None


def _show(request: HttpRequest, draft: Draft, step: Step, form: forms.Form) -> HttpResponse:
    if step == Step.ORGANISATION:
        form.suggest_from(reverse("network:municipalities", kwargs={"network": request.network.slug}))
    context = {
        "draft": draft,
        "form": form,
        "step": step,
        "label": STEP_LABELS[step],
        "steps": wizard_steps(request, draft),
        "documents": documents_of(draft.id) if step == Step.TERRITORY else (),
        "is_first": step == next(iter(Step)),
    }
    return render(request, f"network/accession/steps/{step}.html", context)


def step_url(request: HttpRequest, draft: Draft, step: Step) -> str:
    """Address of a step of a draft."""
    return reverse("network:step", kwargs={"network": request.network.slug, "key": draft.key, "step": step.value})


def summary_url(request: HttpRequest, draft: Draft) -> str:
    """Address of the summary of a draft."""
    return reverse("network:summary", kwargs={"network": request.network.slug, "key": draft.key})


def wizard_steps(request: HttpRequest, draft: Draft, reading: Reading | None = None) -> tuple[steps.Step, ...]:
    """The steps as the page shows them, the summary last."""
    reading = reading or Reading(draft.answers)
    named = tuple(
        steps.Step(each, _(STEP_LABELS[each]), step_url(request, draft, each), done=reading.done(each)) for each in Step
    )
    return (*named, steps.Step("riepilogo", _("Summary"), summary_url(request, draft)))

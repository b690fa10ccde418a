"""The page of an agreement, and its steps: decision, signature, withdrawal, evaluation, document."""

from django.http import HttpRequest, HttpResponse, HttpResponseBase
from django.shortcuts import render
from django.utils.translation import gettext as _
from django.views.decorators.http import require_http_methods, require_POST, require_safe

from contempo.agile.actions.agreements import deciding, ending
from contempo.agile.forms.agreements import DecisionForm, EvaluationForm, SignForm, WithdrawForm
from contempo.agile.forms.agreements.deciding import CHANGES
from contempo.agile.queries.agreements.document import TEMPLATE, document
from contempo.agile.queries.agreements.page import AgreementPage, ending_of
from contempo.agile.queries.agreements.wizard import cited
from contempo.agile.queries.opened import OpenedEmployer
from contempo.agile.views.agreements.opening import back_to_it, with_agreement
from contempo.core import clock
from contempo.core.verdict import NotPermitted
from contempo.core.words import N_
from contempo.web.documents import pdf, pdf_response
from contempo.web.forms import done

NOT_NOW = N_("This step is not up to you now: open the agreement to see where it stands.")


def _require(page: AgreementPage, *steps: str) -> None:
    if not page.steps.intersection(steps):
        raise NotPermitted(NOT_NOW)


@require_safe
@with_agreement
def agreement(request: HttpRequest, opened: OpenedEmployer, page: AgreementPage) -> HttpResponse:
    """Where an agreement stands, what comes next, what it says, its story."""
    return render(request, "agile/agreements/agreement.html", {"opened": opened, "page": page})


@require_safe
@with_agreement
def agreement_pdf(request: HttpRequest, opened: OpenedEmployer, page: AgreementPage) -> HttpResponse:
    """The agreement as a document."""
    now = clock.now()
    made = pdf(TEMPLATE, document(opened, page, now), made_at=now)
    return pdf_response(made, _("agile-work-agreement-%(number)s") % {"number": page.number})


@require_POST
@with_agreement
def agreement_approve(request: HttpRequest, opened: OpenedEmployer, page: AgreementPage) -> HttpResponse:
    """Approve the agreement."""
    deciding.approve(request.actor, agreement_id=page.id)
    return back_to_it(request, page, _("Approved. %(name)s has been told and signs next.") % {"name": page.name})


@require_http_methods(["GET", "HEAD", "POST"])
@with_agreement
def agreement_decide(request: HttpRequest, opened: OpenedEmployer, page: AgreementPage) -> HttpResponseBase:
    """Ask for changes, or refuse, with the reason."""
    _require(page, "ask_changes", "refuse")
    form = DecisionForm(request.POST or None)
    if request.method == "POST" and form.is_valid():
        typed = form.cleaned_data
        act = deciding.ask_changes if typed["decision"] == CHANGES else deciding.refuse
        if done(form, lambda: act(request.actor, agreement_id=page.id, text=typed["text"])):
            return back_to_it(request, page, _("%(name)s has been told.") % {"name": page.name})
    return render(request, "agile/agreements/decide.html", {"opened": opened, "page": page, "form": form})


@require_http_methods(["GET", "HEAD", "POST"])
@with_agreement
def agreement_sign(request: HttpRequest, opened: OpenedEmployer, page: AgreementPage) -> HttpResponseBase:
    """Read the agreement once more and sign it."""
    _require(page, "sign")
    said = {"number": page.number, "organisation": opened.employer.organisation.name}
    statement = _(deciding.STATEMENT) % said
    form = SignForm(request.POST or None, statement=statement)

    def put_name() -> object:
        return deciding.sign(request.actor, agreement_id=page.id, statement=statement)

    if request.method == "POST" and done(form, put_name):
        return back_to_it(request, page, _("The agreement is signed."))
    context = {"opened": opened, "page": page, "form": form, "law": cited("content", clock.today())}
    return render(request, "agile/agreements/sign.html", context)


@require_http_methods(["GET", "HEAD", "POST"])
@with_agreement
def agreement_withdraw(request: HttpRequest, opened: OpenedEmployer, page: AgreementPage) -> HttpResponseBase:
    """Withdraw from the agreement, having seen until when it then holds."""
    _require(page, "withdraw")
    today = clock.today()
    found = ending_of(opened, page, today)
    form = WithdrawForm(request.POST or None, ending=found)
    if request.method == "POST" and done(form, lambda: _withdraw(request, page, form)):
        return back_to_it(request, page, _("You have withdrawn from the agreement: the other side has been told."))
    key = "notice.disability" if found.protected else "notice" if found.with_notice else "notice.reason"
    context = {"opened": opened, "page": page, "form": form, "ending": found, "law": cited(key, today)}
    return render(request, "agile/agreements/withdraw.html", context)


def _withdraw(request: HttpRequest, page: AgreementPage, form: WithdrawForm) -> None:
    ending.withdraw(
        request.actor,
        agreement_id=page.id,
        justified=form.justified,
        reason=form.cleaned_data["reason"],
        expected=form.expected,
    )


@require_http_methods(["GET", "HEAD", "POST"])
@with_agreement
def agreement_evaluate(request: HttpRequest, opened: OpenedEmployer, page: AgreementPage) -> HttpResponseBase:
    """Say how the agreement went."""
    if not page.may_evaluate:
        raise NotPermitted(NOT_NOW)
    form = EvaluationForm(request.POST or None, objectives=page.objectives)
    if request.method == "POST" and form.is_valid():
        note = form.cleaned_data["note"]
        if done(form, lambda: ending.evaluate(request.actor, agreement_id=page.id, marks=form.marks, note=note)):
            return back_to_it(request, page, _("Your evaluation is kept: the other side has been told."))
    return render(request, "agile/agreements/evaluate.html", {"opened": opened, "page": page, "form": form})

"""Revisions of a budget: their list, one of them, its form, its steps."""

from django.contrib import messages
from django.contrib.auth.decorators import login_required
from django.http import Http404, HttpRequest, HttpResponse, HttpResponseBase
from django.shortcuts import redirect, render
from django.utils.translation import gettext as _
from django.views.decorators.http import require_http_methods, require_POST, require_safe

from contempo.core.verdict import NotPermitted, Refusal
from contempo.programmes.access import may_keep_plans
from contempo.programmes.actions import revisions as actions
from contempo.programmes.forms.money import DecisionForm, RevisionForm
from contempo.programmes.queries.money import revising
from contempo.programmes.queries.money import revisions as queries
from contempo.programmes.queries.opened import OpenedPlan
from contempo.programmes.views.opening import with_plan
from contempo.web import lists
from contempo.web.forms import add_refusal, done


@require_safe
@with_plan("budget")
def revisions(request: HttpRequest, opened: OpenedPlan) -> HttpResponseBase:
    """The revisions of a plan, or the same as a file."""
    if wanted := lists.export_format(request):
        rows = queries.revision_rows(request.actor, opened, request.GET)
        return lists.export(rows, queries.COLUMNS, wanted, f"{_('revisions')}-{opened.plan.key}")
    page = queries.revisions(request.actor, opened, request.GET)
    keeps = opened.in_force and bool(may_keep_plans(request.actor))
    return render(request, "programmes/money/revisions.html", {"opened": opened, "page": page, "keeps": keeps})


@require_safe
@with_plan("budget")
def revision(request: HttpRequest, opened: OpenedPlan, number: int) -> HttpResponse:
    """One revision: what it changes, and what its reader may do with it."""
    return _shown(request, opened, _found(request, opened, number), DecisionForm())


def _found(request: HttpRequest, opened: OpenedPlan, number: int) -> queries.RevisionPage:
    if (page := queries.revision(request.actor, opened, number)) is None:
        raise Http404
    return page


def _shown(request: HttpRequest, opened: OpenedPlan, page: queries.RevisionPage, form: DecisionForm) -> HttpResponse:
    return render(request, "programmes/money/revision.html", {"opened": opened, "page": page, "form": form})


@login_required
@require_http_methods(["GET", "HEAD", "POST"])
@with_plan("budget")
def revision_write(request: HttpRequest, opened: OpenedPlan, number: int | None = None) -> HttpResponse:
    """Write a new revision, or a draft anew; more rows, or the sums so far, save nothing."""
    draft = _draft(request, opened, number)
    form = RevisionForm(request.POST or None, choices=draft.choices, initial=draft.initial)
    valid = form.is_valid()
    if "more" in request.POST or "check" in request.POST:
        return _written(request, opened, draft, form, asked=True)
    if valid and (kept := _kept(request, opened, draft, form)) is not None:
        messages.success(request, _("The draft is saved. Propose it when it is ready."))
        return redirect(opened.url("revision", number=kept))
    return _written(request, opened, draft, form)


def _draft(request: HttpRequest, opened: OpenedPlan, number: int | None) -> revising.Draft:
    if (draft := revising.draft(request.actor, opened, number)) is None:
        raise Http404
    return draft


def _kept(request: HttpRequest, opened: OpenedPlan, draft: revising.Draft, form: RevisionForm) -> int | None:
    """The number of the revision once it is saved; None when it was refused, which the form then shows."""
    try:
        if draft.id is None:
            return actions.draft_revision(request.actor, plan_id=opened.plan.pk, **form.told).number
        return actions.change_revision(request.actor, revision_id=draft.id, **form.told).number
    except NotPermitted:
        raise
    except Refusal as refusal:
        add_refusal(form, refusal)
        return None


def _written(
    request: HttpRequest, opened: OpenedPlan, draft: revising.Draft, form: RevisionForm, *, asked: bool = False
) -> HttpResponse:
    act = getattr(form, "cleaned_data", {}).get("act", "")
    sums = revising.trial(opened, draft.held, form.changes, act) if form.is_bound else None
    if asked:
        form.errors.clear()
    context = {"opened": opened, "draft": draft, "form": form, "sums": sums}
    return render(request, "programmes/money/revision_write.html", context)


@login_required
@require_POST
@with_plan("budget")
def revision_sums(request: HttpRequest, opened: OpenedPlan) -> HttpResponse:
    """What the rows written so far come to, for the page that shows it while they are written."""
    draft = _draft(request, opened, None)
    form = RevisionForm(request.POST, choices=draft.choices)
    form.is_valid()
    sums = revising.trial(opened, draft.held, form.changes, form.cleaned_data.get("act", ""))
    return render(request, "programmes/money/revision_sums.html", {"opened": opened, "sums": sums})


@login_required
@require_POST
@with_plan("budget")
def revision_propose(request: HttpRequest, opened: OpenedPlan, number: int) -> HttpResponse:
    """Ask for a decision on a draft."""
    page = _found(request, opened, number)
    actions.propose_revision(request.actor, revision_id=page.id)
    messages.success(request, _("The revision is proposed: somebody else now decides."))
    return redirect(opened.url("revision", number=number))


@login_required
@require_POST
@with_plan("budget")
def revision_take_back(request: HttpRequest, opened: OpenedPlan, number: int) -> HttpResponse:
    """Make a proposal a draft again."""
    page = _found(request, opened, number)
    actions.take_back_revision(request.actor, revision_id=page.id)
    messages.success(request, _("The revision is a draft again."))
    return redirect(opened.url("revision", number=number))


@login_required
@require_POST
@with_plan("budget")
def revision_approve(request: HttpRequest, opened: OpenedPlan, number: int) -> HttpResponse:
    """Decide for a proposal."""
    page = _found(request, opened, number)
    form = DecisionForm(request.POST)
    if not _approved(request, page, form):
        return _shown(request, opened, page, form)
    messages.success(request, _("The revision is approved: the budget is changed."))
    return redirect(opened.url("revision", number=number))


@login_required
@require_POST
@with_plan("budget")
def revision_refuse(request: HttpRequest, opened: OpenedPlan, number: int) -> HttpResponse:
    """Decide against a proposal, with the reason."""
    page = _found(request, opened, number)
    form = DecisionForm(request.POST)
    if not _refused(request, page, form):
        return _shown(request, opened, page, form)
    messages.success(request, _("The revision is refused: the budget stays as it is."))
    return redirect(opened.url("revision", number=number))


def _approved(request: HttpRequest, page: queries.RevisionPage, form: DecisionForm) -> bool:
    approve = actions.approve_revision
    return done(form, lambda: approve(request.actor, revision_id=page.id, note=form.cleaned_data["reason"]))


def _refused(request: HttpRequest, page: queries.RevisionPage, form: DecisionForm) -> bool:
    refuse = actions.refuse_revision
    return done(form, lambda: refuse(request.actor, revision_id=page.id, reason=form.cleaned_data["reason"]))

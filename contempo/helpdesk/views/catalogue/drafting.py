"""Writing and deciding on the web: from a question to a draft, marks judged one by one, the second person."""

from collections.abc import Callable
from datetime import datetime
from functools import wraps
from typing import Any

from django.contrib import messages
from django.contrib.auth.decorators import login_required
from django.http import Http404, HttpRequest, HttpResponse, HttpResponseBase
from django.shortcuts import redirect, render
from django.utils.translation import gettext as _
from django.utils.translation import gettext_lazy
from django.views.decorators.http import require_http_methods, require_POST, require_safe

from contempo.core.verdict import require
from contempo.helpdesk.access import may_work_at_desk
from contempo.helpdesk.actions.catalogue.deciding import approve_revision, send_back
from contempo.helpdesk.actions.catalogue.drafting import (
    discard_revision,
    forget_publication,
    note_publication,
    propose_entry,
    propose_revision,
    save_revision,
    take_back,
)
from contempo.helpdesk.actions.catalogue.marks import judge_anew, judge_marks
from contempo.helpdesk.forms.drafting import JudgeForm, ReasonForm, RevisionForm, SourceRows, sources_of
from contempo.helpdesk.queries.catalogue.drafts import ProposalPage, RevisionPage, proposal_page, revision_page
from contempo.helpdesk.queries.working import Brief
from contempo.helpdesk.views.catalogue.keeping import kept, to_revision
from contempo.helpdesk.views.desk.questions import to_question, with_question
from contempo.norms.public import norm_choices
from contempo.web.forms import done
from contempo.web.markdown import to_html

TAKE_OUT = gettext_lazy("Take it out")
NOT_YET = gettext_lazy("Not judged yet")


@require_http_methods(["GET", "HEAD", "POST"])
@login_required
def propose(request: HttpRequest, number: int) -> HttpResponse:
    """From an answered question to a draft: only what identifies nobody is copied."""
    require(may_work_at_desk(request.actor))
    page = proposal_page(request.actor, number, network=request.network.slug)
    if page is None:
        raise Http404
    require(page.verdict)
    form = JudgeForm(request.POST if request.method == "POST" else None, marks=page.marks, unjudged=TAKE_OUT)
    if request.method == "POST" and form.is_valid():
        revision = propose_entry(request.actor, question_id=page.question_id, judged=form.judged())
        messages.success(request, _("The draft is ready: mend what was taken out, then propose it."))
        return to_revision(request, revision.entry.number, revision.pk)
    return _show_proposal(request, page, form)


def _show_proposal(request: HttpRequest, page: ProposalPage, form: JudgeForm) -> HttpResponse:
    rows = list(zip(page.marks, form, strict=True))
    return render(request, "helpdesk/catalogue/keep/propose.html", {"page": page, "form": form, "rows": rows})


@require_POST
@with_question
def published(request: HttpRequest, question: Brief) -> HttpResponse:
    """Note that what was proposed from a question is in the catalogue: its asker reads it."""
    note_publication(request.actor, question_id=question.id)
    return to_question(request, question.number, _("The asker now reads that the answer is in the catalogue."))


@require_POST
@with_question
def given_up(request: HttpRequest, question: Brief) -> HttpResponse:
    """Note that what was proposed from a question will not be published."""
    forget_publication(request.actor, question_id=question.id)
    told = _("Noted. If the draft is still in the catalogue, delete it there: nothing links it to this question.")
    return to_question(request, question.number, told)


def with_revision(view: Callable[..., HttpResponseBase]) -> Callable[..., HttpResponseBase]:
    """Give a view the revision its address names."""

    @kept
    @wraps(view)
    def opened(request: HttpRequest, number: int, revision_id: int, **kwargs: Any) -> HttpResponseBase:
        page = revision_page(request.actor, number, revision_id)
        if page is None:
            raise Http404
        return view(request, page, **kwargs)

    return opened


@require_http_methods(["GET", "HEAD", "POST"])
@with_revision
def revision(request: HttpRequest, page: RevisionPage) -> HttpResponse:
    """A revision: written by its author, read with its marks and its changes by everybody at the desk."""
    if request.method != "POST":
        return _show(request, page)
    form, rows = _form(request, page, request.POST), SourceRows(request.POST, prefix="source")
    if form.is_valid() and rows.is_valid() and _saved(request, page, form, rows):
        messages.success(request, _("Saved."))
        return to_revision(request, page.entry_number, page.id)
    return _show(request, page, form=form, rows=rows)


def _form(request: HttpRequest, page: RevisionPage, data: Any = None) -> RevisionForm:
    facts = page.facts
    return RevisionForm(
        data,
        norms=norm_choices(request.network.id),
        is_first=page.is_first,
        initial={
            **page.words.parts,
            "topic": facts.topics[0] if facts and facts.topics else "",
            "more_topics": facts.topics[1:] if facts else (),
            "norms": facts.norms if facts else (),
            "review_on": facts.review_on if facts else None,
            "significance": page.significance,
            "comment": page.comment,
            "seen_at": page.changed_at.isoformat(),
        },
    )


def _rows(page: RevisionPage) -> Any:
    sources = page.facts.sources if page.facts else ()
    return SourceRows(initial=[vars(source) for source in sources], prefix="source")


def _saved(request: HttpRequest, page: RevisionPage, form: RevisionForm, rows: Any) -> bool:
    said = form.cleaned_data
    return done(
        form,
        lambda: save_revision(
            request.actor,
            revision_id=page.id,
            words=form.words(),
            significance=said["significance"],
            comment=said["comment"],
            facts=form.facts(sources_of(rows)),
            seen_at=_instant(said["seen_at"]),
        ),
    )


def _instant(text: str) -> datetime | None:
    try:
        return datetime.fromisoformat(text)
    except ValueError:
        return None


def _show(request: HttpRequest, page: RevisionPage, **more: Any) -> HttpResponse:
    judge = more.pop("judge", None) or JudgeForm(marks=page.open_marks, unjudged=NOT_YET)
    context: dict[str, Any] = {
        "page": page,
        "form": _form(request, page),
        "rows": _rows(page),
        "judge": judge,
        "judge_rows": list(zip(page.open_marks, judge, strict=True)),
        "reason": ReasonForm(prefix="back"),
        "answer_html": to_html(page.words.answer),
        **more,
    }
    return render(request, "helpdesk/catalogue/keep/revision.html", context)


@require_POST
@with_revision
def judge(request: HttpRequest, page: RevisionPage) -> HttpResponse:
    """Say of each mark why it identifies nobody."""
    form = JudgeForm(request.POST, marks=page.open_marks, unjudged=NOT_YET)
    if done(form, lambda: judge_marks(request.actor, revision_id=page.id, judged=form.judged())):
        return redirect(f"{_url(request, page)}#marks")
    return _show(request, page, judge=form)


@require_POST
@with_revision
def anew(request: HttpRequest, page: RevisionPage) -> HttpResponse:
    """Take back that a mark identifies nobody."""
    kind, key = request.POST.get("kind", ""), request.POST.get("key", "")
    judge_anew(request.actor, revision_id=page.id, kind=kind, key=key)
    return redirect(f"{_url(request, page)}#marks")


@require_POST
@with_revision
def step(request: HttpRequest, page: RevisionPage, name: str) -> HttpResponse:
    """A step of the author: ask for a second person, or take it back."""
    steps = {"propose": propose_revision, "take_back": take_back}
    steps[name](request.actor, revision_id=page.id)
    said = {"propose": _("Proposed: a second person reads it now."), "take_back": _("You may go on writing.")}
    messages.success(request, said[name])
    return redirect(_url(request, page))


@require_POST
@with_revision
def approve(request: HttpRequest, page: RevisionPage) -> HttpResponse:
    """Approve a revision one has not written."""
    approve_revision(request.actor, revision_id=page.id)
    messages.success(request, _("Approved: the public reads it from now on."))
    return redirect("helpdesk:entry_keep", network=request.network.slug, number=page.entry_number)


@require_POST
@with_revision
def back(request: HttpRequest, page: RevisionPage) -> HttpResponse:
    """Send a revision back to its author, saying why."""
    form = ReasonForm(request.POST, prefix="back")
    if done(form, lambda: send_back(request.actor, revision_id=page.id, reason=form.cleaned_data["reason"])):
        messages.success(request, _("Sent back: its author reads your reason."))
        return redirect(_url(request, page))
    return _show(request, page, reason=form)


@require_http_methods(["GET", "HEAD", "POST"])
@with_revision
def discard(request: HttpRequest, page: RevisionPage) -> HttpResponse:
    """Give up a revision, after asking."""
    if "discard" not in page.may:
        messages.warning(request, _("Only the author or a coordinator gives up a revision."))
        return redirect(_url(request, page))
    if request.method != "POST":
        return render(request, "helpdesk/catalogue/keep/discard.html", {"page": page})
    gone = discard_revision(request.actor, revision_id=page.id)
    messages.success(request, _("The revision has been given up."))
    if gone:
        return redirect("helpdesk:catalogue_keep", network=request.network.slug)
    return redirect("helpdesk:entry_keep", network=request.network.slug, number=page.entry_number)


@require_safe
@with_revision
def preview(request: HttpRequest, page: RevisionPage) -> HttpResponse:
    """The revision as the public would read it."""
    context = {"page": page, "answer_html": to_html(page.words.answer)}
    return render(request, "helpdesk/catalogue/keep/preview.html", context)


def _url(request: HttpRequest, page: RevisionPage) -> str:
    return to_revision(request, page.entry_number, page.id)["Location"]

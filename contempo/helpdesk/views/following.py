"""Following a question: where it stands, and what whoever asked may still do. No password: the mailed link opens it."""

from collections.abc import Callable
from functools import wraps
from typing import Any
from uuid import UUID

from django import forms
from django.contrib import messages
from django.contrib.auth.decorators import login_required
from django.http import Http404, HttpRequest, HttpResponse, HttpResponseBase
from django.shortcuts import redirect, render
from django.utils.translation import gettext as _
from django.views.decorators.cache import never_cache
from django.views.decorators.http import require_http_methods, require_POST, require_safe

from contempo.core import files
from contempo.core.verdict import Refusal
from contempo.helpdesk.access import opened_by
from contempo.helpdesk.actions.asker import add_to_question, change_consent, mail_link, rate, withdraw
from contempo.helpdesk.forms.asker import ConsentForm, RateForm, SayForm, WithdrawForm
from contempo.helpdesk.queries import own
from contempo.helpdesk.queries.following import Followed, asker_of, document_followed, followed
from contempo.helpdesk.views.visits import FOLLOWING, holds, remember
from contempo.web import lists
from contempo.web.forms import done
from contempo.web.sentences import sentence
from contempo.web.templatetags.web import by_time


@login_required
@require_safe
def mine(request: HttpRequest) -> HttpResponseBase:
    """One's own questions."""
    if wanted := lists.export_format(request):
        rows = own.own_rows(request.actor, request.GET)
        return lists.export(rows, own.COLUMNS, wanted, _("my-questions"))
    return render(request, "helpdesk/follow/mine.html", {"page": own.own_page(request.actor, request.GET)})


def with_question(view: Callable[..., HttpResponse]) -> Callable[..., HttpResponse]:
    """Give a view the question as its asker sees it, and whether it is by the mailed link; others get a way in."""

    @wraps(view)
    def opened(request: HttpRequest, key: UUID, **kwargs: Any) -> HttpResponse:
        follows = holds(request, FOLLOWING, key)
        page = followed(request.actor, key, follows=follows)
        if page is None:
            return _locked(request, key)
        return view(request, page, follows=follows, **kwargs)

    return never_cache(opened)


def _locked(request: HttpRequest, key: UUID) -> HttpResponse:
    """The page for who has the address and not the link: the link can be mailed again, to the asker and nobody else."""
    if asker_of(request.actor, key) is None:
        raise Http404
    return render(request, "helpdesk/follow/locked.html", {"key": key}, status=403)


@require_safe
@never_cache
def open_link(request: HttpRequest, key: UUID, token: str) -> HttpResponse:
    """The mailed link: this browser may open the question from now on."""
    known = asker_of(request.actor, key)
    if known is None:
        raise Http404
    if known[1] is not None and opened_by(token, key) == known[1]:
        remember(request, FOLLOWING, key)
    else:
        messages.warning(request, _("This link is too old, or incomplete: have a fresh one sent to you."))
    return _to(request, key)


@require_POST
def send_link(request: HttpRequest, key: UUID) -> HttpResponse:
    """Mail a fresh link to whoever asked."""
    known = asker_of(request.actor, key)
    if known is None:
        raise Http404
    try:
        mail_link(request.actor, question_id=known[0])
    except Refusal as refusal:
        messages.error(request, sentence(refusal))
    else:
        messages.success(
            request, _("If everything is in order, in a minute the link is in the mailbox of whoever asked.")
        )
    return _to(request, key)


def _to(request: HttpRequest, key: UUID) -> HttpResponse:
    return redirect("helpdesk:follow", network=request.network.slug, key=key)


@require_safe
@with_question
def follow(request: HttpRequest, page: Followed, follows: bool) -> HttpResponse:
    """Where a question stands, what comes next, what was said and answered."""
    return _show(request, page)


def _show(request: HttpRequest, page: Followed, **forms_: forms.Form) -> HttpResponse:
    context: dict[str, Any] = {
        "page": page,
        "say": SayForm(may=page.may),
        "rate": RateForm(prefix="rate"),
        "consent": ConsentForm(initial={"consent": page.consent}, prefix="consent"),
        **forms_,
    }
    return render(request, "helpdesk/follow/question.html", context)


@require_POST
@with_question
def say(request: HttpRequest, page: Followed, follows: bool) -> HttpResponse:
    """Something more: details when they are awaited, a further question after the answer, else an addition."""
    form = SayForm(request.POST, request.FILES, may=page.may)
    if not done(
        form,
        lambda: add_to_question(
            request.actor,
            question_id=page.id,
            text=form.cleaned_data["text"].replace("\r\n", "\n"),
            follows=follows,
            uploads=tuple(form.cleaned_data["documents"]),
        ),
    ):
        return _show(request, page, say=form)
    messages.success(request, _told(request, page, follows))
    return _to(request, page.key)


def _told(request: HttpRequest, before: Followed, follows: bool) -> str:
    """What comes next, after something was said: with the promised time when it has changed."""
    now = followed(request.actor, before.key, follows=follows)
    if now is None or now.due_at is None or "add" in before.may:
        return _("We have received what you wrote.")
    return _("We have received what you wrote: you will read the answer by %(when)s.") % {"when": by_time(now.due_at)}


@require_POST
@with_question
def rate_answer(request: HttpRequest, page: Followed, follows: bool) -> HttpResponse:
    """How useful the answer was, once."""
    form = RateForm(request.POST, prefix="rate")
    if not done(
        form,
        lambda: rate(
            request.actor,
            question_id=page.id,
            stars=int(form.cleaned_data["stars"]),
            comment=form.cleaned_data["comment"],
            follows=follows,
        ),
    ):
        return _show(request, page, rate=form)
    messages.success(request, _("Thank you: it helps us to answer better."))
    return _to(request, page.key)


@require_POST
@with_question
def consent(request: HttpRequest, page: Followed, follows: bool) -> HttpResponse:
    """Whether an anonymised version may be published."""
    form = ConsentForm(request.POST, prefix="consent")
    if not done(
        form,
        lambda: change_consent(
            request.actor, question_id=page.id, consent=form.cleaned_data["consent"], follows=follows
        ),
    ):
        return _show(request, page, consent=form)
    messages.success(request, _("Your choice is saved."))
    return _to(request, page.key)


@require_http_methods(["GET", "HEAD", "POST"])
@with_question
def take_back(request: HttpRequest, page: Followed, follows: bool) -> HttpResponse:
    """Withdraw a question, after asking once more."""
    if "withdraw" not in page.may:
        return _to(request, page.key)
    form = WithdrawForm(request.POST or None)
    if request.method == "POST" and form.is_valid():
        reason = form.cleaned_data["reason"]
        if done(form, lambda: withdraw(request.actor, question_id=page.id, reason=reason, follows=follows)):
            messages.success(request, _("The question has been withdrawn: nobody answers it any more."))
            return _to(request, page.key)
    return render(request, "helpdesk/follow/withdraw.html", {"page": page, "form": form})


@require_POST
@with_question
def solved(request: HttpRequest, page: Followed, follows: bool) -> HttpResponse:
    """It settled itself: the question is withdrawn, and the reason says so."""
    withdraw(request.actor, question_id=page.id, reason=_("It settled itself."), follows=follows)
    messages.success(request, _("Good: the question is closed. Come back whenever you like."))
    return _to(request, page.key)


@require_safe
@never_cache
def document(request: HttpRequest, key: UUID, attachment: UUID) -> HttpResponseBase:
    """A file of the conversation, for whoever may read it."""
    follows = holds(request, FOLLOWING, key)
    found = document_followed(request.actor, key, attachment, follows=follows)
    if found is None:
        raise Http404
    return files.serve(found)

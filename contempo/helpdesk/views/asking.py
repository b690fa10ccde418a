"""Asking on the web: the service, the question, and who asks. Two screens, four answers."""

from typing import Any
from uuid import UUID

from django.contrib import messages
from django.http import Http404, HttpRequest, HttpResponse, HttpResponseBase
from django.shortcuts import redirect, render
from django.urls import reverse
from django.utils.translation import get_language
from django.utils.translation import gettext as _
from django.views.decorators.cache import never_cache
from django.views.decorators.http import require_http_methods, require_POST, require_safe

from contempo.core import clock, files
from contempo.core.verdict import Refusal
from contempo.helpdesk.actions.asking import (
    attach_to_draft,
    detach_from_draft,
    discard_draft,
    save_draft,
    send_draft,
)
from contempo.helpdesk.forms.asking import CodeForm, QuestionForm, typed_values
from contempo.helpdesk.queries.asking import (
    Draft,
    desk_promise,
    draft_document,
    draft_of,
    drafts_of,
    kept_share,
    was_sent,
)
from contempo.helpdesk.views.catalogue.near import near
from contempo.helpdesk.views.visits import ASKING, forget, holds, keys_of, remember
from contempo.norms.public import contract_choices
from contempo.people.public import actor_of, code_awaited, enter_code, send_code
from contempo.web.forms import add_refusal
from contempo.web.sentences import sentence
from contempo.web.templatetags.web import by_time


@require_safe
def service(request: HttpRequest) -> HttpResponse:
    """What the desk is, for whom, how and when it answers; and the way back to what was begun."""
    context = {
        "promise": desk_promise(request.actor, clock.now()),
        "kept": kept_share(request.actor, clock.now()),
        "drafts": drafts_of(request.actor, keys_of(request, ASKING)),
    }
    return render(request, "helpdesk/ask/service.html", context)


@never_cache
@require_http_methods(["GET", "HEAD", "POST"])
def write(request: HttpRequest) -> HttpResponse:
    """First screen: the question. Kept as it is sent, right or wrong, files too."""
    draft = _draft_named(request)
    if request.method != "POST":
        return _show_form(request, _form(request, initial=draft.values if draft else {}), draft)
    values = typed_values(request.POST)
    draft = _saved(request, draft, values)
    form = _form(request, values)
    form.full_clean()
    accepted = _change_documents(request, draft, form)
    if request.POST.get("go", "on") != "on":
        return (
            redirect(f"{_write_url(request)}?bozza={draft.key}#documents")
            if accepted
            else _show_form(request, form, draft)
        )
    if accepted and form.is_valid() and _code_sent(request, form):
        # Whoever has seen the nearest entries while typing finds them folded on the next page.
        check_url = reverse("helpdesk:ask_check", kwargs={"network": request.network.slug, "key": draft.key})
        return redirect(f"{check_url}?viste=1" if "viste" in request.POST else check_url)
    return _show_form(request, form, draft)


def _draft_named(request: HttpRequest) -> Draft | None:
    """The draft of this browser that the address or the form names."""
    named = request.POST.get("bozza") or request.GET.get("bozza", "")
    if named not in keys_of(request, ASKING):
        return None
    return draft_of(request.actor, UUID(named))


def _form(
    request: HttpRequest, values: dict[str, str] | None = None, initial: dict[str, str] | None = None
) -> QuestionForm:
    form = QuestionForm(
        values,
        initial={"language": get_language(), **(initial or {})},
        contracts=contract_choices(request.network.id),
        asks_email=request.user.is_anonymous,
    )
    form.suggest_from(f"{request.network.home_url}comuni/")
    return form


def _saved(request: HttpRequest, draft: Draft | None, values: dict[str, str]) -> Draft:
    kept = save_draft(request.actor, key=draft.key if draft else None, values=values, language=get_language() or "it")
    remember(request, ASKING, kept.key)
    return Draft(kept.pk, kept.key, values, kept.language, draft.documents if draft else ())


def _change_documents(request: HttpRequest, draft: Draft, form: QuestionForm) -> bool:
    """Take in the files that were sent and away those removed; False when one is refused, with the reason in `form`."""
    if key := request.POST.get("detach"):
        detach_from_draft(request.actor, key=draft.key, attachment=_uuid(key))
    accepted = True
    for upload in request.FILES.getlist("documents"):
        try:
            attach_to_draft(request.actor, key=draft.key, upload=upload)
        except Refusal as refusal:
            add_refusal(form, refusal)
            accepted = False
    return accepted


def _uuid(text: str) -> UUID:
    try:
        return UUID(text)
    except ValueError:
        raise Http404 from None


def _code_sent(request: HttpRequest, form: QuestionForm) -> bool:
    """Mail a code to the address typed, unless the visit waits for one sent there already."""
    if request.user.is_authenticated or code_awaited(request) == form.cleaned_data["email"].lower():
        return True
    try:
        _send_code(request, form.cleaned_data["email"], form.cleaned_data["full_name"])
    except Refusal as refusal:
        add_refusal(form, refusal)
        return False
    return True


def _send_code(request: HttpRequest, email: str, full_name: str) -> None:
    send_code(request, email=email, full_name=full_name, language=get_language() or "it")


def _show_form(request: HttpRequest, form: QuestionForm, draft: Draft | None) -> HttpResponse:
    kept = draft_of(request.actor, draft.key) if draft and request.method == "POST" else draft
    context = {"form": form, "draft": kept, "write_url": _write_url(request)}
    return render(request, "helpdesk/ask/write.html", context)


@never_cache
@require_http_methods(["GET", "HEAD", "POST"])
def check(request: HttpRequest, key: UUID) -> HttpResponse:
    """Second screen: who asks, by when the answer comes, the code; sending."""
    draft = draft_of(request.actor, key) if holds(request, ASKING, key) else None
    if draft is None:
        return _after(request, key)
    form = _form(request, draft.values)
    if not form.is_valid():
        return _show_form(request, form, draft)
    if request.method == "POST":
        return _send(request, draft, form)
    return _show_check(request, draft, form, CodeForm())


def _after(request: HttpRequest, key: UUID) -> HttpResponse:
    """Sent already, by another tab or a second click, or never here."""
    if not was_sent(request.actor, key):
        raise Http404
    return redirect("helpdesk:follow", network=request.network.slug, key=key)


def _send(request: HttpRequest, draft: Draft, form: QuestionForm) -> HttpResponse:
    code = CodeForm(request.POST)
    if request.user.is_authenticated:
        if request.POST.get("sender") != str(request.user.pk):
            # Somebody signed in after this page was opened: they see first in whose name the question goes.
            return _show_check(request, draft, form, CodeForm())
    elif not code.is_valid():
        return _show_check(request, draft, form, code)
    else:
        try:
            answer = enter_code(request, code=code.cleaned_data["code"], back=request.path)
        except Refusal as refusal:
            add_refusal(code, refusal)
            return _show_check(request, draft, form, code)
        if answer is not None:
            return answer
    return _sent(request, draft, form)


def _sent(request: HttpRequest, draft: Draft, form: QuestionForm) -> HttpResponse:
    actor = actor_of(request, request.network.id)
    question = send_draft(actor, key=draft.key, asked=form.asked())
    forget(request, ASKING, draft.key)
    messages.success(
        request,
        _("Your question has arrived: it is number %(number)s. You will read the answer by %(when)s.")
        % {"number": question.number, "when": by_time(question.due_at)},
    )
    return redirect("helpdesk:follow", network=request.network.slug, key=question.key)


def _show_check(request: HttpRequest, draft: Draft, form: QuestionForm, code: CodeForm) -> HttpResponse:
    context: dict[str, Any] = {
        "draft": draft,
        "form": form,
        "code": code,
        "awaited": code_awaited(request) == draft.email,
        "promise": desk_promise(request.actor, clock.now()),
        "found": near(request, form.cleaned_data["text"]),
        "seen": "viste" in request.GET,
        "change_url": f"{_write_url(request)}?bozza={draft.key}",
    }
    return render(request, "helpdesk/ask/check.html", context)


def _write_url(request: HttpRequest) -> str:
    return f"{request.network.home_url}sportello/domanda/"


@require_POST
def new_code(request: HttpRequest, key: UUID) -> HttpResponse:
    """Mail another code to the address of the draft."""
    draft = draft_of(request.actor, key) if holds(request, ASKING, key) else None
    if draft is None:
        return _after(request, key)
    if request.user.is_anonymous:
        try:
            _send_code(request, draft.email, draft.values.get("full_name", ""))
        except Refusal as refusal:
            messages.error(request, sentence(refusal))
        else:
            messages.success(request, _("Another code is on its way: the one before holds no longer."))
    return redirect("helpdesk:ask_check", network=request.network.slug, key=key)


@require_POST
def give_up(request: HttpRequest, key: UUID) -> HttpResponse:
    """Erase a draft, with its files."""
    if not holds(request, ASKING, key):
        raise Http404
    if draft_of(request.actor, key):
        discard_draft(request.actor, key=key)
    forget(request, ASKING, key)
    messages.success(request, _("The draft has been erased."))
    return redirect("helpdesk:service", network=request.network.slug)


@require_safe
def document(request: HttpRequest, key: UUID, attachment: UUID) -> HttpResponseBase:
    """A file of a draft, for the browser it was written in."""
    found = draft_document(request.actor, key, attachment) if holds(request, ASKING, key) else None
    if found is None:
        raise Http404
    return files.serve(found)

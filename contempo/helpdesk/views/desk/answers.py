"""Writing an answer. Every button of the page sends the whole text, which is kept before anything else is done."""

from typing import Any
from urllib.parse import urlencode
from uuid import UUID

from django.contrib import messages
from django.contrib.auth.decorators import login_required
from django.http import Http404, HttpRequest, HttpResponse, HttpResponseBase
from django.shortcuts import redirect, render
from django.urls import reverse
from django.utils.translation import gettext as _
from django.views.decorators.cache import never_cache
from django.views.decorators.http import require_http_methods, require_POST, require_safe

from contempo.core import files
from contempo.core.verdict import Refusal, require
from contempo.helpdesk.access import may_work_at_desk
from contempo.helpdesk.actions.answer_files import attach_to_answer, detach_from_answer
from contempo.helpdesk.actions.answering import ask_reading, save_answer_draft, send_answer
from contempo.helpdesk.forms.desk import AnswerForm
from contempo.helpdesk.queries import editor as queries
from contempo.helpdesk.queries import templates
from contempo.helpdesk.queries.editor import Editor
from contempo.helpdesk.rules.templates import filled
from contempo.helpdesk.views.desk.questions import to_question
from contempo.web.forms import add_refusal
from contempo.web.sentences import sentence

NORM_WORDS, ORGANISATION_WORDS, PREVIEW = "norma", "ente", "anteprima"


def _opened(request: HttpRequest, number: int) -> Editor:
    """The editor for this person; 403 for who is not the desk, 404 for who may not answer this question."""
    require(may_work_at_desk(request.actor))
    page = queries.editor(request.actor, network=request.network.slug, number=number)
    if page is None:
        raise Http404
    return page


@never_cache
@login_required
@require_http_methods(["GET", "HEAD", "POST"])
def answer_page(request: HttpRequest, number: int) -> HttpResponse:
    """The answer to a question, as far as it is written."""
    page = _opened(request, number)
    if request.method != "POST":
        return _show(request, page, _form_of(page))
    form = AnswerForm(request.POST, request.FILES)
    if form.is_valid():
        try:
            return _act(request, page, form)
        except Refusal as refusal:
            add_refusal(form, refusal)
    return _show_refused(request, number, form)


def _form_of(page: Editor) -> AnswerForm:
    return AnswerForm(
        initial={
            "text": page.draft.text,
            "version": page.draft.version,
            "norms": " ".join(str(norm.id) for norm in page.norms),
            "organisations": " ".join(str(each.id) for each in page.organisations),
        }
    )


def _show(request: HttpRequest, page: Editor, form: AnswerForm, other_text: str = "") -> HttpResponse:
    found = queries.searched(
        request.actor,
        norm_words=request.GET.get(NORM_WORDS, ""),
        organisation_words=request.GET.get(ORGANISATION_WORDS, ""),
    )
    context = {"page": page, "form": form, "found": found, "other_text": other_text}
    return render(request, "helpdesk/desk/answer.html", context | {"preview": PREVIEW in request.GET})


def _show_refused(request: HttpRequest, number: int, form: AnswerForm) -> HttpResponse:
    """The page with what was typed and, when another window saved meanwhile, with what that one saved beside it."""
    page = _opened(request, number)
    sent = form.data.copy()
    other = page.draft.text if sent.get("version") != str(page.draft.version) else ""
    # The next time it is sent knowingly: both texts are in sight.
    sent["version"] = str(page.draft.version)
    form.data = sent
    return _show(request, page, form, other_text=other if other != sent.get("text", "") else "")


def _act(request: HttpRequest, page: Editor, form: AnswerForm) -> HttpResponse:
    """Keep the text, then do what the button says."""
    wanted, _sep, which = request.POST.get("do", "save").partition(":")
    typed = form.cleaned_data
    _change(request, page, typed, wanted, which)
    version = _keep(request, page, typed)
    if wanted == "send":
        send_answer(request.actor, question_id=page.id, version=version)
        return to_question(request, page.number, _("The answer has left: the asker has it by mail and on the page."))
    if wanted == "reading":
        ask_reading(request.actor, question_id=page.id, version=version)
        return to_question(request, page.number, _("The second reading is asked."))
    if wanted == "attach" and typed["document"]:
        attach_to_answer(request.actor, question_id=page.id, upload=typed["document"])
    elif wanted == "detach":
        detach_from_answer(request.actor, question_id=page.id, attachment=UUID(which))
    return _again(request, page.number, wanted)


def _change(request: HttpRequest, page: Editor, typed: dict[str, Any], wanted: str, which: str) -> None:
    """Put into the answer what the button adds, or take out what it removes."""
    lists = {"norm": typed["norms"], "organisation": typed["organisations"]}
    what, _sep, verb = wanted.partition("-")
    if what in lists and which.isdecimal():
        rest = [number for number in lists[what] if number != int(which)]
        lists[what][:] = [*rest, int(which)] if verb == "add" else rest
    if wanted == "template" and (template := templates.one(request.actor, request.POST.get("template", ""))):
        values = queries.values_for_template(request.actor, question_id=page.id)
        typed["text"] = f"{typed['text'].rstrip()}\n\n{filled(template.text, values)}".strip()


def _keep(request: HttpRequest, page: Editor, typed: dict[str, Any]) -> int:
    """Save the draft; tells its version.

    A version saved meanwhile is no obstacle when this text goes on from it: this window saved it by itself.
    """
    version = typed["version"]
    if version != page.draft.version and typed["text"].startswith(page.draft.text):
        version = page.draft.version
    draft = save_answer_draft(
        request.actor,
        question_id=page.id,
        text=typed["text"],
        version=version,
        norm_ids=typed["norms"],
        organisation_ids=typed["organisations"],
    )
    return draft.version


def _again(request: HttpRequest, number: str, wanted: str) -> HttpResponse:
    """Back to the page, at the place where the person was, with what was looked for."""
    where = {"network": request.network.slug, "number": number}
    words = {name: request.POST[name] for name in (NORM_WORDS, ORGANISATION_WORDS) if request.POST.get(name)}
    if wanted == "preview":
        words[PREVIEW] = "1"
    places = {"preview": "preview", "norm-find": "norms", "norm-add": "norms", "norm-drop": "norms"}
    places |= {"organisation-find": "links", "organisation-add": "links", "organisation-drop": "links"}
    places |= {"attach": "files", "detach": "files"}
    if wanted == "save":
        messages.success(request, _("What you have written is kept."))
    query = f"?{urlencode(words)}" if words else ""
    return redirect(f"{reverse('helpdesk:desk_answer', kwargs=where)}{query}#{places.get(wanted, 'answer')}")


@never_cache
@login_required
@require_POST
def save(request: HttpRequest, number: int) -> HttpResponse:
    """Keep the text while it is typed: answers with the line that says so, and with the new version."""
    page = _opened(request, number)
    form = AnswerForm(request.POST)
    context: dict[str, Any] = {"version": page.draft.version, "refused": "", "saved": False}
    if form.is_valid():
        try:
            context |= {"version": _keep(request, page, form.cleaned_data), "saved": True}
        except Refusal as refusal:
            context |= {"version": form.cleaned_data["version"], "refused": sentence(refusal)}
    return render(request, "helpdesk/desk/saved.html", context)


@login_required
@require_POST
def preview(request: HttpRequest, number: int) -> HttpResponse:
    """The text as the asker will read it."""
    _opened(request, number)
    return render(request, "helpdesk/desk/preview.html", {"text": request.POST.get("text", "")})


@login_required
@require_safe
def draft_file(request: HttpRequest, number: int, attachment: UUID) -> HttpResponseBase:
    """A file of one's own draft."""
    require(may_work_at_desk(request.actor))
    if (found := queries.draft_file(request.actor, number=number, key=attachment)) is None:
        raise Http404
    return files.serve(found)

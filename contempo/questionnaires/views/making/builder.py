"""The builder: the outline, the form of one part, the steps that add, move and take out."""

from django.contrib import messages
from django.contrib.auth.decorators import login_required
from django.http import HttpRequest, HttpResponse, HttpResponseBase
from django.shortcuts import redirect
from django.utils.translation import gettext as _
from django.views.decorators.http import require_http_methods, require_POST, require_safe

from contempo.core.verdict import NotPermitted, Refusal
from contempo.questionnaires.actions.making.drafting import Changed, change_draft
from contempo.questionnaires.forms.making.steps import revision_of, step_of
from contempo.questionnaires.queries.making.builder import part_url
from contempo.questionnaires.queries.making.opened import OpenedForm, opened_form
from contempo.questionnaires.rules.editing import PartKind, Ref
from contempo.questionnaires.rules.editing.overtaken import Overtaken
from contempo.questionnaires.rules.editing.parts import has_part
from contempo.questionnaires.views.making.opening import with_form
from contempo.questionnaires.views.making.showing import After, WritingForm, form_for, show, writing
from contempo.questionnaires.views.making.undoing import forget, remember, removed_last
from contempo.web.forms import add_refusal
from contempo.web.sentences import sentence


@require_safe
@with_form("builder", draft=True)
def builder(request: HttpRequest, opened: OpenedForm) -> HttpResponseBase:
    """The outline of the version being written, with what is still to be mended."""
    return show(request, opened, None, None)


@require_http_methods(["GET", "HEAD", "POST"])
@login_required
@with_form("builder", draft=True)
def part(request: HttpRequest, opened: OpenedForm, kind: str, key: str) -> HttpResponseBase:
    """One page, group or question being written."""
    ref = Ref(PartKind(kind), key)
    try:
        form = form_for(request, opened, ref)
    except Refusal as refusal:
        messages.warning(request, sentence(refusal))
        return redirect(opened.url("builder"))
    if request.method != "POST":
        return show(request, opened, ref, None)
    return _write(request, opened, ref, form)


def _write(request: HttpRequest, opened: OpenedForm, ref: Ref, form: WritingForm) -> HttpResponseBase:
    """Do what the button asks with the rows typed, then keep all that is right. What is wrong stays in the form."""
    do = request.POST.get("do", "save")
    form.do_rows(do)
    if do != "keep":
        form.paste()
    right = form.is_valid()
    if do == "refresh":
        return show(request, opened, ref, form)
    try:
        # A new name is taken when one saves and all is right, not on the way to it.
        written = _keep(request, opened, ref, form, form.named if do == "save" and right else ref.key)
    except NotPermitted:
        raise
    except Refusal as refusal:
        add_refusal(form, refusal)
        return show(request, _again(request, opened), ref, form, After(overtaken=isinstance(refusal, Overtaken)))
    if do == "save" and right:
        messages.success(request, _("Saved."))
        return redirect(part_url(opened, written))
    whole = right and form.named == written.key
    return show(request, _again(request, opened), written, form, After(kept=True, whole=whole))


def _keep(request: HttpRequest, opened: OpenedForm, ref: Ref, form: WritingForm, key: str) -> Ref:
    """Keep what is right under this key; the part as it is called then."""
    edit = writing(ref, form, key)
    over = request.POST.get("over") if request.POST.get("do") == "save" else None
    edition = over or request.POST.get("edition", "")
    changed = change_draft(request.actor, questionnaire_id=opened.form.pk, edit=edit, part=ref, edition=edition)
    return changed.shown or ref


def _again(request: HttpRequest, opened: OpenedForm) -> OpenedForm:
    """The questionnaire as it is now, after a change."""
    return opened_form(request.actor, opened.form.number, current="builder") or opened


@require_POST
@login_required
@with_form("builder", draft=True)
def step(request: HttpRequest, opened: OpenedForm) -> HttpResponse:
    """Add a part, move it, double it, take it out or put it back."""
    removed = removed_last(request, opened)
    edit = step_of(request.POST, removed)
    changed = change_draft(
        request.actor, questionnaire_id=opened.form.pk, edit=edit, revision=revision_of(request.POST)
    )
    if changed.removed is not None:
        remember(request, opened, changed.removed)
    elif request.POST.get("do") == "undo":
        forget(request)
    return redirect(_next(request, opened, changed))


def _next(request: HttpRequest, opened: OpenedForm, changed: Changed) -> str:
    """Where to go on: in the first field of what is new, else with the part that was being written, if it is there."""
    at = request.POST.get("at", "")
    moved = request.POST.get("do", "").startswith(("up:", "down:"))
    shown = Ref.parse(at) if at and (moved or changed.removed is not None) else changed.shown
    if moved and not at:
        return opened.url("builder")
    if shown is None or not has_part(changed.document, shown):
        shown = changed.shown if changed.shown and has_part(changed.document, changed.shown) else None
    if shown is None:
        return opened.url("builder")
    is_new = shown == changed.shown and request.POST.get("do", "").partition(":")[0] in ("question", "group", "page")
    first = "id_title_it" if shown.kind == PartKind.PAGE else "id_label_it"
    return f"{part_url(opened, shown)}#{first}" if is_new else part_url(opened, shown)

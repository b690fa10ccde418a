"""The page of the builder, as it is shown after whatever was asked."""

from dataclasses import dataclass
from typing import assert_never

from django.http import HttpRequest, HttpResponse
from django.shortcuts import render

from contempo.questionnaires.forms.making.part import GroupForm, PageForm
from contempo.questionnaires.forms.making.question import QuestionForm
from contempo.questionnaires.queries.making.builder import BuilderPage, Standing, builder_page, standing
from contempo.questionnaires.queries.making.opened import OpenedForm
from contempo.questionnaires.queries.making.previewed import (
    LANGUAGE,
    Previewed,
    language_of,
    place_of_page,
    previewed,
    with_question,
)
from contempo.questionnaires.queries.making.wording import called
from contempo.questionnaires.rules.document import Document, Group, Page, Question
from contempo.questionnaires.rules.editing import (
    Edit,
    PartKind,
    Ref,
    WriteGroup,
    WritePage,
    WriteQuestion,
    edition_of,
)
from contempo.questionnaires.views.making.trying import pressed, tried
from contempo.questionnaires.views.making.undoing import removed_last, removed_part

KEPT = "survey-kept"
"""The event by which the preview beside the form hears that what it shows has changed."""

WritingForm = PageForm | GroupForm | QuestionForm


@dataclass(frozen=True)
class After:
    """What came of what was asked: `kept` when what is right is in the draft (`whole`: all of it), `overtaken` when
    somebody else was first.
    """

    kept: bool = False
    whole: bool = False
    overtaken: bool = False


def form_for(request: HttpRequest, opened: OpenedForm, ref: Ref) -> WritingForm:
    """The form of a part, with what was typed in it. Refusal when the part is no longer there."""
    return _form(standing(opened, ref), request if request.method == "POST" else None)


def _form(it: Standing, request: HttpRequest | None) -> WritingForm:
    data = request.POST if request else None
    match it.part:
        case Page():
            return PageForm(it.part, it, data)
        case Group():
            return GroupForm(it.part, it, data)
        case Question():
            return QuestionForm(it.part, it, data)
    assert_never(it.part)


def writing(ref: Ref, form: WritingForm, key: str) -> Edit:
    """What the form makes of the part called `ref`, under this key: what is right in it, the rest as it was."""
    match form:
        case PageForm():
            return WritePage(ref, form.part(key))
        case GroupForm():
            return WriteGroup(ref, form.part(key))
        case QuestionForm():
            return WriteQuestion(ref, form.part(key))
    assert_never(form)


def show(
    request: HttpRequest, opened: OpenedForm, ref: Ref | None, form: WritingForm | None, after: After = After()
) -> HttpResponse:
    """The builder with the part called `ref`, in the `form` as typed, or for None as it is kept."""
    typed = opened.drafted
    if ref and form is not None:
        typed = writing(ref, form, ref.key).apply(typed).document
    page = builder_page(opened, ref, typed)
    if ref and form is None:
        form = _form(standing(opened, ref), None)
    if form is not None and page.written is not None:
        form.tell(page.written.told)
    removed = removed_part(removed_last(request, opened))
    context = {
        "opened": opened,
        "page": page,
        "form": form,
        "after": after,
        "edition": _edition(request, opened, ref, after),
        "over": edition_of(standing(opened, ref).part) if ref and after.overtaken else "",
        "undo": called(removed) if removed else "",  # type: ignore[arg-type]
        "preview": _preview(request, opened.drafted if after.overtaken else typed, page),
    }
    response = render(request, "questionnaires/making/builder.html", context)
    if after.kept:
        response["HX-Trigger"] = KEPT
    return response


def _preview(request: HttpRequest, document: Document, page: BuilderPage) -> Previewed:
    """The page on which the part stands, with the answers tried in its own form."""
    number = place_of_page(document, page.written.page_key) if page.written else None
    language = language_of(document, request.GET.get(LANGUAGE, "it"))
    typed = tried(request, document, number, request.GET, {}, language=language)
    shown = previewed(document, number, language, typed, add=pressed(request.GET, "add"))
    if page.written is None or page.written.ref.kind != PartKind.QUESTION:
        return shown
    return with_question(document, shown, page.written.ref.key, typed)


def _edition(request: HttpRequest, opened: OpenedForm, ref: Ref | None, after: After) -> str:
    """What the form stands on: what is there now once it was kept; else what it was opened on, so that nothing of
    somebody else's is replaced while one goes on typing, but only by saving.
    """
    if ref is None:
        return ""
    if request.method == "POST" and not after.kept:
        return str(request.POST.get("edition", ""))
    return edition_of(standing(opened, ref).part)

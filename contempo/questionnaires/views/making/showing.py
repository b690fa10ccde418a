"""The page of the builder, as it is shown after whatever was asked."""

from dataclasses import dataclass

from django.http import HttpRequest, HttpResponse
from django.shortcuts import render

from contempo.questionnaires.forms.making.part import GroupForm, PageForm, PartForm
from contempo.questionnaires.forms.making.question import QuestionForm
from contempo.questionnaires.queries.making.builder import BuilderPage, Written, builder_page
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
from contempo.questionnaires.rules.editing import PartKind, Ref, edition_of
from contempo.questionnaires.views.making.trying import pressed, tried
from contempo.questionnaires.views.making.undoing import removed_last, removed_part

KEPT = "survey-kept"
"""The event by which the preview beside the form hears that what it shows has changed."""

_FORMS: dict[PartKind, type[PartForm]] = {
    PartKind.PAGE: PageForm,
    PartKind.GROUP: GroupForm,
    PartKind.QUESTION: QuestionForm,
}


@dataclass(frozen=True)
class After:
    """What came of what was asked: `kept` when it is in the draft, `overtaken` when somebody else was first; `focus`
    names the row to go on with.
    """

    kept: bool = False
    overtaken: bool = False
    focus: str = ""


def form_for(request: HttpRequest, opened: OpenedForm, ref: Ref) -> PartForm:
    """The form of a part, with what was typed in it. Refusal when the part is no longer there."""
    written = builder_page(opened, ref).written
    assert written is not None
    return _form(written, request)


def _form(written: Written, request: HttpRequest | None) -> PartForm:
    data = request.POST if request is not None and request.method == "POST" else None
    return _FORMS[written.ref.kind](written.part, data, earlier=written.earlier, locked=written.locked)


def show(
    request: HttpRequest, opened: OpenedForm, ref: Ref | None, form: PartForm | None, after: After = After()
) -> HttpResponse:
    """The builder with the part called `ref`, in the `form` as typed, or for None as it is kept."""
    page = builder_page(opened, ref)
    if form is None and page.written is not None:
        form = _form(page.written, None)
    if form is not None and page.written is not None:
        form.tell((one.field, one.here) for one in page.written.told)
    removed = removed_part(removed_last(request, opened))
    context = {
        "opened": opened,
        "page": page,
        "form": form,
        "after": after,
        "edition": _edition(request, page, after),
        "over": edition_of(page.written.part) if page.written and after.overtaken else "",
        "undo": called(removed) if removed else "",  # type: ignore[arg-type]
        "preview": _preview(request, opened, page),
    }
    response = render(request, "questionnaires/making/builder.html", context)
    if after.kept:
        response["HX-Trigger"] = KEPT
    return response


def _preview(request: HttpRequest, opened: OpenedForm, page: BuilderPage) -> Previewed:
    """The page on which the part stands, with the answers tried in its own form."""
    number = place_of_page(opened.drafted, page.written.page_key) if page.written else None
    language = language_of(opened.drafted, request.GET.get(LANGUAGE, "it"))
    typed = tried(request, opened.drafted, number, request.GET, {}, language=language)
    shown = previewed(opened.drafted, number, language, typed, add=pressed(request.GET, "add"))
    if page.written is None or page.written.ref.kind != PartKind.QUESTION:
        return shown
    return with_question(opened.drafted, shown, page.written.ref.key, typed)


def _edition(request: HttpRequest, page: BuilderPage, after: After) -> str:
    """What the form stands on: what is there now once it was kept; else what it was opened on, so that nothing of
    somebody else's is replaced while one goes on typing, but only by saving.
    """
    if page.written is None:
        return ""
    if request.method == "POST" and not after.kept:
        return str(request.POST.get("edition", ""))
    return edition_of(page.written.part)

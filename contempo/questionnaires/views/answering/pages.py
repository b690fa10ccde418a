"""Pages of questions: shown, saved as a whole, kept while one types."""

from django.http import Http404, HttpRequest, HttpResponse, JsonResponse
from django.shortcuts import redirect, render
from django.views.decorators.http import require_http_methods, require_safe

from contempo.core.verdict import Refusal
from contempo.questionnaires.actions.answering.saving import Saved, save_page
from contempo.questionnaires.forms.answering.reading import PageRead, page_of, read_page, sentences
from contempo.questionnaires.queries.answering.opened import Answering
from contempo.questionnaires.queries.answering.pages import Typed, page_shown
from contempo.questionnaires.views.answering.doors import closed_page, with_response
from contempo.web.sentences import sentence


@require_http_methods(["GET", "HEAD", "POST"])
@with_response
def page(request: HttpRequest, answering: Answering, page: int) -> HttpResponse:
    """One page of questions, in the address by its place in the document, from 1."""
    number = page - 1
    if page_of(answering.document, number) is None:
        raise Http404
    if request.method == "POST":
        return _save(request, answering, number)
    if answering.sent and not answering.may_change:
        return redirect(answering.url("answer_done"))
    if not answering.sent and not answering.takes:
        return closed_page(request, answering)
    return _show(request, answering, number)


def _save(request: HttpRequest, answering: Answering, number: int) -> HttpResponse:
    go, shown = request.POST.get("go", "next"), answering.document.pages[number]
    step, _colon, named = go.partition(":")
    drop = named if step == "drop" else ""
    read = read_page(shown, request.POST, request.FILES, network_id=request.network.id, drop=drop)
    try:
        saved = save_page(
            request.actor,
            door=answering.door,
            page=shown.key,
            given=read.given(),
            language=answering.language,
            required=step == "next" and "autosave" not in request.POST,
        )
    except Refusal as refusal:
        return _refused(request, answering, refusal)
    if "autosave" in request.POST:
        return JsonResponse({"saved": saved.kept, "late": saved.late})
    return _after(request, answering, number, go, read, saved)


def _refused(request: HttpRequest, answering: Answering, refusal: Refusal) -> HttpResponse:
    """Nothing was kept: the campaign has closed long ago, or the answers may not be changed."""
    if "autosave" in request.POST:
        return JsonResponse({"saved": False, "reason": sentence(refusal)}, status=409)
    return closed_page(request, answering)


def _after(
    request: HttpRequest, answering: Answering, number: int, go: str, read: PageRead, saved: Saved
) -> HttpResponse:
    """Where one goes after a page was saved: on, back, away for now, or to the same page to mend or add something."""
    step, _colon, named = go.partition(":")
    stays = step == "next" or not saved.kept
    if (saved.wrongs and stays) or (saved.appeared and step == "next"):
        typed = Typed(read.values, read.texts, read.offered, sentences(saved.wrongs))
        return _show(request, answering, number, typed, appeared=bool(saved.appeared))
    if saved.late:
        return closed_page(request, answering)
    if step in ("add", "drop"):
        return redirect(
            f"{answering.page_url(number)}{f'?piu={named}' if step == 'add' else ''}#group-{named.split('.')[0]}"
        )
    if step == "later":
        return redirect(answering.url("answer_later"))
    target = saved.before if step == "back" else saved.after
    if target is not None:
        return redirect(answering.page_url(target))
    return redirect(answering.url("answer" if step == "back" else "answer_summary"))


def _show(
    request: HttpRequest, answering: Answering, number: int, typed: Typed | None = None, *, appeared: bool = False
) -> HttpResponse:
    shown = page_shown(answering, number, typed=typed, add=request.GET.get("piu", ""))
    if shown is None:
        return redirect(answering.resume_url)
    context = {"answering": answering, "page": shown, "appeared": appeared, "posted": typed is not None}
    return render(request, "questionnaires/answering/page.html", context)


@require_safe
@with_response
def later(request: HttpRequest, answering: Answering) -> HttpResponse:
    """Saved, to go on later: by which address."""
    address = request.build_absolute_uri(answering.url("answer"))
    return render(request, "questionnaires/answering/later.html", {"answering": answering, "address": address})

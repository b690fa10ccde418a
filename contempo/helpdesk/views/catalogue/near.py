"""Entries near a question: while it is being written, before it is sent, and while it waits for its answer."""

from uuid import UUID

from django.contrib import messages
from django.http import Http404, HttpRequest, HttpResponse
from django.shortcuts import redirect, render
from django.utils.translation import get_language
from django.utils.translation import gettext as _
from django.views.decorators.cache import never_cache
from django.views.decorators.http import require_POST, require_safe

from contempo.helpdesk.actions.asker import accept_entry
from contempo.helpdesk.actions.asking import discard_draft
from contempo.helpdesk.actions.catalogue.reading import count_deflection
from contempo.helpdesk.forms.asking import QuestionForm, typed_values
from contempo.helpdesk.queries.asking import draft_of
from contempo.helpdesk.queries.catalogue.search import Found, nearest, published_entry
from contempo.helpdesk.queries.following import Followed
from contempo.helpdesk.views.following import with_question
from contempo.helpdesk.views.visits import ASKING, forget, keys_of

TEXT = 8000
SHORTEST = 8


def near(request: HttpRequest, text: str) -> tuple[Found, ...]:
    """The three entries nearest to `text`, in the language of the pages; none while it says too little."""
    text = text.strip()[:TEXT]
    if len(text) < SHORTEST:
        return ()
    return nearest(request.network.id, text, network=request.network.slug, language=get_language() or "it")


@require_POST
@never_cache
def near_typed(request: HttpRequest) -> HttpResponse:
    """The entries nearest to what is being typed; sent as a form, so that no word of it is in an address."""
    found = near(request, request.POST.get("text", ""))
    return render(request, "helpdesk/catalogue/near_typed.html", {"found": found})


@require_POST
def solved(request: HttpRequest, entry_id: int) -> HttpResponse:
    """“This answers me”, before the question was sent: counted, and the draft erased."""
    slug = published_entry(request.actor, entry_id)
    if slug is None:
        raise Http404
    key = request.POST.get("bozza", "")
    draft = draft_of(request.actor, UUID(key)) if key in keys_of(request, ASKING) else None
    values = draft.values if draft and "topic" not in request.POST else typed_values(request.POST)
    count_deflection(request.actor, entry_id=entry_id, language=get_language() or "it", **_told(values))
    if draft:
        discard_draft(request.actor, key=draft.key)
        forget(request, ASKING, draft.key)
    messages.success(request, _("Good: the answer was in the catalogue. Your question was not sent, and is erased."))
    return redirect("helpdesk:entry", network=request.network.slug, slug=slug)


def _told(values: dict[str, str]) -> dict[str, str | None]:
    """What the draft tells for the count: no word of the question."""
    form = QuestionForm(values)
    form.is_valid()
    said = form.cleaned_data
    return {
        "topic": said.get("topic", ""),
        "capacity": said.get("capacity", ""),
        "sector": said.get("sector", ""),
        "municipality_id": said.get("municipality") or None,
    }


@require_safe
@with_question
def near_question(request: HttpRequest, page: Followed, follows: bool) -> HttpResponse:
    """The entries nearest to a question that waits for its answer."""
    asked = " ".join(each.text for each in page.said if each.by_asker)
    return render(request, "helpdesk/catalogue/near_question.html", {"page": page, "found": near(request, asked)})


@require_POST
@with_question
def settled(request: HttpRequest, page: Followed, follows: bool, entry_id: int) -> HttpResponse:
    """“This answers me”, for a question under way: it closes, and the entry is counted."""
    slug = published_entry(request.actor, entry_id)
    if slug is None:
        raise Http404
    question = accept_entry(request.actor, question_id=page.id, follows=follows)
    count_deflection(
        request.actor,
        entry_id=entry_id,
        topic=question.topic,
        capacity=question.capacity,
        municipality_id=question.municipality_id,
        sector=question.sector,
        channel=question.channel,
        language=question.language,
    )
    messages.success(request, _("Good: the answer was in the catalogue. Your question is closed."))
    return redirect("helpdesk:follow", network=request.network.slug, key=page.key)

"""Pages of good practices: the library, consent, and those found in a campaign."""

from uuid import UUID

from django.contrib import messages
from django.http import Http404, HttpRequest, HttpResponse, HttpResponseBase
from django.shortcuts import redirect, render
from django.utils.translation import gettext as _
from django.views.decorators.http import require_http_methods, require_POST, require_safe

from contempo.core.verdict import NotPermitted, Refusal
from contempo.core.words import N_
from contempo.questionnaires.access import may_read_responses, may_share
from contempo.questionnaires.actions import practices as actions
from contempo.questionnaires.forms.sharing import PracticeForm
from contempo.questionnaires.queries.opened import OpenedCampaign
from contempo.questionnaires.queries.practices import consent, found, library
from contempo.questionnaires.views.opening import with_campaign
from contempo.web import lists
from contempo.web.forms import done
from contempo.web.sentences import sentence

STEPS = {
    "ask": actions.ask_consent,
    "publish": actions.publish_practice,
    "decline": actions.withdraw_practice,
}

_TOLD = {
    "ask": N_("The letter is on its way: you will see here what the answer is."),
    "publish": N_("Now everybody can read it in the library."),
    "decline": N_("It is no longer in the library."),
}


@require_safe
def practices(request: HttpRequest) -> HttpResponseBase:
    """The library of good practices, or the same as a file."""
    if wanted := lists.export_format(request):
        rows = library.library_rows(request.actor, request.GET)
        return lists.export(rows, library.COLUMNS, wanted, _("good-practices"))
    context = {"page": library.library(request.actor, request.GET)}
    return render(request, "questionnaires/sharing/practices.html", context)


@require_safe
def practice(request: HttpRequest, practice: int) -> HttpResponse:
    """One good practice."""
    if (page := library.practice_page(request.actor, practice)) is None:
        raise Http404
    return render(request, "questionnaires/sharing/practice.html", {"page": page})


@require_http_methods(["GET", "HEAD", "POST"])
def practice_consent(request: HttpRequest, token: str) -> HttpResponse:
    """Whoever described a practice agrees to it, or not, or no longer."""
    if (page := consent.consent_page(request.network.id, actions.practice_of(token))) is None:
        raise Http404
    if request.method == "POST":
        actions.answer_consent(request.actor, token=token, agrees=request.POST.get("agree") == "yes")
        return redirect(request.path)
    return render(request, "questionnaires/sharing/consent.html", {"page": page})


@require_safe
@with_campaign("campaign_practices", may_share)
def campaign_practices(request: HttpRequest, opened: OpenedCampaign) -> HttpResponseBase:
    """The practices found in a campaign, or the same as a file."""
    if wanted := lists.export_format(request):
        return lists.export(found.found_rows(opened, request.GET), found.COLUMNS, wanted, _("good-practices"))
    context = {"opened": opened, "page": found.found(opened, request.GET)}
    return render(request, "questionnaires/sharing/found.html", context)


@require_http_methods(["GET", "HEAD", "POST"])
@with_campaign("campaign_practices", may_share)
def practice_new(request: HttpRequest, opened: OpenedCampaign) -> HttpResponse:
    """Tell a practice found in an answer: `testo` is the name of a text on the page of texts of the question `domanda`,
    `risposta` the number of a response, where single ones are read.
    """
    if (source := _source(request, opened)) is None:
        raise Http404
    topics = found.topics_to_choose(opened)
    first = {"text": source.chosen, "email": source.email}
    form = PracticeForm(request.POST or None, topics=topics, asks=source.asks, initial=first)

    def find() -> None:
        made = actions.find_practice(
            request.actor, campaign_id=opened.campaign.pk, response_id=source.response_id, **form.said()
        )
        messages.success(request, _("Noted. Nothing is published without consent."))
        where.append(opened.url("campaign_practice", practice=made.pk))

    where: list[str] = []
    if request.method == "POST" and done(form, find):
        return redirect(where[0])
    context = {"opened": opened, "source": source, "form": form}
    return render(request, "questionnaires/sharing/new.html", context, status=422 if form.errors else 200)


def _source(request: HttpRequest, opened: OpenedCampaign) -> found.Source | None:
    question = request.GET.get("domanda", "")
    if text := request.GET.get("testo", ""):
        return found.source_of_text(opened, text, question)
    try:
        response = UUID(request.GET.get("risposta", ""))
    except ValueError:
        return None
    return found.source(opened, response, question) if may_read_responses(opened.part) else None


@require_http_methods(["GET", "HEAD", "POST"])
@with_campaign("campaign_practices", may_share)
def campaign_practice(request: HttpRequest, opened: OpenedCampaign, practice: int) -> HttpResponse:
    """One practice of a campaign: its words as long as they may change, and what to do next."""
    if (page := found.found_page(opened, practice)) is None:
        raise Http404
    first = {name: getattr(page.practice, name) for name in ("title", "text", "topic", "email")}
    topics = found.topics_to_choose(opened)
    form = PracticeForm(request.POST or None, topics=topics, asks=page.asks, initial=first) if page.written else None

    def write() -> None:
        actions.write_practice(request.actor, practice_id=practice, **form.said())

    if request.method == "POST":
        if form is None:
            raise Refusal(actions.AGREED_TEXT)
        if done(form, write):
            messages.success(request, _("Saved."))
            return redirect(request.path)
    context = {"opened": opened, "page": page, "form": form}
    return render(
        request, "questionnaires/sharing/found_one.html", context, status=422 if form and form.errors else 200
    )


@require_POST
@with_campaign("campaign_practices", may_share)
def practice_step(request: HttpRequest, opened: OpenedCampaign, practice: int, step: str) -> HttpResponse:
    """Ask for consent, publish, or take out of the library."""
    if step not in STEPS or found.found_page(opened, practice) is None:
        raise Http404
    try:
        STEPS[step](request.actor, practice_id=practice)
    except NotPermitted:
        raise
    except Refusal as refusal:
        messages.error(request, sentence(refusal))
    else:
        messages.success(request, _(_TOLD[step]))
    return redirect(opened.url("campaign_practice", practice=practice))

"""The catalogue as the desk keeps it: lists, the record of an entry, reviews, needs, opinions."""

from collections.abc import Callable
from datetime import timedelta
from functools import wraps
from typing import Any

from django import forms
from django.contrib import messages
from django.contrib.auth.decorators import login_required
from django.http import Http404, HttpRequest, HttpResponse, HttpResponseBase
from django.shortcuts import redirect, render
from django.utils.translation import gettext as _
from django.views.decorators.http import require_http_methods, require_POST, require_safe

from contempo.core import clock
from contempo.core.verdict import NotPermitted, Refusal, require
from contempo.helpdesk.access import may_keep_catalogue
from contempo.helpdesk.actions.catalogue.deciding import ask_review, confirm_review, retire
from contempo.helpdesk.actions.catalogue.drafting import begin_revision, draft_entry
from contempo.helpdesk.forms.drafting import NewEntryForm, ReasonForm, ReviewForm
from contempo.helpdesk.queries.catalogue import keeping
from contempo.helpdesk.queries.catalogue import lists as entry_lists
from contempo.helpdesk.queries.catalogue.keeping import KeptEntry
from contempo.helpdesk.rules.entries import LANGUAGES, REVIEW_AFTER, Facts
from contempo.web import lists
from contempo.web.forms import add_refusal, done


def kept(view: Callable[..., HttpResponseBase]) -> Callable[..., HttpResponseBase]:
    """For the people who keep the catalogue; others are told why not."""

    @login_required
    @wraps(view)
    def opened(request: HttpRequest, **kwargs: Any) -> HttpResponseBase:
        require(may_keep_catalogue(request.actor))
        return view(request, **kwargs)

    return opened


def with_entry(view: Callable[..., HttpResponseBase]) -> Callable[..., HttpResponseBase]:
    """Give a view the record of the entry its address names."""

    @kept
    @wraps(view)
    def opened(request: HttpRequest, number: int, **kwargs: Any) -> HttpResponseBase:
        page = keeping.kept_entry(request.actor, number, network=request.network.slug)
        if page is None:
            raise Http404
        return view(request, page, **kwargs)

    return opened


@require_safe
@kept
def entries(request: HttpRequest) -> HttpResponseBase:
    """Every entry, drafts included, or the same as a file."""
    asked: dict[str, Any] = {"network": request.network.slug, "params": request.GET}
    if wanted := lists.export_format(request):
        rows = keeping.kept_rows(request.actor, **asked)
        return lists.export(rows, keeping.COLUMNS, wanted, _("catalogue"))
    page = keeping.kept_entries(request.actor, **asked)
    return render(request, "helpdesk/catalogue/keep/list.html", {"page": page})


@require_http_methods(["GET", "HEAD", "POST"])
@kept
def new(request: HttpRequest) -> HttpResponseBase:
    """An entry that comes from no question."""
    form = NewEntryForm(request.POST if request.method == "POST" else None)
    if request.method == "POST" and form.is_valid():
        revision = _drafted(request, form)
        if revision is not None:
            return to_revision(request, revision.entry.number, revision.pk)
    return render(request, "helpdesk/catalogue/keep/new.html", {"form": form})


def _drafted(request: HttpRequest, form: NewEntryForm) -> Any:
    said = form.cleaned_data
    facts = Facts((said["topic"],), review_on=clock.today() + REVIEW_AFTER)
    try:
        return draft_entry(request.actor, language=said["language"], words=form.words(), facts=facts)
    except NotPermitted:
        raise
    except Refusal as refusal:
        add_refusal(form, refusal)
        return None


@require_safe
@with_entry
def entry(request: HttpRequest, page: KeptEntry) -> HttpResponse:
    """The record of an entry: its texts, what it rests on, its review, what readers say."""
    return _show(request, page)


def _show(request: HttpRequest, page: KeptEntry, **more: forms.Form) -> HttpResponse:
    context: dict[str, Any] = {
        "page": page,
        "review": ReviewForm(initial={"review_on": clock.today() + timedelta(days=365)}, prefix="review"),
        "reason": ReasonForm(prefix="retire"),
        **more,
    }
    return render(request, "helpdesk/catalogue/keep/entry.html", context)


@require_POST
@with_entry
def begin(request: HttpRequest, page: KeptEntry, language: str) -> HttpResponse:
    """Begin a revision, or a translation."""
    if language not in LANGUAGES:
        raise Http404
    revision = begin_revision(request.actor, entry_id=page.id, language=language)
    return to_revision(request, page.number, revision.pk)


@require_POST
@with_entry
def review(request: HttpRequest, page: KeptEntry) -> HttpResponse:
    """The entry holds as it is, until the next review."""
    form = ReviewForm(request.POST, prefix="review")
    if done(form, lambda: confirm_review(request.actor, entry_id=page.id, review_on=form.cleaned_data["review_on"])):
        messages.success(request, _("Reviewed: the entry shows today’s date."))
        return _to_entry(request, page.number)
    return _show(request, page, review=form)


@require_POST
@with_entry
def to_review(request: HttpRequest, page: KeptEntry) -> HttpResponse:
    """Put the entry on the list of those to look at again."""
    ask_review(request.actor, entry_id=page.id)
    messages.success(request, _("The entry is to be reviewed, and says so to its readers."))
    return _to_entry(request, page.number)


@require_POST
@with_entry
def withdraw(request: HttpRequest, page: KeptEntry) -> HttpResponse:
    """Retire the entry, saying why."""
    form = ReasonForm(request.POST, prefix="retire")
    if done(form, lambda: retire(request.actor, entry_id=page.id, reason=form.cleaned_data["reason"])):
        messages.success(request, _("Retired: its address tells the reason."))
        return _to_entry(request, page.number)
    return _show(request, page, reason=form)


@require_safe
@kept
def needs(request: HttpRequest) -> HttpResponseBase:
    """Searches that found nothing, or the same as a file."""
    if wanted := lists.export_format(request):
        rows = entry_lists.miss_rows(request.actor, request.GET)
        return lists.export(rows, entry_lists.MISS_COLUMNS, wanted, _("unmet-needs"))
    page = entry_lists.misses(request.actor, request.GET)
    return render(request, "helpdesk/catalogue/keep/needs.html", {"page": page})


@require_safe
@kept
def opinions(request: HttpRequest) -> HttpResponseBase:
    """What readers said, or the same as a file."""
    asked: dict[str, Any] = {"network": request.network.slug, "params": request.GET}
    if wanted := lists.export_format(request):
        rows = entry_lists.opinion_rows(request.actor, **asked)
        return lists.export(rows, entry_lists.OPINION_COLUMNS, wanted, _("opinions"))
    page = entry_lists.opinions(request.actor, **asked)
    return render(request, "helpdesk/catalogue/keep/opinions.html", {"page": page})


def to_revision(request: HttpRequest, number: int | str, revision_id: int) -> HttpResponse:
    """To the page of a revision."""
    return redirect("helpdesk:revision", network=request.network.slug, number=number, revision_id=revision_id)


def _to_entry(request: HttpRequest, number: str) -> HttpResponse:
    return redirect("helpdesk:entry_keep", network=request.network.slug, number=number)

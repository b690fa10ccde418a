"""Pages of surveys of the past: their list, what is brought of them, their aggregates."""

from collections.abc import Callable
from functools import wraps
from typing import Any

from django.contrib import messages
from django.contrib.auth.views import redirect_to_login
from django.http import Http404, HttpRequest, HttpResponse, HttpResponseBase
from django.shortcuts import redirect, render
from django.urls import reverse
from django.utils.translation import gettext as _
from django.views.decorators.http import require_http_methods, require_safe

from contempo.core.verdict import require
from contempo.questionnaires.access import may_bring_past, may_keep, may_read_figures
from contempo.questionnaires.actions.past import beginning
from contempo.questionnaires.forms.past.beginning import PastColumnsForm, PastForm
from contempo.questionnaires.queries.opened import OpenedCampaign
from contempo.questionnaires.queries.past import figures, listing
from contempo.questionnaires.rules.states import Origin
from contempo.questionnaires.views.opening import with_campaign
from contempo.web import lists
from contempo.web.forms import done

View = Callable[..., HttpResponseBase]


def _for_keepers(view: View) -> View:
    """Who is not allowed gets the reason (403), a visitor is asked to sign in."""

    @wraps(view)
    def with_keeper(request: HttpRequest, **parts: Any) -> HttpResponseBase:
        verdict = may_bring_past(request.actor)
        if not verdict and request.actor.is_visitor:
            return redirect_to_login(request.get_full_path())
        require(verdict)
        return view(request, **parts)

    return with_keeper


def _past(opened: OpenedCampaign) -> OpenedCampaign:
    if opened.campaign.origin == Origin.HERE:
        raise Http404
    return opened


@require_safe
@_for_keepers
def past(request: HttpRequest) -> HttpResponseBase:
    """The surveys of the past, or the same as a file."""
    if wanted := lists.export_format(request):
        return lists.export(listing.past_rows(request.actor, request.GET), listing.COLUMNS, wanted, _("past-surveys"))
    return render(request, "questionnaires/past/list.html", {"page": listing.past(request.actor, request.GET)})


@require_http_methods(["GET", "HEAD", "POST"])
@_for_keepers
def past_new(request: HttpRequest) -> HttpResponseBase:
    """Note a survey of the past."""
    versions = listing.versions_to_choose(request.actor)
    form = PastForm(request.POST or None, request.FILES or None, versions=versions, initial={"origin": "imported"})
    made: list[Any] = []

    def begin() -> None:
        made.append(beginning.begin_past(request.actor, past=form.past(), upload=form.cleaned_data["file"]))

    if request.method == "POST" and done(form, begin):
        return redirect("questionnaires:past_one", network=request.network.slug, campaign=made[0].number)
    return render(request, "questionnaires/past/new.html", {"form": form}, status=422 if form.errors else 200)


@require_safe
@with_campaign("past_one", may_keep)
def past_one(request: HttpRequest, opened: OpenedCampaign) -> HttpResponse:
    """One survey of the past: how much of it is here, what to do next."""
    context = {"opened": _past(opened), "page": listing.past_page(opened)}
    return render(request, "questionnaires/past/one.html", context)


@require_http_methods(["GET", "HEAD", "POST"])
@with_campaign("past_one", may_keep)
def past_columns(request: HttpRequest, opened: OpenedCampaign) -> HttpResponse:
    """Say what the columns of the table are; the questionnaire is made of them."""
    if (seen := listing.seen(_past(opened))) is None:
        return redirect(opened.url("past_one"))
    form = PastColumnsForm(request.POST or None, columns=seen.columns)
    runs: list[Any] = []

    def tell() -> None:
        columns, campaign = form.told(), opened.campaign.pk
        runs.append(beginning.tell_columns(request.actor, campaign_id=campaign, columns=columns, heads=seen.heads))

    if request.method == "POST" and done(form, tell):
        messages.success(request, _("The questionnaire is made. Now see what the table would bring."))
        run = runs[0]
        return redirect(reverse("imports:columns", args=[request.network.slug, run.kind, run.about_id, run.pk]))
    rows = [(column, fields, seen.samples[column.number]) for column, fields in form.rows()]
    context = {"opened": opened, "form": form, "rows": rows}
    return render(request, "questionnaires/past/columns.html", context, status=422 if form.errors else 200)


@require_safe
@with_campaign("aggregates", may_read_figures)
def aggregates(request: HttpRequest, opened: OpenedCampaign) -> HttpResponseBase:
    """The aggregates of a survey, or the same as a file."""
    if opened.campaign.origin != Origin.AGGREGATES:
        raise Http404
    if wanted := lists.export_format(request):
        return lists.export(figures.figure_lines(opened), figures.COLUMNS, wanted, _("aggregates"))
    context = {"opened": opened, "questions": figures.question_figures(opened)}
    return render(request, "questionnaires/past/aggregates.html", context)

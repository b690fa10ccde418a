"""Whom a campaign asks."""

from django.contrib import messages
from django.http import HttpRequest, HttpResponse
from django.shortcuts import redirect, render
from django.utils.translation import gettext as _
from django.views.decorators.http import require_http_methods, require_safe

from contempo.questionnaires.access import may_keep
from contempo.questionnaires.actions.campaigns.population import choose_population, take_population
from contempo.questionnaires.forms.campaigns.writing import PopulationForm
from contempo.questionnaires.queries.campaigns.population import PopulationPage, changes, how_many, population_page
from contempo.questionnaires.queries.campaigns.settings import asking_of, steps_of
from contempo.questionnaires.queries.opened import OpenedCampaign
from contempo.questionnaires.views.opening import with_campaign
from contempo.web.forms import done

_FORM = ["GET", "HEAD", "POST"]


@require_http_methods(_FORM)
@with_campaign("campaign_population", may_keep)
def page(request: HttpRequest, opened: OpenedCampaign) -> HttpResponse:
    """Choose where the units come from and which of them; how many they are."""
    it = population_page(request.actor, opened, request.GET.get("fonte", ""))
    form = _form(request, opened, it)
    if form is not None and done(form, lambda: _choose(request, opened, it, form)):
        messages.success(request, _("Saved."))
        return redirect(opened.url("campaign_population") if it.uploaded else opened.url("population_take"))
    context = {"opened": opened, "it": it, "form": form, "steps": steps_of(opened, "who"), "step": "who"}
    return render(request, "questionnaires/campaigns/population.html", context)


def _form(request: HttpRequest, opened: OpenedCampaign, it: PopulationPage) -> PopulationForm | None:
    if it.source is None:
        return None
    narrowing = it.source.fields(asking_of(opened))
    initial = {**{key: list(values) for key, values in it.chosen.items()}, "unit_kind": opened.campaign.unit_kind}
    sent = request.POST if request.method == "POST" else None
    return PopulationForm(sent, source=it.source.key, narrowing=narrowing, initial=initial)


def _choose(request: HttpRequest, opened: OpenedCampaign, it: PopulationPage, form: PopulationForm) -> None:
    assert it.source is not None
    choose_population(
        request.actor,
        campaign_id=opened.campaign.pk,
        source=it.source.key,
        chosen=form.chosen(),
        unit_kind=form.cleaned_data.get("unit_kind", ""),
    )


@require_safe
@with_campaign("campaign_population", may_keep)
def count(request: HttpRequest, opened: OpenedCampaign) -> HttpResponse:
    """How many units fit what is ticked, while it is being ticked."""
    source = request.GET.get("fonte", "")
    chosen = {key: tuple(request.GET.getlist(key)) for key in request.GET if key != "fonte"}
    found = how_many(request.actor, opened, source, chosen)
    return render(request, "questionnaires/campaigns/count.html", {"count": found})


@require_http_methods(_FORM)
@with_campaign("campaign_population", may_keep)
def take(request: HttpRequest, opened: OpenedCampaign) -> HttpResponse:
    """Take the units as they are now, after seeing what that changes."""
    if request.method == "POST":
        added, changed, gone = take_population(request.actor, campaign_id=opened.campaign.pk)
        facts = {"added": added, "changed": changed, "gone": gone}
        messages.success(request, _("Taken: %(added)s added, %(changed)s changed, %(gone)s gone.") % facts)
        return redirect(opened.url("campaign_run" if opened.campaign.state == "draft" else "campaign_population"))
    context = {"opened": opened, "it": changes(opened), "steps": steps_of(opened, "who"), "step": "who"}
    return render(request, "questionnaires/campaigns/take.html", context)

"""Making a campaign and setting it up."""

from django.contrib import messages
from django.contrib.auth.views import redirect_to_login
from django.http import Http404, HttpRequest, HttpResponse, HttpResponseBase
from django.shortcuts import redirect, render
from django.utils.translation import gettext as _
from django.views.decorators.http import require_http_methods, require_POST, require_safe

from contempo.core import clock
from contempo.core.verdict import require
from contempo.questionnaires.access import may_keep, may_make_any
from contempo.questionnaires.actions.campaigns import making as actions
from contempo.questionnaires.actions.campaigns import moving
from contempo.questionnaires.forms.campaigns.writing import CampaignForm, ReopenForm, RunForm, campaign_typed, run_typed
from contempo.questionnaires.queries.campaigns import choices
from contempo.questionnaires.queries.campaigns.settings import settings_page, steps_of
from contempo.questionnaires.queries.campaigns.sharing import shared_link
from contempo.questionnaires.queries.opened import OpenedCampaign
from contempo.questionnaires.views.opening import with_campaign
from contempo.web.forms import done

_FORM = ["GET", "HEAD", "POST"]


@require_http_methods(_FORM)
def new(request: HttpRequest) -> HttpResponseBase:
    """The first step: what the campaign asks, and of whom it is."""
    if request.actor.is_visitor:
        return redirect_to_login(request.get_full_path())
    require(may_make_any(request.actor))
    form = CampaignForm(
        request.POST or None,
        versions=choices.versions(request.actor),
        waves=choices.waves(request.actor),
        whose=choices.makers(request.actor),
        initial={"version_id": request.GET.get("versione", "")},
    )
    made = []
    if done(form, lambda: made.append(_made(request, form))):
        return redirect("questionnaires:campaign_population", network=request.network.slug, campaign=made[0])
    return render(request, "questionnaires/campaigns/new.html", {"form": form})


def _made(request: HttpRequest, form: CampaignForm) -> int:
    campaign = actions.make_campaign(request.actor, organisation_id=form.organisation_id, written=form.written())
    return campaign.number


@require_safe
@with_campaign("campaign_settings", may_keep)
def settings(request: HttpRequest, opened: OpenedCampaign) -> HttpResponse:
    """What a campaign is now, and the next step."""
    page = settings_page(opened, clock.now())
    context = {
        "opened": opened,
        "it": page,
        "steps": steps_of(opened, "summary"),
        "step": "summary",
        "reopening": ReopenForm(),
    }
    return render(request, "questionnaires/campaigns/settings.html", context)


@require_http_methods(_FORM)
@with_campaign("campaign_settings", may_keep)
def edit(request: HttpRequest, opened: OpenedCampaign) -> HttpResponse:
    """Change what a campaign asks and says."""
    campaign = opened.campaign
    form = CampaignForm(
        request.POST or None,
        versions=choices.versions(request.actor),
        waves=choices.waves(request.actor, campaign),
        initial=campaign_typed(campaign),
    )
    if done(form, lambda: actions.rewrite_campaign(request.actor, campaign_id=campaign.pk, written=form.written())):
        messages.success(request, _("Saved."))
        return redirect(_next(request, opened, "campaign_population"))
    context = {"opened": opened, "form": form, "steps": steps_of(opened, "what"), "step": "what"}
    return render(request, "questionnaires/campaigns/edit.html", context)


@require_http_methods(_FORM)
@with_campaign("campaign_settings", may_keep)
def run(request: HttpRequest, opened: OpenedCampaign) -> HttpResponse:
    """Change when and how a campaign runs."""
    campaign = opened.campaign
    opened_at = None if campaign.state == "draft" else campaign.opens_at
    form = RunForm(request.POST or None, initial=run_typed(campaign), opened_at=opened_at)
    if done(form, lambda: actions.set_run(request.actor, campaign_id=campaign.pk, run=form.run())):
        messages.success(request, _("Saved."))
        return redirect(opened.url("campaign_settings"))
    context = {"opened": opened, "form": form, "steps": steps_of(opened, "how"), "step": "how"}
    return render(request, "questionnaires/campaigns/run.html", context)


def _next(request: HttpRequest, opened: OpenedCampaign, step: str) -> str:
    """The next step while a campaign is being made, then its settings."""
    return opened.url(step if opened.campaign.state == "draft" else "campaign_settings")


@require_POST
@with_campaign("campaign_settings", may_keep)
def version(request: HttpRequest, opened: OpenedCampaign) -> HttpResponse:
    """Ask from now on in a newer version."""
    number = request.POST.get("version", "")
    wanted = int(number) if number.isdecimal() and len(number) < 19 else 0
    actions.take_newer_version(request.actor, campaign_id=opened.campaign.pk, version_id=wanted)
    messages.success(request, _("Who begins from now on is asked in the newer version."))
    return redirect(opened.url("campaign_settings"))


@require_POST
@with_campaign("campaign_settings", may_keep)
def open_now(request: HttpRequest, opened: OpenedCampaign) -> HttpResponse:
    """Take answers from now on."""
    moving.open_campaign(request.actor, campaign_id=opened.campaign.pk)
    messages.success(request, _("The campaign takes answers. Now send the invitations."))
    return redirect(opened.url("invitations"))


@require_POST
@with_campaign("campaign_settings", may_keep)
def schedule(request: HttpRequest, opened: OpenedCampaign) -> HttpResponse:
    """Let it open by itself, or no more."""
    wanted = "stop" not in request.POST
    moving.schedule_opening(request.actor, campaign_id=opened.campaign.pk, scheduled=wanted)
    if wanted:
        messages.success(request, _("The campaign will open by itself, and the invitations leave then."))
    else:
        messages.success(request, _("The campaign opens only when you open it."))
    return redirect(opened.url("campaign_settings"))


@require_POST
@with_campaign("campaign_settings", may_keep)
def close(request: HttpRequest, opened: OpenedCampaign) -> HttpResponse:
    """Take no more answers."""
    moving.close_campaign(request.actor, campaign_id=opened.campaign.pk)
    messages.success(request, _("The campaign is closed: it takes no more answers."))
    return redirect(opened.url("campaign_settings"))


@require_http_methods(_FORM)
@with_campaign("campaign_settings", may_keep)
def reopen(request: HttpRequest, opened: OpenedCampaign) -> HttpResponse:
    """Take answers again until a day."""
    form = ReopenForm(request.POST or None)
    campaign_id = opened.campaign.pk
    if done(form, lambda: moving.reopen_campaign(request.actor, campaign_id=campaign_id, closes_at=form.closing())):
        messages.success(request, _("The campaign takes answers again."))
        return redirect(opened.url("campaign_settings"))
    return render(request, "questionnaires/campaigns/reopen.html", {"opened": opened, "form": form})


@require_safe
@with_campaign("campaign_settings", may_keep)
def link(request: HttpRequest, opened: OpenedCampaign) -> HttpResponse:
    """The public link with its QR code."""
    found = shared_link(opened)
    if found is None:
        raise Http404
    return render(request, "questionnaires/campaigns/link.html", {"opened": opened, "it": found})

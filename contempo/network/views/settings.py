"""The network as its coordinators keep it: names, look, contacts, texts, agreement."""

from django.contrib import messages
from django.contrib.auth.decorators import login_required
from django.http import HttpRequest, HttpResponse
from django.shortcuts import redirect, render
from django.utils.translation import get_language
from django.utils.translation import gettext as _
from django.views.decorators.http import require_http_methods

from contempo.core import clock
from contempo.core.verdict import Refusal
from contempo.network.actions.networks import describe_network, publish_agreement
from contempo.network.forms.networks import AgreementForm, SettingsForm
from contempo.network.queries.networks import agreement_texts
from contempo.network.queries.settings import latest_agreement, typed_settings
from contempo.web.forms import add_refusal


@login_required
@require_http_methods(["GET", "HEAD", "POST"])
def settings_page(request: HttpRequest) -> HttpResponse:
    """Names, look, contacts and texts, with the versions of the agreement beside."""
    kept = typed_settings(request.actor)
    sent = (request.POST, request.FILES) if request.method == "POST" else (None, None)
    form = SettingsForm(*sent, initial=kept)
    if request.method == "POST" and form.is_valid() and _described(request, form):
        messages.success(request, _("The settings of the network are saved."))
        return redirect("network:network_settings", network=request.network.slug)
    versions = agreement_texts(request.network.id, get_language(), clock.today())
    return render(request, "network/agency/settings.html", {"form": form, "versions": versions})


def _described(request: HttpRequest, form: SettingsForm) -> bool:
    try:
        describe_network(request.actor, changes=form.changes, logo=request.FILES.get("logo"))
    except Refusal as refusal:
        add_refusal(form, refusal)
        return False
    return True


@login_required
@require_http_methods(["GET", "HEAD", "POST"])
def publish(request: HttpRequest) -> HttpResponse:
    """Write a new version of the agreement, look at it, publish it: only what was seen is published."""
    number, texts = latest_agreement(request.actor)
    form = AgreementForm(request.POST if request.method == "POST" else None, initial=texts)
    seen = form.is_bound and form.is_valid() and request.POST.get("seen") == form.digest
    if seen and "publish" in request.POST and _published(request, form):
        messages.success(request, _("Version %(number)s of the agreement is published.") % {"number": number + 1})
        return redirect("network:network_settings", network=request.network.slug)
    preview = form.cleaned_data if form.is_bound and not form.errors else None
    changed = bool(preview) and not seen and "publish" in request.POST
    context = {"form": form, "number": number + 1, "preview": preview, "changed": changed}
    return render(request, "network/agency/agreement.html", context)


def _published(request: HttpRequest, form: AgreementForm) -> bool:
    texts = {name: form.cleaned_data[name] for name in ("text_it", "text_en", "in_force_from")}
    try:
        publish_agreement(request.actor, **texts)
    except Refusal as refusal:
        add_refusal(form, refusal)
        return False
    return True

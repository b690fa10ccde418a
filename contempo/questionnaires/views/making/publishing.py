"""Publishing a version, and reading one."""

from django import forms
from django.contrib import messages
from django.contrib.auth.decorators import login_required
from django.http import Http404, HttpRequest, HttpResponseBase
from django.shortcuts import redirect, render
from django.utils.translation import gettext as _
from django.views.decorators.http import require_http_methods, require_safe

from contempo.questionnaires.actions.making.publishing import publish_version
from contempo.questionnaires.forms.making.publishing import PublishForm
from contempo.questionnaires.queries.making.comparing import publish_page, version_page
from contempo.questionnaires.queries.making.opened import OpenedForm
from contempo.questionnaires.views.making.opening import with_form
from contempo.web.forms import done


@require_http_methods(["GET", "HEAD", "POST"])
@login_required
@with_form("form_publish", draft=True)
def publish(request: HttpRequest, opened: OpenedForm) -> HttpResponseBase:
    """What is about to be published, and the button that does it."""
    page = publish_page(opened)
    form = PublishForm(request.POST or None, initial={"revision": page.revision}, first=page.first)
    if done(form, lambda: _publish(request, opened, form)):
        messages.success(request, _("Version %(number)s is published: it can be asked in a campaign.") % vars(page))
        return redirect(opened.url("form"))
    return render(request, "questionnaires/making/publish.html", {"opened": opened, "page": page, "form": form})


def _publish(request: HttpRequest, opened: OpenedForm, form: forms.Form) -> None:
    found = form.cleaned_data
    publish_version(request.actor, questionnaire_id=opened.form.pk, note=found["note"], revision=found["revision"])


@require_safe
@with_form("form")
def version(request: HttpRequest, opened: OpenedForm, version: int) -> HttpResponseBase:
    """One version: what it asks and what changed."""
    if (found := opened.version(version)) is None:
        raise Http404
    context = {"opened": opened, "page": version_page(opened, found)}
    return render(request, "questionnaires/making/version.html", context)

"""The questionnaires, and the page of one: versions, who may, what it is called."""

from django.contrib import messages
from django.contrib.auth.decorators import login_required
from django.http import HttpRequest, HttpResponse, HttpResponseBase
from django.shortcuts import redirect, render
from django.utils.translation import gettext as _
from django.views.decorators.http import require_http_methods, require_POST, require_safe

from contempo.core.verdict import require
from contempo.questionnaires.actions.making.beginning import name_questionnaire
from contempo.questionnaires.actions.making.drafting import begin_version, drop_draft
from contempo.questionnaires.forms.making.beginning import TitledForm
from contempo.questionnaires.queries.making import listed
from contempo.questionnaires.queries.making.opened import OpenedForm
from contempo.questionnaires.queries.making.page import form_page
from contempo.questionnaires.views.making.opening import for_makers, with_form
from contempo.web import lists
from contempo.web.forms import done


@require_safe
@for_makers
def forms(request: HttpRequest) -> HttpResponseBase:
    """The questionnaires one may see, or the same as a file."""
    if wanted := lists.export_format(request):
        rows = listed.form_rows(request.actor, request.GET)
        return lists.export(rows, listed.COLUMNS, wanted, _("questionnaires"))
    page = listed.forms_page(request.actor, request.GET)
    return render(request, "questionnaires/making/forms.html", {"page": page})


@require_safe
@with_form("form")
def form(request: HttpRequest, opened: OpenedForm) -> HttpResponse:
    """A questionnaire: its versions, where it is used, who may change it."""
    context = {"opened": opened, "page": form_page(request.actor, opened)}
    return render(request, "questionnaires/making/form.html", context)


@require_http_methods(["GET", "HEAD", "POST"])
@login_required
@with_form("form")
def settings(request: HttpRequest, opened: OpenedForm) -> HttpResponse:
    """What a questionnaire is called and what it is for."""
    require(opened.may)
    kept = {"title": opened.form.title, "title_en": opened.form.title_en, "purpose": opened.form.purpose}
    titled = TitledForm(request.POST or None, initial=kept)
    about = opened.form.pk
    if done(titled, lambda: name_questionnaire(request.actor, questionnaire_id=about, titled=titled.titled())):
        messages.success(request, _("Saved."))
        return redirect(opened.url("form"))
    return render(request, "questionnaires/making/settings.html", {"opened": opened, "form": titled})


@require_POST
@login_required
@with_form("form")
def begin(request: HttpRequest, opened: OpenedForm) -> HttpResponse:
    """Begin a new version from the published one."""
    version = begin_version(request.actor, questionnaire_id=opened.form.pk)
    messages.success(request, _("Version %(number)s is being written.") % {"number": version.number})
    return redirect(opened.url("builder"))


@require_POST
@login_required
@with_form("form")
def drop(request: HttpRequest, opened: OpenedForm) -> HttpResponse:
    """Give up the version being written."""
    drop_draft(request.actor, questionnaire_id=opened.form.pk)
    messages.success(request, _("The version being written was given up."))
    return (
        redirect(opened.url("form")) if opened.published else redirect("questionnaires:forms", opened.form.network.slug)
    )

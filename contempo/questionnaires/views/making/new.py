"""A new questionnaire: empty, from the library, or a copy."""

from django.contrib import messages
from django.contrib.auth.decorators import login_required
from django.http import HttpRequest, HttpResponseBase
from django.shortcuts import redirect, render
from django.utils.translation import gettext as _
from django.views.decorators.http import require_http_methods

from contempo.questionnaires.actions.making.beginning import EMPTY, begin_questionnaire
from contempo.questionnaires.forms.making.beginning import BeginForm
from contempo.questionnaires.queries.making.listed import keepers_of
from contempo.questionnaires.queries.making.sources import Beginning, beginning, sources
from contempo.questionnaires.views.making.opening import for_makers
from contempo.web.forms import done

FROM = "da"


@require_http_methods(["GET", "HEAD", "POST"])
@login_required
@for_makers
def new(request: HttpRequest) -> HttpResponseBase:
    """Choose what to begin with; then say what it is called and who keeps it."""
    source = request.GET.get(FROM)
    if source is None:
        return render(request, "questionnaires/making/sources.html", {"sources": sources(request.actor)})
    begun = beginning(request.actor, source)
    kept = {"title": begun.title, "title_en": begun.title_en, "purpose": begun.purpose}
    form = BeginForm(request.POST or None, keepers=keepers_of(request.actor), initial=kept)
    made: list[int] = []
    if done(form, lambda: made.append(_begin(request, form, begun))):
        messages.success(request, _("“%(title)s” is yours to write.") % {"title": form.cleaned_data["title"]})
        return redirect("questionnaires:builder", request.network.slug, made[0])
    return render(request, "questionnaires/making/new.html", {"form": form, "begun": begun})


def _begin(request: HttpRequest, form: BeginForm, begun: Beginning) -> int:
    """The number of the questionnaire begun."""
    made = begin_questionnaire(
        request.actor,
        organisation_id=form.organisation_id,
        titled=form.titled(),
        document=begun.document or EMPTY,
        origin=begun.origin,
    )
    return made.number

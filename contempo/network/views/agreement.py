"""The territorial agreement, in force and before."""

from django.http import Http404, HttpRequest, HttpResponse
from django.shortcuts import render
from django.utils.translation import get_language
from django.views.decorators.http import require_safe

from contempo.core import clock
from contempo.network.queries.networks import agreement_texts


@require_safe
def agreement(request: HttpRequest, number: int | None = None) -> HttpResponse:
    """The version in force, or the one with this number; the others beside it."""
    versions = agreement_texts(request.network.id, get_language(), clock.today())
    shown = next((each for each in versions if (each.in_force if number is None else each.number == number)), None)
    if shown is None and number is not None:
        raise Http404
    return render(request, "network/agreement.html", {"shown": shown, "versions": versions})

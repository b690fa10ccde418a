"""The campaigns of a network."""

from django.http import HttpRequest, HttpResponse, HttpResponseBase
from django.shortcuts import render
from django.utils.translation import gettext as _
from django.views.decorators.http import require_safe

from contempo.questionnaires.queries.campaigns import listing as queries
from contempo.web import lists


@require_safe
def campaigns(request: HttpRequest) -> HttpResponseBase:
    """The campaigns the reader sees, or the same as a file."""
    if wanted := lists.export_format(request):
        columns = queries.columns_for(request.actor)
        return lists.export(queries.campaign_rows(request.actor, request.GET), columns, wanted, _("questionnaires"))
    found: HttpResponse = render(
        request, "questionnaires/campaigns/campaigns.html", {"it": queries.campaigns(request.actor, request.GET)}
    )
    return found

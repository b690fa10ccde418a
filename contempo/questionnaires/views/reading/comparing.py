"""Comparison with an earlier wave and with the population."""

from django.http import HttpRequest, HttpResponseBase
from django.views.decorators.http import require_safe

from contempo.questionnaires.access import may_read_results
from contempo.questionnaires.queries.opened import OpenedCampaign
from contempo.questionnaires.queries.reading.comparing import compare_page
from contempo.questionnaires.views.opening import with_campaign
from contempo.questionnaires.views.reading.page import shown


@require_safe
@with_campaign("results", may_read_results)
def compare(request: HttpRequest, opened: OpenedCampaign) -> HttpResponseBase:
    """A campaign beside the wave the address names, and who answered beside the population."""
    return shown(request, opened, "compare", page=compare_page(opened, request.actor, request.GET))

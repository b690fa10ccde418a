"""Results, question by question."""

from django.http import HttpRequest, HttpResponseBase
from django.views.decorators.http import require_safe

from contempo.questionnaires.access import may_read_results
from contempo.questionnaires.queries.opened import OpenedCampaign
from contempo.questionnaires.queries.reading.results import results_page
from contempo.questionnaires.views.opening import with_campaign
from contempo.questionnaires.views.reading.page import shown


@require_safe
@with_campaign("results", may_read_results)
def results(request: HttpRequest, opened: OpenedCampaign) -> HttpResponseBase:
    """The results of one page of the questionnaire, narrowed as the address says."""
    return shown(request, opened, "results", page=results_page(opened, request.GET))

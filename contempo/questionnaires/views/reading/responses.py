"""Single responses, where answers are with name."""

from uuid import UUID

from django.http import Http404, HttpRequest, HttpResponseBase
from django.utils.translation import gettext as _
from django.views.decorators.http import require_safe

from contempo.core.files import serve
from contempo.questionnaires.access import may_read_responses
from contempo.questionnaires.queries.opened import OpenedCampaign
from contempo.questionnaires.queries.reading import response as one
from contempo.questionnaires.queries.reading import responses as many
from contempo.questionnaires.views.opening import with_campaign
from contempo.questionnaires.views.reading.page import shown
from contempo.web.lists import export, export_format


@require_safe
@with_campaign("results", may_read_responses)
def responses(request: HttpRequest, opened: OpenedCampaign) -> HttpResponseBase:
    """The responses of a campaign, or their file."""
    if wanted := export_format(request):
        return export(many.response_rows(opened, request.GET), many.COLUMNS, wanted, _("responses"))
    page, figure = many.response_list(opened, request.GET), many.behind_what(opened, request.GET)
    return shown(request, opened, "responses", page=page, figure=figure)


@require_safe
@with_campaign("results", may_read_responses)
def response(request: HttpRequest, opened: OpenedCampaign, response: UUID) -> HttpResponseBase:
    """One response."""
    if (found := one.one_response(opened, response)) is None:
        raise Http404
    return shown(request, opened, "response", tab="responses", response=found)


@require_safe
@with_campaign("results", may_read_responses)
def response_file(request: HttpRequest, opened: OpenedCampaign, response: UUID, file: int) -> HttpResponseBase:
    """A file attached to a response."""
    if (found := one.answered_file(opened, response, file)) is None:
        raise Http404
    return serve(found.file)

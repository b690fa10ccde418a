"""The units of a campaign, and those for which two answers speak."""

from django.http import HttpRequest
from django.http.response import HttpResponseBase
from django.shortcuts import render
from django.utils.translation import gettext as _
from django.views.decorators.http import require_safe

from contempo.questionnaires.access import may_keep
from contempo.questionnaires.queries.coverage import units
from contempo.questionnaires.queries.opened import OpenedCampaign
from contempo.questionnaires.views.opening import with_campaign
from contempo.web.lists import export, export_format


@require_safe
@with_campaign("coverage", may_keep)
def coverage(request: HttpRequest, opened: OpenedCampaign) -> HttpResponseBase:
    """The units, covered or not."""
    if wanted := export_format(request):
        return export(units.every_unit(opened, request.GET), units.COLUMNS, wanted, _("units"))
    shown = {"opened": opened, "units": units.units(opened, request.GET)}
    return render(request, "questionnaires/coverage/units.html", shown)

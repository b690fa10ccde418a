"""How the network grows, in figures."""

from django.http import HttpRequest, HttpResponse
from django.shortcuts import render
from django.utils.translation import get_language
from django.utils.translation import gettext as _
from django.views.decorators.http import require_safe

from contempo.core import clock
from contempo.network.queries.figures import counts_chart, figures, growth_chart


@require_safe
def growth(request: HttpRequest) -> HttpResponse:
    """Members over time, by kind, by priority, by municipality; and what documents declare."""
    shown = figures(request.network.id, network=request.network.slug, language=get_language(), today=clock.today())
    charts = (
        counts_chart("by-kind", shown.by_kind, _("Kind"), _("By kind, the most numerous: %(label)s (%(count)s)")),
        counts_chart("by-priority", shown.by_priority, _("Priority"), _("Most chosen: %(label)s (%(count)s)")),
        counts_chart("by-place", shown.by_municipality, _("Municipality"), _("Most are in %(label)s: %(count)s")),
    )
    context = {"figures": shown, "over_time": growth_chart(shown.growth), "charts": [each for each in charts if each]}
    return render(request, "network/figures/growth.html", context)

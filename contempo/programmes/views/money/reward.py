"""The reward quota of a plan, as a page and as the file to redo it."""

from django.http import Http404, HttpRequest, HttpResponse, HttpResponseBase, JsonResponse
from django.shortcuts import render
from django.utils.translation import gettext as _
from django.views.decorators.http import require_safe

from contempo.core import clock
from contempo.programmes.queries.money import reward as queries
from contempo.programmes.queries.opened import OpenedPlan
from contempo.programmes.views.opening import with_plan


@require_safe
@with_plan("budget")
def reward(request: HttpRequest, opened: OpenedPlan) -> HttpResponse:
    """The formula, its numbers, why, and how each alliance would spend what is due."""
    shown = queries.reward(request.actor, opened, clock.today())
    return render(request, "programmes/money/reward.html", {"opened": opened, "reward": shown})


@require_safe
@with_plan("budget")
def reward_file(request: HttpRequest, opened: OpenedPlan) -> HttpResponseBase:
    """Everything the quota is made of, for whoever wants to reckon it again."""
    content = queries.reward_file(request.actor, opened, clock.today())
    if content is None:
        raise Http404
    response = JsonResponse(content, json_dumps_params={"ensure_ascii": False, "indent": 2})
    response["Content-Disposition"] = f'attachment; filename="{_("reward")}-{opened.plan.key}.json"'
    return response

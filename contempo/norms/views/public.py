"""The norms of a network as everybody reads them."""

from django.http import Http404, HttpRequest, HttpResponse, HttpResponseBase
from django.shortcuts import render
from django.utils.translation import gettext as _
from django.views.decorators.http import require_safe

from contempo.core import clock
from contempo.norms.access import may_keep_norms
from contempo.norms.queries import lists as queries
from contempo.norms.queries.pages import norm_page
from contempo.web import lists


@require_safe
def norms(request: HttpRequest) -> HttpResponseBase:
    """The published norms, or the same as a file."""
    asked = {"network": request.network.slug, "params": request.GET, "on": clock.today()}
    if file_format := lists.export_format(request):
        return lists.export(queries.norm_rows(request.actor, **asked), queries.COLUMNS, file_format, _("norms"))
    context = {"page": queries.norms(request.actor, **asked), "may_keep": bool(may_keep_norms(request.actor))}
    return render(request, "norms/list.html", context)


@require_safe
def norm(request: HttpRequest, slug: str) -> HttpResponse:
    """What a norm says, since when and until when, and what came before and after."""
    if (page := norm_page(request.actor, slug=slug, on=clock.today())) is None:
        raise Http404
    return render(request, "norms/norm.html", {"page": page, "norm": page.brief})

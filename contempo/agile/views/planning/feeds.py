"""Secret calendar addresses: their page, and what programs read at one."""

import hashlib

from django.contrib import messages
from django.http import Http404, HttpRequest, HttpResponse
from django.shortcuts import redirect, render
from django.urls import reverse
from django.utils.cache import get_conditional_response
from django.utils.translation import gettext as _
from django.views.decorators.http import require_http_methods, require_POST, require_safe

from contempo.agile.access import may_act_as_worker
from contempo.agile.actions.planning.feeds import make_feed, revoke_feed
from contempo.agile.forms.planning import FeedForm
from contempo.agile.queries.opened import OpenedEmployer
from contempo.agile.queries.planning.feeds import feed_file, feeds_page
from contempo.agile.views.opening import with_employer
from contempo.agile.views.planning.opening import found

KEPT_SECONDS = 15 * 60


@require_http_methods(["GET", "HEAD", "POST"])
@with_employer("my_month", may=may_act_as_worker)
def feeds(request: HttpRequest, opened: OpenedEmployer) -> HttpResponse:
    """The addresses of a worker; a new one is shown this once."""
    page = feeds_page(opened)
    form = FeedForm(request.POST if request.method == "POST" else None, units=page.units)
    made = ""
    if request.method == "POST" and form.is_valid():
        _feed, token = make_feed(request.actor, employer_id=opened.employer.pk, unit_id=form.cleaned_data["unit"])
        where = reverse("agile:feed", kwargs={"network": request.network.slug, "token": token})
        made, page = request.build_absolute_uri(where), feeds_page(opened)
    context = {"opened": opened, "page": page, "form": form, "made": made}
    response = render(request, "agile/planning/feeds.html", context)
    response["Cache-Control"] = "no-store"
    return response


@require_POST
@with_employer("my_month", may=may_act_as_worker)
def feed_revoke(request: HttpRequest, opened: OpenedEmployer, feed_id: int) -> HttpResponse:
    """Let an address lead nowhere from now on."""
    revoke_feed(request.actor, employer_id=opened.employer.pk, feed_id=feed_id)
    messages.success(request, _("The address is revoked: whoever has it finds nothing there any more."))
    return redirect(opened.url("feeds"))


@require_safe
def feed(request: HttpRequest, token: str) -> HttpResponse:
    """The calendar at a secret address, without signing in; 404 when it leads nowhere."""
    if request.network is None:
        raise Http404
    file = found(feed_file(token, request.network.id))
    response = HttpResponse(file.content, content_type="text/calendar; charset=utf-8")
    response["Content-Disposition"] = 'inline; filename="lavoro-agile.ics"'
    response["Cache-Control"] = f"private, max-age={KEPT_SECONDS}"
    response["X-Robots-Tag"] = "noindex"
    response["ETag"] = etag = f'"{hashlib.sha256(file.content).hexdigest()[:32]}"'
    return get_conditional_response(request, etag=etag, response=response) or response

"""The members of a network: list, map, page of each; the logo."""

import json
from typing import Any

from django.http import Http404, HttpRequest, HttpResponse, HttpResponseBase
from django.shortcuts import render
from django.urls import reverse
from django.utils.safestring import SafeString, mark_safe
from django.utils.translation import gettext as _
from django.views.decorators.http import require_safe

from contempo.core import files
from contempo.network.queries import members as queries
from contempo.network.queries.networks import logo_of
from contempo.web import lists


@require_safe
def members(request: HttpRequest) -> HttpResponseBase:
    """The list of members, or the same as a file."""
    asked = {"network": request.network.slug, "params": request.GET}
    if format_ := lists.export_format(request):
        rows = queries.member_rows(request.network.id, **asked)
        return lists.export(rows, queries.COLUMNS, format_, _("members"))
    return render(request, "network/members/list.html", {"page": queries.members(request.network.id, **asked)})


@require_safe
def members_map(request: HttpRequest) -> HttpResponse:
    """The same members on a map, the list beside it."""
    shown = queries.member_map(request.network.id, network=request.network.slug, params=request.GET)
    return render(request, "network/members/map.html", {"page": shown.page, "shown": shown})


@require_safe
def member(request: HttpRequest, slug: str) -> HttpResponse:
    """What one member chose to show."""
    if (found := queries.member(request.network.id, slug)) is None:
        raise Http404
    context = {"member": found, "json_ld": _json_ld(request, found, slug)}
    return render(request, "network/members/member.html", context)


@require_safe
def logo(request: HttpRequest) -> HttpResponseBase:
    """The logo of the network."""
    if (found := logo_of(request.network.id)) is None:
        raise Http404
    response = files.serve(found)
    response["Cache-Control"] = "public, max-age=86400"
    return response


def _json_ld(request: HttpRequest, member: queries.MemberPage, slug: str) -> SafeString:
    """The member for search engines (schema.org Organization), only with what its page shows."""
    path = reverse("network:member", kwargs={"network": request.network.slug, "slug": slug})
    said: dict[str, Any] = {
        "@context": "https://schema.org",
        "@type": "Organization",
        "name": member.name,
        "url": member.website or request.build_absolute_uri(path),
        "description": member.description,
        "email": member.email,
        "telephone": member.phone,
        "location": [
            {"@type": "Place", "address": ", ".join(filter(None, [seat.address, seat.municipality]))}
            for seat in member.seats
        ],
        "memberOf": {"@type": "Organization", "name": request.network.name},
    }
    text = json.dumps({name: value for name, value in said.items() if value}, ensure_ascii=False)
    # Nothing in it can end the script element that carries it.
    return mark_safe(text.replace("&", "\\u0026").replace("<", "\\u003c").replace(">", "\\u003e"))

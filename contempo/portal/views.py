"""Pages of the portal."""

from django.conf import settings
from django.contrib.auth.decorators import login_required
from django.http import Http404, HttpRequest, HttpResponse
from django.shortcuts import redirect, render
from django.utils.translation import get_language
from django.views.decorators.http import require_safe

from contempo.core import clock
from contempo.network.public import open_networks
from contempo.portal import queries
from contempo.portal.forms import MailSearch, SiteSearch


@require_safe
def networks(request: HttpRequest) -> HttpResponse:
    """The networks of the installation, or the only one."""
    opened = open_networks()
    if len(opened) == 1:
        return redirect(opened[0].home_url)
    return render(request, "portal/networks.html", {"networks": opened})


@require_safe
def home(request: HttpRequest) -> HttpResponse:
    """Home of a network."""
    return render(request, "portal/home.html", {"home": queries.home(request.network.id)})


@require_safe
def about(request: HttpRequest) -> HttpResponse:
    """What the network is."""
    shown = queries.about(request.network.id, get_language(), clock.now())
    return render(request, "portal/about.html", {"about": shown})


@require_safe
def contacts(request: HttpRequest) -> HttpResponse:
    """How to reach the agency."""
    return render(request, "portal/contacts.html")


@require_safe
def search(request: HttpRequest) -> HttpResponse:
    """Search across what the network has published."""
    text, page = SiteSearch(request.GET).asked()
    results = queries.found(request.network.id, text, page) if text else None
    return render(request, "portal/search.html", {"text": text, "results": results})


@login_required
@require_safe
def desk(request: HttpRequest) -> HttpResponse:
    """What awaits the signed-in person in this network."""
    return render(request, "portal/desk.html", {"desk": queries.desk(request.actor, clock.now())})


@require_safe
def legal(request: HttpRequest, name: str) -> HttpResponse:
    """A legal text of the installation."""
    text = queries.legal_text(name, get_language())
    return render(request, "portal/legal.html", {"name": name, "text": text, "networks": open_networks()})


@require_safe
def demo_mails(request: HttpRequest) -> HttpResponse:
    """In a demo, the mails that would have left."""
    if not settings.DEMO:
        raise Http404
    address = MailSearch(request.GET).address()
    return render(request, "portal/demo_mails.html", {"address": address, "mails": queries.mails_kept(address)})

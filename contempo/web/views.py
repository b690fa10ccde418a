"""Pages shown when something cannot be shown. Django's handlers; wired in contempo/config/urls.py."""

from django.http import HttpRequest, HttpResponse
from django.shortcuts import render
from django.template import loader

from contempo.core.verdict import NotPermitted, Refusal
from contempo.web.sentences import sentence


def bad_request(request: HttpRequest, exception: Exception | None = None) -> HttpResponse:
    """400: the request itself made no sense."""
    return render(request, "web/errors/400.html", status=400)


def permission_denied(request: HttpRequest, exception: Exception | None = None) -> HttpResponse:
    """403, with the reason when the action gave one."""
    reason = sentence(exception) if isinstance(exception, NotPermitted) else ""
    return render(request, "web/errors/403.html", {"reason": reason}, status=403)


def not_found(request: HttpRequest, exception: Exception | None = None) -> HttpResponse:
    """404: no such page, or not for this reader to know of."""
    return render(request, "web/errors/404.html", status=404)


def refused(request: HttpRequest, refusal: Refusal) -> HttpResponse:
    """409: the page was asked for something that cannot be done now."""
    return render(request, "web/errors/409.html", {"reason": sentence(refusal)}, status=409)


def csrf_failure(request: HttpRequest, reason: str = "") -> HttpResponse:
    """403 for a form whose token has gone stale: nothing was done, and what was typed is one step back."""
    return render(request, "web/errors/csrf.html", status=403)


def server_error(request: HttpRequest) -> HttpResponse:
    """500: rendered without the request, so that neither database nor context processors are needed."""
    return HttpResponse(loader.get_template("web/errors/500.html").render(), status=500)

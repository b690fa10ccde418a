"""What an action refuses, and no form has caught, still reaches the person as a sentence."""

from collections.abc import Callable

from django.contrib import messages
from django.http import HttpRequest, HttpResponse, HttpResponseRedirect
from django.utils.http import url_has_allowed_host_and_scheme

from contempo.core.verdict import NotPermitted, Refusal
from contempo.web.sentences import sentence
from contempo.web.views import permission_denied, refused


class RefusalMiddleware:
    """`NotPermitted` becomes the 403 page; another `Refusal` a message on the page the form was sent from."""

    def __init__(self, get_response: Callable[[HttpRequest], HttpResponse]) -> None:
        self.get_response = get_response

    def __call__(self, request: HttpRequest) -> HttpResponse:
        return self.get_response(request)

    def process_exception(self, request: HttpRequest, exception: Exception) -> HttpResponse | None:
        """Answer a refusal; leave every other exception alone."""
        if isinstance(exception, NotPermitted):
            return permission_denied(request, exception)
        if not isinstance(exception, Refusal):
            return None
        back = request.META.get("HTTP_REFERER", "")
        if request.method != "POST" or not url_has_allowed_host_and_scheme(back, {request.get_host()}):
            return refused(request, exception)
        messages.error(request, sentence(exception))
        response = HttpResponseRedirect(back)
        response.status_code = 303
        return response

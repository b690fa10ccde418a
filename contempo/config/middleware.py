"""What surrounds every request: a number to find it again by, and one line in the log."""

import re
import secrets
from collections.abc import Callable
from time import perf_counter

import structlog
from django.http import HttpRequest, HttpResponse
from structlog.contextvars import bound_contextvars

from contempo.core.audit import request_context

_log = structlog.get_logger("contempo.request")
_NUMBER = re.compile(r"[A-Za-z0-9-]{8,64}")


class RequestMiddleware:
    """Numbers the request (`X-Request-ID`, a proxy's own when there is one) in log, audit and answer."""

    def __init__(self, get_response: Callable[[HttpRequest], HttpResponse]) -> None:
        self.get_response = get_response

    def __call__(self, request: HttpRequest) -> HttpResponse:
        given = request.headers.get("X-Request-ID", "")
        number = given if _NUMBER.fullmatch(given) else secrets.token_hex(8)
        started = perf_counter()
        with bound_contextvars(request_id=number), request_context(number):
            response = self.get_response(request)
            _log.log(
                40 if response.status_code >= 500 else 20,
                "request",
                method=request.method,
                route=request.resolver_match.route if request.resolver_match else None,
                status=response.status_code,
                milliseconds=round((perf_counter() - started) * 1000, 1),
            )
        response["X-Request-ID"] = number
        return response

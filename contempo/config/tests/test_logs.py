"""What a log line may hold: one JSON object, nothing personal."""

import io
import json
import logging
import logging.config
from collections.abc import Iterator
from typing import Any

import pytest
from django.http import HttpRequest, HttpResponse
from django.test import Client, RequestFactory

from contempo.config import logs
from contempo.config.middleware import RequestMiddleware


@pytest.fixture
def lines(monkeypatch: pytest.MonkeyPatch) -> Iterator[io.StringIO]:
    """The log as it is written where no terminal is."""
    written = io.StringIO()
    settings: dict[str, Any] = logs.settings()
    settings["handlers"]["stderr"]["stream"] = written
    before = logging.root.handlers[:]
    logging.config.dictConfig(settings)
    yield written
    logging.root.handlers[:] = before


def _only(written: io.StringIO) -> dict[str, Any]:
    [line] = written.getvalue().splitlines()
    said: dict[str, Any] = json.loads(line)
    return said


def test_addresses_codes_and_queries_are_taken_out(lines: io.StringIO) -> None:
    logging.getLogger("anything").warning(
        "%s of %s asked /milano/cerca/?q=maternita", "sara.moretti@example.org", "MRTSRA85A41F205X"
    )
    assert _only(lines)["event"] == "[e-mail] of [fiscal code] asked /milano/cerca/?[query]"


def test_the_values_postgresql_quotes_are_taken_out(lines: io.StringIO) -> None:
    complaint = "duplicate key\nDETAIL:  Key (name)=(Sara Moretti) already exists."
    try:
        raise ValueError(complaint)
    except ValueError:
        logging.getLogger("anything").exception("refused")
    assert "Sara" not in lines.getvalue()
    assert "DETAIL: [values]" in _only(lines)["exception"]


def test_django_does_not_name_the_path_of_a_failed_request(lines: io.StringIO) -> None:
    logging.getLogger("django.request").error("Internal Server Error: %s", "/invito/secret-token/")
    assert _only(lines)["event"] == "Internal Server Error"


@pytest.mark.django_db
def test_each_request_is_one_line_with_its_pattern_and_number(lines: io.StringIO, client: Client) -> None:
    answer = client.get("/status?name=Sara", headers={"X-Request-ID": "from-the-proxy-1"})
    said = _only(lines)
    assert answer["X-Request-ID"] == said["request_id"] == "from-the-proxy-1"
    assert (said["event"], said["method"], said["route"], said["level"]) == ("request", "GET", "status", "info")
    assert "Sara" not in lines.getvalue()


@pytest.mark.parametrize("number", ["", "short", "x" * 65, "new\nline-in-it", "<script>"])
def test_a_number_that_is_none_is_replaced(number: str, rf: RequestFactory) -> None:
    request = rf.get("/")
    request.META["HTTP_X_REQUEST_ID"] = number

    def answer(_request: HttpRequest) -> HttpResponse:
        return HttpResponse()

    assert len(RequestMiddleware(answer)(request)["X-Request-ID"]) == 16

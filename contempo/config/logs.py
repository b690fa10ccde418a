"""Logs an operator may keep: one JSON object a line, with no personal data in it.

Addresses of pages are logged as patterns, never as asked (they may carry a secret link or a search); e-mail addresses,
fiscal codes, query strings and the values PostgreSQL quotes in its complaints are taken out of everything else.
"""

import logging
import re
import sys
from collections.abc import MutableMapping
from typing import Any

import structlog

Event = MutableMapping[str, Any]

_PERSONAL = (
    (re.compile(r"[\w.+%-]+@[\w-]+(?:\.[\w-]+)+"), "[e-mail]"),
    (re.compile(r"\b[A-Z]{6}\d{2}[A-Z]\d{2}[A-Z]\d{3}[A-Z]\b", re.IGNORECASE), "[fiscal code]"),
    (re.compile(r"(?<=[\w/])\?[\w.%-]+=[^\s\"']*"), "?[query]"),
    (re.compile(r"^DETAIL:.*$", re.MULTILINE), "DETAIL: [values]"),
)
# Django ends these messages with the path that was asked.
_NAME_THE_PATH = frozenset({"django.request", "django.security.csrf"})


def settings() -> dict[str, Any]:
    """Configure structlog and return Django's LOGGING. On a terminal the lines are for people, and only of trouble."""
    terminal = sys.stderr.isatty()
    shared: list[structlog.typing.Processor] = [
        structlog.contextvars.merge_contextvars,
        structlog.stdlib.add_log_level,
        structlog.stdlib.add_logger_name,
        structlog.processors.TimeStamper(fmt="iso", utc=True),
    ]
    structlog.configure(
        processors=[*shared, structlog.stdlib.ProcessorFormatter.wrap_for_formatter],
        logger_factory=structlog.stdlib.LoggerFactory(),
        wrapper_class=structlog.stdlib.BoundLogger,
        cache_logger_on_first_use=True,
    )
    last = structlog.dev.ConsoleRenderer() if terminal else structlog.processors.JSONRenderer(ensure_ascii=False)
    return {
        "version": 1,
        "disable_existing_loggers": False,
        "formatters": {
            "lines": {
                "()": structlog.stdlib.ProcessorFormatter,
                "foreign_pre_chain": shared,
                "processors": [
                    without_path,
                    structlog.stdlib.ProcessorFormatter.remove_processors_meta,
                    structlog.processors.format_exc_info,
                    without_personal_data,
                    last,
                ],
            }
        },
        "handlers": {"stderr": {"class": "logging.StreamHandler", "formatter": "lines"}},
        "root": {"handlers": ["stderr"], "level": "WARNING"},
        "loggers": {
            "contempo": {"level": "WARNING" if terminal else "INFO"},
            # The middleware of this house logs each request once; Django's own line is kept for what went wrong.
            "django": {"handlers": [], "level": "WARNING", "propagate": True},
            "django.request": {"level": "ERROR"},
        },
    }


def without_path(_logger: object, _method: str, event: Event) -> Event:
    """Cut the path off the messages of Django that end with it."""
    record = event.get("_record")
    if isinstance(record, logging.LogRecord) and record.name in _NAME_THE_PATH:
        event["event"] = str(event["event"]).partition(":")[0]
    return event


def without_personal_data(_logger: object, _method: str, event: Event) -> Event:
    """Take personal data out of every text of a log line."""
    return {key: _scrubbed(value) for key, value in event.items()}


def _scrubbed(value: object) -> object:
    if isinstance(value, (bool, int, float, type(None))):
        return value
    text = value if isinstance(value, str) else repr(value)
    for pattern, replacement in _PERSONAL:
        text = pattern.sub(replacement, text)
    return text

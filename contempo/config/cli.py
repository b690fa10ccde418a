"""Command line: has a database ready when the command needs one, then hands over to Django."""

import os
import signal
import sys

from contempo.config.database import ensure_url
from contempo.config.installation import Unusable, home, prepare_home

NO_DATABASE = frozenset({"messages", "collectstatic", "help", "version", "--help", "--version"})


def main() -> None:
    """Run one command. Whatever prevents it from starting is said in one line, with exit code 1."""
    for number in (signal.SIGTERM, signal.SIGHUP):
        signal.signal(number, _end)
    try:
        prepare_home(home())
        if NO_DATABASE.isdisjoint(sys.argv[1:2]):
            ensure_url(home())
        os.environ.setdefault("DJANGO_SETTINGS_MODULE", "contempo.config.settings")
        from django.core.management import execute_from_command_line

        execute_from_command_line(["contempo", *sys.argv[1:]])
    except Unusable as problem:
        sys.exit(f"contempo: {problem}")
    except KeyboardInterrupt:
        sys.exit(128 + signal.SIGINT)


def _end(number: int, _frame: object) -> None:
    """End by way of an exception, so that what was begun is undone and the embedded database let go."""
    sys.exit(128 + number)

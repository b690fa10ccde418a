"""Command line: has a database ready when the command needs one, then hands over to Django."""

import os
import signal
import sys

from contempo.config import ending
from contempo.config.database import ensure_url
from contempo.config.installation import Unusable, home, prepare_home
from contempo.config.messages import compile_all

NO_DATABASE = frozenset({"messages", "agile", "collectstatic", "help", "version", "--help", "--version"})


def main() -> None:
    """Run one command. Whatever prevents it from starting is said in one line, with exit code 1."""
    ending.by_exception()
    try:
        prepare_home(home())
        if NO_DATABASE.isdisjoint(sys.argv[1:2]):
            ensure_url(home())
        if sys.argv[1:2] == ["run"]:
            compile_all()  # before Django looks for them: it reads each catalogue once
        os.environ.setdefault("DJANGO_SETTINGS_MODULE", "contempo.config.settings")
        from django.core.management import execute_from_command_line

        execute_from_command_line(["contempo", *sys.argv[1:]])
    except Unusable as problem:
        sys.exit(f"contempo: {problem}")
    except KeyboardInterrupt:
        sys.exit(128 + signal.SIGINT)

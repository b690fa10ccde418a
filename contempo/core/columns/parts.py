"""Files of columns: written whole or not at all, known by their digest, thrown away when nobody names them."""

import hashlib
import os
import uuid
from collections.abc import Collection
from dataclasses import dataclass
from datetime import UTC, datetime
from functools import lru_cache
from pathlib import Path

from django.conf import settings

from contempo.core.columns.engine import Connection, literal

ROWS_OF_A_GROUP = 65_536
_SUFFIX = ".parquet"


@dataclass(frozen=True)
class Part:
    """A file that was written: its name and how many rows it has."""

    name: str
    rows: int


def folder() -> Path:
    """Where the files of columns are. They can be made anew, so no backup needs them."""
    return Path(settings.COLUMNS_ROOT)


def path_of(name: str) -> Path:
    """Where the file `name` is, or would be."""
    return folder() / "parts" / _told_digest(name)[:2] / name


def write_part(connection: Connection, select: str, prefix: str) -> Part:
    """Write what a SELECT gives into a new file and return its name: `prefix` and the SHA-256 of its content.

    Either all of it is on the disk when this returns, or nothing has the name. Only the owner can read it.
    """
    waiting = folder() / f"writing-{uuid.uuid4().hex}"
    waiting.touch(mode=0o600)
    try:
        options = f"FORMAT parquet, COMPRESSION zstd, ROW_GROUP_SIZE {ROWS_OF_A_GROUP}"
        copied = connection.execute(f"COPY ({select}) TO {literal(str(waiting))} ({options})").fetchone()
        waiting.chmod(0o600)
        name = f"{prefix}-{_digest(waiting)}{_SUFFIX}"
        path = path_of(name)
        path.parent.mkdir(parents=True, exist_ok=True, mode=0o700)
        _on_disk(waiting)
        waiting.rename(path)
        _on_disk(path.parent)
    finally:
        waiting.unlink(missing_ok=True)
    return Part(name, copied[0] if copied else 0)


def is_whole(name: str) -> bool:
    """Whether the file `name` is there and its content is what its name says.

    The content is looked at once in a process, and again when the file seems to have changed.
    """
    path = path_of(name)
    try:
        known = path.stat()
    except OSError:
        return False
    return _has_digest(path, _told_digest(name), known.st_ino, known.st_size, known.st_mtime_ns)


def sweep(known: Collection[str], before: datetime) -> int:
    """Throw away files written before an instant that are none of `known`, with what was left half written."""
    found = [*folder().glob(f"parts/??/*{_SUFFIX}"), *folder().glob("writing-*"), *folder().glob("reading-*")]
    gone = 0
    for path in found:
        if path.name not in known and _written(path) < before:
            path.unlink(missing_ok=True)
            gone += 1
    return gone


@lru_cache(maxsize=4096)
def _has_digest(path: Path, digest: str, _inode: int, _size: int, _changed: int) -> bool:
    return _digest(path) == digest


def _told_digest(name: str) -> str:
    return name.removesuffix(_SUFFIX).rpartition("-")[2]


def _digest(path: Path) -> str:
    with path.open("rb") as file:
        return hashlib.file_digest(file, "sha256").hexdigest()


def _written(path: Path) -> datetime:
    try:
        return datetime.fromtimestamp(path.stat().st_mtime, UTC)
    except FileNotFoundError:
        return datetime.max.replace(tzinfo=UTC)


def _on_disk(path: Path) -> None:
    """Do not return before a file, or the names in a folder, are on the disk."""
    opened = os.open(path, os.O_RDONLY)
    try:
        os.fsync(opened)
    finally:
        os.close(opened)

"""What belongs to one installation: its data folder, its secret, its number of release."""

import os
import secrets
import tomllib
from pathlib import Path
from urllib.parse import urlsplit

ROOT = Path(__file__).resolve().parents[2]


class Unusable(Exception):
    """Something around the platform prevents it from working; the text is the one line an operator reads."""


def home() -> Path:
    """The data folder: `CONTEMPO_HOME`, else `.contempo` in the checkout."""
    return Path(os.environ.get("CONTEMPO_HOME") or ROOT / ".contempo").expanduser().resolve()


def prepare_home(folder: Path) -> None:
    """Make the data folder, for its owner only, if it is not there. Raises Unusable when it cannot be written in."""
    try:
        folder.parent.mkdir(parents=True, exist_ok=True)
        folder.mkdir(mode=0o700, exist_ok=True)
        probe = folder / f".probe-{os.getpid()}"
        probe.touch()
        probe.unlink()
    except OSError as error:
        raise Unusable(
            f"The data folder {folder} cannot be used: {error.strerror}. Choose one with CONTEMPO_HOME."
        ) from error


def secret_key(folder: Path) -> str:
    """The key that signs sessions and links: `SECRET_KEY`, else one drawn once and kept in the data folder."""
    if given := os.environ.get("SECRET_KEY"):
        return given
    path = folder / "secret_key"
    prepare_home(folder)
    try:
        if not path.exists():
            _create_once(path, secrets.token_urlsafe(64))
        return path.read_text(encoding="ascii")
    except OSError as error:
        raise Unusable(f"The secret key {path} cannot be read: {error.strerror}.") from error


def release() -> str:
    """The number of this release, as pyproject.toml says it."""
    return str(tomllib.loads((ROOT / "pyproject.toml").read_text(encoding="utf-8"))["project"]["version"])


def _create_once(path: Path, text: str) -> None:
    """Write a file only its owner reads; when two processes try at once, both end with the same whole file."""
    draft = path.with_name(f".{path.name}-{os.getpid()}")
    descriptor = os.open(draft, os.O_WRONLY | os.O_CREAT | os.O_TRUNC, 0o600)
    with os.fdopen(descriptor, "w", encoding="ascii") as stream:
        stream.write(text)
    try:
        os.link(draft, path)
    except FileExistsError:
        pass
    finally:
        draft.unlink()


def site_url() -> str:
    """The address under which people reach the platform, from SITE_URL, without a slash at the end."""
    given = os.environ.get("SITE_URL") or f"http://127.0.0.1:{os.environ.get('PORT') or 8000}"
    if urlsplit(given).scheme not in ("http", "https") or not urlsplit(given).hostname:
        raise Unusable(f"SITE_URL is {given!r}: it must be an address such as https://rete.example.org.")
    return given.rstrip("/")


def trusted_proxies() -> int:
    """How many reverse proxies stand before the platform, from TRUSTED_PROXIES."""
    given = os.environ.get("TRUSTED_PROXIES") or "0"
    if not given.isdecimal():
        raise Unusable(f"TRUSTED_PROXIES is {given!r}: it must be a number, 0 without a proxy.")
    return int(given)

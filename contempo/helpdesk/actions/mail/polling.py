"""Fetching mail from a mailbox by IMAP, with the standard library: of the protocol five commands are needed.

A message is marked as read only after it is in the database: stopped in between, it is fetched again and recognised as
the one that is there.
"""

import imaplib
import ssl
from collections.abc import Callable, Iterator
from contextlib import contextmanager
from dataclasses import dataclass
from typing import Any
from urllib.parse import parse_qs, unquote, urlsplit

from contempo.core.verdict import require
from contempo.helpdesk.access import may_run_installation
from contempo.helpdesk.rules.mail import MAX_BYTES
from contempo.people.public import Actor

TIMEOUT_SECONDS = 60
AT_ONCE = 200
"""Messages kept at one time: the next time goes on from there."""

HEAD_BYTES = 256 * 1024

Answer = list[bytes | tuple[bytes, bytes] | None]
"""What imaplib gives for an answer of the server: lines, and literals with the line before them."""


@dataclass(frozen=True)
class Mailbox:
    """Where mail is fetched: `imaps://user:password@host:993/INBOX?network=milano`.

    `imap://…?tls=1` begins in clear and turns to TLS. `network` is the slug of the desk of messages that name none.
    """

    host: str
    port: int
    tls: str
    user: str
    password: str
    folder: str
    network: str


@dataclass(frozen=True)
class Fetched:
    """A message of a mailbox; `oversize` when only its beginning was fetched, because it is too large to be read."""

    raw: bytes
    oversize: bool


class MailboxTrouble(Exception):
    """The mailbox cannot be read now; the text says why."""


def mailbox_of(url: str) -> Mailbox:
    """The mailbox of an address. Raises `ValueError` for an address that is none."""
    parts = urlsplit(url)
    if parts.scheme not in ("imap", "imaps") or not parts.hostname:
        raise ValueError("IMAP_URL must look like imaps://user:password@host/INBOX")
    query = {name: found[-1] for name, found in parse_qs(parts.query).items()}
    tls = "at once" if parts.scheme == "imaps" else "later" if query.get("tls") == "1" else ""
    return Mailbox(
        host=parts.hostname,
        port=parts.port or (993 if tls == "at once" else 143),
        tls=tls,
        user=unquote(parts.username or ""),
        password=unquote(parts.password or ""),
        folder=unquote(parts.path.strip("/")) or "INBOX",
        network=query.get("network", ""),
    )


def poll(actor: Actor, *, mailbox: Mailbox, keep: Callable[[Fetched], bool]) -> int:
    """Give every unread message of a mailbox to `keep`, and mark as read those for which it says they are kept.

    Tells how many those were. Raises `MailboxTrouble` when the server does not answer or refuses.
    """
    require(may_run_installation(actor))
    try:
        with _signed_in(mailbox) as server:
            kept = 0
            for number in _unread(server):
                kept += _fetch(server, number, keep)
                if kept == AT_ONCE:
                    break
            return kept
    except (imaplib.IMAP4.error, OSError) as problem:
        raise MailboxTrouble(f"{mailbox.host}: {problem}") from problem


@contextmanager
def _signed_in(mailbox: Mailbox) -> Iterator[imaplib.IMAP4]:
    safe = ssl.create_default_context()
    server = (
        imaplib.IMAP4_SSL(mailbox.host, mailbox.port, ssl_context=safe, timeout=TIMEOUT_SECONDS)
        if mailbox.tls == "at once"
        else imaplib.IMAP4(mailbox.host, mailbox.port, timeout=TIMEOUT_SECONDS)
    )
    with server:
        if mailbox.tls == "later":
            server.starttls(safe)
        server.login(mailbox.user, mailbox.password)
        _sure(server.select(_quoted(mailbox.folder)))
        yield server


def _quoted(folder: str) -> str:
    """A folder as IMAP writes it between quotation marks (RFC 9051, section 4.3)."""
    escaped = folder.replace("\\", "\\\\").replace('"', '\\"')
    return f'"{escaped}"'


def _unread(server: imaplib.IMAP4) -> list[str]:
    found = _sure(server.uid("SEARCH", "UNSEEN"))
    return [number.decode("ascii") for line in found if isinstance(line, bytes) for number in line.split()]


def _fetch(server: imaplib.IMAP4, number: str, keep: Callable[[Fetched], bool]) -> bool:
    """Fetch one message without marking it, and mark it once it is kept."""
    size = _number_after(b"RFC822.SIZE", _sure(server.uid("FETCH", number, "(RFC822.SIZE)")))
    oversize = size > MAX_BYTES
    wanted = f"(BODY.PEEK[]<0.{HEAD_BYTES}>)" if oversize else "(BODY.PEEK[])"
    answer = _sure(server.uid("FETCH", number, wanted))
    raw = next((part[1] for part in answer if isinstance(part, tuple)), None)
    if raw is None or not keep(Fetched(raw, oversize)):
        return False
    _sure(server.uid("STORE", number, "+FLAGS.SILENT", "(\\Seen)"))
    return True


def _number_after(name: bytes, answer: Answer) -> int:
    """The number that follows `name` in an answer; 0 when it is not there."""
    for part in answer:
        words = (part[0] if isinstance(part, tuple) else part or b"").replace(b"(", b" ").replace(b")", b" ").split()
        if name in words[:-1]:
            return int(words[words.index(name) + 1])
    return 0


def _sure(answer: tuple[str, Any]) -> Answer:
    """What a command was answered; raises `IMAP4.error` when it was refused."""
    status, data = answer
    if status != "OK":
        raise imaplib.IMAP4.error(f"{status} {data!r}")
    return data

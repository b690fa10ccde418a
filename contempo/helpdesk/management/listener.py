"""A mail server for the desk: SMTP, or LMTP behind the mail server of the house.

A message is answered 250 only once it is committed. A failure of ours is a 4xx, after which the sender tries again; an
unknown address or a message too large is a 5xx. Meant for the loopback interface or a private network: who may deliver
here is the affair of the mail server before it.
"""

import asyncio
import logging
from collections.abc import Callable
from concurrent.futures import ThreadPoolExecutor
from dataclasses import dataclass
from typing import TypeVar
from urllib.parse import urlsplit

from aiosmtpd.lmtp import LMTP
from aiosmtpd.smtp import SMTP, Envelope, Session
from django.db import close_old_connections, connection

from contempo.helpdesk.actions.mail.receiving import NoDesk, desks_of
from contempo.helpdesk.actions.mail.taking import take_in
from contempo.helpdesk.rules.mail import MAX_BYTES
from contempo.people.public import SYSTEM

T = TypeVar("T")

logger = logging.getLogger(__name__)

LONGEST_LINE = 1024 * 1024


class LongLineSMTP(SMTP):
    """SMTP that takes lines longer than the 998 characters of RFC 5321: mail programs write them all the same."""

    line_length_limit = LONGEST_LINE


class LongLineLMTP(LMTP):
    """LMTP that does the same."""

    line_length_limit = LONGEST_LINE


PROTOCOLS: dict[str, type[SMTP]] = {"smtp": LongLineSMTP, "lmtp": LongLineLMTP}
MOST_RECIPIENTS = 50
AT_ONCE = 4
_TRY_AGAIN = "451 4.3.0 The platform cannot take mail now: try again later"
_KEPT = "250 2.6.0 The message is kept"


@dataclass(frozen=True)
class Place:
    """Where to listen: `smtp://127.0.0.1:2525` or `lmtp://127.0.0.1:2424`."""

    protocol: str
    host: str
    port: int


def place_of(url: str) -> Place:
    """The place an address names. Raises `ValueError` for an address that is none."""
    parts = urlsplit(url)
    if parts.scheme not in PROTOCOLS or not parts.hostname or parts.port is None:
        raise ValueError(f"{url} is not an address to listen at, such as smtp://127.0.0.1:2525")
    return Place(parts.scheme, parts.hostname, parts.port)


class Desk:
    """What is done with each recipient and each message."""

    def __init__(self, protocol: str) -> None:
        self._each_recipient = protocol == "lmtp"
        self._threads = ThreadPoolExecutor(AT_ONCE, thread_name_prefix="mail")

    async def handle_RCPT(  # noqa: N802 - the name aiosmtpd calls
        self, server: SMTP, session: Session, envelope: Envelope, address: str, options: list[str]
    ) -> str:
        """Take a recipient when a desk has this address."""
        if len(envelope.rcpt_tos) >= MOST_RECIPIENTS:
            return "452 4.5.3 Too many recipients"
        try:
            known = await self._in_thread(lambda: desks_of([address]))
        except Exception:
            logger.exception("a recipient could not be looked up")
            return _TRY_AGAIN
        if not known:
            return "550 5.1.1 No desk has this address"
        envelope.rcpt_tos.append(address)
        return "250 2.1.5 OK"

    async def handle_DATA(self, server: SMTP, session: Session, envelope: Envelope) -> str:  # noqa: N802
        """Keep a message; with LMTP each recipient is answered for (RFC 2033, section 4.2)."""
        answer = await self._answer(envelope)
        return "\r\n".join([answer] * len(envelope.rcpt_tos)) if self._each_recipient else answer

    async def _answer(self, envelope: Envelope) -> str:
        raw, recipients = bytes(envelope.original_content or b""), tuple(envelope.rcpt_tos)
        sender = (envelope.mail_from or "").strip("<>")
        try:
            await self._in_thread(lambda: take_in(SYSTEM, raw=raw, sender=sender, recipients=recipients))
        except NoDesk:
            return "550 5.1.1 No desk has this address"
        except Exception:
            logger.exception("a message could not be kept")
            return _TRY_AGAIN
        return _KEPT

    async def _in_thread(self, work: Callable[[], T]) -> T:
        return await asyncio.get_running_loop().run_in_executor(self._threads, _with_connection, work)


def _with_connection(work: Callable[[], T]) -> T:
    """Do it with a database connection that works, and give the connection back."""
    close_old_connections()
    try:
        return work()
    finally:
        if not connection.in_atomic_block:
            connection.close()


async def serve(place: Place, desk: Desk) -> asyncio.Server:
    """Begin to listen. Raises `OSError` when that cannot be."""
    make = PROTOCOLS[place.protocol]

    def conversation() -> SMTP:
        return make(desk, data_size_limit=MAX_BYTES, enable_SMTPUTF8=True, hostname="contempo", ident="Contempo")

    return await asyncio.get_running_loop().create_server(conversation, place.host, place.port)


def listen(place: Place) -> None:
    """Listen until the process is told to end. Raises `OSError` when nobody can listen there."""

    async def run() -> None:
        async with await serve(place, Desk(place.protocol)) as server:
            await server.serve_forever()

    asyncio.run(run())

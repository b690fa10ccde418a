"""Headers: the standard library reads them, and whatever makes it stumble is read more simply.

`email.policy.default` knows the grammar of RFC 5322 but raises on some malformed fields (IndexError, ValueError,
RecursionError, …), so each access is guarded and falls back to the raw field.
"""

import email.header
import re
import unicodedata
from collections.abc import Callable
from dataclasses import dataclass
from datetime import UTC, datetime
from email import policy
from email.message import EmailMessage
from email.parser import HeaderParser
from email.utils import parsedate_to_datetime
from typing import TypeVar

from contempo.helpdesk.rules.mail.limits import (
    MAX_FIELD,
    MAX_FIELDS,
    MAX_FROM_FIELDS,
    MAX_HEAD,
    MAX_PART_FIELD,
    MAX_REFERENCES,
    Note,
    Remarks,
)

T = TypeVar("T")

_PARSER = HeaderParser(policy=policy.default)
_FIELD = re.compile(rb"[!-9;-~]{1,200}[ \t]*:")
_MESSAGE_ID = re.compile(r"<([^<>\s]{1,400})>")
_ADDRESS = re.compile(r"[\w.!#$%&'*+/=?^`{|}~-]{1,64}@[\w.-]{1,253}")
_ANSWERABLE = re.compile(
    r"[a-z0-9!#$%&'*+/=?^_`{|}~-]+(?:\.[a-z0-9!#$%&'*+/=?^_`{|}~-]+)*@(?:[a-z0-9-]{1,63}\.)+[a-z]{2,63}"
)
_EARLIEST_YEAR = 1990
_BIDI = dict.fromkeys([*range(0x202A, 0x202F), *range(0x2066, 0x206A), 0x200E, 0x200F, 0xFEFF])


@dataclass(frozen=True)
class Sender:
    """An address with the name written beside it."""

    address: str
    name: str


def split(raw: bytes, remarks: Remarks) -> tuple[EmailMessage, bytes]:
    """The headers of `raw` as a message without body, and its body, undecoded.

    Headers end at the first empty line or at the first line that cannot be one. Never raises.
    """
    fields: list[bytes] = []
    position = kept = 0
    while position < len(raw):
        end = raw.find(b"\n", position)
        end = len(raw) if end < 0 else end + 1
        line = raw[position : min(end, position + MAX_HEAD)]
        if not line.strip(b"\r\n"):
            position = end
            break
        continues = line[:1] in b" \t"
        if not (continues and fields) and not _FIELD.match(line):
            if not fields and line.startswith((b"From ", b">From ")):
                position = end
                continue
            break
        position = end
        kept += len(line)
        if kept > MAX_HEAD or (len(fields) >= MAX_FIELDS and not continues):
            remarks.add(Note.HEADERS_CUT)
        elif continues:
            fields[-1] += line
        else:
            fields.append(line)
    return _message([_cut(field, remarks) for field in fields]), raw[position:]


def _cut(field: bytes, remarks: Remarks) -> str:
    text = _decoded(field.replace(b"\0", b""))
    most = MAX_PART_FIELD if text[:8].lower() == "content-" else MAX_FIELD
    if len(text) > most:
        remarks.add(Note.HEADERS_CUT)
        text = text[:most]
    # One field is one line from here on: what a lone CR or another line break hides in it cannot become a header.
    return " ".join(text.split())


def _decoded(field: bytes) -> str:
    """A raw field as text: ASCII as it should be, otherwise UTF-8, otherwise what Windows in Europe writes."""
    try:
        return field.decode("utf-8")
    except UnicodeDecodeError:
        return field.decode("cp1252", "replace")


def _message(fields: list[str]) -> EmailMessage:
    try:
        return _PARSER.parsestr("\n".join(fields) + "\n\n")
    except Exception:
        return EmailMessage()


def values(head: EmailMessage, name: str) -> list[str]:
    """All fields of that name, undecoded, in their order."""
    return [str(value) for key, value in head.raw_items() if key.lower() == name]


def first(head: EmailMessage, name: str) -> str:
    """The first field of that name as people read it: decoded, on one line, without control characters; or ""."""
    raw = values(head, name)
    if not raw:
        return ""
    return one_line(guarded(lambda: str(head.get_all(name, [])[0]), lambda: unescape(raw[0])))


def guarded(read: Callable[[], T], otherwise: Callable[[], T]) -> T:
    """What `read` gives, or `otherwise` gives when the standard library stumbles (RecursionError included)."""
    try:
        return read()
    except Exception:
        return otherwise()


def unescape(raw: str) -> str:
    """`raw` with its encoded words (RFC 2047) decoded as well as can be; never raises."""
    try:
        return str(email.header.make_header(email.header.decode_header(raw)))
    except Exception:
        return raw


def one_line(text: str) -> str:
    """`text` on one line, without control characters, characters that turn the direction, or halves of characters."""
    visible = "".join(
        " " if character.isspace() else character
        for character in text.translate(_BIDI)
        if character.isspace() or unicodedata.category(character) not in ("Cc", "Cs")
    )
    return " ".join(unicodedata.normalize("NFC", visible).split())


def senders(head: EmailMessage) -> tuple[Sender, ...]:
    """Whoever the From fields name, addresses in lower case, each once."""
    found: dict[str, Sender] = {}
    for raw in values(head, "from")[:MAX_FROM_FIELDS]:
        for sender in guarded(lambda raw=raw: _parsed(raw), lambda raw=raw: _guessed(raw)):  # type: ignore[misc]
            found.setdefault(sender.address, sender)
    return tuple(found.values())


def addresses(head: EmailMessage, name: str) -> tuple[str, ...]:
    """Whatever looks like an address in the fields of that name, in lower case."""
    return tuple(dict.fromkeys(sender.address for raw in values(head, name) for sender in _guessed(raw)))


def _parsed(raw: str) -> tuple[Sender, ...]:
    header = policy.default.header_factory("From", raw)
    good = [
        Sender(f"{address.username}@{address.domain}".lower(), one_line(address.display_name or ""))
        for address in header.addresses
        if address.username and address.domain
    ]
    clean = tuple(sender for sender in good if _ADDRESS.fullmatch(sender.address))
    # In a damaged field mail programs see different addresses: all that can be seen count, and a person will look.
    return clean if clean and not header.defects else _guessed(raw)


def _guessed(raw: str) -> tuple[Sender, ...]:
    """The addresses that can be seen in a field nobody can parse."""
    return tuple(Sender(address, "") for address in dict.fromkeys(found.lower() for found in _ADDRESS.findall(raw)))


def return_path(head: EmailMessage) -> str | None:
    """The envelope sender as the last server wrote it: "" for none (a bounce), None when nobody wrote it."""
    raw = values(head, "return-path")
    if not raw:
        return None
    found = _ADDRESS.search(raw[0])
    if found:
        return found.group().lower()
    return "" if raw[0].strip() in ("", "<>") else None


def message_ids(head: EmailMessage, name: str) -> tuple[str, ...]:
    """The message identifiers of the fields of that name, with their angle brackets, at most `MAX_REFERENCES`.

    The case is kept (RFC 5322, section 3.6.4). Of too many, the first and the last ones are kept.
    """
    found = [f"<{identifier}>" for raw in values(head, name) for identifier in _MESSAGE_ID.findall(raw)]
    if not found and name in ("message-id", "in-reply-to"):
        found = [
            f"<{word}>" for raw in values(head, name)[:1] for word in raw.split() if "@" in word and len(word) < 400
        ]
    unique = list(dict.fromkeys(found))
    return tuple(unique if len(unique) <= MAX_REFERENCES else [unique[0], *unique[1 - MAX_REFERENCES :]])


def date(head: EmailMessage, remarks: Remarks) -> datetime | None:
    """When the message says it was written, in UTC; None, with a remark, when that makes no sense."""
    raw = values(head, "date")
    if not raw:
        return None
    try:
        written = parsedate_to_datetime(raw[0])
        written = written.replace(tzinfo=UTC) if written.tzinfo is None else written.astimezone(UTC)
    except Exception:
        remarks.add(Note.ODD_DATE)
        return None
    if written.year < _EARLIEST_YEAR or written.year > 2200:
        remarks.add(Note.ODD_DATE)
        return None
    return written


def is_answerable(address: str) -> bool:
    """Whether a letter could be written to an address (in lower case): ASCII, a domain with a dot, 254 at most."""
    labels = address.partition("@")[2].split(".")
    hyphens = any(label.startswith("-") or label.endswith("-") for label in labels)
    return len(address) <= 254 and not hyphens and _ANSWERABLE.fullmatch(address) is not None


def other_address(sender: Sender) -> str:
    """An address shown in the sender's name that is not the sender's; or ""."""
    shown = [address.lower() for address in _ADDRESS.findall(sender.name)]
    return next((address for address in shown if address.rstrip(".") != sender.address), "")

"""One message, read: who sent it, what it says, what is attached, what sort of message it is.

`parse` never raises and takes a time that grows with the size of the message alone, whatever the bytes; a test feeds it
noise and the corpus with bytes changed.
"""

import hashlib
import unicodedata
from collections.abc import Iterator
from dataclasses import dataclass, replace
from datetime import datetime
from email.message import EmailMessage

from contempo.helpdesk.rules.mail import certified, headers, quotes, signs, texts
from contempo.helpdesk.rules.mail.bodies import READABLE, Reader, is_file
from contempo.helpdesk.rules.mail.limits import (
    LITTLE_PICTURE,
    MAX_ATTACHMENT,
    MAX_ATTACHMENTS,
    MAX_BYTES,
    MAX_DEPTH,
    MAX_HEAD,
    MAX_RECIPIENTS,
    Note,
    Remark,
    Remarks,
)
from contempo.helpdesk.rules.mail.parts import Cutter, Part, walk
from contempo.helpdesk.rules.mail.signs import Bounce, Kind

_NAME_LENGTH = 120
_RECIPIENT_FIELDS = ("to", "cc", "delivered-to", "x-original-to", "envelope-to", "x-envelope-to")
_DOUBLED = ("from", "to", "subject", "date", "message-id", "in-reply-to", "references", "sender", "reply-to", "cc")
_NO_FILES = frozenset(
    {
        "application/pkcs7-signature",
        "application/x-pkcs7-signature",
        "application/pgp-signature",
        "message/external-body",
    }
)
_EXTENSIONS = {
    "text/html": "html",
    "text/calendar": "ics",
    "image/jpeg": "jpg",
    "image/png": "png",
    "application/pdf": "pdf",
}


@dataclass(frozen=True)
class Envelope:
    """What the mail server said beside the message: the sender ("" for none, None when unknown) and the recipients."""

    sender: str | None = None
    recipients: tuple[str, ...] = ()


@dataclass(frozen=True)
class Attached:
    """A file in a message: a harmless name, its content, the content type it claims."""

    name: str
    content: bytes
    declared_type: str


@dataclass(frozen=True)
class Incoming:
    """A message that came in.

    `sender` and `recipients` are addresses in lower case, "" for no sender; `envelope_sender` is "" when the envelope
    has none (as bounces have) and None when it is not known. `answers` holds the identifiers of the messages it says to
    answer: first In-Reply-To, then References from the last to the first. `text` is what the sender wrote, `full_text`
    has the older messages too. `digest` is the same for two copies of one message. `certified` tells it came in an
    envelope of certified mail; `receipt` which receipt of certified mail it is, or "lettura"; `bounce` what a bounce
    tells.
    """

    kind: Kind
    message_id: str
    in_reply_to: tuple[str, ...]
    references: tuple[str, ...]
    sender: str
    sender_name: str
    envelope_sender: str | None
    recipients: tuple[str, ...]
    subject: str
    date: datetime | None
    text: str
    full_text: str
    attachments: tuple[Attached, ...]
    remarks: tuple[Remark, ...]
    digest: str
    certified: bool = False
    receipt: str = ""
    bounce: Bounce | None = None

    @property
    def answers(self) -> tuple[str, ...]:
        """The messages it says to answer, the nearest first, each once."""
        return tuple(dict.fromkeys([*self.in_reply_to, *reversed(self.references)]))

    @property
    def notes(self) -> frozenset[Note]:
        """The notes of its remarks."""
        return frozenset(remark.note for remark in self.remarks)


def parse(raw: bytes, envelope: Envelope | None = None) -> Incoming:
    """Read one message. Never raises; of one larger than `MAX_BYTES` only the headers are read."""
    envelope = envelope or Envelope()
    remarks = Remarks()
    if len(raw) > MAX_BYTES:
        remarks.add(Note.TOO_BIG, count=MAX_BYTES >> 20)
        raw = raw[:MAX_HEAD]
    raw = raw.lstrip(b"\xef\xbb\xbf\r\n\t \0")
    if b"\n" not in raw:
        raw = raw.replace(b"\r", b"\n")
    outer = Cutter(remarks).tree(raw)
    received = _recipients(outer, envelope)
    if receipt := certified.receipt(outer):
        mail = _read(outer, envelope, remarks)
        referred = certified.referred(outer) or mail.in_reply_to
        return replace(mail, kind=Kind.RECEIPT, receipt=receipt, in_reply_to=referred, certified=True)
    opened = _opened(outer, remarks)
    mail = _read(opened or outer, envelope if opened is None else Envelope(sender=None), remarks)
    return mail if opened is None else replace(mail, certified=True, recipients=_union(received, mail.recipients))


def _opened(outer: Part, remarks: Remarks) -> Part | None:
    """The message inside an envelope of certified mail; None for a message that is in none."""
    transport = certified.transport(outer)
    if not transport:
        return None
    if transport == certified.ANOMALY:
        remarks.add(Note.CERTIFIED_ANOMALY)
    original = certified.original(outer)
    if original is None:
        remarks.add(Note.CERTIFIED_EMPTY)
        return None
    inner = Cutter(remarks).tree(original)
    vouched = certified.vouched_sender(outer)
    if vouched and vouched not in {sender.address for sender in headers.senders(inner.head)}:
        remarks.add(Note.CERTIFIED_MISMATCH)
    return inner


def _recipients(part: Part, envelope: Envelope) -> tuple[str, ...]:
    named = [address for name in _RECIPIENT_FIELDS for address in headers.addresses(part.head, name)]
    return _union([address.lower() for address in envelope.recipients], named)


def _union(*groups: "tuple[str, ...] | list[str]") -> tuple[str, ...]:
    return tuple(dict.fromkeys(address for group in groups for address in group))[:MAX_RECIPIENTS]


def _read(part: Part, envelope: Envelope, remarks: Remarks) -> Incoming:
    """What one opened message says."""
    head = part.head
    senders = headers.senders(head)
    sender = senders[0] if senders else headers.Sender("", "")
    _remark_on_headers(part, senders, remarks)
    path = envelope.sender.lower() if envelope.sender is not None else headers.return_path(head)
    in_reply_to, references = headers.message_ids(head, "in-reply-to"), headers.message_ids(head, "references")
    kind = signs.kind_of(part, sender=sender.address, null_path=path == "", answers=bool(in_reply_to or references))
    if kind in (Kind.FRESH, Kind.REPLY, Kind.BULK) and signs.seems_automatic(part):
        remarks.add(Note.SEEMS_AUTOMATIC)
    reader = Reader(remarks)
    body = texts.limit_links(reader.text(part), remarks)
    subject = headers.first(head, "subject")[:500]
    attachments = tuple(_attachments(part, reader, remarks))
    return Incoming(
        kind=kind,
        message_id=next(iter(headers.message_ids(head, "message-id")), ""),
        in_reply_to=in_reply_to,
        references=references,
        sender=sender.address,
        sender_name=sender.name[:200],
        envelope_sender=path,
        recipients=_recipients(part, envelope),
        subject=subject,
        date=headers.date(head, remarks),
        text=quotes.without_history(body) if kind is not Kind.FRESH else quotes.without_signature(body),
        full_text=quotes.without_marks(body),
        attachments=attachments,
        remarks=remarks.all(),
        digest=_digest(head, sender.address, subject, body, attachments),
        receipt="lettura" if kind is Kind.RECEIPT else "",
        bounce=signs.bounce_of(part) if kind is Kind.BOUNCE else None,
    )


def _remark_on_headers(part: Part, senders: tuple[headers.Sender, ...], remarks: Remarks) -> None:
    if not senders:
        remarks.add(Note.NO_SENDER)
    if len(senders) > 1:
        remarks.add(Note.SEVERAL_SENDERS)
    for sender in senders:
        if not headers.is_answerable(sender.address):
            remarks.add(Note.ODD_SENDER)
        if shown := headers.other_address(sender):
            remarks.add(Note.MISLEADING_NAME, name=shown)
    for name in _DOUBLED:
        if len(headers.values(part.head, name)) > 1:
            remarks.add(Note.DOUBLED_HEADERS, name=name)


def _digest(head: EmailMessage, sender: str, subject: str, body: str, attachments: tuple[Attached, ...]) -> str:
    """The same for two copies of one message however they travelled; not for two messages that say the same."""
    identity = [raw for name in ("message-id", "date") for raw in headers.values(head, name)[:1]]
    words = " ".join(body.split())
    files = [hashlib.sha256(attached.content).hexdigest() for attached in attachments]
    return hashlib.sha256("\0".join([*identity, sender, subject, words, *files]).encode("utf-8", "replace")).hexdigest()


def _attachments(part: Part, reader: Reader, remarks: Remarks) -> Iterator[Attached]:
    """The files of a message within the limits, pictures shown in the text after the others."""
    taken = 0
    for held in sorted(_files(part), key=_is_picture_in_text):
        name = _file_name(held, remarks)
        if taken == MAX_ATTACHMENTS:
            remarks.add(Note.ATTACHMENTS_CUT, name=name, count=MAX_ATTACHMENTS)
            continue
        content = _file_content(held, reader, remarks)
        if _is_picture_in_text(held) and len(content) <= LITTLE_PICTURE:
            remarks.add(Note.PICTURES_LEFT_OUT)
        elif len(content) > MAX_ATTACHMENT:
            remarks.add(Note.ATTACHMENT_TOO_BIG, name=name, count=MAX_ATTACHMENT >> 20)
        elif content:
            taken += 1
            yield Attached(name, content, held.type)


def _files(part: Part) -> list[Part]:
    if part.type in ("multipart/report", "multipart/encrypted"):
        return []
    leaves = [held for held in walk(part) if not held.parts and not held.type.startswith("multipart/")]
    return [
        held
        for held in leaves
        if held.type not in _NO_FILES
        and (is_file(held) or (held.inside and held.type not in READABLE and "multipart/report" not in held.inside))
    ]


def _is_picture_in_text(part: Part) -> bool:
    shown = "multipart/related" in part.inside or part.disposition == "inline"
    return part.type.startswith("image/") and shown and bool(headers.values(part.head, "content-id"))


def _file_content(part: Part, reader: Reader, remarks: Remarks) -> bytes:
    """The content of a file; an attached message as the text a person reads in it."""
    content = part.content()
    if part.type != "message/rfc822":
        return content
    if len(part.inside) >= MAX_DEPTH:
        remarks.add(Note.NESTING_CUT)
        return b""
    inner = Cutter(remarks).tree(content, (*part.inside, part.type))
    lines = [
        f"{name}: {headers.first(inner.head, name.lower())}"
        for name in ("From", "To", "Date", "Subject")
        if headers.values(inner.head, name.lower())
    ]
    text = quotes.without_marks(reader.text(inner))
    return "\n".join([*lines, "", text, ""]).encode("utf-8", "replace")


def _file_name(part: Part, remarks: Remarks) -> str:
    """A name without folders, control characters, line breaks or characters that turn the direction of writing."""
    declared = part.file_name
    last = unicodedata.normalize("NFC", declared).replace("\\", "/").rpartition("/")[2]
    visible = "".join(letter for letter in last if unicodedata.category(letter)[0] != "C")
    name = " ".join(visible.split()).strip(". ")
    if name != " ".join(declared.split()):
        remarks.add(Note.FILE_RENAMED, name=name)
    if part.type == "message/rfc822":
        name = f"{name.removesuffix('.eml')[: _NAME_LENGTH - 4] or 'messaggio'}.txt"
    if not name:
        name = f"allegato.{_EXTENSIONS.get(part.type, 'bin')}"
    stem, dot, extension = name.rpartition(".")
    if len(name) <= _NAME_LENGTH or not dot or len(extension) > 10:
        return name[:_NAME_LENGTH]
    return f"{stem[: _NAME_LENGTH - len(extension) - 1]}.{extension}"

"""The tree of parts, cut apart within limits.

The parser of the standard library follows a message however deep and wide it is: it recurses at every level and
compares each line with the boundary of every level above. Here the headers of each part are its affair, and the
cutting at boundaries (RFC 2046, section 5.1.1) is done in one pass a level, so that time and memory are bounded.
"""

import functools
import re
from collections.abc import Iterator
from dataclasses import dataclass, field
from email.message import EmailMessage

from contempo.helpdesk.rules.mail import headers
from contempo.helpdesk.rules.mail.limits import MAX_DEPTH, MAX_PARTS, Note, Remarks

_TYPE = re.compile(r"[\w.+-]{1,80}/[\w.+-]{1,80}")
_BASE64 = re.compile(rb"[A-Za-z0-9+/=\s]*")


@dataclass(frozen=True)
class Part:
    """A part of a message: its headers, its body as it came, the types of what holds it (outermost first)."""

    head: EmailMessage
    body: bytes
    inside: tuple[str, ...] = ()
    parts: "tuple[Part, ...]" = field(default=(), repr=False)

    @functools.cached_property
    def type(self) -> str:
        """The declared content type in lower case; text/plain when none can be read."""
        declared = headers.values(self.head, "content-type")
        if not declared:
            return "message/rfc822" if self.inside[-1:] == ("multipart/digest",) else "text/plain"
        found = _TYPE.match(declared[0].strip().lower())
        return found.group() if found else "text/plain"

    def parameter(self, name: str, of: str = "content-type") -> str:
        """A parameter of a header, decoded; "" when it is not there."""
        return headers.guarded(lambda: self._parameter(name, of), lambda: self._raw_parameter(name, of))

    def _parameter(self, name: str, of: str) -> str:
        parsed = self.head.get_all(of, [None])[0]
        value = dict(getattr(parsed, "params", {})).get(name)
        return str(value) if value is not None else self._raw_parameter(name, of)

    def _raw_parameter(self, name: str, of: str) -> str:
        for raw in headers.values(self.head, of)[:1]:
            found = re.search(rf'(?i)[;\s]{re.escape(name)}\*?\s*=\s*(?:"([^"]*)"|([^\s;]+))', raw)
            if found:
                return headers.unescape(found.group(1) if found.group(1) is not None else found.group(2))
        return ""

    @property
    def disposition(self) -> str:
        """inline, attachment, or "" when nothing is said."""
        raw = headers.values(self.head, "content-disposition")
        return raw[0].partition(";")[0].strip().lower() if raw else ""

    @functools.cached_property
    def file_name(self) -> str:
        """The name of the file as declared, not yet made harmless; "" for none."""
        return self.parameter("filename", "content-disposition") or self.parameter("name")

    def content(self) -> bytes:
        """The body without its transfer encoding; as it came where the encoding is unknown or wrong. Never raises."""
        encodings = headers.values(self.head, "content-transfer-encoding")
        encoding = encodings[0].strip().lower() if encodings else ""
        if encoding not in ("base64", "quoted-printable", "x-uuencode", "uuencode", "uue", "x-uue"):
            return self.body
        if encoding == "base64" and self.type.startswith("text/") and not _seems_base64(self.body):
            return self.body
        carrier = EmailMessage()
        try:
            carrier["Content-Transfer-Encoding"] = encoding
            carrier.set_payload(self.body.decode("ascii", "surrogateescape"))
            decoded = carrier.get_payload(decode=True)
        except Exception:
            return self.body
        return decoded if isinstance(decoded, bytes) else self.body


def _seems_base64(body: bytes) -> bool:
    """Whether it begins as base64 does: mail programs sometimes declare it and then write plain text."""
    line = body.strip()[:200]
    return _BASE64.fullmatch(line) is not None and b" " not in line.strip()


class Cutter:
    """Cuts one message into its parts; `MAX_PARTS` and `MAX_DEPTH` hold for the whole of it."""

    def __init__(self, remarks: Remarks) -> None:
        self._remarks = remarks
        self._left = MAX_PARTS

    def tree(self, raw: bytes, inside: tuple[str, ...] = ()) -> Part:
        """`raw` as a part, with the parts it holds. Attached messages stay whole: `tree` of their content opens one."""
        head, body = headers.split(raw, self._remarks)
        part = Part(head, body, inside)
        if not part.type.startswith("multipart/"):
            return part
        if len(inside) >= MAX_DEPTH:
            self._remarks.add(Note.NESTING_CUT)
            return Part(head, b"", inside)
        boundary = part.parameter("boundary").rstrip()
        if not boundary:
            return self._without_boundary(part)
        pieces = list(self._pieces(body, b"--" + boundary.encode("utf-8", "replace")))
        if not pieces:
            return self._without_boundary(part)
        held = tuple(self.tree(piece, (*inside, part.type)) for piece in pieces)
        return Part(head, b"", inside, held)

    def _without_boundary(self, part: Part) -> Part:
        """A container whose parts cannot be told apart is read as text."""
        self._remarks.add(Note.BROKEN_PARTS)
        plain = EmailMessage()
        return Part(part.head, b"", part.inside, (Part(plain, part.body, (*part.inside, part.type)),))

    def _pieces(self, body: bytes, mark: bytes) -> Iterator[bytes]:
        """What stands between the boundary lines, at most as many pieces as are left."""
        line = re.compile(re.escape(b"\n" + mark) + rb"(--)?[ \t]{0,80}(?=\r?\n|\Z)")
        body = b"\n" + body
        start = -1
        for found in line.finditer(body):
            if start >= 0:
                if not self._counted():
                    return
                yield body[start : found.start()].removesuffix(b"\r")
            if found.group(1):
                return
            start = min(body.find(b"\n", found.end()) + 1, len(body)) or len(body)
        if start >= 0:
            self._remarks.add(Note.BROKEN_PARTS)
            if self._counted():
                yield body[start:]

    def _counted(self) -> bool:
        if not self._left:
            self._remarks.add(Note.PARTS_CUT, count=MAX_PARTS)
            return False
        self._left -= 1
        return True


def walk(part: Part) -> Iterator[Part]:
    """The part and all it holds, in their order; attached messages count as one."""
    yield part
    for held in part.parts:
        yield from walk(held)

"""What a file really is, whatever its name says. Pure.

Only kinds on the list are accepted, each recognised by its content: documents people exchange with an office, none of
which a browser would run as a page of ours.
"""

import io
import re
import unicodedata
import zipfile
from dataclasses import dataclass

import puremagic

from contempo.core.verdict import Refusal
from contempo.core.words import N_

NAME_LENGTH = 120
ZIP_ENTRIES = 5_000
ZIP_BYTES = 200 * 1024 * 1024
_SIGNED_DATA = bytes.fromhex("06092a864886f70d010702")  # the OID 1.2.840.113549.1.7.2 of RFC 5652, section 5.1

_UNACCEPTED = N_(
    "“%(name)s” cannot be accepted: inside it is %(seems)s. You can send PDF, signed PDF (P7M), pictures (PNG, JPEG, "
    "WebP), documents (DOCX, ODT), tables (XLSX, ODS, CSV) and plain text."
)
_DISGUISED = N_("“%(name)s” is not what its name says: inside it is %(seems)s. Choose the right file, or rename it.")
_DAMAGED = N_("“%(name)s” cannot be opened: it seems damaged or cut off. Make it again and send it again.")


@dataclass(frozen=True)
class Kind:
    """A kind of file: its content type, the ending its name must have, and how it is called in a sentence."""

    content_type: str
    extension: str
    label: str


PDF = Kind("application/pdf", "pdf", N_("a PDF document"))
P7M = Kind("application/pkcs7-mime", "p7m", N_("a signed document"))
PNG = Kind("image/png", "png", N_("a PNG picture"))
JPEG = Kind("image/jpeg", "jpg", N_("a JPEG picture"))
WEBP = Kind("image/webp", "webp", N_("a WebP picture"))
DOCX = Kind("application/vnd.openxmlformats-officedocument.wordprocessingml.document", "docx", N_("a Word document"))
XLSX = Kind("application/vnd.openxmlformats-officedocument.spreadsheetml.sheet", "xlsx", N_("an Excel table"))
ODT = Kind("application/vnd.oasis.opendocument.text", "odt", N_("an OpenDocument text"))
ODS = Kind("application/vnd.oasis.opendocument.spreadsheet", "ods", N_("an OpenDocument table"))
TXT = Kind("text/plain", "txt", N_("a plain text"))
CSV = Kind("text/csv", "csv", N_("a CSV table"))

KINDS = (PDF, P7M, PNG, JPEG, WEBP, DOCX, XLSX, ODT, ODS, TXT, CSV)
IMAGES = frozenset({PNG.content_type, JPEG.content_type, WEBP.content_type})
DOCUMENTS = frozenset({PDF.content_type, P7M.content_type})

_STRANGERS: tuple[tuple[bytes, str], ...] = (
    (b"MZ", N_("a program for Windows")),
    (b"\x7fELF", N_("a program for Linux")),
    (b"\xcf\xfa\xed\xfe", N_("a program for Mac")),
    (b"#!", N_("a program")),
    (b"PK", N_("a compressed archive")),
    (b"Rar!", N_("a compressed archive")),
    (b"7z\xbc\xaf", N_("a compressed archive")),
    (b"\x1f\x8b", N_("a compressed archive")),
    (b"\xd0\xcf\x11\xe0", N_("a document of an old version of Office: save it as PDF")),
    (b"GIF8", N_("a GIF picture")),
)
_PAGE = re.compile(rb"<\s*(!doctype\s+html|html|head|body|script|iframe|svg|\?xml)\b", re.IGNORECASE)
_FORBIDDEN_IN_NAMES = re.compile(r'[<>:"|?*]')


def clean_name(name: str) -> str:
    """`name` as a file may be called anywhere: no folders, control or invisible characters, `NAME_LENGTH` at most."""
    last = unicodedata.normalize("NFC", name).replace("\\", "/").rpartition("/")[2]
    visible = "".join(character for character in last if unicodedata.category(character)[0] != "C")
    plain = " ".join(_FORBIDDEN_IN_NAMES.sub(" ", visible).split()).strip(". ")
    stem, dot, extension = plain.rpartition(".")
    if not dot:
        return plain[:NAME_LENGTH] or "file"
    return f"{stem[: NAME_LENGTH - len(extension) - 1]}.{extension}" if len(extension) <= 10 else plain[:NAME_LENGTH]


def recognise(name: str, content: bytes) -> tuple[str, Kind]:
    """The clean name and the kind of a file called `name` (an ending that differs from its kind is put right).

    Raises `Refusal` naming what the file seems to be when it is of no accepted kind, when it is damaged, or when a
    text carries the name of something else.
    """
    name = clean_name(name)
    kind = _kind_of(name, content)
    extension = name.rpartition(".")[2].lower()
    if kind is None:
        raise Refusal(_UNACCEPTED, name=name, seems=_seems(content))
    if kind is TXT:
        if extension == CSV.extension:
            return name, CSV
        if extension != TXT.extension:
            raise Refusal(_DISGUISED, name=name, seems=TXT.label)
    if extension in {kind.extension, "jpeg" if kind is JPEG else kind.extension}:
        return name, kind
    if extension in {known.extension for known in KINDS} and kind is not P7M:
        name = name.rpartition(".")[0]
    return f"{name}.{kind.extension}", kind


def _kind_of(name: str, content: bytes) -> Kind | None:
    if content.startswith(b"%PDF-"):
        return PDF
    if content.startswith(b"\x89PNG\r\n\x1a\n"):
        return _whole(name, PNG, content[12:16] == b"IHDR" and b"IEND" in content[-64:])
    if content.startswith(b"\xff\xd8\xff"):
        return _whole(name, JPEG, _has_frame(content))
    if content.startswith(b"RIFF") and content[8:12] == b"WEBP":
        return _whole(name, WEBP, content[12:15] == b"VP8" and int.from_bytes(content[4:8], "little") <= len(content))
    if content.startswith(b"PK\x03\x04"):
        return _office_kind(name, content)
    if _is_signed_data(content):
        return P7M
    return TXT if _is_text(content) else None


def _whole(name: str, kind: Kind, whole: bool) -> Kind:
    if not whole:
        raise Refusal(_DAMAGED, name=name)
    return kind


def _has_frame(content: bytes) -> bool:
    """Whether a JPEG comes to its picture: segments up to a start of frame (ITU T.81, annex B)."""
    at = 2
    while at + 4 <= len(content) and content[at] == 0xFF:
        marker = content[at + 1]
        if 0xC0 <= marker <= 0xCF and marker not in (0xC4, 0xC8, 0xCC):
            return True
        at += 1 if marker == 0xFF else 2 + int.from_bytes(content[at + 2 : at + 4], "big")
    return False


def _office_kind(name: str, content: bytes) -> Kind | None:
    """The kind of an office document, which is an archive with known contents; None for any other archive."""
    try:
        with zipfile.ZipFile(io.BytesIO(content)) as archive:
            entries = archive.infolist()
            if len(entries) > ZIP_ENTRIES or sum(entry.file_size for entry in entries) > ZIP_BYTES:
                raise Refusal(N_("“%(name)s” would become too large once opened. Save a smaller one."), name=name)
            names = {entry.filename for entry in entries}
            mimetype = archive.read("mimetype")[:100] if "mimetype" in names else b""
    except (zipfile.BadZipFile, RuntimeError, NotImplementedError, EOFError, ValueError):
        raise Refusal(_DAMAGED, name=name) from None
    if any(entry.endswith("vbaProject.bin") or entry.startswith(("Basic/", "Scripts/")) for entry in names):
        raise Refusal(N_("“%(name)s” contains macros, that is programs. Save it without macros, or as PDF."), name=name)
    for kind, entry in ((DOCX, "word/document.xml"), (XLSX, "xl/workbook.xml")):
        if "[Content_Types].xml" in names and entry in names:
            return kind
    return next((kind for kind in (ODT, ODS) if mimetype == kind.content_type.encode()), None)


def _is_signed_data(content: bytes) -> bool:
    """Whether it begins as a CMS envelope in DER (RFC 5652): a sequence whose first member says "signed data"."""
    if not content.startswith(b"\x30") or len(content) < 20:
        return False
    header = 2 + (content[1] & 0x7F if content[1] & 0x80 else 0)
    return content[header : header + len(_SIGNED_DATA)] == _SIGNED_DATA


def _is_text(content: bytes) -> bool:
    """Whether a person could read it as it is; pages and drawings that a browser would run do not count as text."""
    if _PAGE.search(content[:4096]):
        return False
    try:
        text = content.decode()
    except UnicodeDecodeError:
        text = content.decode("cp1252", errors="replace")
    return not any(unicodedata.category(character) == "Cc" and character not in "\t\r\n\f" for character in text)


def _seems(content: bytes) -> str:
    if page := _PAGE.search(content[:4096]):
        return N_("a drawing with instructions (SVG)") if b"svg" in content[:4096].lower() else _page(page.group())
    for signature, label in _STRANGERS:
        if content.startswith(signature):
            return label
    try:
        extension = puremagic.from_string(content)
    except (puremagic.PureError, ValueError):
        return N_("something we cannot recognise")
    return extension.lstrip(".").upper() or N_("something we cannot recognise")


def _page(found: bytes) -> str:
    return N_("data in XML") if b"xml" in found.lower() else N_("a web page")

"""Papers that somebody in the demo hands in: small PDF files made on the spot."""

from collections.abc import Sequence

from django.core.files.base import ContentFile

_LINE = 20


def paper(name: str, lines: Sequence[str]) -> "ContentFile[bytes]":
    """A one-page A4 PDF called `name` with `lines` of text, the first one larger, as an upload."""
    return ContentFile(_pdf(lines), name=name)


def _pdf(lines: Sequence[str]) -> bytes:
    shown = [f"BT 72 {770 - _LINE * at} Td ({_escaped(line)}) Tj ET" for at, line in enumerate(lines)]
    drawing = "\n".join(["/F1 16 Tf", *shown[:1], "/F1 11 Tf", *shown[1:]]).encode("cp1252", "replace")
    objects = [
        b"<< /Type /Catalog /Pages 2 0 R >>",
        b"<< /Type /Pages /Kids [3 0 R] /Count 1 >>",
        b"<< /Type /Page /Parent 2 0 R /MediaBox [0 0 595 842] /Contents 4 0 R"
        b" /Resources << /Font << /F1 5 0 R >> >> >>",
        b"<< /Length %d >>\nstream\n%s\nendstream" % (len(drawing), drawing),
        b"<< /Type /Font /Subtype /Type1 /BaseFont /Helvetica /Encoding /WinAnsiEncoding >>",
    ]
    file = b"%PDF-1.4\n"
    places = []
    for number, content in enumerate(objects, start=1):
        places.append(len(file))
        file += b"%d 0 obj\n%s\nendobj\n" % (number, content)
    table = b"".join(b"%010d 00000 n \n" % place for place in places)
    head = b"xref\n0 %d\n0000000000 65535 f \n" % (len(objects) + 1)
    tail = b"trailer\n<< /Size %d /Root 1 0 R >>\nstartxref\n%d\n%%%%EOF\n" % (len(objects) + 1, len(file))
    return file + head + table + tail


def _escaped(line: str) -> str:
    return line.replace("\\", "\\\\").replace("(", "\\(").replace(")", "\\)")

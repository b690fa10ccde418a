"""A file is what it is and not what it is called; nothing is kept by halves, nothing runs in the browser."""

import hashlib
import io
import os
import zipfile
from datetime import timedelta
from pathlib import Path

import pytest
from django.core.files.uploadedfile import SimpleUploadedFile
from django.db import transaction
from hypothesis import given
from hypothesis import strategies as st

from contempo.core import clock, files
from contempo.core.audit import history
from contempo.core.files.content import NAME_LENGTH, clean_name, recognise
from contempo.core.files.models import Attachment
from contempo.core.files.storage import remove_orphans
from contempo.core.verdict import Refusal

PDF = b"%PDF-1.7\n1 0 obj << >> endobj\n%%EOF"
PNG = b"\x89PNG\r\n\x1a\n\x00\x00\x00\rIHDR" + bytes(17) + b"\x00\x00\x00\x00IEND\xaeB`\x82"
JPEG = b"\xff\xd8\xff\xe0\x00\x04ab\xff\xc0\x00\x04ab\xff\xd9"
WEBP = b"RIFF" + (14).to_bytes(4, "little") + b"WEBPVP8 " + bytes(6)
P7M = b"\x30\x82\x01\x00" + bytes.fromhex("06092a864886f70d010702") + bytes(40)
WINDOWS = b"MZ\x90\x00\x03" + bytes(300)


def _zip(**entries: bytes) -> bytes:
    buffer = io.BytesIO()
    with zipfile.ZipFile(buffer, "w", zipfile.ZIP_DEFLATED) as archive:
        for name, content in entries.items():
            archive.writestr(zipfile.ZipInfo(name.replace("__", "/")), content, zipfile.ZIP_DEFLATED)
    return buffer.getvalue()


def _office(main: str, **more: bytes) -> bytes:
    return _zip(**{"[Content_Types].xml": b"<Types/>", main: b"<x/>", **more})


DOCX, XLSX = _office("word/document.xml"), _office("xl/workbook.xml")
ODT = _zip(mimetype=b"application/vnd.oasis.opendocument.text")
ODS = _zip(mimetype=b"application/vnd.oasis.opendocument.spreadsheet")


def _hand_in(name="accordo.pdf", content=PDF, **changes):
    given = {"network_id": 1, "owner_kind": "accession", "owner_id": 5, "purpose": "agreement", "person_id": 7}
    return files.accept(SimpleUploadedFile(name, content), **{**given, **changes})


@pytest.mark.parametrize(
    ("name", "content", "content_type"),
    [
        ("accordo.pdf", PDF, "application/pdf"),
        ("accordo.pdf.p7m", P7M, "application/pkcs7-mime"),
        ("logo.png", PNG, "image/png"),
        ("foto.JPG", JPEG, "image/jpeg"),
        ("foto.jpeg", JPEG, "image/jpeg"),
        ("foto.webp", WEBP, "image/webp"),
        ("lettera.docx", DOCX, "application/vnd.openxmlformats-officedocument.wordprocessingml.document"),
        ("conti.xlsx", XLSX, "application/vnd.openxmlformats-officedocument.spreadsheetml.sheet"),
        ("lettera.odt", ODT, "application/vnd.oasis.opendocument.text"),
        ("conti.ods", ODS, "application/vnd.oasis.opendocument.spreadsheet"),
        ("note.txt", "Perché no?".encode(), "text/plain"),
        ("note.txt", "Perché no?".encode("cp1252"), "text/plain"),
        ("dati.csv", b"a;b\r\n1;2\r\n", "text/csv"),
    ],
)
def test_what_offices_exchange_is_accepted(name, content, content_type):
    kept, kind = recognise(name, content)
    assert (kept, kind.content_type) == (name, content_type)


@pytest.mark.parametrize(
    ("name", "content", "seems"),
    [
        ("accordo.pdf", WINDOWS, "a program for Windows"),
        ("accordo.pdf", b"\x7fELF" + bytes(100), "a program for Linux"),
        ("accordo.pdf", b"<html><script>alert(1)</script></html>", "a web page"),
        ("note.txt", b"\n  <!DOCTYPE html>\n<p>ciao", "a web page"),
        (
            "logo.png",
            b"<svg xmlns='http://www.w3.org/2000/svg' onload='alert(1)'/>",
            "a drawing with instructions (SVG)",
        ),
        ("logo.svg", b"<?xml version='1.0'?><svg></svg>", "a drawing with instructions (SVG)"),
        ("fattura.xml", b"<?xml version='1.0'?><p:FatturaElettronica/>", "data in XML"),
        ("lettera.docx", _zip(a=b"b"), "a compressed archive"),
        ("conti.xls", b"\xd0\xcf\x11\xe0\xa1\xb1\x1a\xe1" + bytes(600), "a document of an old version of Office"),
        ("video.mp4", b"\x00\x00\x00\x18ftypmp42" + bytes(50), "MP4"),
        ("boh", bytes(range(128, 256)) * 4 + bytes(8), "something we cannot recognise"),
        ("accordo.pdf", b"ciao", "a plain text"),
    ],
)
def test_anything_else_is_refused_with_what_it_seems_to_be(name, content, seems):
    with pytest.raises(Refusal, match="inside it is") as refused:
        recognise(name, content)
    assert str(refused.value.params["seems"]).startswith(seems)
    assert refused.value.params["name"] == name


@pytest.mark.parametrize(
    ("name", "content"),
    [
        ("logo.png", PNG[:20]),
        ("foto.jpg", b"\xff\xd8\xff\xe0\x00\x04ab"),
        ("foto.webp", WEBP[:13]),
        ("lettera.docx", DOCX[:40]),
    ],
    ids=["png", "jpg", "webp", "docx"],
)
def test_what_was_cut_off_is_recognised_as_damaged(name, content):
    with pytest.raises(Refusal, match="damaged or cut off"):
        recognise(name, content)


@pytest.mark.parametrize("entry", ["word/vbaProject.bin", "Basic/Standard/Module1.xml"])
def test_documents_with_macros_are_refused(entry):
    with pytest.raises(Refusal, match="macros"):
        recognise("lettera.docx", _office("word/document.xml", **{entry: b"x"}))


def test_a_small_archive_that_would_fill_the_disk_is_refused_without_opening_it():
    bomb = _office("word/document.xml", **{f"word/media/{n}": bytes(1 << 20) for n in range(201)})
    assert len(bomb) < files.MAX_BYTES
    with pytest.raises(Refusal, match="too large once opened"):
        recognise("lettera.docx", bomb)


@pytest.mark.parametrize(
    ("called", "kept"),
    [
        ("scansione.png", "scansione.pdf"),
        ("accordo", "accordo.pdf"),
        ("accordo.2026", "accordo.2026.pdf"),
        ("ACCORDO.PDF", "ACCORDO.PDF"),
    ],
)
def test_an_ending_that_does_not_fit_is_put_right(called, kept):
    assert recognise(called, PDF)[0] == kept


def test_a_signed_document_keeps_the_name_of_what_was_signed():
    assert recognise("accordo.pdf", P7M)[0] == "accordo.pdf.p7m"


@pytest.mark.parametrize(
    ("given_name", "kept"),
    [
        ("../../etc/passwd.txt", "passwd.txt"),
        ("C:\\Users\\Ivo\\accordo.pdf", "accordo.pdf"),
        ("accordo\r\nSet-Cookie: a=b.pdf", "accordoSet-Cookie a=b.pdf"),
        ("\u202efdp.exe", "fdp.exe"),
        ('pre"ventivo<1>.pdf', "pre ventivo 1 .pdf"),
        (".htaccess", "htaccess"),
        ("", "file"),
        ("..", "file"),
    ],
)
def test_names_are_cleaned(given_name, kept):
    assert clean_name(given_name) == kept


@given(st.text(max_size=400))
def test_a_clean_name_is_short_visible_and_in_no_folder(name):
    cleaned = clean_name(name)
    assert 0 < len(cleaned) <= NAME_LENGTH
    assert not set(cleaned) & set('/\\\r\n\x00"')
    assert clean_name(cleaned) == cleaned


@given(st.binary(max_size=300))
def test_whatever_is_handed_in_gets_a_kind_or_a_sentence(content):
    try:
        name, kind = recognise("allegato.pdf", content)
    except Refusal:
        return
    assert name.endswith(kind.extension)


@pytest.mark.django_db
def test_a_file_is_kept_with_its_sum_and_its_history(at):
    moment = at("2026-11-27T18:00")
    attachment = _hand_in()
    assert attachment.path.read_bytes() == PDF
    assert (attachment.sha256, attachment.size) == (hashlib.sha256(PDF).hexdigest(), len(PDF))
    assert (attachment.uploaded_by, attachment.at) == (7, moment)
    assert attachment.path.stat().st_mode & 0o077 == 0
    assert files.attachments_of("accession", 5) == (attachment,)
    assert len(history(attachment)) == 1


@pytest.mark.django_db
def test_an_empty_and_an_oversized_file_get_a_sentence_beside_their_field():
    with pytest.raises(Refusal, match=r"“vuoto\.pdf” is empty") as refused:
        _hand_in("vuoto.pdf", b"", field="signed_copy")
    assert refused.value.field == "signed_copy"
    with pytest.raises(Refusal, match=r"“grande\.pdf” is larger than 10 MB"):
        _hand_in("grande.pdf", PDF + bytes(files.MAX_BYTES))
    with pytest.raises(Refusal, match="inside it is") as refused:
        _hand_in("accordo.pdf", WINDOWS)
    assert refused.value.field == "file"
    assert files.attachments_of("accession", 5) == ()


@pytest.mark.django_db
def test_an_attachment_is_found_only_through_what_it_belongs_to():
    attachment = _hand_in()
    assert files.attachment_of(str(attachment.key), owner_kind="accession", owner_id=5) == attachment
    with pytest.raises(Attachment.DoesNotExist):
        files.attachment_of(attachment.key, owner_kind="accession", owner_id=6)


@pytest.mark.django_db(transaction=True)
def test_what_is_thrown_away_leaves_the_disk_when_that_is_certain():
    kept, thrown = _hand_in(), _hand_in(owner_id=6)
    with transaction.atomic():
        files.discard(thrown.key, owner_kind="accession", owner_id=6)
        files.discard(kept.key, owner_kind="accession", owner_id=6)
        assert thrown.path.exists()
    assert (kept.path.exists(), thrown.path.exists()) == (True, False)
    files.discard_all(owner_kind="accession", owner_id=5)
    assert not kept.path.exists()
    assert not Attachment.objects.exists()


@pytest.mark.django_db(transaction=True)
def test_a_file_whose_row_was_rolled_back_is_removed_the_day_after(settings, tmp_path):
    settings.FILES_ROOT = tmp_path
    kept = _hand_in()
    with transaction.atomic():
        lost = _hand_in()
        transaction.set_rollback(True)
    remove_orphans(0)
    assert lost.path.exists()
    long_ago = (clock.now() - timedelta(days=2)).timestamp()
    for path in (lost.path, kept.path):
        os.utime(path, (long_ago, long_ago))
    Path(lost.path.parent, "broken.part").touch()
    os.utime(lost.path.parent / "broken.part", (long_ago, long_ago))
    remove_orphans(0)
    assert [path for path in tmp_path.rglob("*") if path.is_file()] == [kept.path]


@pytest.mark.django_db
@pytest.mark.parametrize(
    ("name", "content", "disposition"),
    [
        ("accordo.pdf", PDF, 'inline; filename="accordo.pdf"'),
        ("città è.png", PNG, "inline; filename*=utf-8''citt%C3%A0%20%C3%A8.png"),
        ("dati.csv", b"a;b\r\n", 'attachment; filename="dati.csv"'),
        ("lettera.docx", DOCX, 'attachment; filename="lettera.docx"'),
    ],
)
def test_a_browser_shows_pictures_and_pdf_and_downloads_the_rest_and_runs_nothing(name, content, disposition):
    response = files.serve(_hand_in(name, content))
    assert b"".join(response.streaming_content) == content
    assert response["Content-Disposition"] == disposition
    assert response["X-Content-Type-Options"] == "nosniff"
    assert response["Content-Security-Policy"] == "default-src 'none'; sandbox"
    assert response["Content-Length"] == str(len(content))


@pytest.mark.django_db
def test_documents_and_pictures_are_told_apart():
    pdf, signed, logo = _hand_in(), _hand_in("a.pdf.p7m", P7M), _hand_in("logo.png", PNG)
    assert [files.is_document(file) for file in (pdf, signed, logo)] == [True, True, False]
    assert [files.is_image(file) for file in (pdf, signed, logo)] == [False, False, True]

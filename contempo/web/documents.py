"""Documents to print and keep: PDF/UA-1 made by Typst, tagged, so that a screen reader reads them as a page is read."""

import json
from collections.abc import Mapping
from datetime import datetime
from pathlib import Path
from typing import Any

import typst
from django.http import HttpResponse
from django.utils.encoding import iri_to_uri


def pdf(template: Path, content: Mapping[str, Any], *, made_at: datetime) -> bytes:
    """The document of a Typst `template`, which reads `content` as JSON from `sys.inputs.content`.

    Values reach the template as data, never as markup. Raises `typst.TypstError` when the document would not be one
    that everybody can read: without title, without language, a picture without words.
    """
    made = typst.compile(
        template,
        sys_inputs={"content": json.dumps(content)},
        pdf_standards=["ua-1"],
        timestamp=int(made_at.timestamp()),
    )
    if not isinstance(made, bytes):
        raise TypeError(f"{template.name} makes more than one file")
    return made


def pdf_response(document: bytes, filename: str) -> HttpResponse:
    """A PDF as a download named `filename`, without ending."""
    response = HttpResponse(document, content_type="application/pdf")
    response["Content-Disposition"] = f'attachment; filename="{iri_to_uri(filename)}.pdf"'
    return response

"""Attachments on their way to a browser."""

from django.http import FileResponse

from contempo.core.files.content import IMAGES, PDF
from contempo.core.files.models import Attachment

_SHOWN = IMAGES | {PDF.content_type}


def serve(attachment: Attachment) -> FileResponse:
    """The answer that hands over `attachment`; whoever calls has checked that this person may have it.

    Pictures and PDF are shown, all else is downloaded. Browsers are told to believe the type, to run nothing inside,
    and to keep no copy for others. Raises `FileNotFoundError` when the content is missing from the disk.
    """
    response = FileResponse(
        attachment.path.open("rb"),
        as_attachment=attachment.content_type not in _SHOWN,
        filename=attachment.name,
        content_type=attachment.content_type,
    )
    response["X-Content-Type-Options"] = "nosniff"
    response["Content-Security-Policy"] = "default-src 'none'; sandbox"
    response["Cache-Control"] = "private, no-cache"
    return response

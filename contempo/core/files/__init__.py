"""Attachments: taken in by content, kept by number, served only after the caller has checked access."""

from contempo.core.files.models import Attachment
from contempo.core.files.serving import serve
from contempo.core.files.storage import (
    MAX_BYTES,
    accept,
    attachment_of,
    attachments_of,
    discard,
    discard_all,
    hand_over,
    is_document,
    is_image,
)

__all__ = [
    "MAX_BYTES",
    "Attachment",
    "accept",
    "attachment_of",
    "attachments_of",
    "discard",
    "discard_all",
    "hand_over",
    "is_document",
    "is_image",
    "serve",
]

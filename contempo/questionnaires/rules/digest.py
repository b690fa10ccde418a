"""What proves that a published version is the one people answered. Pure."""

import hashlib
import json

from contempo.questionnaires.rules.document import Document, to_json


def digest_of(document: Document) -> str:
    """The SHA-256, in hexadecimal, of the document as canonical JSON: keys in order, no spaces, UTF-8."""
    text = json.dumps(to_json(document), sort_keys=True, separators=(",", ":"), ensure_ascii=False)
    return hashlib.sha256(text.encode()).hexdigest()

"""Text as people mean it: for comparing, searching and addresses. Pure."""

import re
import unicodedata

_APOSTROPHES = dict.fromkeys(map(ord, "'`’‘ʼʹ′‵´＇"), " ")
_NOT_WORD = re.compile(r"[^a-z0-9]+")


def normalise(text: str) -> str:
    """`text` without case, accents, apostrophes and invisible characters, one space between words.

    Two spellings of the same words give the same string ("L’Attività" and "l'attivita'" give "l attivita").
    Apostrophes become spaces, because in Italian they end a word. Applying it twice changes nothing.
    """
    folded = unicodedata.normalize("NFKD", unicodedata.normalize("NFKD", text).casefold())
    kept: list[str] = []
    for character in folded.translate(_APOSTROPHES):
        category = unicodedata.category(character)
        if category == "Cc":
            kept.append(" ")
        elif category not in ("Mn", "Cf", "Cs"):
            kept.append(character)
    return " ".join("".join(kept).split())


def slugify(text: str) -> str:
    """`text` as part of an address: lowercase ASCII letters, digits and single hyphens; may be empty."""
    return _NOT_WORD.sub("-", normalise(text)).strip("-")

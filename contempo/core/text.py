"""Text as people mean it: for comparing, searching and addresses. Pure."""

import re
import unicodedata

_SPACES = dict.fromkeys([*range(32), *range(127, 160), *map(ord, "'`’‘ʼʹ′‵´＇")], " ")
_ACCENTS = re.compile("[\u0300-\u036f]+")
_DROPPED = frozenset({"Mn", "Cf", "Cs"})
_NOT_WORD = re.compile(r"[^a-z0-9]+")


def normalise(text: str) -> str:
    """`text` without case, accents, apostrophes and invisible characters, one space between words.

    Two spellings of the same words give the same string ("L’Attività" and "l'attivita'" give "l attivita").
    Apostrophes become spaces, because in Italian they end a word. Applying it twice changes nothing.
    """
    folded = _ACCENTS.sub("", unicodedata.normalize("NFKD", unicodedata.normalize("NFKD", text).casefold()))
    if not folded.isascii():
        folded = "".join(character for character in folded if unicodedata.category(character) not in _DROPPED)
    return " ".join(folded.translate(_SPACES).split())


def slugify(text: str) -> str:
    """`text` as part of an address: lowercase ASCII letters, digits and single hyphens; may be empty."""
    return _NOT_WORD.sub("-", normalise(text)).strip("-")

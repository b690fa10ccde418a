"""The piece of a text that shows why it was found. Pure."""

import re
from collections.abc import Collection

from contempo.core.text import normalise

LENGTH = 220
BEFORE = 60
_WORD = re.compile(r"[^\W_]+")

Segment = tuple[str, bool]


def excerpt(text: str, stems: Collection[str]) -> tuple[Segment, ...]:
    """About `LENGTH` characters of `text` around the first word that begins with one of `stems`.

    Returns pieces in order, each with whether it is such a word: the page marks them, no markup is made here. Stems of
    one or two letters have to be the whole word. Without any such word it is the beginning of the text.
    """
    matches = [found.span() for found in _WORD.finditer(text) if _matches(found.group(), stems)]
    start, end = _window(text, matches[0][0] if matches else 0)
    segments: list[Segment] = [("… ", False)] if start else []
    at = start
    for left, right in matches:
        if right > end:
            break
        segments += [(text[at:left], False), (text[left:right], True)]
        at = right
    segments.append((text[at:end] + (" …" if end < len(text) else ""), False))
    return tuple(segment for segment in segments if segment[0])


def _matches(word: str, stems: Collection[str]) -> bool:
    plain = word.lower() if word.isascii() else normalise(word)
    return any(plain.startswith(stem) if len(stem) > 2 else plain == stem for stem in stems)


def _window(text: str, first: int) -> tuple[int, int]:
    """Where the excerpt begins and ends, at spaces where there are any near."""
    start = 0 if first <= BEFORE else text.rfind(" ", 0, first - BEFORE // 2) + 1
    start = start if first - start <= 2 * BEFORE else max(0, first - BEFORE)
    if len(text) - start <= LENGTH:
        return start, len(text)
    end = text.rfind(" ", start, start + LENGTH)
    return start, end if end > first else start + LENGTH

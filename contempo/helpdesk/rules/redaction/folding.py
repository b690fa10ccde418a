"""A text made plain before it is searched, and the way back to the places in the text as it was written."""

import re
import unicodedata
from collections.abc import Iterator
from dataclasses import dataclass

from contempo.core.text import normalise

_WORD = re.compile(r"[^\W\d_]+")
_CLUSTER = re.compile("[^\u0300-\u036f][\u0300-\u036f]*|[\u0300-\u036f]+")
_SENTENCE_ENDS = frozenset('.!?:;\n\r•*#"“”«»([{–—|>')
_BETWEEN = " \t\u00a0'’-"
_SHOUTING = 0.7


@dataclass(frozen=True)
class Token:
    """One word of a plain text. `opens` says that a sentence begins with it, `capital` that its first letter tells."""

    start: int
    end: int
    text: str
    key: str
    capital: bool
    acronym: bool
    opens: bool


class Plain:
    """A text with compatibility characters resolved and invisible ones dropped, and where each stands as written."""

    def __init__(self, written: str) -> None:
        pieces: list[str] = []
        self._spans: list[tuple[int, int]] = []
        for cluster in _CLUSTER.finditer(written):
            plain = "".join(
                each for each in unicodedata.normalize("NFKC", cluster.group()) if unicodedata.category(each) != "Cf"
            )
            pieces.append(plain)
            self._spans += [cluster.span()] * len(plain)
        self.text = "".join(pieces)

    def span(self, start: int, end: int) -> tuple[int, int]:
        """Where `text[start:end]`, not empty, stands in the text as written."""
        return self._spans[start][0], self._spans[end - 1][1]


def tokens(text: str) -> tuple[Token, ...]:
    """The words of a plain text. In a text written all in capitals no capital tells anything."""
    letters = [each for each in text if each.isalpha()]
    shouting = len(letters) > 12 and sum(map(str.isupper, letters)) > _SHOUTING * len(letters)
    return tuple(_tokens(text, shouting))


def _tokens(text: str, shouting: bool) -> Iterator[Token]:
    for found in _WORD.finditer(text):
        word = found.group()
        before = text[max(0, found.start() - 20) : found.start()].rstrip(_BETWEEN)
        upper = len(word) > 1 and word.isupper()
        yield Token(
            start=found.start(),
            end=found.end(),
            text=word,
            key=normalise(word),
            capital=not shouting and word[0].isupper(),
            acronym=not shouting and upper,
            opens=not before or before[-1] in _SENTENCE_ENDS,
        )


def adjacent(text: str, left: Token, right: Token) -> bool:
    """Whether nothing but a space, a hyphen, an apostrophe or the dot of an initial stands between two words."""
    gap = text[left.end : right.start]
    if len(gap) > 3:
        return False
    if left.end - left.start == 1 and gap.startswith("."):
        gap = gap[1:]
    return all(each in _BETWEEN for each in gap)

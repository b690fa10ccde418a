"""Words of a question: what is looked for, and what else means the same. Pure."""

import re
from collections.abc import Sequence
from dataclasses import dataclass
from functools import cache
from importlib import resources

from contempo.core.text import normalise

MAX_WORDS = 12
ITALIAN, ENGLISH = "it", "en"
_SYNONYMS = {ITALIAN: "synonyms.csv", ENGLISH: "synonyms_en.csv"}
_WORD = re.compile(r"[^\W_]+")
Phrase = tuple[str, ...]


@dataclass(frozen=True)
class Wanted:
    """One thing a question asks for: any of `phrases` is it. With `beginning`, also any word that begins so."""

    phrases: tuple[Phrase, ...]
    beginning: str = ""


def words_of(text: str) -> tuple[str, ...]:
    """The words of `text`, normalised, without punctuation."""
    return tuple(_WORD.findall(normalise(text)))


def wanted(text: str, language: str = ITALIAN, *, most: int = MAX_WORDS) -> tuple[Wanted, ...]:
    """What `text` asks for, in its order, with the synonyms of `language`; the last word may still be being typed.

    Words are taken together when they form a phrase with synonyms, the longest first. Letters standing alone
    (what an apostrophe leaves) do not count, and the first `most` words do.
    """
    words = tuple(word for word in words_of(text) if len(word) > 1 or word.isdigit())[:most]
    groups = synonyms(language)
    longest = max(map(len, groups))
    found: list[Wanted] = []
    at = 0
    while at < len(words):
        length = next((n for n in range(min(longest, len(words) - at), 0, -1) if words[at : at + n] in groups), 1)
        phrase = words[at : at + length]
        at += length
        beginning = phrase[-1] if at == len(words) and length == 1 else ""
        found.append(Wanted(groups.get(phrase, (phrase,)), beginning))
    return tuple(found)


@cache
def synonyms(language: str = ITALIAN) -> dict[Phrase, tuple[Phrase, ...]]:
    """Each phrase of the synonyms of a language with all the phrases that mean the same, itself among them."""
    file = resources.files("contempo.core.search").joinpath(_SYNONYMS[language])
    lines = file.read_text(encoding="utf-8").splitlines()
    return grouped([line.split(";") for line in lines if line and not line.startswith("#")])


def grouped(lines: Sequence[Sequence[str]]) -> dict[Phrase, tuple[Phrase, ...]]:
    """`lines` of phrases that mean the same, by phrase; a phrase on two lines means what both say.

    A phrase that contains another one of its group is left out of the answer: whatever has it has the shorter one.
    """
    groups: dict[Phrase, set[Phrase]] = {}
    for line in lines:
        phrases = {words_of(phrase) for phrase in line}
        for phrase in phrases:
            groups[phrase] = groups.get(phrase, set()) | phrases
    return {phrase: tuple(sorted(_shortest(same))) for phrase, same in groups.items()}


def _shortest(phrases: set[Phrase]) -> set[Phrase]:
    return {phrase for phrase in phrases if not any(_within(other, phrase) for other in phrases - {phrase})}


def _within(part: Phrase, whole: Phrase) -> bool:
    return any(whole[at : at + len(part)] == part for at in range(len(whole) - len(part) + 1))

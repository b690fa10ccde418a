"""Small municipalities: where few work in a sector, the place together with the sector may point to one person.

A municipality is small below `THRESHOLD` residents (census of 2011, the newest count a package carries). The list of
the others is kept by cadastral code, which does not change when provinces do; a municipality not in it is small.
"""

import re
from collections.abc import Iterable, Iterator, Sequence
from functools import cache
from importlib import resources

from contempo.core.text import normalise
from contempo.core.words import N_
from contempo.helpdesk.rules.redaction.folding import Plain, Token, adjacent, tokens
from contempo.helpdesk.rules.redaction.marks import Kind

THRESHOLD = 20_000
SMALL_PLACE = N_("A municipality of fewer than 20,000 residents, with a sector (“%(detail)s”): few people fit both.")
MOST_CANDIDATES = 400

_SECTOR = re.compile(
    r"\b(?:agricol\w+|vivai\w*|allevament\w+|cav[ae]\b|fabbric\w+|officin\w+|panifici\w*|panetteri\w+|pasticceri\w+|forn[oi]\b"
    r"|tessil\w+|metalmeccanic\w+|tipografi\w+|falegnameri\w+|ediliz\w+|edil[ei]\b|cantier\w+|negozi\w*|supermercat\w+"
    r"|commerci\w+|farmaci[ae]\b|trasport\w+|autist\w+|corrier\w+|magazzin\w+|logistic\w+|alberg\w+|hotel|ristorant\w+"
    r"|bar\b|pizzeri\w+|mens[ae]\b|giornal[ei]\b|redazion\w+|informatic\w+|banc(?:a|he|ari\w)\b|assicurazion\w+"
    r"|immobiliar\w+|stud(?:io|i)[ ](?:legal|dentistic|medic|notaril|professional)\w+|pulizi[ae]|vigilanza|municipi\w*"
    r"|polizia[ ]local\w+|scuol[ae]|insegnant\w+|maestr[aeio]|asil[oi]\b|nid[oi]\b"
    r"|educat(?:ore|rice|ori|rici)\w*|ospedal\w+|clinic\w+|infermier\w+|cas[ae][ ]di[ ]riposo|rsa\b|cooperativ\w+"
    r"|parrocchi\w*|palestr\w+|teatr\w+|bibliotec\w+|parrucchier\w+|estetist\w+"
    r"|colf\b|badant\w+|sindacat\w+|farm\b|factor(?:y|ies)|baker(?:y|ies)|shops?\b|supermarkets?\b|pharmac(?:y|ies)"
    r"|restaurants?|banks?\b|schools?\b|teachers?|nurser(?:y|ies)|hospitals?|nurses?\b|care[ ]homes?"
    r"|librar(?:y|ies)|hairdressers?)",
    re.IGNORECASE,
)


@cache
def _populous() -> frozenset[str]:
    lines = resources.files(__package__).joinpath("populous.txt").read_text(encoding="utf-8").splitlines()
    return frozenset(code for line in lines if not line.startswith("#") for code in line.split())


def is_small(cadastral_code: str) -> bool:
    """Whether the municipality with this cadastral code has, as far as is known, fewer than `THRESHOLD` residents."""
    return cadastral_code not in _populous()


def candidate_places(text: str) -> tuple[str, ...]:
    """What in `text` may be the name of a municipality, normalised: up to five words that begin with a capital.

    The caller keeps those that are names of small municipalities and gives them back as `Known.small_places`. At most
    `MOST_CANDIDATES`, the first in the text.
    """
    plain = Plain(text).text
    words = tokens(plain)
    names: dict[str, None] = {}
    for at, word in enumerate(words):
        if not word.text[0].isupper():
            continue
        for end in range(at, min(at + 5, len(words))):
            if end > at and not adjacent(plain, words[end - 1], words[end]):
                break
            names[normalise(plain[word.start : words[end].end])] = None
    return tuple(names)[:MOST_CANDIDATES]


Sectored = tuple[int, int, Kind, str, str]


def small_places(text: str, words: Sequence[Token], known: Iterable[str]) -> Iterator[Sectored]:
    """The `known` small municipalities named in a plain text that names a sector, too."""
    if (sector := _SECTOR.search(text)) is None:
        return
    by_first: dict[str, list[list[str]]] = {}
    for name in known:
        parts = [part for part in re.findall(r"[^\W\d_]+", normalise(name)) if part]
        if parts:
            by_first.setdefault(parts[0], []).append(parts)
    for at, word in enumerate(words):
        for parts in by_first.get(word.key, ()):
            run = words[at : at + len(parts)]
            if word.text[0].isupper() and [each.key for each in run] == parts:
                yield word.start, run[-1].end, Kind.SMALL_PLACE, SMALL_PLACE, sector.group()

"""Names of persons and organisations in a text: known to the caller, in the lists, or written as names are."""

import re
from collections.abc import Collection, Iterable, Iterator, Sequence
from functools import cache
from importlib import resources

from contempo.core.text import normalise
from contempo.core.words import N_
from contempo.helpdesk.rules.redaction.folding import Token, adjacent
from contempo.helpdesk.rules.redaction.marks import Kind, Known
from contempo.helpdesk.rules.redaction.numbers import Finding

KNOWN_PERSON = N_("The name of somebody who asked or answers at this desk.")
GIVEN_NAME = N_("A given name, perhaps with its surname.")
TITLED = N_("What follows a title, or a word for a relative or a colleague, is a person’s name.")
INTRODUCED = N_("Somebody says or signs their name here.")
CAPITALS = N_("Words with capitals that the desk does not know: perhaps a person’s name.")
KNOWN_ORGANISATION = N_("An organisation of the registry.")
LEGAL_FORM = N_("Words before a legal form are the name of a company.")

LONGEST = 4
_TITLE = re.compile(
    r"\b(?:sig(?:\.?[ ]?r[ae]|nor[aei]?|norin[ae])?|dott(?:\.?[ ]?(?:ssa|re)|or(?:e|essa)?)?|dr(?:\.?[ ]?ssa)?"
    r"|avv(?:ocat[oa])?|ing|arch|geom|rag|prof(?:\.?[ ]?ssa|essor(?:e|essa)?)?|mrs?|ms|miss|suor|don|maestr[ao])"
    r"\b\.?[ ]+",
    re.IGNORECASE,
)
_SAYS = re.compile(
    r"\b(?:mi[ ]chiamo|mi[ ]presento|(?:il[ ]mio[ ])?nome(?:[ ]e[ ]cognome)?[ ]?(?:è|e'|:)"
    r"|my[ ]name[ ]is|i[ ]am[ ]called)[ :,]+",
    re.IGNORECASE,
)
_SIGNS = re.compile(
    r"\b(?:firmat[oa]|(?:cordiali|distinti|cari)[ ]saluti|saluti|grazie|regards|sincerely"
    r"|thanks|a[ ]nome[ ]di|per[ ]conto[ ]di)[ .,!:\r\n]+",
    re.IGNORECASE,
)
_RELATIVES = frozenset(
    "moglie marito figlio figlia bambino bambina bimbo bimba fratello sorella madre padre mamma papa nonno nonna "
    "suocero suocera compagno compagna zio zia nipote collega capo responsabile direttore direttrice titolare datore "
    "datrice consulente commercialista medico pediatra amico amica vicina vicino husband wife son daughter child "
    "brother sister mother father mum dad partner colleague boss manager director friend doctor".split()
)
_SAINTS = frozenset({"san", "sant", "santa", "santo", "santi", "s"})
_PARTICLES = frozenset(
    {"d", "de", "di", "del", "della", "dello", "la", "lo", "le", "van", "von", "el", "al", "ben", "bin", "da", "dos"}
)
_FUNCTION = frozenset(
    "e ed o di a da in con su per tra fra il lo la i gli le un una mi ti si ci vi ho ha hai sono sei che chi non al "
    "del dal nel sul ma se come dove quando and or the of in to is am i my with from at for by on as lavoro lavora "
    "vorrei".split()
)
_NOT_A_NAME = frozenset({"sarà"})
_LEGAL_FORMS = (
    r"(?:s\.?[ ]?r\.?[ ]?l\.?(?:[ ]?s\.?)?|s\.?[ ]?p\.?[ ]?a\.?|s\.?[ ]?n\.?[ ]?c\.?|s\.?[ ]?a\.?[ ]?s\.?"
    r"|s\.?c\.?a?\.?r\.?l\.?|onlus|aps|ets|soc\.?[ ]coop\.?|societ[àa][ ]cooperativa|cooperativa[ ]sociale"
    r"|ltd|gmbh|inc)"
)
_COMPANY = re.compile(rf"(?<![\w.]){_LEGAL_FORMS}(?![\w])", re.IGNORECASE)
_FORM_WORDS = frozenset(
    {"srl", "srls", "spa", "snc", "sas", "scarl", "scrl", "onlus", "aps", "ets", "s", "r", "l", "p", "a", "n", "c"}
)


@cache
def given_names() -> dict[str, bool]:
    """Each given name of the list, with whether it is also an ordinary word."""
    return {name.rstrip("*"): name.endswith("*") for name in _listed("given_names.txt")}


@cache
def surnames() -> dict[str, bool]:
    """Each surname of the list, with whether it is also an ordinary word."""
    return {name.rstrip("*"): name.endswith("*") for name in _listed("surnames.txt")}


@cache
def ordinary() -> frozenset[str]:
    """Words written with capitals that are no names of persons: institutions, days, places, titles of laws."""
    return frozenset(_listed("institutions.txt"))


def _listed(file: str) -> Iterator[str]:
    lines = resources.files(__package__).joinpath(file).read_text(encoding="utf-8").splitlines()
    return (word for line in lines if not line.startswith("#") for word in line.split())


def persons(text: str, words: Sequence[Token], known: Known, *, searched: bool) -> Iterator[Finding]:
    """Names of persons in a plain text of `words`; in what was `searched`, a word after a given name is a surname."""
    yield from _known_persons(text, words, known.persons)
    yield from _listed_persons(text, words, searched)
    yield from _told_persons(text, words)
    yield from _capitals(text, words, {normalise(place) for place in (*known.small_places, *known.places)})


def _known_persons(text: str, words: Sequence[Token], known: Iterable[str]) -> Iterator[Finding]:
    wanted = {part for name in known for part in _parts(name) if len(part) > 2 and part not in _PARTICLES}
    for at, word in enumerate(words):
        told = word.key in wanted and (word.capital or word.acronym or not _is_ordinary(word.key))
        if told and word.text.casefold() not in _NOT_A_NAME:
            yield word.start, words[_known_until(text, words, at, wanted)].end, Kind.PERSON, KNOWN_PERSON


def _known_until(text: str, words: Sequence[Token], at: int, wanted: set[str]) -> int:
    """The last word of the name that begins at `at`: others of it follow, particles between them included."""
    end = at
    for number in range(at + 1, len(words)):
        if not adjacent(text, words[number - 1], words[number]):
            break
        if words[number].key in wanted:
            end = number
        elif words[number].key not in _PARTICLES:
            break
    return end


def _is_ordinary(key: str) -> bool:
    return given_names().get(key, False) or surnames().get(key, False) or key in ordinary()


def _parts(name: str) -> list[str]:
    return re.findall(r"[^\W_]+", normalise(name))


def _listed_persons(text: str, words: Sequence[Token], searched: bool) -> Iterator[Finding]:
    names = given_names()
    for at, word in enumerate(words):
        if word.key not in names or word.text.casefold() in _NOT_A_NAME or len(word.key) < 2:
            continue
        if at and words[at - 1].key in _SAINTS and adjacent(text, words[at - 1], word):
            continue
        start, end = _run(text, words, at, searched and not names[word.key])
        beside = end > at or start < at
        mid_sentence = word.capital and not word.opens
        if not names[word.key] or beside or mid_sentence:
            yield words[start].start, words[end].end, Kind.PERSON, GIVEN_NAME


def _run(text: str, words: Sequence[Token], at: int, searched: bool) -> tuple[int, int]:
    """The first and last word of the name around a given name at `at`."""
    end = at
    while end + 1 < len(words) and end - at < LONGEST and adjacent(text, words[end], words[end + 1]):
        following = words[end + 1]
        after = words[end + 2] if end + 2 < len(words) and adjacent(text, following, words[end + 2]) else None
        if _continues(words[at], following) or (searched and end == at and _may_be_surname(following)):
            end += 1
        elif following.key in _PARTICLES and after is not None and _capital_name(after):
            end += 2
        else:
            break
    start = at
    while start and at - start < 2 and adjacent(text, words[start - 1], words[start]):
        before = words[start - 1]
        if not (_capital_name(before) and not before.opens) and before.key not in surnames():
            break
        if before.key in surnames() and not before.capital and words[at].capital:
            break
        start -= 1
    return start, end


def _continues(first: Token, word: Token) -> bool:
    """Whether `word` goes on a name: with a capital, or in the lists when the name is written without capitals."""
    if _capital_name(word):
        return True
    return not first.capital and (word.key in surnames() or given_names().get(word.key) is False)


def _may_be_surname(word: Token) -> bool:
    return word.key not in _FUNCTION and word.key not in ordinary() and len(word.key) > 2


def _capital_name(word: Token) -> bool:
    return (
        word.capital
        and not (word.acronym and word.key not in given_names() and word.key not in surnames())
        and (word.key not in ordinary())
    )


def _told_persons(text: str, words: Sequence[Token]) -> Iterator[Finding]:
    starts = {word.start: at for at, word in enumerate(words)}
    for pattern, why, any_case in ((_TITLE, TITLED, False), (_SIGNS, INTRODUCED, False), (_SAYS, INTRODUCED, True)):
        for found in pattern.finditer(text):
            at = starts.get(found.end())
            if at is not None and (span := _called(text, words, at, any_case)):
                yield *span, Kind.PERSON, why
    for at, word in enumerate(words[:-1]):
        if word.key in _RELATIVES and adjacent(text, word, words[at + 1]) and _capital_name(words[at + 1]):
            yield *_called(text, words, at + 1, False), Kind.PERSON, TITLED


def _called(text: str, words: Sequence[Token], at: int, any_case: bool) -> tuple[int, int] | tuple[()]:
    """The name that begins with the word at `at`, three words at most; empty when none does."""
    end = at - 1
    for number in range(at, min(at + 3, len(words))):
        word = words[number]
        if number > at and not adjacent(text, words[number - 1], word):
            break
        listed = word.key in surnames() or word.key in given_names()
        if not (
            _capital_name(word) or listed or (any_case and word.key not in _FUNCTION and word.key not in ordinary())
        ):
            break
        end = number
    return (words[at].start, words[end].end) if end >= at else ()


def _capitals(text: str, words: Sequence[Token], places: Collection[str]) -> Iterator[Finding]:
    """Two or three words with capitals that are nowhere in the text without, and no municipality."""
    lower = {word.key for word in words if word.text.islower()}
    at = 0
    while at < len(words):
        end = at
        while end < len(words) and end - at < 3 and _unknown(words[end], lower):
            if end > at and not adjacent(text, words[end - 1], words[end]):
                break
            end += 1
        after_saint = at and words[at - 1].key in _SAINTS and adjacent(text, words[at - 1], words[at])
        is_place = end > at and normalise(text[words[at].start : words[end - 1].end]) in places
        if end - at >= 2 and not after_saint and not is_place:
            yield words[at].start, words[end - 1].end, Kind.PERSON, CAPITALS
        at = max(end, at + 1)


def _unknown(word: Token, lower: set[str]) -> bool:
    plain = word.capital and not word.acronym and len(word.key) > 2
    known = word.key in ordinary() or word.key in given_names() or word.key in _SAINTS
    return plain and not known and word.key not in lower


def organisations(text: str, words: Sequence[Token], known: Iterable[str]) -> Iterator[Finding]:
    """Names of organisations in a plain text of `words`: the `known` ones, and whatever stands before a legal form."""
    by_first: dict[str, list[list[str]]] = {}
    for name in known:
        parts = _parts(name)
        while len(parts) > 1 and parts[-1] in _FORM_WORDS:
            parts.pop()
        if parts and (len(parts) > 1 or len(parts[0]) > 2):
            by_first.setdefault(parts[0], []).append(parts)
    pieces = [(found.start(), found.end(), normalise(found.group())) for found in re.finditer(r"[^\W_]+", text)]
    for at, (start, _end, key) in enumerate(pieces):
        for parts in by_first.get(key, ()):
            same = [piece[2] for piece in pieces[at : at + len(parts)]] == parts
            if same and (len(parts) > 1 or not text[start].islower()):
                yield start, pieces[at + len(parts) - 1][1], Kind.ORGANISATION, KNOWN_ORGANISATION
    yield from _companies(text, words)


def _companies(text: str, words: Sequence[Token]) -> Iterator[Finding]:
    for found in _COMPANY.finditer(text):
        before = [at for at, word in enumerate(words) if word.end <= found.start()]
        end = before[-1] if before else -1
        start = end + 1
        while start and end - start < 5 and words[start - 1].capital:
            if start <= end and not adjacent(text, words[start - 1], words[start]):
                break
            start -= 1
        if end >= 0 and start <= end and not text[words[end].end : found.start()].strip(" ,'’\"“”«»"):
            yield words[start].start, found.end(), Kind.ORGANISATION, LEGAL_FORM

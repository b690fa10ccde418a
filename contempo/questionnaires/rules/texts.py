"""Free texts: what may be told of them, which look personal, and how their words are counted."""

import re
from collections.abc import Iterable
from dataclasses import dataclass
from enum import StrEnum

import phonenumbers

from contempo.core.small_cells import LEAST
from contempo.core.text import normalise
from contempo.core.words import N_
from contempo.questionnaires.rules.states import Mode

SHORTEST = 3
"""Letters of the shortest word that is counted."""


class Trace(StrEnum):
    """What in a text looks as if it named somebody."""

    EMAIL = "email"
    PHONE = "phone"
    TAX_CODE = "tax_code"
    IBAN = "iban"
    NAME = "name"


TRACE_LABELS: dict[str, str] = {
    Trace.EMAIL: N_("e-mail address"),
    Trace.PHONE: N_("telephone number"),
    Trace.TAX_CODE: N_("fiscal code"),
    Trace.IBAN: N_("bank account"),
    Trace.NAME: N_("perhaps a name"),
}

# Whatever has the shape of one, also mistyped.
_EMAIL = re.compile(r"[^\s@<>]+@[^\s@<>]+\.\w{2,}")
_TAX_CODE = re.compile(
    r"\b[A-Za-z]{6}[0-9LMNPQRSTUVlmnpqrstuv]{2}[A-Za-z][0-9A-Za-z]{2}[A-Za-z][0-9A-Za-z]{3}[A-Za-z]\b"
)
_IBAN = re.compile(r"\b[A-Z]{2}\d{2}(?: ?[A-Z0-9]{4}){3,7}(?: ?[A-Z0-9]{1,3})?\b")
# Who is about to be named, then a word with a capital.
_CALLED = re.compile(
    r"\b(?:[Mm]i chiamo|[Ii]l mio nome [eè]|[Mm]y name is|[Ss]ono"
    r"|[Ss]ig(?:\.ra|nora|nor|\.)?|[Dd]ott(?:\.ssa|oressa|or|\.)?)"
    r"\.?\s+[A-ZÀ-Ý][a-zà-ÿ']+"
)
# Two words with a capital, not where a sentence begins.
_TWO_NAMES = re.compile(r"(?<=[a-zà-ÿ,] )[A-ZÀ-Ý][a-zà-ÿ']{2,} [A-ZÀ-Ý][a-zà-ÿ']{2,}\b")


def traces(text: str) -> tuple[Trace, ...]:
    """What in `text` looks as if it named somebody, each kind once. A help for who reads, no proof that there is
    nothing: people are recognised by what they tell, too.
    """
    found = []
    if _EMAIL.search(text):
        found.append(Trace.EMAIL)
    if any(True for _match in phonenumbers.PhoneNumberMatcher(text, "IT")):
        found.append(Trace.PHONE)
    if _TAX_CODE.search(text):
        found.append(Trace.TAX_CODE)
    if _IBAN.search(text):
        found.append(Trace.IBAN)
    if _CALLED.search(text) or _TWO_NAMES.search(text):
        found.append(Trace.NAME)
    return tuple(found)


def may_be_shown(mode: Mode, texts: int) -> bool:
    """Whether so many texts of one question may be read one by one: where answers are not with name at least `LEAST`,
    because few texts of few people tell whose they are.
    """
    return mode == Mode.IDENTIFIED or texts >= LEAST


_SOUGHT = re.compile(r"[\"“”«»]([^\"“”«»]*)[\"“”«»]|([^\s\"“”«»]+)")


def sought(search: str) -> tuple[tuple[str, ...], tuple[str, ...]]:
    """What a search asks for: pieces of words, and between quotation marks whole words next to each other. Both without
    case and accents; all of them are to be found.
    """
    pieces, phrases = [], []
    for phrase, piece in _SOUGHT.findall(search):
        pieces += normalise(piece).split()
        if found := " ".join(re.findall(r"[a-z0-9]+", normalise(phrase))):
            phrases.append(found)
    return tuple(pieces), tuple(phrases)


@dataclass(frozen=True)
class Word:
    """A word: in how many texts it is, and how often it was written."""

    word: str
    texts: int
    times: int


def words(text: str) -> list[str]:
    """The words of a text as they are counted: without case and accents, without the shortest and the most common.

    Forms are not brought together: “flessibile” and “flessibili” are two words.
    """
    return [word for word in re.findall(r"[a-z]+", normalise(text)) if len(word) >= SHORTEST and word not in STOP_WORDS]


def frequencies(counted: Iterable[tuple[str, int, int]], mode: Mode) -> tuple[Word, ...]:
    """The words of `counted` (word, texts, times) that may be told, the most frequent first. Where answers are not with
    name, those in fewer than `LEAST` texts are left out: a rare word tells who wrote it.
    """
    least = 1 if mode == Mode.IDENTIFIED else LEAST
    told = [Word(word, texts, times) for word, texts, times in counted if texts >= least and word not in STOP_WORDS]
    return tuple(sorted(told, key=lambda each: (-each.texts, -each.times, each.word)))


STOP_WORDS = frozenset(
    """
    abbia abbiamo abbiano abbiate ad adesso agli ai al alcuna alcune alcuni alcuno all alla alle allo allora altra
    altre altri altro anche ancora appena avanti avendo avere avesse avessero avete aveva avevamo avevano avevo
    avra avrebbe avrebbero avremmo avrei bene che chi chiunque ci cio cioe circa coi col come comunque con contro
    cosa cosi credo cui da dagli dai dal dall dalla dalle dallo davanti degli dei del dell della delle dello
    dentro deve devo devono di dopo dove dovrebbe dovrebbero dovunque due durante ecc eccetera ed ecco era erano
    eravamo eri ero esempio essa esse essendo essere essi esso fa fai fanno fare fatto fino fossero fosse fra
    fuori gia gli grazie ha hai hanno ho il in infatti infine inoltre insieme io la le lei li lo loro lui ma
    magari me meglio meno mentre mi mia mie miei mio molta molte molti molto ne nei nel nell nella nelle nello
    nemmeno neppure nessun nessuna nessuno niente no noi non nostra nostre nostri nostro nulla o ogni ognuno oltre
    oppure ora per pero perche piu piuttosto po poca poche pochi poco poi possa possano possiamo posso possono potere
    potrebbe potrebbero prima presso proprio puo qua quale quali qualche qualcosa qualcuno qualsiasi quando quanta
    quante quanti quanto quasi quella quelle quelli quello questa queste questi questo qui quindi sara saranno
    sarebbe sarebbero se sebbene secondo sei sembra sempre senza si sia siamo siano siete sono sopra soprattutto
    sotto sta stanno stata state stati stato stesso stessa stessi stesse su sua sue sugli sui sul sull sulla sulle
    sullo suo suoi tale tali tanta tante tanti tanto te ti tra troppa troppe troppi troppo tu tua tue tuo tuoi
    tutta tuttavia tutte tutti tutto un una uno va vai vanno verso vi via vostra vostre vostri vostro vorrei about
    above after again all also and any are because been before being but can could did does doing down during each
    etc few for from further had has have having her here hers him his how into its itself just more most not now
    off only other our ours out over own please same she should some such than thank thanks that the their theirs
    them then there these they this those through too under until very was were what when where which while who
    whom why will with would you your yours
    """.split()
)
"""Words too common to tell anything, in Italian and English, without accents."""

"""The criteria activities are assessed against: those proposed at first, what a version may say, what changed."""

from collections.abc import Collection, Sequence
from dataclasses import asdict, dataclass, fields
from enum import StrEnum

from contempo.core.text import slugify
from contempo.core.verdict import Refusal
from contempo.core.words import N_

THRESHOLD = 50
"""The threshold proposed at first, in per cent of working time. No law sets one: each employer decides its own."""
MOST_CRITERIA = 12
LONGEST_TEXT = 300
_LONGEST_KEY = 20


@dataclass(frozen=True)
class Criterion:
    """What is asked of an activity, in both languages. One that is not met and `required` rules the activity out."""

    key: str
    text_it: str
    text_en: str
    help_it: str = ""
    help_en: str = ""
    required: bool = False

    @classmethod
    def read(cls, stored: dict[str, object]) -> "Criterion":
        """The criterion that `written` gave."""
        return cls(**{each.name: stored[each.name] for each in fields(cls)})  # type: ignore[arg-type]

    def written(self) -> dict[str, object]:
        """As a version keeps it, in JSON."""
        return asdict(self)

    def text(self, language: str) -> str:
        """What is asked, in `language` ("it" or "en"); in the other one where that is missing."""
        return (self.text_en or self.text_it) if language == "en" else (self.text_it or self.text_en)

    def help(self, language: str) -> str:
        """What it means, in `language`; in the other one where that is missing."""
        return (self.help_en or self.help_it) if language == "en" else (self.help_it or self.help_en)


PROPOSED: tuple[Criterion, ...] = (
    Criterion(
        "individual",
        "Si può svolgere individualmente e programmare",
        "It can be done individually and planned",
        "Chi la svolge può farlo senza la presenza di altre persone e sa prima in quali giorni.",
        "Who does it needs nobody else beside, and knows beforehand on which days.",
    ),
    Criterion(
        "tools",
        "Strumenti e documenti si raggiungono a distanza",
        "Tools and documents can be reached from elsewhere",
        "Programmi, archivi e fascicoli che servono si usano anche fuori dalla sede, in modo sicuro.",
        "The programs, archives and files that are needed can be used outside the office, safely.",
    ),
    Criterion(
        "presence",
        "Non richiede la presenza fisica",
        "It needs no physical presence",
        "Non serve essere in un luogo preciso: un cantiere, uno sportello, un magazzino, un’aula.",
        "Nobody has to be at a certain place: a building site, a counter, a store, a classroom.",
        required=True,
    ),
    Criterion(
        "relations",
        "Non c’è contatto diretto con l’utenza, o funziona altrettanto bene a distanza",
        "There is no direct contact with users, or it works as well at a distance",
        "Chi usa il servizio ottiene lo stesso risultato anche per telefono, per e-mail o in video.",
        "Users get the same result by telephone, by e-mail or by video.",
        required=True,
    ),
    Criterion(
        "output",
        "Il risultato si riconosce, si misura e ha un termine",
        "The output can be identified and measured, within a defined time",
        "Si può dire che cosa deve essere pronto, entro quando, e verificare che lo sia.",
        "One can say what has to be ready and by when, and see that it is.",
    ),
)
"""The criteria an employer begins with, to be published as they are or changed.

Sources: law 7 August 2015, n. 124, art. 14, and the guidelines on the agile work plan (POLA) approved by the decree of
the Minister for Public Administration of 9 December 2020, which leave each body to find out which activities can be
done so; the guidelines on agile work in public administrations of 30 November 2021 (art. 1(6) of the decree of 8
October 2021); the agile work plan of the Municipality of Milan (resolution of the Giunta 580 of 25 May 2021), which
maps activities continuously. The wording, and which are required, are Contempo's proposal.
"""


class Difference(StrEnum):
    """How a criterion differs from the version before."""

    ADDED = "added"
    DROPPED = "dropped"
    REWORDED = "reworded"
    REQUIRED = "required"
    OPTIONAL = "optional"


@dataclass(frozen=True)
class Differing:
    """A criterion that differs, as the later version has it (the earlier one when it was dropped)."""

    how: Difference
    criterion: Criterion
    before: Criterion | None = None


def differences(before: Sequence[Criterion], after: Sequence[Criterion]) -> tuple[Differing, ...]:
    """What `after` changes, in its order; what it drops at the end. The order alone is no difference."""
    was = {each.key: each for each in before}
    found: list[Differing] = []
    for each in after:
        old = was.pop(each.key, None)
        if old is None:
            found.append(Differing(Difference.ADDED, each))
            continue
        if (old.text_it, old.text_en, old.help_it, old.help_en) != (
            each.text_it,
            each.text_en,
            each.help_it,
            each.help_en,
        ):
            found.append(Differing(Difference.REWORDED, each, old))
        if old.required != each.required:
            found.append(Differing(Difference.REQUIRED if each.required else Difference.OPTIONAL, each, old))
    return (*found, *(Differing(Difference.DROPPED, each) for each in was.values()))


def checked_criteria(criteria: Sequence[Criterion], threshold: int) -> None:
    """Raise `Refusal` unless a version may hold these: one criterion at least, each written in both languages."""
    if not criteria:
        raise Refusal(N_("Keep one criterion at least: without any there is nothing to assess."))
    if len(criteria) > MOST_CRITERIA:
        raise Refusal(N_("These are too many criteria: at most %(most)s."), most=MOST_CRITERIA)
    if len({each.key for each in criteria}) != len(criteria):
        raise ValueError("two criteria have the same key")
    for each in criteria:
        if not each.text_it.strip() or not each.text_en.strip():
            raise Refusal(N_("Write each criterion in both languages: everybody reads them."))
        if max(len(each.text_it), len(each.text_en)) > LONGEST_TEXT:
            raise Refusal(N_("A criterion has at most %(most)s characters."), most=LONGEST_TEXT)
    if not 1 <= threshold <= 100:
        raise Refusal(N_("The threshold is a share of working time: from 1 to 100 per cent."), field="threshold")


def key_for(text: str, taken: Collection[str]) -> str:
    """A short key for a new criterion, another one than those `taken`; it names the criterion in every version."""
    stem = slugify(text)[:_LONGEST_KEY].strip("-") or "criterion"
    if stem not in taken:
        return stem
    number = 2
    while (key := f"{stem[: _LONGEST_KEY - 3]}-{number}") in taken:
        number += 1
    return key

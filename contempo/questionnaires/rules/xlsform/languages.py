"""Texts of a workbook in Italian and English, whatever its columns call them. Pure."""

import re
from collections.abc import Iterable, Mapping
from dataclasses import dataclass

from contempo.core.words import N_
from contempo.questionnaires.rules.document import Words
from contempo.questionnaires.rules.xlsform.sheets import OURS, Finding, Level, Row, Sheets

_CODE = re.compile(r"\(([a-z]{2,3})(?:[-_][a-z]+)?\)\s*$", re.IGNORECASE)
_NAMES = {"it": "it", "ita": "it", "italiano": "it", "italian": "it", "en": "en", "eng": "en", "english": "en",
          "inglese": "en"}  # fmt: skip
UNNAMED = ""


def language_of(name: str) -> str | None:
    """`it` or `en` for a language as a column names it; None for any other."""
    if code := _CODE.search(name):
        return _NAMES.get(code[1].lower())
    return _NAMES.get(name.strip().lower())


@dataclass(frozen=True)
class Languages:
    """Which column suffix holds which language: empty is the column without one. `languages` are those found.

    `copied` when only English was found: its texts stand in both places until somebody translates them.
    """

    suffix: Mapping[str, str]
    languages: tuple[str, ...]
    copied: bool = False

    def words(self, row: Row, column: str) -> Words:
        """The text of a column in both languages."""
        texts = {"it": "", "en": ""}
        for language, suffix in self.suffix.items():
            texts[language] = row.get(f"{column}::{suffix}" if suffix else column)
        # A column without a language serves where the one with a language is empty.
        texts["it"] = texts["it"] or row.get(column)
        if self.copied:
            texts["it"] = texts["it"] or texts["en"]
        return Words(texts["it"], texts["en"])


def languages_of(sheets: Sheets) -> tuple[Languages, list[Finding]]:
    """The languages of a workbook, and what is said of those that are not kept."""
    names = _suffixes((*sheets.survey, *sheets.choices))
    plain = any(row.get("label") for row in sheets.survey)
    default = sheets.settings.get("default_language", "")
    found: dict[str, str] = {}
    other: list[str] = []
    for name in names:
        language = language_of(name)
        if language is None:
            other.append(name)
        elif language not in found:
            found[language] = name
    findings: list[Finding] = []
    if plain and "it" not in found:
        if language_of(default) == "en" and "en" not in found:
            found["en"] = UNNAMED
        else:
            found["it"] = UNNAMED
    copied = "it" not in found and "en" in found
    if not found and other:
        first = other.pop(0)
        found["it"] = first
        text = N_("No column is in Italian or English: the texts in “%(language)s” stand as the Italian ones.")
        findings.append(Finding(Level.NOTE, text, {"language": first}, column="label"))
    if copied:
        findings.append(
            Finding(Level.NOTE, N_("There is no Italian: the English texts stand in its place."), column="label")
        )
    for name in other:
        text = N_("Texts in “%(language)s” are not kept: questionnaires are in Italian and English.")
        findings.append(Finding(Level.NOTE, text, {"language": name}, column=f"label::{name}"))
    languages = ("it", "en") if "en" in found else ("it",)
    return Languages(found, languages, copied), findings


def _suffixes(rows: Iterable[Row]) -> list[str]:
    """The languages named by columns, in order, those of labels first."""
    names: dict[str, int] = {}
    for row in rows:
        for column in row.cells:
            base, mark, language = column.partition("::")
            if mark and (base in ("label", "hint") or base.startswith(OURS)):
                names[language] = min(names.get(language, 1), base != "label")
    return sorted(names, key=lambda name: names[name])

"""The sheets of an XLSForm as texts: rows with their numbers, columns by their usual names."""

import re
from collections.abc import Callable, Iterable, Mapping, Sequence
from dataclasses import dataclass, field
from datetime import date, datetime
from enum import StrEnum
from typing import Any

from contempo.questionnaires.rules.xlsform.expressions import Phrase

OURS = "contempo_"
"""What the names of our own columns begin with."""

ITALIAN, ENGLISH = "Italiano (it)", "English (en)"
HEADERS = {"it": ITALIAN, "en": ENGLISH}

MOST_ROWS = 5_000
MOST_COLUMNS = 120

_NAMES = {
    "list name": "list_name",
    "relevance": "relevant",
    "bind::relevant": "relevant",
    "bind::required": "required",
    "bind::constraint": "constraint",
    "bind::calculate": "calculation",
    "calculate": "calculation",
    "bind::readonly": "read_only",
    "readonly": "read_only",
    "body::appearance": "appearance",
    "control::appearance": "appearance",
    "jr:count": "repeat_count",
    "count": "repeat_count",
    "caption": "label",
    "command": "type",
    "media::image": "image",
    "media::audio": "audio",
    "media::video": "video",
}
_WORDED = ("label", "hint", "guidance_hint", "constraint_message", "required_message", "image", "audio", "video")
_SPACE = re.compile(r"[\s\u00a0\u200b]+")


class Level(StrEnum):
    """How grave a finding is: something small is not kept, a row is left out, nothing can be imported."""

    NOTE = "note"
    LEFT_OUT = "left_out"
    BLOCKED = "blocked"


LEVEL_ORDER = (Level.BLOCKED, Level.LEFT_OUT, Level.NOTE)


@dataclass(frozen=True)
class Finding:
    """What is not held of a workbook, and why: a message id with its parameters, where it stands (`row` 0: nowhere)."""

    level: Level
    text: str
    params: dict[str, object] = field(default_factory=dict)
    sheet: str = "survey"
    row: int = 0
    column: str = ""


def told(finding: Finding, translate: Callable[[str], str] = str) -> str:
    """The sentence of a finding, translated."""

    def said(text: str, params: Mapping[str, object]) -> str:
        values = {key: said(one.text, one.params) if isinstance(one, Phrase) else one for key, one in params.items()}
        return translate(text) % values if values else translate(text)

    return said(finding.text, finding.params)


@dataclass(frozen=True)
class Row:
    """A row of a sheet by column. Columns in a language are called `<column>::<language>` as the sheet writes it."""

    number: int
    cells: Mapping[str, str]

    def get(self, column: str) -> str:
        return self.cells.get(column, "")


@dataclass(frozen=True)
class Sheets:
    """The three sheets that count."""

    survey: tuple[Row, ...]
    choices: tuple[Row, ...] = ()
    settings: Mapping[str, str] = field(default_factory=dict)
    missing: tuple[str, ...] = ()


def sheets_from(tables: Mapping[str, Sequence[Sequence[Any]]]) -> Sheets:
    """Sheets from tables of cells, as a spreadsheet gives them, by name. `missing` names what no XLSForm is without."""
    named = {_plain(name): table for name, table in tables.items()}
    survey, settings = _rows(named.get("survey", ())), _rows(named.get("settings", ()))
    missing = ("survey",) if "survey" not in named else ()
    if not missing and survey and not any(row.get("type") for row in survey):
        missing = ("type",)
    choices = _rows(named.get("choices", ()), choices=True)
    return Sheets(tuple(survey), tuple(choices), settings[0].cells if settings else {}, missing)


def _rows(table: Iterable[Sequence[Any]], *, choices: bool = False) -> list[Row]:
    """Rows with anything in them, by the names of the first that has."""
    found: list[Row] = []
    headers: list[str] | None = None
    for number, cells in enumerate(table, start=1):
        texts = [cell_text(cell) for cell in cells]
        if not any(texts):
            continue
        if headers is None:
            headers = [_header(text, choices) for text in texts]
            continue
        row = {header: text for header, text in zip(headers, texts, strict=False) if header and text}
        if row:
            found.append(Row(number, row))
    return found


def _header(text: str, choices: bool) -> str:
    """The usual name of a column; the language stays as it is written."""
    name = _SPACE.sub(" ", text)
    if ":" in name and "::" not in name:
        base, _, language = name.partition(":")
        if _plain(base) in _WORDED:
            name = f"{base}::{language}"
    lowered = _NAMES.get(_plain(name), "")
    if lowered:
        return lowered
    if name.lower().startswith("media::"):
        name = name[len("media::") :]
    base, mark, language = name.partition("::")
    plain = _plain(base).replace(" ", "_")
    plain = _NAMES.get(plain, plain)
    if choices and plain == "value":
        plain = "name"
    return f"{plain}::{language.strip()}" if mark else plain


def _plain(text: str) -> str:
    return _SPACE.sub(" ", text).strip().lower()


def cell_text(cell: Any) -> str:
    """A cell as text: whole numbers without “.0”, days as 2026-11-20, true and false as XLSForm writes them."""
    if cell is None:
        return ""
    if isinstance(cell, bool):
        return "true" if cell else "false"
    if isinstance(cell, float) and cell == int(cell) and abs(cell) < 1e15:
        return str(int(cell))
    if isinstance(cell, datetime):
        return cell.date().isoformat() if not (cell.hour or cell.minute or cell.second) else cell.isoformat(" ")
    if isinstance(cell, date):
        return cell.isoformat()
    return str(cell).replace("\r\n", "\n").replace("\u00a0", " ").strip()

"""The lists of answers of a workbook. Pure."""

import re
from collections.abc import Iterable, Mapping
from dataclasses import dataclass

from contempo.core.words import N_
from contempo.questionnaires.rules.document import Option, Words
from contempo.questionnaires.rules.xlsform.languages import Languages
from contempo.questionnaires.rules.xlsform.names import Keys
from contempo.questionnaires.rules.xlsform.sheets import OURS, Finding, Level, Row

OTHER_KEYS = frozenset({"other", "altro", "altra", "others", "autre", "otro", "oth", "other_specify", "96", "99"})
_OTHER = Words("Altro", "Other")


@dataclass(frozen=True)
class Choices:
    """A list of answers: options, and their keys by the names they have in the workbook."""

    options: tuple[Option, ...]
    keys: Mapping[str, str]
    scored: bool = False

    def with_other(self) -> "Choices":
        """The list with “other” added at its end, as `or_other` asks, or marked where it is there already."""
        if "other" in self.keys:
            return self.marked(self.keys["other"])
        keys = Keys()
        keys.taken = set(self.keys.values())
        key = keys.of("other")
        return Choices((*self.options, Option(key, _OTHER, other=True)), {**self.keys, "other": key}, self.scored)

    def marked(self, other: str = "", alone: Iterable[str] = ()) -> "Choices":
        """The list with the option that asks for a text, and those that stand alone, marked."""
        alone = set(alone)
        options = tuple(
            Option(one.key, one.label, one.other or one.key == other, one.exclusive or one.key in alone, one.score,
                   one.tag)
            for one in self.options
        )  # fmt: skip
        return Choices(options, self.keys, self.scored)

    def unscored(self) -> "Choices":
        """The list without scores, for kinds that have none."""
        options = tuple(Option(one.key, one.label, one.other, one.exclusive, None, one.tag) for one in self.options)
        return Choices(options, self.keys)

    def untagged(self) -> "Choices":
        """The list without needs, for kinds that tell none."""
        options = tuple(Option(one.key, one.label, one.other, one.exclusive, one.score) for one in self.options)
        return Choices(options, self.keys, self.scored)


def lists_of(rows: Iterable[Row], languages: Languages) -> tuple[dict[str, Choices], list[Finding]]:
    """Every list by its name, and what is not kept of them."""
    grouped: dict[str, list[Row]] = {}
    findings: list[Finding] = []
    for row in rows:
        name = row.get("list_name")
        if not name:
            findings.append(_note(N_("This answer belongs to no list."), row, "list_name"))
        elif not row.get("name"):
            findings.append(Finding(Level.BLOCKED, N_("This answer has no name."), {}, "choices", row.number, "name"))
        else:
            grouped.setdefault(name, []).append(row)
            findings.extend(_unkept(row))
    return {name: _choices(rows, languages) for name, rows in grouped.items()}, findings


def _choices(rows: list[Row], languages: Languages) -> Choices:
    given = Keys()
    options: list[Option] = []
    keys: dict[str, str] = {}
    for row in rows:
        name = row.get("name")
        if name in keys:
            continue
        keys[name] = given.of(name, letter=False, spare="risposta")
        words = languages.words(row, "label")
        score = row.get(f"{OURS}score")
        options.append(
            Option(
                keys[name],
                words if words.it else Words(words.en or name, words.en),
                score=int(score) if re.fullmatch(r"-?\d{1,4}", score) else None,
                tag=row.get(f"{OURS}need"),
            )
        )
    return Choices(tuple(options), keys, any(one.score is not None for one in options))


def _unkept(row: Row) -> Iterable[Finding]:
    for column in ("image", "audio", "video"):
        if any(name.partition("::")[0] == column for name in row.cells):
            yield _note(N_("Pictures, sounds and videos are not kept."), row, column)


def _note(text: str, row: Row, column: str) -> Finding:
    return Finding(Level.NOTE, text, {}, "choices", row.number, column)

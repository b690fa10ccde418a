"""What somebody answered, told in words, also inside the texts of later questions: `{key}` stands for an answer.

The result is plain text: who puts it on a page escapes it as any other. An answer that looks like `{key}` is not read
again, so nobody can draw out an answer by writing its name.
"""

import re
from collections.abc import Callable
from datetime import date
from typing import Any

from contempo.questionnaires.rules.asking import Answers, is_missing
from contempo.questionnaires.rules.document import CHOOSING, OTHER, Document, Kind, Question, Words
from contempo.questionnaires.rules.numbers import number_told

NAMED = re.compile(r"\{([a-z][a-z0-9_]*)\}")
"""How an answer is named in a text."""
UNKNOWN = "…"
LONGEST = 200

TELLABLE = frozenset({
    Kind.SINGLE, Kind.MULTIPLE, Kind.SCALE, Kind.LIKERT, Kind.NUMBER, Kind.TEXT, Kind.DATE, Kind.RANKING,
    Kind.MUNICIPALITY, Kind.ORGANISATION,
})  # fmt: skip
"""The kinds whose answer may be named in a text."""

Name = Callable[[Kind, Any], str]
"""The name of the municipality or organisation an answer gives, or of a file; empty when it is not known."""


def no_name(kind: Kind, value: Any) -> str:
    """For texts that name no municipality, organisation or file."""
    return ""


def in_language(words: Words, language: str) -> str:
    """A text in a language; the Italian where the other is empty."""
    return (words.en if language == "en" else words.it) or words.it


def names_in(words: Words) -> set[str]:
    """The keys of questions named in a text, in either language."""
    return {found for text in (words.it, words.en) for found in NAMED.findall(text)}


def piped(words: Words, document: Document, answers: Answers, language: str = "it", name: Name = no_name) -> str:
    """A text in the language with every `{key}` replaced by what was answered, “…” where nothing was.

    For a question of a group that repeats give the answers of that time over the others. A `{key}` that is no
    question stays as it is.
    """
    text = in_language(words, language)
    if "{" not in text:
        return text
    questions = {placed.question.key: placed.question for placed in document.questions()}

    def replaced(found: re.Match[str]) -> str:
        question = questions.get(found[1])
        if question is None:
            return found[0]
        if question.kind == Kind.NUMBER and not is_missing(answers.get(question.key)):
            # The sentence has the unit in its own words.
            return number_told(answers[question.key], question.decimals, language)
        return _short(told(question, answers, language, name)) if question.kind in TELLABLE else UNKNOWN

    return NAMED.sub(replaced, text)


def told(question: Question, answers: Answers, language: str = "it", name: Name = no_name) -> str:
    """The answer to a question in words, empty when there is none: options by their labels, numbers and days as they
    are written in the language. A table gives a line for each row.
    """
    value = answers.get(question.key)
    if is_missing(value):
        return ""
    other = str(answers.get(question.key + OTHER) or "")
    if question.kind == Kind.MATRIX:
        lines = ((row, value.get(row.key)) for row in question.rows) if isinstance(value, dict) else ()
        return "\n".join(
            f"{in_language(row.label, language)}: {_option(question, chosen, '', language)}"
            for row, chosen in lines
            if chosen
        )
    if question.kind in CHOOSING:
        several = value if isinstance(value, list | tuple) else [value]
        return ", ".join(_option(question, one, other, language) for one in several)
    match question.kind:
        case Kind.NUMBER:
            number = number_told(value, question.decimals, language)
            return f"{number} {question.unit}".strip()
        case Kind.DATE:
            return _day(value)
        case Kind.FILE:
            files = value if isinstance(value, list | tuple) else ()
            return ", ".join(name(question.kind, one) or str(one) for one in files)
        case Kind.MUNICIPALITY | Kind.ORGANISATION:
            return name(question.kind, value) or str(value)
        case _:
            return str(value)


def _option(question: Question, key: Any, other: str, language: str) -> str:
    for option in question.options:
        if option.key == key:
            label = in_language(option.label, language)
            return f"{label}: {other}" if option.other and other else label
    return str(key)


def _day(value: Any) -> str:
    try:
        return date.fromisoformat(str(value)).strftime("%d/%m/%Y")
    except ValueError:
        return str(value)


def _short(text: str) -> str:
    """An answer as it stands inside a sentence: one line, cut where it is long; “…” for nothing."""
    line = " ".join(text.split())
    if len(line) > LONGEST:
        return line[: LONGEST - 1].rstrip() + UNKNOWN
    return line or UNKNOWN

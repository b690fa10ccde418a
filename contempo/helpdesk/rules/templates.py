"""Templates of answers: texts to begin with, in which some names stand for what differs from question to question."""

import re
from collections.abc import Mapping
from enum import StrEnum

from contempo.core.verdict import Refusal
from contempo.core.words import N_


class Variable(StrEnum):
    """Names that may stand in a template, between double braces."""

    NAME = "name"
    NUMBER = "number"
    DUE = "due"
    TOPIC = "topic"
    EXPERT = "expert"


VARIABLE_MEANINGS: dict[str, str] = {
    Variable.NAME: N_("name of whoever asked, if given"),
    Variable.NUMBER: N_("number of the question"),
    Variable.DUE: N_("promised time of the answer"),
    Variable.TOPIC: N_("topic of the question"),
    Variable.EXPERT: N_("your name"),
}

MAX_TITLE = 120
_NAMED = re.compile(r"\{\{\s*([^{}]*?)\s*\}\}")
_SPACED = re.compile(r"([ \t]*)\{\{\s*([^{}]*?)\s*\}\}")


def check_template(title: str, text: str) -> None:
    """Refuse a template without title or text, or with a name that stands for nothing."""
    if not title.strip():
        raise Refusal(N_("Give the template a title."), field="title")
    if not text.strip():
        raise Refusal(N_("Write the text of the template."), field="text")
    for name in _NAMED.findall(text):
        if name not in set(Variable):
            raise Refusal(
                N_("“{{%(name)s}}” stands for nothing: use one of the names listed below the text."),
                field="text",
                name=name,
            )


def filled(text: str, values: Mapping[str, str]) -> str:
    """`text` with each name replaced by its value; what has no value is left out, with the space before it."""
    return _SPACED.sub(lambda found: f"{found[1]}{value}" if (value := values.get(found[2], "")) else "", text)

"""A problem found in a questionnaire, and the shape of its keys."""

import re
from dataclasses import dataclass, field

KEY_LENGTH = 40
KEY = re.compile(r"[a-z][a-z0-9]*(?:_[a-z0-9]+)*")
"""Keys of pages, groups and questions. Two underscores together would be taken for the name of a column of an option
(`q_<question>__<option>`)."""
CHOICE_KEY = re.compile(r"[a-z0-9]+(?:_[a-z0-9]+)*")
"""Keys of options and rows, which may be numbers too."""


@dataclass(frozen=True)
class Problem:
    """What is wrong at `where`: the key of a page, group or question, empty for the whole questionnaire.

    `text` is a message id with its `params`; `part` names what of the question it speaks of, as the fields of
    `rules.document.Question` are called, `at` the place among its options, rows or tests, from 0, and `language` which
    of two texts lacks something. A `warning` does not stop a publication.
    """

    where: str
    text: str
    params: dict[str, object] = field(default_factory=dict)
    part: str = ""
    at: int | None = None
    language: str = "it"
    warning: bool = False

"""What is wrong with a file: where, what was found there, and what was expected."""

import re
from collections.abc import Mapping
from dataclasses import dataclass, field

from contempo.core.words import N_

Step = str | int
Loc = tuple[Step, ...]
"""Where in the tree: names of fields and positions in lists."""

_STEPS = re.compile(r"\[[0-9]+\]|[^.\[\]]+")

MOST_SHOWN = 80
"""Characters of what was found that are shown."""

MOST_LONG = 200
"""Characters of a path that are shown."""


@dataclass(frozen=True)
class Phrase:
    """A message id with its parameters, to be translated by who shows it."""

    text: str
    params: Mapping[str, str] = field(default_factory=dict)


@dataclass(frozen=True)
class Fault:
    """Something wrong at a place of the tree, before it is known in which line that is."""

    loc: Loc
    found: Phrase
    expected: Phrase


@dataclass(frozen=True)
class Problem:
    """Something wrong in a file. `line` and `column` count from 1; in a workbook `sheet` says of which table."""

    file: str
    line: int
    column: int
    path: str
    found: Phrase
    expected: Phrase
    sheet: str = ""


class WrongFile(ValueError):
    """A file that cannot be read, with all that is wrong in it, in the order of its lines."""

    def __init__(self, problems: tuple[Problem, ...]) -> None:
        super().__init__(f"{len(problems)} problems")
        self.problems = problems


NOTHING = Phrase(N_("nothing"))


def quoted(text: str) -> Phrase:
    """What was found, as it is written; cut when long."""
    shown = text if len(text) <= MOST_SHOWN else f"{text[: MOST_SHOWN - 1]}…"
    return Phrase("“%(text)s”", {"text": " ".join(shown.split())}) if shown.strip() else NOTHING


def found(value: object) -> Phrase:
    """What was found, for any value a file can hold."""
    if isinstance(value, dict):
        return Phrase(N_("fields with a name"))
    if isinstance(value, list | tuple):
        return Phrase(N_("a list"))
    return NOTHING if value is None else quoted(str(value))


def written(loc: Loc) -> str:
    """A place as people read it: `alliances[1].partners[3].role`."""
    steps = "".join(f"[{step}]" if isinstance(step, int) else f".{step}" for step in loc)
    path = steps.removeprefix(".")
    return path if len(path) <= MOST_LONG else f"{path[: MOST_LONG - 1]}…"


def read_path(path: str) -> Loc:
    """A place from how it is written; the inverse of `written`."""
    return tuple(int(step[1:-1]) if step.startswith("[") else step for step in _STEPS.findall(path))

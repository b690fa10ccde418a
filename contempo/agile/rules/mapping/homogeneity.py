"""The same activity in different units, assessed differently."""

from collections.abc import Mapping, Sequence
from dataclasses import dataclass

from contempo.agile.rules.mapping.assessing import Answer
from contempo.core.text import slugify

_LONGEST = 200


def title_key(title: str) -> str:
    """What two titles must have in common to be the same activity: their words, in their order.

    Neither case nor accents, apostrophes, punctuation or spaces count. Titles that are merely alike are different: that
    two units mean the same by other words is for people to say.
    """
    return slugify(title).replace("-", " ")[:_LONGEST]


@dataclass(frozen=True)
class Contrast:
    """Where assessments of the same activity part: by result, and by the keys of criteria answered differently."""

    results: bool
    criteria: tuple[str, ...]

    @property
    def any(self) -> bool:
        return self.results or bool(self.criteria)


def contrast(assessed: Sequence[tuple[str, int, Mapping[str, Answer]]]) -> Contrast:
    """Where the newest assessments of an activity in several units differ: each its result, the number of the version
    of the criteria, and its answers.

    Answers are compared between assessments under the same version: under another one the question was another.
    """
    given: dict[tuple[int, str], set[str]] = {}
    for _result, version, answers in assessed:
        for key, answer in answers.items():
            given.setdefault((version, key), set()).add(answer.met.value)
    keys = dict.fromkeys(key for (_version, key), met in given.items() if len(met) > 1)
    return Contrast(len({result for result, _version, _answers in assessed}) > 1, tuple(keys))

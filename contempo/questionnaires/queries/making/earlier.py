"""The questions that stand before a part: those a condition may speak of, and those whose answer may be told."""

from dataclasses import dataclass

from contempo.questionnaires.queries.making.wording import called
from contempo.questionnaires.rules.document import Document, Group, Kind, Question
from contempo.questionnaires.rules.editing import Ref
from contempo.questionnaires.rules.editing.parts import every
from contempo.questionnaires.rules.piping import TELLABLE


@dataclass(frozen=True)
class Earlier:
    """A question that stands before, and how it is called in a list."""

    question: Question
    name: str

    @property
    def code(self) -> str:
        """What stands for its answer inside a text; empty where the answer cannot be told."""
        return f"{{{self.question.key}}}" if self.question.kind in TELLABLE else ""


def earlier_than(document: Document, ref: Ref) -> tuple[Earlier, ...]:
    """The questions before the part called `ref`. Of a group that repeats only to the questions in it: to the others
    each of its questions has many answers.
    """
    found: list[Earlier] = []
    parts = every(document)
    repeated = {Ref.of(part) for part, _place in parts if isinstance(part, Group) and part.repeat}
    home = next((place.within for part, place in parts if Ref.of(part) == ref), None)
    for part, place in parts:
        if Ref.of(part) == ref:
            break
        if not isinstance(part, Question) or part.kind == Kind.NOTE:
            continue
        if place.within != home and place.within in repeated:
            continue
        found.append(Earlier(part, f"{len(found) + 1}. {called(part)}"))
    return tuple(found)

"""The port through which agile work is told what people think of it: satisfaction and productivity.

Answers come from a questionnaire. Whoever gathers them registers a source; until then these figures are missing, which
is not zero.
"""

from collections.abc import Callable
from dataclasses import dataclass
from datetime import date
from enum import StrEnum

from contempo.core.words import N_


class Topic(StrEnum):
    SATISFACTION = "satisfaction"
    PRODUCTIVITY = "productivity"


TOPIC_LABELS: dict[str, str] = {
    Topic.SATISFACTION: N_("Satisfied with agile work"),
    Topic.PRODUCTIVITY: N_("Say that they work better, or as well"),
}


@dataclass(frozen=True)
class OpinionScope:
    """Whose answers are asked for: those given from `since` to `until` (excluded) by people of an employer.

    A directorate, a sex (`f`, `m`, `x`) and an age class (a key of `rules.staff.AGE_CLASSES`) narrow them when given.
    """

    network_id: int
    organisation_id: int
    employer_id: int
    since: date
    until: date
    directorate_id: int | None = None
    sex: str = ""
    age: str = ""


@dataclass(frozen=True)
class Opinion:
    """`favourable` of `answers`; `url` opens exactly these answers, for who may, and is empty otherwise."""

    favourable: int
    answers: int
    url: str = ""

    def __post_init__(self) -> None:
        if not 0 <= self.favourable <= self.answers:
            raise ValueError(f"{self.favourable} of {self.answers} answers")


@dataclass(frozen=True)
class OpinionSource:
    """Answers about one topic. `name` words where they come from, a message id.

    `read(scope)` gives them, None when nobody was asked: nothing measured, which is not zero of zero. It costs the same
    number of SQL however many answers there are.
    """

    topic: Topic
    name: str
    read: Callable[[OpinionScope], Opinion | None]


_sources: dict[Topic, OpinionSource] = {}


def register_opinion_source(source: OpinionSource) -> None:
    """Let the dashboard show a topic; called once, when the application starts. A topic has one source."""
    _sources[source.topic] = source


def opinion_source(topic: Topic) -> OpinionSource | None:
    """Where the answers about a topic come from; None when nobody gathers them."""
    return _sources.get(topic)

"""Facts of the desk that others may listen to."""

from dataclasses import dataclass


@dataclass(frozen=True)
class QuestionAsked:
    """A question has reached the desk."""

    question_id: int


@dataclass(frozen=True)
class QuestionAnswered:
    """An expert has answered a question; `promise` counts from 1 and grows with each reopening."""

    question_id: int
    promise: int


@dataclass(frozen=True)
class PromiseBroken:
    """The deadline promised for a question has passed without an answer."""

    question_id: int
    promise: int

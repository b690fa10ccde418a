"""What a new part holds before anybody has written in it."""

from contempo.questionnaires.rules.document import Kind, Option, Page, Question, Words

DEGREES = (
    Words("Per niente d’accordo", "Strongly disagree"),
    Words("Poco d’accordo", "Disagree"),
    Words("Né d’accordo né in disaccordo", "Neither agree nor disagree"),
    Words("Abbastanza d’accordo", "Agree"),
    Words("Molto d’accordo", "Strongly agree"),
)
"""A balanced five-point Likert scale: its middle is neutral, its distances are told by words only."""


def new_question(key: str, kind: Kind) -> Question:
    """A question of `kind` with what can be told beforehand: other answers are named by the words somebody writes."""
    return Question(
        key=key,
        kind=kind,
        label=Words(),
        options=_degrees() if kind in (Kind.LIKERT, Kind.MATRIX) else (),
        least=0 if kind == Kind.SCALE else None,
        most=10 if kind == Kind.SCALE else None,
    )


def _degrees() -> tuple[Option, ...]:
    return tuple(Option(f"grado_{score}", words, score=score) for score, words in enumerate(DEGREES, start=1))


def new_page(key: str) -> Page:
    """An empty page."""
    return Page(key=key, title=Words(), items=())

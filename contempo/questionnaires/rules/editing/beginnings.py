"""What a new part holds before anybody has written in it."""

from contempo.questionnaires.rules.document import Kind, Option, Page, Question, Row, Words

DEGREES = (
    Words("Per niente d’accordo", "Strongly disagree"),
    Words("Poco d’accordo", "Disagree"),
    Words("Né d’accordo né in disaccordo", "Neither agree nor disagree"),
    Words("Abbastanza d’accordo", "Agree"),
    Words("Molto d’accordo", "Strongly agree"),
)
"""A balanced five-point Likert scale: its middle is neutral, its distances are told by words only."""


def new_question(key: str, kind: Kind) -> Question:
    """A question of `kind` with what it cannot do without."""
    return Question(
        key=key,
        kind=kind,
        label=Words(),
        options=_options(kind),
        rows=(Row("riga_1", Words()), Row("riga_2", Words())) if kind == Kind.MATRIX else (),
        least=0 if kind == Kind.SCALE else None,
        most=10 if kind == Kind.SCALE else None,
    )


def _options(kind: Kind) -> tuple[Option, ...]:
    if kind in (Kind.LIKERT, Kind.MATRIX):
        return tuple(Option(f"grado_{score}", words, score=score) for score, words in enumerate(DEGREES, start=1))
    if kind in (Kind.SINGLE, Kind.MULTIPLE, Kind.RANKING):
        return (Option("opzione_1", Words()), Option("opzione_2", Words()))
    return ()


def new_page(key: str) -> Page:
    """An empty page."""
    return Page(key=key, title=Words(), items=())

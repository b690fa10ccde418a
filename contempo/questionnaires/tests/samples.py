"""A questionnaire with every kind of question, and answers to it."""

from typing import Any

from contempo.network.tests.factories import MILANO
from contempo.questionnaires.rules.document import (
    Condition,
    Document,
    Group,
    Kind,
    Op,
    Option,
    Page,
    Question,
    Row,
    Test,
    Words,
)
from contempo.questionnaires.rules.tables import Book, book


def words(it: str, en: str = "") -> Words:
    """A text in both languages."""
    return Words(it=it, en=en)


def option(key: str, it: str, en: str = "", **more: Any) -> Option:
    """A possible answer."""
    return Option(key=key, label=words(it, en), **more)


def question(key: str, kind: Kind, it: str, en: str = "", **more: Any) -> Question:
    """A question."""
    return Question(key=key, kind=kind, label=words(it, en), **more)


def sample_document() -> Document:
    """Three pages with every kind of question: `flexible` asks `how` only where it is "yes", `workers` is required, the
    group `services` repeats, `needs` tags types of need.
    """
    yes = Condition(tests=(Test(question="flexible", op=Op.IS, value="yes"),))
    return Document(
        languages=("it", "en"),
        pages=(
            Page(
                key="who",
                title=words("L’organizzazione", "The organisation"),
                items=(
                    question("intro", Kind.NOTE, "Le domande sono venti.", "There are twenty questions."),
                    question(
                        "workers",
                        Kind.NUMBER,
                        "Quante persone ci lavorano?",
                        "How many work there?",
                        required=True,
                        least=0,
                        most=100000,
                        unit="persone",
                    ),
                    question("place", Kind.MUNICIPALITY, "In quale comune?", "In which municipality?"),
                    question("parent", Kind.ORGANISATION, "Fa parte di un gruppo?", "Is it part of a group?"),
                    question("since", Kind.DATE, "Da quando?", "Since when?"),
                ),
            ),
            Page(
                key="measures",
                title=words("Le misure", "The measures"),
                items=(
                    question(
                        "flexible",
                        Kind.SINGLE,
                        "C’è un orario flessibile?",
                        "Are hours flexible?",
                        required=True,
                        options=(
                            option("yes", "Sì", "Yes"),
                            option("no", "No", "No"),
                            option("other", "Altro", "Other", other=True),
                        ),
                    ),
                    question(
                        "how",
                        Kind.MULTIPLE,
                        "In che modo?",
                        "How?",
                        when=yes,
                        options=(
                            option("entry", "In entrata", "Coming in"),
                            option("exit", "In uscita", "Leaving"),
                            option("bank", "Banca delle ore", "Bank of hours"),
                            option("none", "Nessuno di questi", "None", exclusive=True),
                        ),
                    ),
                    question(
                        "satisfied",
                        Kind.LIKERT,
                        "Chi lavora è contento?",
                        "Are people happy?",
                        measure="satisfaction",
                        options=tuple(
                            option(f"l{score}", name, score=score)
                            for score, name in enumerate(("Per niente", "Poco", "Così così", "Abbastanza", "Molto"), 1)
                        ),
                    ),
                    question("rated", Kind.SCALE, "Da 0 a 10?", "From 0 to 10?", least=0, most=10),
                    question(
                        "table",
                        Kind.MATRIX,
                        "Per chi?",
                        "For whom?",
                        rows=(Row("mothers", words("Madri", "Mothers")), Row("fathers", words("Padri", "Fathers"))),
                        options=(option("always", "Sempre", "Always"), option("never", "Mai", "Never")),
                    ),
                    question(
                        "order",
                        Kind.RANKING,
                        "Che cosa conta di più?",
                        "What matters most?",
                        options=(
                            option("time", "Tempo", "Time"),
                            option("money", "Denaro", "Money"),
                            option("care", "Cura", "Care"),
                        ),
                    ),
                ),
            ),
            Page(
                key="more",
                title=words("I bisogni", "Needs"),
                items=(
                    question(
                        "needs",
                        Kind.MULTIPLE,
                        "Di che cosa c’è bisogno?",
                        "What is needed?",
                        options=(
                            option("nursery", "Nido", "Nursery", tag="childcare"),
                            option("elderly", "Aiuto agli anziani", "Care of the elderly", tag="elderly"),
                        ),
                    ),
                    Group(
                        key="services",
                        label=words("Servizi", "Services"),
                        repeat=3,
                        each=words("Servizio", "Service"),
                        questions=(
                            question("service", Kind.TEXT, "Quale?", "Which?"),
                            question("users", Kind.NUMBER, "Quante persone lo usano?", "How many use it?", least=0),
                        ),
                    ),
                    question("notes", Kind.TEXT, "Altro da dire?", "Anything else?", long=True, personal=True),
                    question("proof", Kind.FILE, "Un documento", "A document"),
                ),
            ),
        ),
    )


def sample_book() -> Book:
    """The variables of the sample."""
    return book({placed.question.key: placed for placed in sample_document().questions()})


def sample_answers(**changes: Any) -> dict[str, Any]:
    """A whole answer to `sample_document`; `changes` replace answers, None takes one away."""
    answers: dict[str, Any] = {
        "workers": 12,
        "place": MILANO,
        "flexible": "yes",
        "how": ["entry", "bank"],
        "satisfied": "l4",
        "rated": 8,
        "table": {"mothers": "always", "fathers": "never"},
        "order": ["time", "care", "money"],
        "needs": ["nursery"],
        "services": [{"service": "Nido aziendale", "users": 4}],
        "notes": "Servirebbe più flessibilità.",
    }
    return {key: value for key, value in {**answers, **changes}.items() if value is not None}

"""Answers invented for a questionnaire: what somebody might say, following its conditions."""

from collections.abc import Mapping, Sequence
from dataclasses import dataclass, field
from datetime import date, timedelta
from random import Random
from typing import Any

from contempo.questionnaires.rules.asking import asked
from contempo.questionnaires.rules.document import OTHER, Document, Group, Kind, Question

SILENT = 7
"""Of every hundred questions that may be left empty, how many are."""


@dataclass(frozen=True)
class Respondent:
    """Who answers: `lean` from 0 to 1 draws the answers towards the first options and the high ends; `told` has the
    texts, and the codes of municipalities, that a question by its key may be answered with, a text without any stays
    empty; no number is above `most`; `facts` are answers that are known.
    """

    lean: float
    told: Mapping[str, Sequence[str]]
    most: int = 60
    facts: Mapping[str, Any] = field(default_factory=dict)


def invented(document: Document, random: Random, who: Respondent) -> dict[str, Any]:
    """Answers to a whole questionnaire, as `rules.document` keeps them."""
    answers: dict[str, Any] = {}
    for page in document.pages:
        for item in page.items:
            if isinstance(item, Group) and item.repeat:
                if item.key not in asked(document, answers).unasked:
                    times = random.randint(1, min(item.repeat, 2))
                    answers[item.key] = [_together(item.questions, random, who) for _time in range(times)]
            else:
                for question in item.questions if isinstance(item, Group) else (item,):
                    if question.key not in asked(document, answers).unasked:
                        answers |= _answer(question, random, who)
    return asked(document, answers).answers


def _together(questions: Sequence[Question], random: Random, who: Respondent) -> dict[str, Any]:
    one: dict[str, Any] = {}
    for question in questions:
        one |= _answer(question, random, who)
    return one


def _answer(question: Question, random: Random, who: Respondent) -> dict[str, Any]:
    """The answer to one question, with the text beside “other”; nothing when it is left empty."""
    if question.key in who.facts:
        return {question.key: who.facts[question.key]}
    if not question.required and random.randrange(100) < SILENT:
        return {}
    value = _value(question, random, who)
    if value is None or value == []:
        return {}
    chosen = value if isinstance(value, list) else [value]
    written = any(option.other and option.key in chosen for option in question.options)
    texts = who.told.get(question.key + OTHER) or who.told["other"]
    return {question.key: value, **({question.key + OTHER: random.choice(texts)} if written else {})}


def _value(question: Question, random: Random, who: Respondent) -> Any:
    lean = who.lean
    keys = [option.key for option in question.options]
    match question.kind:
        case Kind.SINGLE | Kind.LIKERT:
            return _one(question, random, lean)
        case Kind.MULTIPLE:
            return _several(question, random, lean)
        case Kind.MATRIX:
            return {row.key: _leaning(f"{question.key}.{row.key}", keys, random, lean) for row in question.rows}
        case Kind.SCALE:
            return min(10, max(0, round(random.gauss(5 + 3 * lean + _own(question.key), 1.7))))
        case Kind.NUMBER:
            least = question.least or 0
            most = question.most if question.most is not None else least + 40
            return round(least + (min(most, least + 60) - least) * random.random() ** 2, question.decimals) or int(
                least
            )
        case Kind.DATE:
            return (date(2024, 1, 1) + timedelta(days=random.randrange(700))).isoformat()
        case Kind.RANKING:
            order = sorted(keys, key=lambda key: Random(key).random() + random.random())
            return order[: int(question.most or len(order))]
        case Kind.TEXT | Kind.MUNICIPALITY:
            texts = who.told.get(question.key, ())
            return random.choice(texts) if texts and (question.required or random.random() < 0.6) else None
        case _:
            return None


def _own(name: str) -> float:
    """By how much answers to this question differ from the others: the same for everybody, from -1 to 1."""
    return Random(name).uniform(-1, 1)


def _one(question: Question, random: Random, lean: float) -> str:
    keys = [option.key for option in question.options if not option.other] or [one.key for one in question.options]
    if any(option.other for option in question.options) and random.random() < 0.05:
        return next(option.key for option in question.options if option.other)
    return _leaning(question.key, keys, random, lean)


def _leaning(name: str, keys: Sequence[str], random: Random, lean: float) -> str:
    """One of `keys`: the first are more likely the more one leans towards them, the rest as suits the question."""
    own = Random(name)
    weights = [own.uniform(0.4, 1.6) * (1.5 - lean) ** place for place in range(len(keys))]
    return random.choices(keys, weights)[0]


def _several(question: Question, random: Random, lean: float) -> list[str]:
    alone = [option.key for option in question.options if option.exclusive]
    if alone and random.random() > 0.35 + 0.6 * lean:
        return [random.choice(alone)]
    own = Random(question.key)
    likely = {option.key: own.uniform(0.1, 0.7) * (0.5 + lean) for option in question.options if not option.exclusive}
    chosen = [key for key, chance in likely.items() if random.random() < chance]
    most = int(question.most or len(likely))
    return chosen[:most] or [max(likely, key=likely.__getitem__)]

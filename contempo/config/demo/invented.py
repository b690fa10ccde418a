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
class Texts:
    """What the questions of a questionnaire may be answered with, by key: texts and codes of municipalities, among them
    those beside “other” (`<key>.other`); amounts of numbers (`between`, `step`; `each`: for each person).
    """

    texts: Mapping[str, Sequence[str]]
    numbers: Mapping[str, Mapping[str, Any]]


@dataclass(frozen=True)
class Respondent:
    """Who answers: `lean` from 0 to 1 draws the answers towards the first options and the high ends; `told` is what may
    be said, a text without any stays empty; `people` is how many work there; `facts` are answers that are known.
    """

    lean: float
    told: Texts
    people: int = 1
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
    if not written:
        return {question.key: value}
    return {question.key: value, question.key + OTHER: random.choice(who.told.texts[question.key + OTHER])}


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
            return _amount(who.told.numbers[question.key], random, who.people)
        case Kind.DATE:
            return (date(2024, 1, 1) + timedelta(days=random.randrange(700))).isoformat()
        case Kind.RANKING:
            order = sorted(keys, key=lambda key: Random(key).random() + random.random())
            return order[: int(question.most or len(order))]
        case Kind.TEXT | Kind.MUNICIPALITY:
            texts = who.told.texts.get(question.key, ())
            return random.choice(texts) if texts and (question.required or random.random() < 0.6) else None
        case _:
            return None


def _amount(told: Mapping[str, Any], random: Random, people: int) -> float:
    """An amount between the two told, nearer to the first more often; for each of `people` where `each` is told."""
    least, most = told["between"]
    step = told.get("step", 1)
    amount = (least + (most - least) * random.random() ** 1.5) * (people if told.get("each") else 1)
    found = round(amount / step) * step
    return int(found) if float(found).is_integer() else found


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

"""Random surveys: a questionnaire with every kind that stands in tables, skips, and people who leave things out."""

from dataclasses import dataclass
from datetime import date, timedelta
from random import Random
from typing import Any

from contempo.questionnaires.models import Campaign, Response, Target
from contempo.questionnaires.rules.document import (
    Condition,
    Document,
    Kind,
    Op,
    Page,
    Question,
    Row,
    Test,
    Words,
    to_json,
)
from contempo.questionnaires.rules.document import Option as Choice
from contempo.questionnaires.rules.states import Channel
from contempo.questionnaires.tests.factories import CampaignFactory, QuestionnaireFactory, VersionFactory

STRATA = ("north", "south", "centre")
CHANNELS = (Channel.EMAIL.value, Channel.PAPER.value, Channel.DELEGATE.value)
SIZES = ("micro", "small", "medium", "large")


@dataclass(frozen=True)
class Survey:
    """A campaign with what was answered, response by response: `answers`, `unasked`, attributes and channel."""

    campaign: Campaign
    document: Document
    people: list[dict[str, Any]]
    units: dict[str, int]


def _words(text: str) -> Words:
    return Words(it=text)


def _options(chance: Random, count: int, scored: bool = False) -> tuple[Choice, ...]:
    return tuple(
        Choice(key=f"o{at}", label=_words(f"O{at}"), score=at if scored and chance.random() < 0.9 else None)
        for at in range(1, count + 1)
    )


def random_document(chance: Random) -> Document:
    """Twelve questions or so; some are asked only after an answer to the first."""
    questions = [Question(key="first", kind=Kind.SINGLE, label=_words("?"), options=_options(chance, 3))]
    kinds = [Kind.SINGLE, Kind.MULTIPLE, Kind.MULTIPLE, Kind.SCALE, Kind.LIKERT, Kind.MATRIX, Kind.NUMBER, Kind.NUMBER]
    kinds += [Kind.DATE, Kind.RANKING, Kind.MUNICIPALITY, Kind.ORGANISATION]
    chance.shuffle(kinds)
    for at, kind in enumerate(kinds):
        when = None
        if chance.random() < 0.4:
            when = Condition(tests=(Test(question="first", op=Op.IS, value=f"o{chance.randint(1, 2)}"),))
        chosen = kind in (Kind.SINGLE, Kind.MULTIPLE, Kind.LIKERT, Kind.MATRIX, Kind.RANKING)
        options = _options(chance, chance.randint(2, 5), kind == Kind.LIKERT) if chosen else ()
        rows = tuple(Row(f"r{row}", _words("r")) for row in range(2)) if kind == Kind.MATRIX else ()
        questions.append(
            Question(key=f"k{at}_{kind}", kind=kind, label=_words("?"), options=options, rows=rows, when=when)
        )
    return Document(pages=(Page(key="p", title=_words("P"), items=tuple(questions)),))


def _answer(chance: Random, question: Question) -> Any:
    keys = [option.key for option in question.options]
    match question.kind:
        case Kind.SINGLE | Kind.LIKERT:
            return chance.choice(keys)
        case Kind.MULTIPLE:
            return [key for key in keys if chance.random() < 0.4] or None
        case Kind.RANKING:
            return chance.sample(keys, chance.randint(1, len(keys)))
        case Kind.MATRIX:
            return {row.key: chance.choice(keys) for row in question.rows if chance.random() < 0.8} or None
        case Kind.SCALE:
            return chance.randint(0, 10)
        case Kind.NUMBER:
            return chance.choice([chance.randint(-5, 40), round(chance.uniform(0, 3), 1), round(chance.gauss(5, 2), 2)])
        case Kind.DATE:
            return (date(2024, 1, 15) + timedelta(days=chance.randint(0, 300))).isoformat()
        case Kind.MUNICIPALITY:
            return chance.choice(["015146", "015209", "016024"])
        case _:
            return chance.randint(1, 4)


def random_survey(seed: int, network: Any, size: int = 300, **campaign: Any) -> Survey:
    """A survey with so many responses, the same for the same seed."""
    chance = Random(seed)
    document = random_document(chance)
    version = VersionFactory(questionnaire=QuestionnaireFactory(network=network), document=to_json(document))
    made = CampaignFactory(version=version, title=f"Prova {seed}", **campaign)
    people = []
    for _ in range(size):
        answers, unasked = {}, []
        for placed in document.questions():
            question = placed.question
            if question.when and answers.get("first") != question.when.tests[0].value:
                unasked.append(question.key)
            elif chance.random() < 0.88 and (given := _answer(chance, question)) is not None:
                answers[question.key] = given
        attributes = {"size": chance.choice(SIZES), "stratum": chance.choice([*STRATA, ""])}
        attributes = {key: value for key, value in attributes.items() if value and chance.random() < 0.95}
        channel = chance.choice(CHANNELS)
        people.append({"answers": answers, "unasked": unasked, "attributes": attributes, "channel": channel})
    Response.objects.bulk_create(Response(campaign=made, version=version, state="completed", **one) for one in people)
    units = {stratum: chance.randint(size // 2, size * 2) for stratum in STRATA} | {"islands": 7}
    Target.objects.bulk_create(
        Target(campaign=made, key=f"{stratum}:{at}", name="u", search_name="u", stratum=stratum)
        for stratum, count in units.items()
        for at in range(count)
    )
    return Survey(made, document, people, units)

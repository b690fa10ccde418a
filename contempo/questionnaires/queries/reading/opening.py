"""The tables of a campaign as its readers have them: with the codes of texts as answers, guarded for the public."""

from collections import defaultdict
from collections.abc import Iterator, Mapping, Sequence
from contextlib import contextmanager
from dataclasses import replace

from contempo.core.columns import handed_over
from contempo.questionnaires.models import Campaign, Code
from contempo.questionnaires.queries.columns import copied, layout_of
from contempo.questionnaires.queries.opened import OpenedCampaign
from contempo.questionnaires.queries.tables import Tables, opened_tables
from contempo.questionnaires.rules.columns import name_of
from contempo.questionnaires.rules.document import OTHER, Kind, Option, Placed, Question, Words
from contempo.questionnaires.rules.tables import Book, Offer, Source, Variable, book

CODES = ".codes"
"""What the key of the codes of a text question ends with: no question is called so."""


@contextmanager
def reading_tables(opened: OpenedCampaign) -> Iterator[Tables]:
    """Within it the tables of a campaign can be made, for who opened it. Four SQL, and one when texts have codes.

    Who is none of its readers sees them because they are public: small counts are hidden then, with names or without.
    """
    with opened_tables(opened.campaign, told_to_all=not opened.part.reads) as tables:
        yield _with_codes(tables, opened.campaign) if opened.part.reads else tables


def _with_codes(tables: Tables, campaign: Campaign) -> Tables:
    """The codes of each text question as a question with several answers, who has none of them not having answered."""
    questions = tables.columns.layout.questions
    known = _codes(questions, campaign)
    if not known:
        return tables
    types = {"response": "UUID", "code": "BIGINT"}
    with copied(_CODINGS, {"campaign": campaign.pk}) as blocks, handed_over(blocks, types) as rows:
        tables.columns.connection.execute(f"CREATE OR REPLACE TEMP TABLE every_coding AS SELECT * FROM {rows}")
    told = ", ".join(sql for key, found in known.items() for sql in _columns(key, found))
    gates = ", ".join(f"{name_of(f'u_{key.removesuffix(OTHER)}')} AS {name_of(f'u_{key}{CODES}')}" for key in known)
    run = tables.columns.connection.execute
    run("ALTER VIEW responses RENAME TO uncoded_responses")
    run(
        f"CREATE TEMP VIEW responses AS SELECT uncoded_responses.*, {gates}, given.* EXCLUDE (response) "
        f"FROM uncoded_responses LEFT JOIN (SELECT response, {told} FROM every_coding GROUP BY response) AS given "
        "ON given.response = id"
    )
    return replace(tables, book=_book(tables.book, questions, known))


def reading_book(opened: OpenedCampaign) -> Book:
    """What the tables of a campaign may be made of, for who opened it. Two SQL."""
    questions = layout_of(opened.campaign).questions
    found = book(questions)
    return _book(found, questions, _codes(questions, opened.campaign)) if opened.part.reads else found


def _codes(questions: Mapping[str, Placed], campaign: Campaign) -> dict[str, list[Code]]:
    """The codes of the texts of `questions`, by key of question. One SQL."""
    found: dict[str, list[Code]] = defaultdict(list)
    for code in Code.objects.filter(questionnaire_id=campaign.questionnaire_id).order_by("label", "pk"):
        if code.question.removesuffix(OTHER) in questions:
            found[code.question].append(code)
    return found


def _book(known: Book, questions: Mapping[str, Placed], codes: Mapping[str, Sequence[Code]]) -> Book:
    """The same variables, and the codes of texts."""
    offers = {**known.offers}
    for key, found in codes.items():
        variable = Variable(Source.QUESTION, key + CODES)
        offers[variable.code] = Offer(variable, _placed(questions[key.removesuffix(OTHER)], key, found))
    return Book(offers)


_CODINGS = """
COPY (
    SELECT coding.response_id, coding.code_id FROM questionnaires_coding AS coding
    JOIN questionnaires_response AS response ON response.id = coding.response_id
    WHERE response.campaign_id = %(campaign)s
) TO STDOUT (FORMAT csv)
"""


def _columns(key: str, codes: Sequence[Code]) -> Iterator[str]:
    """SQL of the columns of the codes of a text question, of who has any of them."""
    numbers = ", ".join(str(code.pk) for code in codes)
    count = f"nullif(count(*) FILTER (code IN ({numbers})), 0)"
    yield f"{count} AS {name_of(f'q_{key}{CODES}')}"
    for code in codes:
        chosen = f"CASE WHEN {count} IS NOT NULL THEN coalesce(bool_or(code = {code.pk}), false) END"
        yield f"{chosen} AS {name_of(f'q_{key}{CODES}__{code.pk}')}"


def _placed(placed: Placed, key: str, codes: Sequence[Code]) -> Placed:
    """The codes as the options of a question beside the one they sort."""
    options = tuple(Option(str(code.pk), Words(code.label, code.label)) for code in codes)
    question = Question(key=key + CODES, kind=Kind.MULTIPLE, label=placed.question.label, options=options)
    return replace(placed, question=question)

"""What was written freely, question by question: to read, to search, to sort by codes, to count by words, to take away.

Where answers are not with name texts stand alone: nothing beside them, in an order that tells nothing and differs from
question to question, so that two texts of one respondent cannot be brought together; none when they are fewer than
five.
"""

from collections.abc import Iterator, Sequence
from dataclasses import dataclass
from typing import Any
from uuid import UUID

from django.db.models import QuerySet
from django.http import QueryDict
from django.utils.crypto import salted_hmac
from django.utils.translation import gettext as _
from django.utils.translation import gettext_lazy

from contempo.core.columns import handed_over
from contempo.core.text import normalise
from contempo.questionnaires.models import Campaign, Code, Response
from contempo.questionnaires.queries.columns import Columns, copied, opened_columns
from contempo.questionnaires.queries.opened import OpenedCampaign
from contempo.questionnaires.queries.reading.names import say
from contempo.questionnaires.queries.reading.responses import name_of
from contempo.questionnaires.rules.columns import name_of as column_of
from contempo.questionnaires.rules.columns import repeats
from contempo.questionnaires.rules.document import OTHER, Kind, Placed
from contempo.questionnaires.rules.states import Mode
from contempo.questionnaires.rules.texts import (
    SHORTEST,
    STOP_WORDS,
    TRACE_LABELS,
    Word,
    frequencies,
    may_be_shown,
    sought,
    traces,
)
from contempo.web.lists import Column, Sheet
from contempo.web.tabs import Tab

SEARCH, CODE, PAGE = "cerca", "codice", "pagina"
UNCODED = "nessuno"
PER_PAGE = 25
MOST_WORDS = 60
TEXT_COLUMNS = (Column("text", gettext_lazy("Text")), Column("codes", gettext_lazy("Codes")))
NAME_COLUMN = Column("name", gettext_lazy("Who answered"))
_CODE_COLUMNS = (Column("label", gettext_lazy("Code")), Column("texts", gettext_lazy("Texts"), numeric=True))
_WORD_COLUMNS = (
    Column("word", gettext_lazy("Word")),
    Column("texts", gettext_lazy("Texts"), numeric=True),
    Column("times", gettext_lazy("Times"), numeric=True),
)


@dataclass(frozen=True)
class TextQuestion:
    """A question of which texts are read: its key (`<key>.other` for what stands at an option), label, column."""

    key: str
    label: str
    column: str


@dataclass(frozen=True)
class Given:
    """A code a text has."""

    id: int
    label: str


@dataclass(frozen=True)
class Text:
    """One text. `ref` names it on this page alone; `name` and `url` are whose it is, where answers are with name."""

    ref: str
    text: str
    marks: tuple[str, ...]
    codes: tuple[Given, ...]
    name: str = ""
    url: str = ""


@dataclass(frozen=True)
class TextRow:
    """A text as a row of a file: its codes with semicolons between them."""

    text: str
    codes: str
    name: str


@dataclass(frozen=True)
class CodeCount:
    """A code with the number of texts that have it, and the address of those."""

    id: int
    label: str
    texts: int
    share: float
    url: str


@dataclass(frozen=True)
class TextsPage:
    """The texts of one question. `few`: there are some, too few to be read. `found` is how many the search leaves."""

    question: TextQuestion
    questions: tuple[Tab, ...]
    named: bool
    few: bool
    total: int
    found: int
    texts: tuple[Text, ...]
    codes: tuple[CodeCount, ...]
    uncoded: int
    words: tuple[Word, ...]
    search: str
    code: str
    page: int
    pages: int
    previous_url: str
    next_url: str


def text_questions(questions: Sequence[Placed]) -> tuple[TextQuestion, ...]:
    """The questions of which texts are read, in order."""
    return tuple(_text_questions(questions))


def _text_questions(questions: Sequence[Placed]) -> Iterator[TextQuestion]:
    for placed in questions:
        question = placed.question
        if repeats(placed):
            continue
        if question.kind == Kind.TEXT:
            yield TextQuestion(question.key, say(question.label), column_of(f"q_{question.key}"))
        for option in question.options:
            if option.other:
                label = f"{say(question.label)} – {say(option.label)}"
                yield TextQuestion(question.key + OTHER, label, column_of(f"o_{question.key}"))
                break


def texts_page(opened: OpenedCampaign, key: str, params: QueryDict) -> TextsPage | None:
    """The texts of the question `key`, None when there is none of this key; the first one when it is empty. Six SQL."""
    campaign = opened.campaign
    with opened_columns(campaign) as columns:
        questions = text_questions(list(columns.layout.questions.values()))
        question = _question(columns, key)
        if question is None:
            return None
        total, shown = _texts_made(columns, campaign, question)
        where, values = _where(params)
        found = columns.row(f"SELECT count(*) FROM texts WHERE {where}", values)[0]
        pages = max(1, -(-found // PER_PAGE))
        page = _page_number(params.get(PAGE, ""), pages)
        rows = columns.rows(
            f"SELECT id, ref, text FROM texts WHERE {where} ORDER BY place, ref LIMIT {PER_PAGE} OFFSET ?",
            [*values, (page - 1) * PER_PAGE],
        )
        codes = _codes(opened, columns, question, total if shown else 0)
        return TextsPage(
            question=question,
            questions=_tabs(opened, questions, question),
            named=campaign.mode == Mode.IDENTIFIED,
            few=bool(total) and not shown,
            total=total if shown else 0,
            found=found,
            texts=_texts(opened, columns, rows, {code.id: code.label for code in codes}),
            codes=codes,
            uncoded=columns.row("SELECT count(*) FROM texts WHERE id NOT IN (SELECT response FROM codings)")[0],
            words=_words(columns, campaign),
            search=params.get(SEARCH, ""),
            code=params.get(CODE, ""),
            page=page,
            pages=pages,
            previous_url=_page_url(params, page - 1) if page > 1 else "",
            next_url=_page_url(params, page + 1) if page < pages else "",
        )


def text_rows(opened: OpenedCampaign, key: str, params: QueryDict) -> tuple[tuple[Column, ...], list[TextRow]] | None:
    """Every text that a search leaves, in the order of the page, as `texts_page`; None where there is no such question
    or its texts are too few to be read. Five SQL.
    """
    campaign = opened.campaign
    with opened_columns(campaign) as columns:
        question = _question(columns, key)
        if question is None or not _texts_made(columns, campaign, question)[1]:
            return None
        where, values = _where(params)
        rows = columns.rows(f"SELECT id, ref, text FROM texts WHERE {where} ORDER BY place, ref", values)
        labels = {code.pk: code.label for code in _code_rows(campaign, question)}
        texts = _texts(opened, columns, rows, labels)
    told = [TextRow(one.text, "; ".join(code.label for code in one.codes), one.name) for one in texts]
    return ((NAME_COLUMN,) if campaign.mode == Mode.IDENTIFIED else ()) + TEXT_COLUMNS, told


def workbook(page: TextsPage, columns: Sequence[Column], rows: Sequence[TextRow]) -> Iterator[Sheet]:
    """The texts of a page, all that its search leaves, with its codes and words."""
    yield Sheet(_("Texts"), columns, rows)
    yield Sheet(_("Codes"), _CODE_COLUMNS, page.codes)
    yield Sheet(_("Words"), _WORD_COLUMNS, page.words)


def _question(columns: Columns, key: str) -> TextQuestion | None:
    """The question `key`; the first one when it is empty."""
    questions = text_questions(list(columns.layout.questions.values()))
    return next((one for one in questions if one.key == key or not key), None)


def _texts_made(columns: Columns, campaign: Campaign, question: TextQuestion) -> tuple[int, bool]:
    """Make `texts` and `codings`; how many texts there are, and whether they may be read."""
    total = columns.row(f"SELECT count({question.column}) FROM responses")[0]
    shown = may_be_shown(Mode(campaign.mode), total)
    _texts_table(columns, campaign, question, shown)
    _codes_table(columns, campaign, question)
    return total, shown


def responses_behind(campaign: Campaign, key: str, refs: Sequence[str]) -> list[UUID]:
    """The responses whose texts a page called `refs`. Two SQL."""
    with opened_columns(campaign) as columns:
        if (question := _question(columns, key)) is None:
            return []
        _texts_table(columns, campaign, question, True)
        rows = columns.rows("SELECT id FROM texts WHERE list_contains($1::VARCHAR[], ref)", [list(refs)])
        return [row[0] for row in rows]


def _texts_table(columns: Columns, campaign: Campaign, question: TextQuestion, shown: bool) -> None:
    """Make `texts`: id, the name a page gives it, the text, the text as it is searched, its place."""
    key = salted_hmac("questionnaires.texts", f"{campaign.pk}.{question.key}", algorithm="sha256").hexdigest()
    place = "-epoch(day)" if campaign.mode == Mode.IDENTIFIED else "NULL::DOUBLE"
    columns.connection.execute(
        f"CREATE OR REPLACE TEMP TABLE texts AS SELECT id, sha256($1 || id::VARCHAR)[:32] AS ref, "
        f"{question.column} AS text, strip_accents(lower({question.column})) AS plain, {place} AS place "
        f"FROM responses WHERE {question.column} IS NOT NULL AND $2",
        [key, shown],
    )


def _codes_table(columns: Columns, campaign: Campaign, question: TextQuestion) -> None:
    """Make `codings`: the codes of the texts."""
    told = {"questionnaire": campaign.questionnaire_id, "campaign": campaign.pk, "question": question.key}
    types = {"response": "UUID", "code": "BIGINT"}
    with copied(_CODINGS, told) as blocks, handed_over(blocks, types) as rows:
        columns.connection.execute(f"CREATE OR REPLACE TEMP TABLE codings AS SELECT * FROM {rows}")


_CODINGS = """
COPY (
    SELECT coding.response_id, coding.code_id FROM questionnaires_coding AS coding
    JOIN questionnaires_code AS code ON code.id = coding.code_id
    JOIN questionnaires_response AS response ON response.id = coding.response_id
    WHERE code.questionnaire_id = %(questionnaire)s AND code.question = %(question)s
        AND response.campaign_id = %(campaign)s
) TO STDOUT (FORMAT csv)
"""


_WORDS = "' ' || array_to_string(regexp_extract_all(plain, '[a-z0-9]+'), ' ') || ' '"
"""The words of a text, each with a space on both sides."""


def _where(params: QueryDict) -> tuple[str, list[object]]:
    """What the search and the code chosen leave."""
    conditions = ["true"]
    values: list[object] = []
    pieces, phrases = sought(params.get(SEARCH, ""))
    conditions += ["contains(plain, ?)"] * len(pieces) + [f"contains({_WORDS}, ?)"] * len(phrases)
    values += [*pieces, *(f" {phrase} " for phrase in phrases)]
    code = params.get(CODE, "")
    if code == UNCODED:
        conditions.append("id NOT IN (SELECT response FROM codings)")
    elif code.isdecimal() and len(code) < 18:
        conditions.append("id IN (SELECT response FROM codings WHERE code = ?)")
        values.append(int(code))
    return " AND ".join(conditions), values


def _texts(
    opened: OpenedCampaign, columns: Columns, rows: Sequence[tuple[UUID, str, str]], labels: dict[int, str]
) -> tuple[Text, ...]:
    ids = [row[0] for row in rows]
    given: dict[UUID, list[Given]] = {}
    found = columns.rows("SELECT response, code FROM codings WHERE list_contains($1::UUID[], response)", [ids])
    for response, code in sorted(found, key=lambda row: labels.get(row[1], "")):
        given.setdefault(response, []).append(Given(code, labels.get(code, "")))
    names: dict[UUID, Any] = {}
    if opened.campaign.mode == Mode.IDENTIFIED:
        names = Response.objects.select_related("invitation__target").defer("answers").in_bulk(ids)
    return tuple(
        Text(
            ref=ref,
            text=text,
            marks=tuple(_(TRACE_LABELS[one]) for one in traces(text)),
            codes=tuple(given.get(pk, ())),
            name=name_of(names[pk]) if pk in names else "",
            url=opened.url("response", response=pk) if pk in names else "",
        )
        for pk, ref, text in rows
    )


def _codes(opened: OpenedCampaign, columns: Columns, question: TextQuestion, total: int) -> tuple[CodeCount, ...]:
    """The codes of the question, most used first; those only other waves have used too."""
    counts = dict(columns.rows("SELECT code, count(*) FROM codings JOIN texts ON id = response GROUP BY 1"))
    codes = _code_rows(opened.campaign, question)
    address = _address(opened, question)
    return tuple(
        sorted(
            (
                CodeCount(
                    one.pk,
                    one.label,
                    counts.get(one.pk, 0),
                    counts.get(one.pk, 0) / (total or 1),
                    f"{address}?{CODE}={one.pk}",
                )
                for one in codes
            ),
            key=lambda one: (-one.texts, normalise(one.label)),
        )
    )


def _code_rows(campaign: Campaign, question: TextQuestion) -> "QuerySet[Code]":
    return Code.objects.filter(questionnaire_id=campaign.questionnaire_id, question=question.key)


def _words(columns: Columns, campaign: Campaign) -> tuple[Word, ...]:
    """The words in most texts; as `rules.texts.words` counts them."""
    rows = columns.rows(
        f"""
        WITH written AS (SELECT id, unnest(regexp_extract_all(plain, '[a-z]+')) AS word FROM texts),
        counted AS (
            SELECT id, word, count(*) AS times FROM written
            WHERE len(word) >= {SHORTEST} AND NOT list_contains($1::VARCHAR[], word) GROUP BY ALL
        )
        SELECT word, count(*), sum(times)::BIGINT FROM counted GROUP BY 1 ORDER BY 2 DESC, 3 DESC, 1 LIMIT {MOST_WORDS}
        """,
        [sorted(STOP_WORDS)],
    )
    return frequencies(rows, Mode(campaign.mode))


def _address(opened: OpenedCampaign, question: TextQuestion) -> str:
    return opened.url("text", question=question.key)


def _tabs(opened: OpenedCampaign, questions: Sequence[TextQuestion], current: TextQuestion) -> tuple[Tab, ...]:
    return tuple(Tab(one.label, _address(opened, one), current=one == current) for one in questions)


def _page_number(asked: str, pages: int) -> int:
    return min(max(int(asked), 1), pages) if asked.isdecimal() and len(asked) < 10 else 1


def _page_url(params: QueryDict, page: int) -> str:
    address = params.copy()
    address[PAGE] = str(page)
    return f"?{address.urlencode()}"

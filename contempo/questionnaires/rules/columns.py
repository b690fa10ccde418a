"""Answers as columns: their names and types, and the SQL of DuckDB that makes them of the answers kept as JSON. Pure.

- `q_<key>`: the answer of a question; of a multiple choice, a file, a ranking and a matrix how many parts it has;
- `q_<key>__<option>`: whether an option of a multiple choice was chosen; the place of an option in a ranking;
- `q_<key>__<row>`: the answer in a row of a matrix;
- `o_<key>`: what was written at the option “other”;
- `u_<key>`: whether the question, or the group that repeats, was not asked;
- `g_<key>`: a group that repeats, a list of its answers as they are kept (`mention_columns` makes columns of one);
- `a_<attribute>`, `channel`, `day`, `version`, `language`, `serial`, `id`, `counts`.

What is missing is null. An answer that the questionnaire does not know is missing.
"""

import hashlib
import json
from collections.abc import Iterator, Mapping, Sequence
from dataclasses import dataclass, field, replace

from contempo.questionnaires.rules.document import OTHER, Document, Group, Kind, Placed, Question

BUCKET_BITS = 16
"""Responses of one part: two to the power of this."""

ATTRIBUTES = ("kind", "size", "sector", "municipality", "stratum", "directorate")
"""Attributes of a unit that are columns."""

RAW: dict[str, str] = {
    "serial": "BIGINT",
    "id": "UUID",
    "channel": "VARCHAR",
    "day": "DATE",
    "version": "SMALLINT",
    "language": "VARCHAR",
    "counts": "BOOLEAN",
    "answers": "VARCHAR",
    "unasked": "VARCHAR",
    "attributes": "VARCHAR",
}
"""The columns in which responses come out of PostgreSQL, in this order, with their types in DuckDB."""

ROW = """
response.serial, response.id, response.channel, (response.completed_at AT TIME ZONE 'Europe/Rome')::date,
version.number, response.language, response.state = 'completed', response.answers::text,
to_json(response.unasked)::text, response.attributes::text
"""
"""How PostgreSQL says them, of `response` joined with its `version`."""

_LISTS = frozenset({Kind.MULTIPLE, Kind.RANKING})
_TEXTS = frozenset({Kind.SINGLE, Kind.LIKERT, Kind.TEXT, Kind.MUNICIPALITY})
_SIMPLE = {Kind.SCALE: "SMALLINT", Kind.NUMBER: "DOUBLE", Kind.ORGANISATION: "BIGINT"}


@dataclass(frozen=True)
class Column:
    """A column: its name, its type and the SQL that makes it."""

    name: str
    kind: str
    sql: str


@dataclass(frozen=True)
class Layout:
    """The columns of a campaign. `questions` are those of all its versions, the newest wording first; `lacking` are the
    numbers of the versions that do not ask a question, by key; `form` is what JSON is read as; `lists` are computed
    once for several columns.
    """

    questions: Mapping[str, Placed]
    lacking: Mapping[str, tuple[int, ...]]
    columns: tuple[Column, ...]
    form: str
    lists: tuple[Column, ...] = ()
    versions: tuple[int, ...] = ()
    digest: str = field(default="", compare=False)

    def select(self, raw: str, where: str = "true") -> str:
        """SQL giving the columns of the rows of `raw`, which has the columns `RAW`."""
        told = ", ".join(f"{column.sql} AS {name_of(column.name)}" for column in self.columns)
        lists = "".join(f", {column.sql} AS {name_of(column.name)}" for column in self.lists)
        attributes = json.dumps(dict.fromkeys(ATTRIBUTES, "VARCHAR"))
        read = (
            f"SELECT * EXCLUDE (answers, unasked, attributes), json_transform(answers, {_text(self.form)}) AS a, "
            f"json_transform(unasked, '[\"VARCHAR\"]') AS u, json_transform(attributes, {_text(attributes)}) AS t "
            f"FROM {raw} WHERE {where}"
        )
        return f"SELECT {told} FROM (SELECT *{lists} FROM ({read}))"

    @property
    def names(self) -> tuple[str, ...]:
        return tuple(column.name for column in self.columns)


def name_of(column: str) -> str:
    """A name as SQL writes it."""
    return '"' + column.replace('"', '""') + '"'


def laid_out(documents: Mapping[int, Document]) -> Layout:
    """The columns of responses to these versions, by number, of one questionnaire.

    A question is taken as its newest version words it, with the options and rows it had in the others too.
    """
    numbers = sorted(documents, reverse=True)
    merged: dict[str, Placed] = {}
    for number in numbers:
        for placed in documents[number].questions():
            if placed.question.kind != Kind.NOTE:
                known = merged.get(placed.question.key)
                merged[placed.question.key] = _joined(known, placed) if known else placed
    asking = {number: {one.question.key for one in documents[number].questions()} for number in numbers}
    lacking = {key: tuple(sorted(n for n in numbers if key not in asking[n])) for key in merged}
    columns = tuple(_columns(merged, lacking))
    form = json.dumps(_form(merged))
    made = json.dumps([[column.name, column.kind, column.sql] for column in columns] + [form])
    digest = hashlib.sha256(made.encode()).hexdigest()[:12]
    lists = tuple(
        Column(f"c_{key}", "VARCHAR[]", _chosen(placed.question, f"a.{name_of(key)}"))
        for key, placed in merged.items()
        if placed.question.kind in _LISTS and not repeats(placed)
    )
    return Layout(merged, lacking, columns, form, lists, tuple(sorted(numbers)), digest)


def mention_columns(group: str, questions: Mapping[str, Placed]) -> list[Column]:
    """The columns of one answer `m` of a group that repeats, called as those of questions that do not."""
    inside = [one.question for one in questions.values() if one.group and one.group.repeat and one.group.key == group]
    return [column for question in inside for column in _question(question, f"m.{name_of(question.key)}", "m")]


def repeats(placed: Placed) -> bool:
    """Whether a question is asked again and again, in a group that repeats."""
    return placed.group is not None and placed.group.repeat > 0


def _joined(newer: Placed, older: Placed) -> Placed:
    """The newer wording of a question, with the options and rows that only the older one has."""
    question = newer.question
    options = {one.key for one in question.options}
    rows = {one.key for one in question.rows}
    more = tuple(one for one in older.question.options if one.key not in options)
    lines = tuple(one for one in older.question.rows if one.key not in rows)
    return replace(newer, question=replace(question, options=question.options + more, rows=question.rows + lines))


def _columns(questions: Mapping[str, Placed], lacking: Mapping[str, Sequence[int]]) -> Iterator[Column]:
    for name in ("serial", "id", "channel", "day", "version", "language", "counts"):
        yield Column(name, RAW[name], name)
    for name in ATTRIBUTES:
        yield Column(f"a_{name}", "VARCHAR", f"nullif(t.{name_of(name)}, '')")
    groups: dict[str, Group] = {}
    for key, placed in questions.items():
        if placed.group is not None and placed.group.repeat:
            groups[placed.group.key] = placed.group
            continue
        yield from _question(placed.question, f"a.{name_of(key)}", "a", name_of(f"c_{key}"))
        yield Column(f"u_{key}", "BOOLEAN", _unasked(key, lacking[key]))
    for key in groups:
        kind = _form_of_group(key, questions)
        yield Column(f"g_{key}", json.dumps(kind), f"a.{name_of(key)}")
        missing = [set(lacking[one]) for one, placed in questions.items() if placed.group and placed.group.key == key]
        yield Column(f"u_{key}", "BOOLEAN", _unasked(key, sorted(set.intersection(*missing))))


def _unasked(key: str, lacking: Sequence[int]) -> str:
    told = f"coalesce(list_contains(u, {_text(key)}), false)"
    return f"({told} OR version IN ({', '.join(map(str, lacking))}))" if lacking else told


def _chosen(question: Question, answer: str) -> str:
    """The options of a multiple choice or a ranking that the questionnaire knows."""
    return f"list_filter({answer}, lambda x: list_contains({_list(option.key for option in question.options)}, x))"


def _question(question: Question, answer: str, whole: str, chosen: str = "") -> Iterator[Column]:
    """The columns of one question, of its `answer` in the object `whole`; `chosen` are the options it holds."""
    key, name = question.key, f"q_{question.key}"
    if question.kind in (Kind.SINGLE, Kind.LIKERT):
        yield Column(name, "VARCHAR", _one_of(answer, question))
    elif question.kind in _TEXTS:
        yield Column(name, "VARCHAR", f"nullif({answer}, '')")
    elif question.kind == Kind.DATE:
        yield Column(name, "DATE", f"try_cast({answer} AS DATE)")
    elif question.kind in _SIMPLE:
        yield Column(name, _SIMPLE[question.kind], answer)
    elif question.kind == Kind.FILE:
        yield Column(name, "SMALLINT", f"nullif(len({answer}), 0)::SMALLINT")
    elif question.kind == Kind.MATRIX:
        cells = {row.key: f"{answer}.{name_of(row.key)}" for row in question.rows}
        held = {row: _one_of(cell, question) for row, cell in cells.items()}
        given = " + ".join(f"({sql} IS NOT NULL)::SMALLINT" for sql in held.values()) or "0"
        yield Column(name, "SMALLINT", f"nullif({given}, 0)::SMALLINT")
        for row, sql in held.items():
            yield Column(f"{name}__{row}", "VARCHAR", sql)
    else:
        chosen = chosen or _chosen(question, answer)
        yield Column(name, "SMALLINT", f"nullif(len({chosen}), 0)::SMALLINT")
        for option in question.options:
            one = _text(option.key)
            if question.kind == Kind.MULTIPLE:
                sql, kind = f"CASE WHEN len({chosen}) > 0 THEN list_contains({answer}, {one}) END", "BOOLEAN"
            else:
                sql, kind = f"nullif(list_position({chosen}, {one}), 0)::SMALLINT", "SMALLINT"
            yield Column(f"{name}__{option.key}", kind, sql)
    if any(option.other for option in question.options):
        yield Column(f"o_{key}", "VARCHAR", f"nullif({whole}.{name_of(key + OTHER)}, '')")


def _one_of(answer: str, question: Question) -> str:
    """The answer where it is one of the options; `IN`, which DuckDB plans far faster than a list that contains."""
    keys = ", ".join(_text(option.key) for option in question.options) or "NULL"
    return f"CASE WHEN {answer} IN ({keys}) THEN {answer} END"


def _form(questions: Mapping[str, Placed]) -> dict[str, object]:
    """What the JSON of the answers is read as."""
    made: dict[str, object] = {}
    for placed in questions.values():
        if placed.group is not None and placed.group.repeat:
            made[placed.group.key] = _form_of_group(placed.group.key, questions)
        else:
            made |= _form_of(placed.question)
    return made or {"": "VARCHAR"}


def _form_of_group(group: str, questions: Mapping[str, Placed]) -> list[dict[str, object]]:
    made: dict[str, object] = {}
    for placed in questions.values():
        if placed.group is not None and placed.group.repeat and placed.group.key == group:
            made |= _form_of(placed.question)
    return [made]


def _form_of(question: Question) -> dict[str, object]:
    kind: object = "VARCHAR"
    if question.kind in _SIMPLE:
        kind = _SIMPLE[question.kind]
    elif question.kind in (Kind.MULTIPLE, Kind.RANKING, Kind.FILE):
        kind = ["VARCHAR"]
    elif question.kind == Kind.MATRIX:
        kind = {row.key: "VARCHAR" for row in question.rows}
    other = {question.key + OTHER: "VARCHAR"} if any(option.other for option in question.options) else {}
    return {question.key: kind, **other}


def _text(text: str) -> str:
    return "'" + text.replace("'", "''") + "'"


def _list(texts: Iterator[str] | Sequence[str]) -> str:
    return "[" + ", ".join(map(_text, texts)) + "]::VARCHAR[]"

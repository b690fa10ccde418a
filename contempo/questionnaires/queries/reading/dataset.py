"""The data set of a campaign: one row for each response that counts, in columns that the code book describes.

Where answers are with name it says whose they are. Elsewhere (`rules.coarse`) it names nobody: rows stand in random
order, without times; attributes are told only where five share them, numbers as means of five, rare municipalities and
months not at all; free texts, files and organisations are not in it.
"""

import secrets
from collections.abc import Callable, Iterator, Mapping, Sequence
from contextlib import contextmanager
from dataclasses import dataclass
from typing import Any

from django.utils.translation import gettext as _

from contempo.core.columns import handed_over
from contempo.questionnaires.models import Campaign
from contempo.questionnaires.queries.columns import Columns, copied
from contempo.questionnaires.queries.reading.names import (
    ATTRIBUTE_LABELS,
    CHANNEL,
    attribute_label,
    attribute_names,
    say,
)
from contempo.questionnaires.queries.tables import opened_tables
from contempo.questionnaires.rules.coarse import ATTRIBUTES, averaged, coarsened, is_coarse, is_left_out, rare
from contempo.questionnaires.rules.codebook import Form, Value, Variable, group_variables, named, repeated, variables
from contempo.questionnaires.rules.columns import mention_columns, name_of
from contempo.questionnaires.rules.document import Group, Kind, Question

ROW, UNIT, DAY, RESPONSE, WEIGHT = "row", "unit", "day", "response", "weight"


@dataclass(frozen=True)
class DataSet:
    """A table of a data set in the columns of `connection`: `source` is its relation, one column for each of
    `variables` by its `column`, and `u_<question>` where something may not have been asked. `part` is the group that
    repeats, None for the responses.
    """

    columns: Columns
    variables: tuple[Variable, ...]
    part: Group | None
    coarse: bool
    source: str = "told"

    def gate(self, variable: Variable) -> str | None:
        """The column that says whether a variable was not asked, None for what everybody was asked."""
        if not variable.question or self.part is not None:
            return None
        return name_of(f"u_{variable.question}")

    @property
    def rows(self) -> int:
        found: int = self.columns.row(f"SELECT count(*) FROM {self.source}")[0]
        return found


def parts_of(campaign: Campaign, columns: Columns) -> tuple[Group, ...]:
    """The groups that repeat and have columns in the data set."""
    out = _left_out(campaign)
    questions = columns.layout.questions.values()
    return tuple(group for group in repeated(questions) if group_variables(group.key, questions, say, left_out=out))


def described(campaign: Campaign, columns: Columns, part: str = "") -> tuple[Variable, ...]:
    """The columns of a table of the data set, in the language of the reader. Two SQL for names."""
    out, questions = _left_out(campaign), columns.layout.questions.values()
    if part:
        return named((_row_variable(), *group_variables(part, questions, say, left_out=out)))
    return named((*_facts(campaign, columns), *variables(questions, say, left_out=out)))


@contextmanager
def data_set(campaign: Campaign, part: str = "") -> Iterator[DataSet]:
    """A table of the data set of `campaign`, within it. KeyError when it has no such part. At most six SQL."""
    coarse = is_coarse(campaign.mode, campaign.origin)
    with opened_tables(campaign) as tables:
        columns = tables.columns
        group = {each.key: each for each in parts_of(campaign, columns)}[part] if part else None
        found = described(campaign, columns, part)
        _number_rows(columns, shuffled=coarse)
        if group is not None:
            _mentions(columns, group)
        elif coarse:
            _coarsen(columns, found)
        else:
            _name(columns, campaign)
        if group is not None and coarse:
            _coarsen_answers(columns, found, [])
        if group is None and tables.may_weigh:
            found = named((*found, _weigh(columns, tables.weights.by, coarse)))
        yield DataSet(columns, found, group, coarse)


def _left_out(campaign: Campaign) -> Callable[[Question], bool]:
    return is_left_out if is_coarse(campaign.mode, campaign.origin) else lambda _question: False


def _row_variable() -> Variable:
    return Variable(ROW, ROW, _("Number of the row of the response"), Form.WHOLE)


def _facts(campaign: Campaign, columns: Columns) -> Iterator[Variable]:
    """The columns that come from no question."""
    yield _row_variable()
    if not is_coarse(campaign.mode, campaign.origin):
        yield Variable(RESPONSE, RESPONSE, _("Number of the response"), Form.TEXT)
        yield Variable(UNIT, UNIT, _("Who answers"), Form.TEXT)
        yield Variable(DAY, DAY, _("Day of completion"), Form.DAY)
    yield Variable(
        CHANNEL, CHANNEL, attribute_label(CHANNEL), Form.CODE, values=_coded(CHANNEL, _seen(columns, CHANNEL))
    )
    for name in ATTRIBUTE_LABELS:
        if seen := _seen(columns, f"a_{name}"):
            column = f"a_{name}"
            yield Variable(column, column, attribute_label(name), Form.CODE, values=_coded(name, seen))


def _seen(columns: Columns, column: str) -> list[str]:
    rows = columns.rows(f"SELECT DISTINCT {name_of(column)} AS one FROM responses WHERE one IS NOT NULL ORDER BY one")
    return [row[0] for row in rows]


def _coded(name: str, values: Sequence[str]) -> tuple[Value, ...]:
    called = attribute_names(name, values)
    return tuple(Value(code, value, called.get(value, value)) for code, value in enumerate(values, start=1))


def _number_rows(columns: Columns, *, shuffled: bool) -> None:
    """Make `told`: the responses with a number of their row, in an order that tells nothing where it must not."""
    order = "hash(id::VARCHAR || $1)" if shuffled else "serial NULLS LAST, id"
    columns.connection.execute(
        f"CREATE OR REPLACE TEMP TABLE told AS SELECT row_number() OVER (ORDER BY {order}) AS {ROW}, * "
        "FROM responses WHERE $1 IS NOT NULL ORDER BY 1",
        [secrets.token_hex(16)],
    )


def _name(columns: Columns, campaign: Campaign) -> None:
    """Add whose the responses are."""
    types = {"id": "UUID", UNIT: "VARCHAR"}
    with copied(_NAMES, {"campaign": campaign.pk}) as blocks, handed_over(blocks, types) as names:
        columns.connection.execute(f"CREATE OR REPLACE TEMP TABLE unit_names AS SELECT * FROM {names}")
    columns.connection.execute(
        f"CREATE OR REPLACE TEMP TABLE told AS SELECT told.*, told.id::VARCHAR AS {RESPONSE}, {UNIT} "
        f"FROM told LEFT JOIN unit_names USING (id) ORDER BY {ROW}"
    )


_NAMES = """
COPY (
    SELECT response.id, coalesce(target.name, nullif(invitation.name, ''), invitation.email, response.paper)
    FROM questionnaires_response AS response
    LEFT JOIN questionnaires_invitation AS invitation ON invitation.id = response.invitation_id
    LEFT JOIN questionnaires_target AS target ON target.id = invitation.target_id
    WHERE response.campaign_id = %(campaign)s AND response.state = 'completed'
) TO STDOUT (FORMAT csv)
"""


def _weigh(columns: Columns, weights: Mapping[str, float], coarse: bool) -> Variable:
    """Add the weight of each response by its group; none where the group is not told, or is none of the population."""
    # A group that is kept back is not the group without a name.
    group = "a_stratum" if coarse else "coalesce(a_stratum, '')"
    columns.connection.execute("CREATE OR REPLACE TEMP TABLE group_weights (stratum VARCHAR, weight DOUBLE)")
    columns.connection.execute(
        "INSERT INTO group_weights SELECT unnest($1::VARCHAR[]), unnest($2::DOUBLE[])",
        [list(weights), list(weights.values())],
    )
    columns.connection.execute(
        f"CREATE OR REPLACE TEMP TABLE told AS SELECT told.*, {WEIGHT} FROM told "
        f"LEFT JOIN group_weights ON stratum = {group} ORDER BY {ROW}"
    )
    return Variable(WEIGHT, WEIGHT, _("Weight: units of the group for each answer in it"), Form.NUMBER)


def _mentions(columns: Columns, group: Group) -> None:
    """Make `told` a row for each time a group was answered."""
    made = mention_columns(group.key, columns.layout.questions)
    told = ", ".join(f"{column.sql} AS {name_of(column.name)}" for column in made)
    columns.connection.execute(
        f"CREATE OR REPLACE TEMP TABLE told AS SELECT {ROW}, {told} "
        f"FROM (SELECT {ROW}, unnest({name_of(f'g_{group.key}')}) AS m FROM told) ORDER BY {ROW}"
    )


def _coarsen(columns: Columns, found: Sequence[Variable]) -> None:
    attributes = [f"a_{name}" for name in ATTRIBUTES if any(one.column == f"a_{name}" for one in found)]
    replaced = [_coarse_attributes(columns, attributes)] if attributes else []
    _coarsen_answers(columns, found, replaced)


def _coarsen_answers(columns: Columns, found: Sequence[Variable], replaced: list["_Replaced"]) -> None:
    """Put into `told` what may be told in place of what was answered."""
    kinds = {key: placed.question.kind for key, placed in columns.layout.questions.items()}
    kinds[CHANNEL] = Kind.SINGLE
    for variable in found:
        if variable.form == Form.NUMBER:
            replaced.append(_replace(columns, variable.column, name_of(variable.column), "DOUBLE", averaged))
        elif variable.form == Form.DAY:
            month = f"date_trunc('month', {name_of(variable.column)})::DATE"
            replaced.append(_replace(columns, variable.column, month, "DATE", _but_rare))
        elif variable.column == CHANNEL or kinds.get(variable.question) == Kind.MUNICIPALITY:
            replaced.append(_replace(columns, variable.column, name_of(variable.column), "VARCHAR", _but_rare))
    if replaced:
        joins = " ".join(one.join for one in replaced)
        told = ", ".join(f"{sql} AS {name_of(column)}" for one in replaced for column, sql in one.told.items())
        columns.connection.execute(
            f"CREATE OR REPLACE TEMP TABLE told AS SELECT told.* REPLACE ({told}) FROM told {joins} ORDER BY {ROW}"
        )
    columns.connection.execute(f"CREATE OR REPLACE TEMP TABLE told AS SELECT * FROM told ORDER BY {ROW}")


@dataclass(frozen=True)
class _Replaced:
    """How columns are told: joined with a table of what stands in whose place."""

    join: str
    told: dict[str, str]


def _but_rare(counts: dict[Any, int]) -> dict[Any, Any]:
    few = rare(counts)
    return {value: None if value in few else value for value in counts}


def _replace(
    columns: Columns, column: str, sql: str, kind: str, told: Callable[[dict[Any, int]], Mapping[Any, Any]]
) -> _Replaced:
    """The values of one column replaced by those that `told` makes of their counts."""
    rows = columns.rows(f"SELECT {sql}, count(*) FROM told WHERE {name_of(column)} IS NOT NULL GROUP BY 1")
    table = f"coarse_{column}"
    made = list(told(dict(rows)).items())
    columns.connection.execute(f"CREATE OR REPLACE TEMP TABLE {name_of(table)} (given {kind}, instead {kind})")
    columns.connection.execute(
        f"INSERT INTO {name_of(table)} SELECT unnest($1::{kind}[]), unnest($2::{kind}[])",
        [[given for given, _instead in made], [instead for _given, instead in made]],
    )
    here = sql.replace(name_of(column), f"told.{name_of(column)}")
    join = f"LEFT JOIN {name_of(table)} ON {name_of(table)}.given = {here}"
    return _Replaced(join, {column: f"{name_of(table)}.instead"})


def _coarse_attributes(columns: Columns, attributes: Sequence[str]) -> _Replaced:
    """The combinations of attributes replaced by coarser ones where fewer than five share them."""
    told = ", ".join(name_of(one) for one in attributes)
    rows = columns.rows(f"SELECT {told}, count(*) FROM told GROUP BY ALL")
    made = list(coarsened({tuple(row[:-1]): row[-1] for row in rows}).items())
    given = [f"given_{number}" for number, _one in enumerate(attributes)]
    instead = [f"instead_{number}" for number, _one in enumerate(attributes)]
    types = ", ".join(f"{name} VARCHAR" for name in (*given, *instead))
    columns.connection.execute(f"CREATE OR REPLACE TEMP TABLE coarse_attributes ({types})")
    lists = [[row[0][at] for row in made] for at in range(len(attributes))]
    lists += [[row[1][at] for row in made] for at in range(len(attributes))]
    marks = ", ".join(f"unnest(${at}::VARCHAR[])" for at in range(1, len(lists) + 1))
    columns.connection.execute(f"INSERT INTO coarse_attributes SELECT {marks}", lists)
    same = " AND ".join(
        f"told.{name_of(one)} IS NOT DISTINCT FROM {name}" for one, name in zip(attributes, given, strict=True)
    )
    return _Replaced(f"LEFT JOIN coarse_attributes ON {same}", dict(zip(attributes, instead, strict=True)))

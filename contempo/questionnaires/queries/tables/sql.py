"""Variables and filters as SQL of DuckDB. Names come from the questionnaire alone; values are parameters."""

from dataclasses import dataclass

from contempo.questionnaires.queries.tables.opened import Tables
from contempo.questionnaires.rules.columns import name_of
from contempo.questionnaires.rules.document import Kind, Question
from contempo.questionnaires.rules.tables import Filter, Source, Variable


@dataclass(frozen=True)
class Where:
    """A condition with its values."""

    sql: str = "true"
    values: tuple[object, ...] = ()


def column(variable: Variable) -> str:
    """The column of a variable: of a multiple choice that of its count."""
    if variable.source == Source.CHANNEL:
        return "channel"
    if variable.source == Source.ATTRIBUTE:
        return name_of(f"a_{variable.key}")
    return name_of(f"q_{variable.key}" + (f"__{variable.part}" if variable.part else ""))


def answer(variable: Variable, question: Question | None) -> str:
    """The value by which a variable that has one is told apart; null is no answer."""
    if question is None:
        return column(variable)
    if question.kind == Kind.RANKING:
        whole = name_of(f"q_{variable.key}")
        return f"CASE WHEN {whole} IS NOT NULL THEN coalesce({column(variable)}, 0) END"
    if question.kind == Kind.DATE:
        return f"strftime({column(variable)}, '%Y-%m')"
    return column(variable)


def unasked(variable: Variable) -> str:
    """Whether the question of a variable was not asked; attributes always are."""
    return name_of(f"u_{variable.key}") if variable.source == Source.QUESTION else "false"


def option(key: str, one: str) -> str:
    """The column of an option of a multiple choice."""
    return name_of(f"q_{key}__{one}")


def condition(tables: Tables, one: Filter) -> Where:
    """What a filter asks, true or false, never null."""
    question = tables.book.question(one.variable)
    if question is not None and question.kind == Kind.MULTIPLE:
        chosen = [f"coalesce({option(question.key, value)}, false)" for value in one.values]
        return Where(f"({' OR '.join(chosen)})")
    held = answer(one.variable, question)
    if one.values:
        marks = ", ".join("?" * len(one.values))
        told = f"CAST({held} AS VARCHAR)" if question is None or not question.options else held
        if question is not None and question.kind in (Kind.SCALE, Kind.NUMBER, Kind.RANKING):
            return Where(f"coalesce({held} IN ({marks}), false)", tuple(float(value) for value in one.values))
        return Where(f"coalesce({told} IN ({marks}), false)", one.values)
    bounds = [(">=", one.least), ("<=", one.most)]
    told = " AND ".join(f"{held} {sign} ?" for sign, bound in bounds if bound is not None)
    return Where(f"coalesce({told}, false)", tuple(bound for _sign, bound in bounds if bound is not None))


def everything(conditions: list[Where]) -> Where:
    """All of some conditions."""
    if not conditions:
        return Where()
    return Where(
        " AND ".join(one.sql for one in conditions), tuple(value for one in conditions for value in one.values)
    )

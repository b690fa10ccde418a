"""CSV as Italian spreadsheets open it, and Parquet with the values as they are kept."""

import shutil
import uuid
from collections.abc import Iterator
from pathlib import Path
from typing import IO

from contempo.core.cells import disarm
from contempo.core.columns import folder
from contempo.questionnaires.queries.reading.dataset import ROW, DataSet
from contempo.questionnaires.rules.codebook import Form, Variable
from contempo.questionnaires.rules.columns import name_of

_RUNS = r"^'*\s*[=+\-@\t\r\n]"
"""What a spreadsheet would run: as `core.cells.disarm`."""

_QUOTE = "''''"
"""A quote, as SQL writes it."""


def write_csv(data: DataSet, path: Path) -> None:
    """Values in words, a semicolon between them, comma in numbers, days as 20/11/2026; 1 and 0 for what was chosen.

    Nothing stands for what is missing; `u_…` columns are 1 where a question was not asked. A text that a spreadsheet
    would run has a quote before it.
    """
    with path.open("wb") as file:
        file.write(b"\xef\xbb\xbf")
        _copied(data, ", ".join(_worded(data)), "FORMAT csv, HEADER, DELIMITER ';', NULLSTR ''", file)


def write_parquet(data: DataSet, path: Path) -> None:
    """Values by their keys, typed; `u_…` columns tell what was not asked."""
    told = [f"{name_of(each.column)} AS {name_of(each.name)}" for each in data.variables]
    told += [f"{gate} AS {gate}" for gate in gates(data)]
    with path.open("wb") as file:
        _copied(data, ", ".join(told), "FORMAT parquet, COMPRESSION zstd", file)


def gates(data: DataSet) -> list[str]:
    """The columns that say what was not asked, of the questions that a condition may leave out."""
    found = {data.gate(each): None for each in data.variables if each.conditional}
    return [gate for gate in found if gate]


def _worded(data: DataSet) -> Iterator[str]:
    for variable in data.variables:
        yield f"{worded(variable)} AS {name_of(variable.name)}"
    for gate in gates(data):
        yield f"{gate}::TINYINT AS {gate}"


def worded(variable: Variable) -> str:
    """SQL of a value as a person reads it in a file."""
    column = name_of(variable.column)
    match variable.form:
        case Form.CODE:
            cases = " ".join(f"WHEN {literal(one.key)} THEN {literal(disarm(one.label))}" for one in variable.values)
            return f"CASE {column} {cases} ELSE {_disarmed(column)} END" if cases else _disarmed(column)
        case Form.FLAG:
            return f"{column}::TINYINT"
        case Form.NUMBER:
            return f"replace(regexp_replace({column}::VARCHAR, '\\.0$', ''), '.', ',')"
        case Form.DAY:
            return f"strftime({column}, '%d/%m/%Y')"
        case Form.TEXT:
            return _disarmed(f"{column}::VARCHAR")
    return column


def literal(text: str) -> str:
    """A text as SQL writes it."""
    return "'" + text.replace("'", "''") + "'"


def _disarmed(sql: str) -> str:
    return f"CASE WHEN regexp_matches({sql}, {literal(_RUNS)}) THEN {_QUOTE} || {sql} ELSE {sql} END"


def _copied(data: DataSet, told: str, options: str, file: IO[bytes]) -> None:
    """Write columns of a data set, in the order of its rows, at the end of `file`. The engine writes in its folder."""
    waiting = folder() / f"reading-{uuid.uuid4().hex}"
    waiting.touch(mode=0o600)
    try:
        data.columns.connection.execute(
            f"COPY (SELECT {told} FROM {data.source} ORDER BY {ROW}) TO {literal(str(waiting))} ({options})"
        )
        with waiting.open("rb") as made:
            shutil.copyfileobj(made, file)
    finally:
        waiting.unlink(missing_ok=True)

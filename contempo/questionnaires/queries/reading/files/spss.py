"""SPSS: a labelled .sav, where numbers stand for options and for each reason why a value is missing."""

from pathlib import Path
from typing import Any

import pyreadstat
from django.utils.translation import gettext as _

from contempo.questionnaires.queries.reading.dataset import ROW, DataSet
from contempo.questionnaires.queries.reading.files.codebook import missing_codes
from contempo.questionnaires.queries.reading.files.plain import gates, literal
from contempo.questionnaires.rules.codebook import (
    MISSING_LABELS,
    NOT_ANSWERED,
    NOT_ASKED,
    NOT_TOLD,
    Form,
    Variable,
)
from contempo.questionnaires.rules.columns import name_of

_MEASURES = {Form.WHOLE: "scale", Form.NUMBER: "scale", Form.DAY: "scale", Form.PLACE: "ordinal"}
_NO_LABEL = 250
"""Characters of the longest label of a variable that every version of SPSS shows."""


def write_sav(data: DataSet, path: Path, *, title: str) -> None:
    """Write a data set with labels of variables and values, measures, and codes for what is missing.

    A day is a number of SPSS (seconds since 14 October 1582), shown as a day. A text that is missing is empty: the
    `u_…` columns of conditional questions tell which of those were not asked.
    """
    told = [f"{_coded(data, each)} AS {name_of(each.name)}" for each in data.variables]
    texts = [each for each in data.variables if each.form == Form.TEXT and each.conditional]
    flags = [gate for gate in gates(data) if gate in {data.gate(each) for each in texts}]
    told += [f"{gate}::TINYINT AS {gate}" for gate in flags]
    frame = data.columns.connection.execute(f"SELECT {', '.join(told)} FROM {data.source} ORDER BY {ROW}").df()
    pyreadstat.write_sav(
        frame,
        str(path),
        file_label=title[:60],
        column_labels=[each.label[:_NO_LABEL] for each in data.variables] + [_("Not asked") for _gate in flags],
        variable_value_labels=_value_labels(data),
        missing_ranges=_missing(data),
        variable_measure={each.name: _measure(each) for each in data.variables},
        variable_format={each.name: "DATE11" for each in data.variables if each.form == Form.DAY},
        row_compress=True,
    )


def _coded(data: DataSet, variable: Variable) -> str:
    """SQL of a value as a number, or as text where it is one."""
    column = name_of(variable.column)
    match variable.form:
        case Form.TEXT:
            return f"coalesce({column}::VARCHAR, '')"
        case Form.CODE:
            cases = " ".join(f"WHEN {literal(value.key)} THEN {value.code}" for value in variable.values)
            sql, kind = (f"CASE {column} {cases} END" if cases else "NULL"), "SMALLINT"
        case Form.FLAG:
            sql, kind = f"{column}::TINYINT", "SMALLINT"
        case Form.DAY:
            sql, kind = f"date_diff('second', TIMESTAMP '1582-10-14', {column}::TIMESTAMP)", "DOUBLE"
        case Form.NUMBER:
            sql, kind = column, "DOUBLE"
        case _:
            sql, kind = column, "INTEGER"
    if not missing_codes(data, variable):
        return f"({sql})::{kind}"
    return f"coalesce({sql}, {_why_missing(data, variable)})::{kind}"


def _why_missing(data: DataSet, variable: Variable) -> str:
    """SQL of the code of a missing value: not asked, kept back, or not answered."""
    codes = missing_codes(data, variable)
    rest = NOT_ANSWERED
    gate = data.gate(variable)
    if NOT_TOLD in codes and (variable.form in (Form.NUMBER, Form.DAY) or not variable.question):
        rest = NOT_TOLD
    answered = str(variable.missing(rest))
    if gate and variable.conditional:
        return f"CASE WHEN {gate} THEN {variable.missing(NOT_ASKED)} ELSE {answered} END"
    return answered


def _value_labels(data: DataSet) -> dict[str, dict[Any, str]]:
    found: dict[str, dict[Any, str]] = {}
    for variable in data.variables:
        labels: dict[Any, str] = {value.code: value.label for value in variable.values}
        labels |= {variable.missing(code): _(MISSING_LABELS[code]) for code in missing_codes(data, variable)}
        if variable.form == Form.FLAG:
            labels |= {0: _("no"), 1: _("yes")}
        if labels and variable.form != Form.TEXT:
            found[variable.name] = {code: label[:120] for code, label in labels.items()}
    return found


def _missing(data: DataSet) -> dict[str, list[Any]]:
    return {
        each.name: [each.missing(code) for code in codes]
        for each in data.variables
        if (codes := missing_codes(data, each))
    }


def _measure(variable: Variable) -> str:
    if variable.form == Form.CODE:
        return "ordinal" if variable.ordered else "nominal"
    return _MEASURES.get(variable.form, "nominal")

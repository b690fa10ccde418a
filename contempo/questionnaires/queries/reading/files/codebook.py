"""The code book: what each column of a data set holds, line by line."""

from collections.abc import Iterator

from django.utils.translation import gettext as _
from django.utils.translation import gettext_lazy

from contempo.questionnaires.queries.reading.dataset import DataSet
from contempo.questionnaires.queries.reading.files.plain import gates
from contempo.questionnaires.rules.codebook import FORM_LABELS, MISSING_LABELS, NOT_ASKED, NOT_TOLD, Form, Variable

CODE_BOOK = (
    gettext_lazy("Table"),
    gettext_lazy("Column"),
    gettext_lazy("What it holds"),
    gettext_lazy("Page of the questionnaire"),
    gettext_lazy("Form"),
    gettext_lazy("Code"),
    gettext_lazy("Key"),
    gettext_lazy("Value"),
)
"""Heads of its columns. `Code` is the number of a value in SPSS, `Key` its name in Parquet, `Value` what CSV and Excel
say."""

Line = tuple[str, str, str, str, str, str, str, str]


def lines(data: DataSet) -> Iterator[Line]:
    """A line for each column of a data set, followed by one for each of its values and of what may be missing."""
    table = data.part.key if data.part else _("responses")
    for variable in data.variables:
        form = _(FORM_LABELS[variable.form])
        if variable.unit:
            form = f"{form} ({variable.unit})"
        yield table, variable.name, variable.label, variable.page, form, "", "", ""
        for value in variable.values:
            yield table, variable.name, "", "", "", str(value.code), value.key, value.label
        for code in missing_codes(data, variable):
            yield table, variable.name, "", "", "", str(variable.missing(code)), "", _(MISSING_LABELS[code])
    for gate in gates(data):
        name = gate.strip('"')
        yield table, name, _("Whether it was not asked, because of a condition"), "", _("1 yes, 0 no"), "", "", ""


def missing_codes(data: DataSet, variable: Variable) -> tuple[int, ...]:
    """What may stand for a missing value of a column in a labelled file."""
    if variable.form == Form.TEXT or not (variable.question or variable.column.startswith("a_")):
        return ()
    return tuple(
        code
        for code in MISSING_LABELS
        if (code != NOT_ASKED or variable.conditional) and (code != NOT_TOLD or data.coarse)
    )

"""Workbooks as users of KoboToolbox and ODK write them, built cell by cell."""

import io
from typing import Any

from openpyxl import Workbook

from contempo.questionnaires.forms.making.workbook import read_workbook
from contempo.questionnaires.rules.xlsform.reading import ReadForm
from contempo.questionnaires.rules.xlsform.sheets import told

Table = list[list[Any]]


def workbook(survey: Table, choices: Table | None = None, settings: Table | None = None, **others: Table) -> bytes:
    book = Workbook()
    book.remove(book.active)
    for title, rows in {"survey": survey, "choices": choices, "settings": settings, **others}.items():
        if rows is not None:
            sheet = book.create_sheet(title)
            for row in rows:
                sheet.append(row)
    out = io.BytesIO()
    book.save(out)
    return out.getvalue()


def read(survey: Table, choices: Table | None = None, settings: Table | None = None) -> ReadForm:
    return read_workbook(workbook(survey, choices, settings))


def sentences(form: ReadForm, level: str) -> list[tuple[str, int, str, str]]:
    """Findings of a level: sheet, row, column, sentence."""
    return [(one.sheet, one.row, one.column, told(one)) for one in form.findings if one.level == level]


YES_NO: Table = [["list_name", "name", "label"], ["sn", "si", "Sì"], ["sn", "no", "No"]]

"""A questionnaire as an XLSForm workbook."""

import io

from openpyxl import Workbook
from openpyxl.cell import WriteOnlyCell
from openpyxl.cell.cell import ILLEGAL_CHARACTERS_RE
from openpyxl.styles import Alignment, Font
from openpyxl.utils import get_column_letter

from contempo.questionnaires.rules.document import Document
from contempo.questionnaires.rules.xlsform.writing import FormName, tables_of

_BOLD, _WRAPPED = Font(bold=True), Alignment(wrap_text=True, vertical="top")
_WIDE, _USUAL = 50, 20


def xlsform_workbook(document: Document, name: FormName) -> bytes:
    """The XLSX file that KoboToolbox and ODK read. Every cell is text: nothing in it runs as a formula."""
    book = Workbook(write_only=True)
    for title, table in tables_of(document, name).items():
        sheet = book.create_sheet(title)
        sheet.freeze_panes = "A2"
        for place, column in enumerate(table[0], start=1):
            wide = column.partition("::")[0] in ("label", "hint", "relevant", "constraint")
            sheet.column_dimensions[get_column_letter(place)].width = _WIDE if wide else _USUAL
        for number, row in enumerate(table):
            cells = []
            for text in row:
                cell = WriteOnlyCell(sheet, ILLEGAL_CHARACTERS_RE.sub("", text) or None)
                cell.data_type, cell.number_format, cell.alignment = "s" if text else "n", "@", _WRAPPED
                if not number:
                    cell.font = _BOLD
                cells.append(cell)
            sheet.append(cells)
    out = io.BytesIO()
    book.save(out)
    return out.getvalue()

"""Lists: one page of rows with its exact count, filters, order and export."""

from contempo.web.lists.export import Sheet, export, export_format, export_sheets
from contempo.web.lists.page import Chip, Column, Header, ListPage, PageLink
from contempo.web.lists.paging import build, every_row, paginate

__all__ = [
    "Chip",
    "Column",
    "Header",
    "ListPage",
    "PageLink",
    "Sheet",
    "build",
    "every_row",
    "export",
    "export_format",
    "export_sheets",
    "paginate",
]

"""Lists: one page of rows with its exact count, filters, order and export."""

from contempo.web.lists.export import export, export_format
from contempo.web.lists.page import Chip, Column, Header, ListPage, PageLink
from contempo.web.lists.paging import build, every_row, paginate

__all__ = [
    "Chip",
    "Column",
    "Header",
    "ListPage",
    "PageLink",
    "build",
    "every_row",
    "export",
    "export_format",
    "paginate",
]

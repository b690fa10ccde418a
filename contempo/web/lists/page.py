"""A page of a list, ready to be shown. Every address on it keeps the filters the reader has set."""

from dataclasses import dataclass
from typing import TYPE_CHECKING, Any

from django import forms
from django.http import QueryDict
from django.utils.translation import gettext

if TYPE_CHECKING:
    from django_stubs_ext import StrOrPromise

PAGE, SORT, FORMAT = "pagina", "ordina", "formato"
EXPORTS = (("csv", "CSV"), ("xlsx", "Excel"))


@dataclass(frozen=True)
class Column:
    """A column: the row's attribute `key` under `label`.

    `sort` is the database expression (or several) to order by; None: the list cannot be ordered by this column.
    `template` shows the cell from `row` and `value`; without one, dates, numbers, workflow looks, None and tuples are
    shown by their type. `numeric` aligns to the right. `only_export` columns are in the file and not on the page.
    """

    key: str
    label: "StrOrPromise"
    sort: str | tuple[str, ...] | None = None
    template: str = ""
    numeric: bool = False
    only_export: bool = False


@dataclass(frozen=True)
class Chip:
    """A filter that is set, in words, and the address of the list without it."""

    label: str
    value: str
    url: str


@dataclass(frozen=True)
class Header:
    """A column's head: `url` orders by it, `order` is its aria-sort value ("" when the list is not ordered by it)."""

    column: Column
    url: str
    order: str


@dataclass(frozen=True)
class PageLink:
    """A link to a page; `url` is empty for the present one, `number` 0 stands for pages left out."""

    number: int
    url: str


def _address(params: QueryDict, **changes: str | None) -> str:
    query = params.copy()
    for name, value in changes.items():
        query.pop(name, None)
        if value:
            query[name] = value
    return f"?{query.urlencode()}"


@dataclass(frozen=True)
class ListPage:
    """One page of `total` rows: frozen rows of the context; a row with a `url` is linked by its first cell."""

    rows: tuple[Any, ...]
    total: int
    page: int
    pages: int
    per_page: int
    sort: str
    columns: tuple[Column, ...]
    params: QueryDict
    filter_form: forms.Form | None = None
    exportable: bool = True

    @property
    def first(self) -> int:
        """Number of the first row on this page, from 1; 0 when there is none."""
        return (self.page - 1) * self.per_page + 1 if self.rows else 0

    @property
    def last(self) -> int:
        """Number of the last row on this page."""
        return self.first + len(self.rows) - 1 if self.rows else 0

    @property
    def shown_columns(self) -> tuple[Column, ...]:
        return tuple(column for column in self.columns if not column.only_export)

    @property
    def headers(self) -> tuple[Header, ...]:
        """Heads of the columns; following one orders by it, following it again turns the order round."""
        made = []
        for column in self.shown_columns:
            order = {column.key: "ascending", f"-{column.key}": "descending"}.get(self.sort, "")
            wanted = f"-{column.key}" if order == "ascending" else column.key
            url = _address(self.params, **{SORT: wanted, PAGE: None}) if column.sort else ""
            made.append(Header(column, url, order))
        return tuple(made)

    @property
    def sorts(self) -> tuple[tuple[str, str, bool], ...]:
        """Orders to choose from where there are no column heads: (value, words, chosen)."""
        made = []
        for column in self.columns:
            if column.sort:
                for value, words in (
                    (column.key, gettext("%(column)s, rising")),
                    (f"-{column.key}", gettext("%(column)s, falling")),
                ):
                    made.append((value, words % {"column": column.label}, value == self.sort))
        return tuple(made)

    @property
    def page_links(self) -> tuple[PageLink, ...]:
        """First, last and the pages around this one."""
        wanted = sorted({1, self.pages, *range(max(1, self.page - 1), min(self.pages, self.page + 1) + 1)})
        made: list[PageLink] = []
        for number in wanted:
            if made and number > made[-1].number + 1:
                made.append(PageLink(0, ""))
            made.append(PageLink(number, "" if number == self.page else self._page_url(number)))
        return tuple(made)

    @property
    def previous_url(self) -> str:
        return self._page_url(self.page - 1) if self.page > 1 else ""

    @property
    def next_url(self) -> str:
        return self._page_url(self.page + 1) if self.page < self.pages else ""

    def _page_url(self, number: int) -> str:
        return _address(self.params, **{PAGE: str(number) if number > 1 else None})

    @property
    def chips(self) -> tuple[Chip, ...]:
        """The filters that are set, each with the address that lifts it; hidden ones are no filters but the list's
        own scope, which every address keeps."""
        if self.filter_form is None:
            return ()
        made = []
        for name, each in self.filter_form.fields.items():
            values = [value for value in self.params.getlist(name) if value.strip()]
            if each.widget.is_hidden or name not in getattr(self.filter_form, "cleaned_data", {}):
                continue
            for value in values:
                rest = self.params.copy()
                rest.pop(PAGE, None)
                rest.setlist(name, [other for other in values if other != value])
                made.append(Chip(str(each.label), _words(each, value), f"?{rest.urlencode()}"))
        return tuple(made)

    @property
    def filtered(self) -> bool:
        return bool(self.chips)

    @property
    def clear_url(self) -> str:
        """The list without filters, in the same order."""
        kept = QueryDict(mutable=True)
        scope = [field.name for field in self.filter_form.hidden_fields()] if self.filter_form else []
        for name in (SORT, *scope):
            if self.params.get(name):
                kept.setlist(name, self.params.getlist(name))
        return f"?{kept.urlencode()}"

    @property
    def exports(self) -> tuple[tuple[str, str], ...]:
        """(address, name of the format) of the files holding every row of this list, filters kept."""
        if not self.exportable:
            return ()
        return tuple((_address(self.params, **{FORMAT: key, PAGE: None}), name) for key, name in EXPORTS)


def _words(form_field: forms.Field, value: str) -> str:
    """The label of `value` among the choices of `form_field` (groups opened), else the value itself."""
    choices: list[Any] = []
    for key, label in getattr(form_field, "choices", ()):
        choices += label if isinstance(label, list | tuple) else [(key, label)]
    return next((str(label) for key, label in choices if str(key) == value), value)

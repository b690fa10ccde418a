"""Lists made of sums: few rows, filtered and ordered in memory."""

from collections.abc import Callable, Iterable, Sequence
from typing import Any

from django import forms
from django.http import QueryDict

from contempo.core.text import normalise
from contempo.web.lists import Column, ListPage
from contempo.web.lists.page import PAGE, SORT
from contempo.web.lists.paging import ROWS_PER_PAGE


class Opening(int):
    """A count, and the address `url` of its records, empty for who may not see them."""

    url: str

    def __new__(cls, count: int, url: str = "") -> "Opening":
        made = super().__new__(cls, count)
        made.url = url if count else ""
        return made


def page_of(
    rows: Iterable[Any], *, columns: Sequence[Column], params: QueryDict, form: forms.Form, sort: str
) -> ListPage:
    """The page of `rows` that `params` ask for, in the order they ask for, else by `sort`."""
    ordered, chosen = in_order(rows, columns=columns, params=params, sort=sort)
    pages = max(1, -(-len(ordered) // ROWS_PER_PAGE))
    asked = params.get(PAGE, "")
    page = min(max(int(asked), 1), pages) if asked.isdecimal() and len(asked) < 10 else 1
    return ListPage(
        rows=tuple(ordered[(page - 1) * ROWS_PER_PAGE : page * ROWS_PER_PAGE]),
        total=len(ordered),
        page=page,
        pages=pages,
        per_page=ROWS_PER_PAGE,
        sort=chosen,
        columns=tuple(columns),
        params=params,
        filter_form=form,
    )


def in_order(rows: Iterable[Any], *, columns: Sequence[Column], params: QueryDict, sort: str) -> tuple[list[Any], str]:
    """`rows` in the order asked, those without a value last, and what that order is called."""
    asked = params.get(SORT, "")
    known = {column.key: str(column.sort) for column in columns if column.sort}
    chosen = asked if asked.removeprefix("-") in known else sort
    name = known[chosen.removeprefix("-")]
    rows = list(rows)
    filled = [row for row in rows if getattr(row, name) is not None]
    filled.sort(key=_key(name), reverse=chosen.startswith("-"))
    return [*filled, *(row for row in rows if getattr(row, name) is None)], chosen


def _key(name: str) -> Callable[[Any], Any]:
    def key(row: Any) -> Any:
        value = getattr(row, name)
        return normalise(value) if isinstance(value, str) else value

    return key

"""Rows that are computed, not read one by one, as a list that sorts and is saved as a file."""

from collections.abc import Sequence
from typing import Any

from django.http import QueryDict

from contempo.web.lists import Column, ListPage
from contempo.web.lists.page import SORT


def ordered(
    rows: Sequence[Any], params: QueryDict, columns: Sequence[Column], sort: str
) -> tuple[tuple[Any, ...], str]:
    """`rows` in the order `params` ask for (`sort` else), and that order. What is empty comes last, either way."""
    asked = params.get(SORT, "")
    chosen = asked if asked.removeprefix("-") in {column.key for column in columns if column.sort} else sort
    key = chosen.removeprefix("-")
    known = [row for row in rows if getattr(row, key) not in (None, "")]
    empty = [row for row in rows if getattr(row, key) in (None, "")]
    found = sorted(known, key=lambda row: _value(getattr(row, key)), reverse=chosen.startswith("-"))
    return (*found, *empty), chosen


def listed(
    rows: Sequence[Any], params: QueryDict, columns: Sequence[Column], *, sort: str, filter_form: Any = None
) -> ListPage:
    """The whole of `rows` as one page of a list."""
    shown, chosen = ordered(rows, params, columns, sort)
    return ListPage(
        rows=shown,
        total=len(shown),
        page=1,
        pages=1,
        per_page=max(len(shown), 1),
        sort=chosen,
        columns=tuple(columns),
        params=params,
        filter_form=filter_form,
    )


def _value(value: Any) -> Any:
    return str(value.label) if hasattr(value, "label") else value

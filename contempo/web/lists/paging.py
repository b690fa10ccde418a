"""From a queryset already narrowed to what the actor may see, to a page of rows."""

from collections.abc import Callable, Iterator, Sequence
from typing import Any

import django_filters
from django.db.models import F, QuerySet
from django.db.models.expressions import OrderBy
from django.http import QueryDict

from contempo.web.lists.page import PAGE, SORT, Column, ListPage

ROWS_PER_PAGE = 25
CHUNK = 1000


def build(
    filterset: django_filters.FilterSet,
    *,
    columns: Sequence[Column],
    to_row: Callable[[Any], Any],
    sort: str,
    per_page: int = ROWS_PER_PAGE,
    total: int | None = None,
    exportable: bool = True,
) -> ListPage:
    """The page its `filterset` (bound to the request's GET and to the visible queryset) asks for.

    `sort` is the order when none is asked: a column's key, with `-` for falling. `to_row` makes a frozen row of a
    model. `total` spares the count where the caller knows it. Two SQL statements, whatever the number of rows.
    """
    return paginate(
        filterset.qs,
        params=_params(filterset),
        columns=columns,
        to_row=to_row,
        sort=sort,
        per_page=per_page,
        total=total,
        filter_form=filterset.form,
        exportable=exportable,
    )


def paginate(
    queryset: QuerySet[Any],
    *,
    params: QueryDict,
    columns: Sequence[Column],
    to_row: Callable[[Any], Any],
    sort: str,
    per_page: int = ROWS_PER_PAGE,
    total: int | None = None,
    filter_form: Any = None,
    exportable: bool = True,
) -> ListPage:
    """As `build`, for a list without filters. A page number without sense, or past the end, gives the nearest page."""
    count = queryset.count() if total is None else total
    pages = max(1, -(-count // per_page))
    asked = params.get(PAGE, "")
    page = min(max(int(asked), 1), pages) if asked.isdecimal() and len(asked) < 10 else 1
    chosen = _sort(params, columns, sort)
    found = _slice(_ordered(queryset, columns, chosen), (page - 1) * per_page, page * per_page) if count else ()
    return ListPage(
        rows=tuple(to_row(each) for each in found),
        total=count,
        page=page,
        pages=pages,
        per_page=per_page,
        sort=chosen,
        columns=tuple(columns),
        params=params,
        filter_form=filter_form,
        exportable=exportable,
    )


def _slice(queryset: QuerySet[Any], start: int, stop: int) -> QuerySet[Any]:
    """Rows `start` to `stop`: their keys are found first, which an index alone may tell, the rows and all that is
    joined to them only then. This way the last page costs hardly more than the first.
    """
    return queryset.filter(pk__in=queryset.values("pk")[start:stop])


def every_row(
    filterset: django_filters.FilterSet, *, columns: Sequence[Column], to_row: Callable[[Any], Any], sort: str
) -> Iterator[Any]:
    """Every row the filters leave, in the order asked, read in chunks: for `export`."""
    queryset = _ordered(filterset.qs, columns, _sort(_params(filterset), columns, sort))
    return (to_row(each) for each in queryset.iterator(chunk_size=CHUNK))


def _params(filterset: django_filters.FilterSet) -> QueryDict:
    data = filterset.data
    if isinstance(data, QueryDict):
        return data
    made = QueryDict(mutable=True)
    made.update(data or {})
    return made


def _sort(params: QueryDict, columns: Sequence[Column], default: str) -> str:
    asked = params.get(SORT, "")
    return asked if asked.removeprefix("-") in {column.key for column in columns if column.sort} else default


def _ordered(queryset: QuerySet[Any], columns: Sequence[Column], sort: str) -> QuerySet[Any]:
    """Ordered by the column of `sort`, empty values last, then by key so that no row appears on two pages."""
    column = next((each for each in columns if each.key == sort.removeprefix("-") and each.sort), None)
    if column is None:
        return queryset.order_by(*queryset.query.order_by, "pk")
    names = (column.sort,) if isinstance(column.sort, str) else column.sort
    falling = sort.startswith("-")
    nullable = {field.name for field in queryset.model._meta.concrete_fields if field.null}
    orders = (_order(name, falling=falling, full=name not in nullable and "__" not in name) for name in names or ())
    return queryset.order_by(*orders, "-pk" if falling else "pk")


def _order(name: str, *, falling: bool, full: bool) -> OrderBy:
    """Empty values last; a `full` column has none, and says so, because then an index read backwards serves."""
    if full:
        return F(name).desc() if falling else F(name).asc()
    return F(name).desc(nulls_last=True) if falling else F(name).asc(nulls_last=True)

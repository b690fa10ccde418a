"""Giving a view the month its address names."""

from collections.abc import Callable
from functools import wraps
from typing import Any

from django.http import Http404, HttpRequest, HttpResponseBase

from contempo.agile.queries.months.finding import find_month
from contempo.agile.queries.opened import OpenedEmployer

View = Callable[..., HttpResponseBase]


def with_month(view: View) -> View:
    """Give a view of an employer the month of its address; 404 when there is none for its reader."""

    @wraps(view)
    def with_it(request: HttpRequest, opened: OpenedEmployer, month: str, **parts: Any) -> HttpResponseBase:
        if (found := find_month(opened, month)) is None:
            raise Http404
        return view(request, opened, found, **parts)

    return with_it

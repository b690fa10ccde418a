"""What the views of agreements share: the agreement of an address, refusals told in a form, the way back."""

from collections.abc import Callable
from functools import wraps
from typing import Any

from django.contrib import messages
from django.http import Http404, HttpRequest, HttpResponse, HttpResponseBase
from django.shortcuts import redirect

from contempo.agile.access import may_read_inside
from contempo.agile.queries.agreements.page import AgreementPage, agreement_page
from contempo.agile.queries.opened import OpenedEmployer
from contempo.agile.views.opening import with_employer
from contempo.core import clock

View = Callable[..., HttpResponseBase]


def with_agreement(view: View) -> View:
    """Give a view of a signed-in reader the employer and the agreement its address names; 404 when it is not for them.

    A draft is for the worker alone.
    """

    @with_employer("agreements", may=may_read_inside)
    @wraps(view)
    def with_it(request: HttpRequest, opened: OpenedEmployer, number: int, **parts: Any) -> HttpResponseBase:
        if (page := agreement_page(opened, number, clock.today())) is None:
            raise Http404
        return view(request, opened, page, **parts)

    return with_it


def back_to_it(request: HttpRequest, page: AgreementPage, told: str) -> HttpResponse:
    """Back to the agreement, with a word on what was done."""
    messages.success(request, told)
    return redirect(page.url)

"""What the views of agreements share: the agreement of an address, refusals told in a form, the way back."""

from collections.abc import Callable
from functools import wraps
from typing import Any

from django.contrib import messages
from django.forms import BaseForm
from django.http import Http404, HttpRequest, HttpResponse, HttpResponseBase
from django.shortcuts import redirect

from contempo.agile.access import may_read_inside
from contempo.agile.queries.agreements.page import AgreementPage, agreement_page
from contempo.agile.queries.opened import OpenedEmployer
from contempo.agile.views.opening import with_employer
from contempo.core import clock
from contempo.core.verdict import Refusal
from contempo.web.forms import add_refusal

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


def done(request: HttpRequest, page: AgreementPage, told: str) -> HttpResponse:
    """Back to the agreement, with a word on what was done."""
    messages.success(request, told)
    return redirect(page.url)


def told_in(form: BaseForm, act: Callable[[], object]) -> bool:
    """Whether the action was done; what it refuses is shown in the form, beside its field."""
    try:
        act()
    except Refusal as refusal:
        add_refusal(form, refusal)
        return False
    return True

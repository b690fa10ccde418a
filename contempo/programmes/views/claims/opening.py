"""What the views of claims share: the claim of an address, refusals told in a form, the way back."""

from collections.abc import Callable
from functools import wraps
from typing import Any

from django.contrib import messages
from django.contrib.auth.decorators import login_required
from django.forms import BaseForm
from django.http import Http404, HttpRequest, HttpResponse, HttpResponseBase
from django.shortcuts import redirect
from django.utils.translation import gettext as _

from contempo.core.verdict import Refusal
from contempo.programmes.forms.editions import EditionForm
from contempo.programmes.queries.claims.page import ClaimPage, claim_page
from contempo.programmes.queries.opened import OpenedPlan
from contempo.programmes.rules.expenses import Problem, Unready
from contempo.programmes.views.opening import with_plan
from contempo.web.forms import add_refusal
from contempo.web.sentences import sentence

View = Callable[..., HttpResponseBase]


def with_claim(view: View) -> View:
    """Give a view of a signed-in reader the plan and the page of the claim its address names; 404 when it is not for
    them."""

    @login_required
    @with_plan("claims")
    @wraps(view)
    def with_it(request: HttpRequest, opened: OpenedPlan, number: int, **parts: Any) -> HttpResponseBase:
        if (page := claim_page(request.actor, opened, number)) is None:
            raise Http404
        return view(request, opened, page, **parts)

    return with_it


def to_claim(request: HttpRequest, page: ClaimPage, told: str = "", where: str = "") -> HttpResponse:
    """Back to the claim, with a word on what was done."""
    if told:
        messages.success(request, told % {"number": page.number, "name": page.partner})
    return redirect(page.url + where)


def told_in(form: BaseForm, act: Callable[[], object]) -> bool:
    """Whether the action was done; everything it refuses is shown in the form, each beside its field."""
    try:
        act()
    except Unready as unready:
        for problem in unready.problems:
            add_refusal(form, Refusal(problem.reason, field=problem.field, **problem.params))
        return False
    except Refusal as refusal:
        form.refuse(refusal) if isinstance(form, EditionForm) else add_refusal(form, refusal)
        return False
    return True


def in_words(problem: Problem) -> str:
    """A problem in the reader's language, with the expense it is about."""
    text = sentence(Refusal(problem.reason, field=None, **problem.params))
    if problem.position is None:
        return text
    return _("Expense %(position)s: %(text)s") % {"position": problem.position, "text": text}

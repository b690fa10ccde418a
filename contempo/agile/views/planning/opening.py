"""What the views of planning share: the month of an address, what is not there, refusals told in a form."""

from collections.abc import Callable
from datetime import date
from typing import TypeVar

from django import forms
from django.http import Http404

from contempo.agile.rules.planning import month_named
from contempo.core.verdict import NotPermitted, Refusal
from contempo.web.forms import add_refusal

T = TypeVar("T")


def first_of(month: str) -> date:
    """The first day of the month an address names; 404 when it is none."""
    return found(month_named(month))


def found(thing: T | None) -> T:
    """What was looked for; 404 when there is none."""
    if thing is None:
        raise Http404
    return thing


def done(form: forms.BaseForm, act: Callable[[], object]) -> bool:
    """Do what was asked; False when it was refused, which the form then shows."""
    try:
        act()
    except NotPermitted:
        raise
    except Refusal as refusal:
        add_refusal(form, refusal)
        return False
    return True

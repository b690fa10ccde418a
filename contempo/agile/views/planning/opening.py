"""What the views of planning share: the month of an address, what is not there, refusals told in a form."""

from datetime import date
from typing import TypeVar

from django.http import Http404

from contempo.agile.rules.planning import month_named

T = TypeVar("T")


def first_of(month: str) -> date:
    """The first day of the month an address names; 404 when it is none."""
    return found(month_named(month))


def found(thing: T | None) -> T:
    """What was looked for; 404 when there is none."""
    if thing is None:
        raise Http404
    return thing

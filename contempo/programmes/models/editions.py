"""The editions of what is changed in forms, made alike by those who show and by those who write."""

from collections.abc import Iterable
from dataclasses import fields

from contempo.programmes.models.alliances import Activity
from contempo.programmes.models.claims import Claim, Expense
from contempo.programmes.rules.editions import edition
from contempo.programmes.rules.expenses import Details


def edition_of_activity(activity: Activity, responsible: Iterable[int]) -> str:
    """The edition of what is written of an activity, with the organisations that answer for it; not of its state."""
    written = (activity.title, activity.text, activity.place, activity.times, activity.since, activity.until)
    return edition(*written, sorted(responsible))


def edition_of_claim(claim: Claim) -> str:
    """The edition of title and note of a claim."""
    return edition(claim.title, claim.note)


def edition_of_expense(expense: Expense) -> str:
    """The edition of what is typed of an expense; not of its files."""
    return edition(*(getattr(expense, each.name) for each in fields(Details)))

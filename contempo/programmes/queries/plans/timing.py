"""Late and next activities, as the database finds them. Tests hold these to `rules.lateness`."""

from datetime import date

from django.db.models import Q

from contempo.programmes.rules.activities import OPEN, ActivityState
from contempo.programmes.rules.lateness import SOON

_OPEN = Q(state__in=sorted(state.value for state in OPEN))
_PLANNED = Q(state=ActivityState.PLANNED.value)


def late(today: date) -> Q:
    """Activities past their last day, or past their first without having begun."""
    return (_OPEN & Q(until__lte=today)) | (_PLANNED & Q(since__lt=today))


def upcoming(today: date) -> Q:
    """Activities that are not late and begin, or end, within `SOON`."""
    soon = today + SOON
    near = (_PLANNED & Q(since__lte=soon)) | (_OPEN & Q(until__lte=soon))
    # A comparison with a day that is missing is unknown, and so is its negation: absence has to be said.
    not_past = Q(until__isnull=True) | Q(until__gt=today)
    not_waited_for = ~_PLANNED | Q(since__isnull=True) | Q(since__gte=today)
    return near & not_past & not_waited_for

"""Which months wait for a step that nobody need take by hand."""

from enum import StrEnum

from contempo.agile.models import Appeal, Month
from contempo.agile.rules.months import AppealState, MonthState
from contempo.agile.rules.windows import may_close
from contempo.core import clock


class Due(StrEnum):
    CLEAR = "clear"
    PUBLISH = "publish"
    CLOSE = "close"


def months_due() -> list[tuple[int, Due]]:
    """The months whose time has come at this moment, with what is due; the longest waiting first. Four SQL at most."""
    now = clock.now()
    months = Month.objects.order_by("clear_at", "id")
    due = [(month.pk, Due.CLEAR) for month in months.filter(state=MonthState.OPEN, clear_at__lte=now)]
    due += [(month.pk, Due.PUBLISH) for month in months.filter(state=MonthState.CLEARED, publish_at__lte=now)]
    over = [month.pk for month in months.filter(state=MonthState.PUBLISHED) if may_close(month, now)]
    waiting = set(Appeal.objects.filter(month__in=over, state=AppealState.OPEN).values_list("month_id", flat=True))
    return due + [(month_id, Due.CLOSE) for month_id in over if month_id not in waiting]

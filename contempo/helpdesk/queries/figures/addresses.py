"""The addresses of the lists behind the figures: each list is as long as its figure says."""

from collections.abc import Callable
from datetime import timedelta
from urllib.parse import urlencode

from django.urls import reverse

from contempo.helpdesk.queries.figures.counting import HOLDER, NOT_TOLD, Filters
from contempo.helpdesk.rules.figures import Period

PARAMETERS = {
    "topic": "argomento",
    "capacity": "qualita",
    "municipality": "comune",
    "sector": "settore",
    "channel": "canale",
    HOLDER: "esperto",
}
"""Names in the address of what the lists may be narrowed by."""

QUESTIONS, DEFLECTED, MISSES = "desk", "deflected", "catalogue_needs"
"""Names of the lists."""

Link = Callable[..., str]
"""The address of a list, narrowed further by what it is called with; `to` names another list than the questions."""


def links(network: str, period: Period, filters: Filters) -> Link:
    """Addresses in the network with the slug `network` of what was received in a period, narrowed by `filters`."""
    base = {"dal": period.since, "al": period.until}
    base |= {PARAMETERS[name]: value or NOT_TOLD for name, value in filters.items()}

    def link(*, to: str = QUESTIONS, **wanted: str) -> str:
        address = reverse(f"helpdesk:{to}", kwargs={"network": network})
        if to == MISSES:
            # That list knows days, and nothing of what searchers asked about.
            since, until = (instant.date() for instant in period.instants)
            return f"{address}?{urlencode({'dal': since, 'al': until - timedelta(days=1)})}"
        scope = {"scheda": "tutte"} if to == QUESTIONS else {}
        return f"{address}?{urlencode(scope | base | wanted)}"

    return link


def no_link(*, to: str = "", **_wanted: str) -> str:
    """No address: for who may not read the questions."""
    return ""

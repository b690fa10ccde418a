"""The words of channels, kinds, sizes, places, delegates and groups of a campaign, and numbers as people read them."""

from collections.abc import Iterable, Mapping

from django.utils.formats import number_format
from django.utils.translation import gettext as _

from contempo.core.words import N_
from contempo.network.public import kind_names, place_labels, size_names
from contempo.questionnaires.models import Delegate
from contempo.questionnaires.rules.rates import Ratio
from contempo.questionnaires.rules.states import CHANNEL_LABELS, Channel

FACETS: dict[str, str] = {
    "channel": N_("Channel"),
    "kind": N_("Kind"),
    "size": N_("Size class"),
    "municipality": N_("Municipality"),
    "delegate": N_("Through whom"),
    "stratum": N_("Group"),
}
"""What invitations and units are divided by; invitations have no group."""

PARAMETERS: dict[str, str] = {
    "channel": "canale",
    "kind": "tipo",
    "size": "dimensione",
    "municipality": "comune",
    "delegate": "delegato",
    "stratum": "gruppo",
}
"""What each is called in addresses."""

UNKNOWN = "nessuno"
"""What stands in addresses for the value that is not known."""

_ORDER = tuple(Channel)


def percent_text(ratio: Ratio) -> str:
    """`42,5 %`; empty where there is nothing to divide by."""
    share = ratio.share
    return "" if share is None else _("%(number)s %%") % {"number": number_format(percent(ratio), 1)}


def percent(ratio: Ratio) -> float | None:
    """The share in percent with one decimal, None where there is nothing to divide by."""
    return None if ratio.share is None else round(float(ratio.share * 100), 1)


def number_text(number: int) -> str:
    """`6.581`."""
    return number_format(number, force_grouping=True)


def names_of(facet: str, values: Iterable[str]) -> dict[str, str]:
    """What each value of a facet is called, in the language of the reader. At most one SQL."""
    values = list(values)
    found = _known(facet, values)
    none = _("Not invited") if facet == "channel" else _("No delegate") if facet == "delegate" else _("Not known")
    return {value: found.get(value, value) if value else none for value in values}


def _known(facet: str, values: list[str]) -> Mapping[str, str]:
    if facet == "channel":
        return {key: _(label) for key, label in CHANNEL_LABELS.items()}
    if facet == "kind":
        return kind_names(values)
    if facet == "size":
        return size_names(values)
    if facet == "municipality":
        return place_labels(value for value in values if value)
    if facet == "delegate":
        return delegate_names(values)
    return {}


def delegate_names(numbers: Iterable[str]) -> dict[str, str]:
    """The organisations behind delegates, by number of the delegate. One SQL, none for nothing."""
    wanted = [int(number) for number in numbers if number]
    if not wanted:
        return {}
    found = Delegate.objects.filter(pk__in=wanted).values_list("pk", "organisation__name")
    return {str(number): name for number, name in found}


def channel_order(channel: str) -> int:
    """Where a channel stands among the others; what is none of them comes last."""
    return _ORDER.index(Channel(channel)) if channel in set(_ORDER) else len(_ORDER)

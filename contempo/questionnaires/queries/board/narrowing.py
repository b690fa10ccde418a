"""What invitations and units may be narrowed by, with the values that are there to choose from."""

from collections.abc import Iterable, Mapping, Sequence
from typing import Any

import django_filters
from django.db.models import QuerySet
from django.http import QueryDict
from django.utils.translation import gettext as _

from contempo.core.text import normalise
from contempo.network.public import places_to_choose
from contempo.questionnaires.queries.board.sums import Sums
from contempo.questionnaires.queries.board.words import FACETS, PARAMETERS, UNKNOWN, channel_order, names_of

Choices = list[tuple[str, str]]

_MOST_WORDS = 8


class Narrowing(django_filters.FilterSet):
    """A FilterSet to which the facets are added that there is something to choose in; what is not known is chosen as
    `UNKNOWN`.
    """

    def __init__(self, *, choices: Mapping[str, Choices], params: QueryDict, queryset: QuerySet[Any]) -> None:
        super().__init__(params, queryset)
        for facet, found in choices.items():
            if len(found) > 1 or params.get(PARAMETERS[facet]):
                added = _Facet(facet, found)
                added.parent, added.model = self, queryset.model
                self.filters[PARAMETERS[facet]] = added
        self.is_valid()

    def named(self, rows: QuerySet[Any], name: str, text: str) -> QuerySet[Any]:
        """By words of the name, in any order."""
        for word in normalise(text).split()[:_MOST_WORDS]:
            rows = rows.filter(search_name__contains=word)
        return rows


class _Facet(django_filters.ChoiceFilter):
    """The value of one facet, those not known included."""

    def __init__(self, facet: str, choices: Choices) -> None:
        super().__init__(label=_(FACETS[facet]), choices=choices, empty_label=_("All"))
        self.column = f"{facet}_id" if facet in ("municipality", "delegate") else facet

    def filter(self, qs: QuerySet[Any], value: str) -> QuerySet[Any]:
        if not value:
            return qs
        if value != UNKNOWN:
            return qs.filter(**{self.column: value})
        return qs.filter(**{f"{self.column}__isnull": True} if self.column.endswith("_id") else {self.column: ""})


def invitation_choices(sums: Sums, facets: Sequence[str], params: QueryDict) -> dict[str, Choices]:
    """The values of facets that invitations have, as choices. Two SQL at most."""
    counts = {
        facet: {value: sum(by.values()) for value, by in sums.invitations.get(facet, {}).items()} for facet in facets
    }
    return _choices(counts, params)


def unit_choices(sums: Sums, facets: Sequence[str], params: QueryDict) -> dict[str, Choices]:
    """The values of facets that units have, as choices. Two SQL at most."""
    counts = {facet: {value: each.units for value, each in sums.units.get(facet, {}).items()} for facet in facets}
    return _choices(counts, params)


def _choices(counts: Mapping[str, Mapping[str, int]], params: QueryDict) -> dict[str, Choices]:
    """Channels in their order, everything else by name; of municipalities those with the most."""
    made: dict[str, Choices] = {}
    for facet, found in counts.items():
        if facet == "municipality":
            known = {value: count for value, count in found.items() if value}
            chosen = places_to_choose(known, params.get(PARAMETERS[facet], ""))
            made[facet] = [*chosen, *_named(facet, [""] if "" in found else [])]
        else:
            made[facet] = _named(facet, found)
    return made


def _named(facet: str, values: Iterable[str]) -> Choices:
    names = names_of(facet, values)
    ordered = sorted(
        names, key=lambda value: (not value, channel_order(value) if facet == "channel" else 0, names[value])
    )
    return [(value or UNKNOWN, names[value]) for value in ordered]

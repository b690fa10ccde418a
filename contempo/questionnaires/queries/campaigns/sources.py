"""The organisations of the network as a population."""

from collections.abc import Iterator

from django.utils.translation import gettext_lazy as _

from contempo.core.words import N_
from contempo.network.public import asking_choices, organisations_to_ask, organisations_to_ask_count
from contempo.questionnaires.rules.populations import (
    Asking,
    Chosen,
    FilterField,
    PopulationRow,
    PopulationSource,
    register_population,
)
from contempo.questionnaires.rules.states import UnitKind

_LABELS = {
    "member": _("Members"),
    "kind": _("Kind"),
    "size": _("Size class"),
    "sector": _("Sector"),
    "province": _("Province"),
    "municipality": _("Municipality"),
    "priority": _("Priorities"),
}


def _fields(asking: Asking) -> tuple[FilterField, ...]:
    choices = asking_choices(asking.network_id)
    return tuple(FilterField(key, str(label), tuple(choices[key])) for key, label in _LABELS.items() if choices[key])


def _rows(asking: Asking, chosen: Chosen) -> Iterator[PopulationRow]:
    for one in organisations_to_ask(asking.network_id, chosen):
        yield PopulationRow(
            key=f"organisation:{one.id}",
            name=one.name,
            contact=one.contact,
            email=one.email,
            organisation_id=one.id,
            kind=one.kind,
            size=one.size,
            sector=one.sector,
            municipality_id=one.municipality_id,
        )


def _count(asking: Asking, chosen: Chosen) -> int:
    return organisations_to_ask_count(asking.network_id, chosen)


def register_network_population() -> None:
    """Let campaigns of the network ask its organisations; called once when the application starts."""
    register_population(
        PopulationSource(
            key="organisations",
            label=N_("Organisations of the network"),
            unit_kind=UnitKind.ORGANISATION,
            help=N_("Those in the registry, members or not: all of them, or those that fit what you choose."),
            fields=_fields,
            rows=_rows,
            count=_count,
        )
    )

"""The organisations of a network that run agile work."""

from dataclasses import dataclass
from datetime import date

from django.urls import reverse
from django.utils.timezone import localtime

from contempo.agile.access import visible_employers
from contempo.agile.models import Employer
from contempo.people.public import Actor


@dataclass(frozen=True)
class EmployerRow:
    """An employer in the list: name, municipality, day from which it runs agile work here."""

    name: str
    url: str
    municipality: str
    since: date


def employers(actor: Actor) -> tuple[EmployerRow, ...]:
    """The employers of the actor's network, by name. One SQL."""
    found = visible_employers(actor, Employer.objects.select_related("network", "organisation__municipality"))
    return tuple(
        EmployerRow(
            it.organisation.name,
            reverse("agile:employer", args=[it.network.slug, it.organisation.slug]),
            str(it.organisation.municipality),
            localtime(it.opened_at).date(),
        )
        for it in found.order_by("organisation__name")
    )

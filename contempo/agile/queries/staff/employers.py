"""The organisations of a network that run agile work, and those that whoever reads may open it for."""

from dataclasses import dataclass
from datetime import date

from django.urls import reverse
from django.utils.timezone import localtime

from contempo.agile.access import may_open, visible_employers
from contempo.agile.models import Employer, Worker
from contempo.network.public import organisation_links
from contempo.people.public import Actor


@dataclass(frozen=True)
class EmployerRow:
    """An employer in the list: name, municipality, day from which it runs agile work here, whether the reader works
    there.
    """

    name: str
    url: str
    municipality: str
    since: date
    mine: bool


@dataclass(frozen=True)
class ToOpen:
    """An organisation whose agile work the reader may open."""

    id: int
    name: str


@dataclass(frozen=True)
class EmployersPage:
    """Who runs agile work, by name, those of the reader first; what the reader may open."""

    rows: tuple[EmployerRow, ...]
    to_open: tuple[ToOpen, ...]


def employers(actor: Actor) -> EmployersPage:
    """The employers of the actor's network. One SQL for a visitor, at most three."""
    rows = Employer.objects.select_related("network", "organisation__municipality").order_by("organisation__name")
    found = list(visible_employers(actor, rows))
    mine = _mine(actor)
    shown = [
        EmployerRow(
            it.organisation.name,
            reverse("agile:employer", args=[it.network.slug, it.organisation.slug]),
            str(it.organisation.municipality or ""),
            localtime(it.opened_at).date(),
            it.pk in mine or it.organisation_id in actor.organisations,
        )
        for it in found
    ]
    return EmployersPage(
        rows=tuple(sorted(shown, key=lambda row: not row.mine)),
        to_open=_to_open(actor, {it.organisation_id for it in found}),
    )


def _mine(actor: Actor) -> frozenset[int]:
    if actor.person_id is None:
        return frozenset()
    return frozenset(
        Worker.objects.filter(person_id=actor.person_id, present=True).values_list("employer_id", flat=True)
    )


def _to_open(actor: Actor, opened: set[int]) -> tuple[ToOpen, ...]:
    wanted = [number for number in actor.organisations if number not in opened and may_open(actor, number)]
    links = organisation_links(actor.network_id or 0, wanted)
    return tuple(ToOpen(number, link.name) for number, link in links.items())

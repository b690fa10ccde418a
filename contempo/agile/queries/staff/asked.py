"""The staff of an employer as a population for questionnaires, of the employer's own campaigns alone."""

from collections.abc import Iterator

from django.db.models import QuerySet
from django.utils.translation import gettext

from contempo.agile.models import Employer, Unit, Worker
from contempo.agile.rules.staff import CONTRACT_LABELS, UnitKind
from contempo.core.verdict import ALLOWED, Verdict, because
from contempo.core.words import N_
from contempo.people.public import Actor, OrganisationRole
from contempo.questionnaires.public import (
    Asking,
    Chosen,
    FilterField,
    PopulationRow,
    PopulationSource,
    register_population,
)
from contempo.questionnaires.public import UnitKind as AskedKind

_CHUNK = 2000


def _may(actor: Actor, asking: Asking) -> Verdict:
    """Human resources ask their own staff. No SQL."""
    own = actor.roles_for(asking.organisation_id) if asking.organisation_id is not None else frozenset()
    if actor.is_system or OrganisationRole.HR_MANAGER in own:
        return ALLOWED
    return because(N_("Only the human resources of the organisation ask its staff."))


def _staff(asking: Asking, chosen: Chosen) -> QuerySet[Worker]:
    rows = Worker.objects.filter(
        employer__network_id=asking.network_id, employer__organisation_id=asking.organisation_id, present=True
    )
    if directorates := [int(one) for one in chosen.get("directorate", ()) if one.isdecimal()]:
        rows = rows.filter(directorate__in=directorates)
    if contracts := chosen.get("contract"):
        rows = rows.filter(contract__in=contracts)
    agile = set(chosen.get("agile", ()))
    return rows.filter(agile="yes" in agile) if len(agile) == 1 else rows


def _fields(asking: Asking) -> tuple[FilterField, ...]:
    """What the staff may be narrowed by. One SQL."""
    units = Unit.objects.filter(
        employer__network_id=asking.network_id,
        employer__organisation_id=asking.organisation_id,
        kind=UnitKind.DIRECTORATE.value,
        until=None,
    )
    directorates = tuple((str(pk), name) for pk, name in units.order_by("name").values_list("pk", "name"))
    contracts = tuple((str(key), gettext(label)) for key, label in CONTRACT_LABELS.items())
    agile = (("yes", gettext("With an agreement in force")), ("no", gettext("Without an agreement")))
    return (
        FilterField("directorate", gettext("Directorate"), directorates),
        FilterField("contract", gettext("Contract"), contracts),
        FilterField("agile", gettext("Agile work"), agile),
    )


def _rows(asking: Asking, chosen: Chosen) -> Iterator[PopulationRow]:
    """The staff who work there now. Two SQL, read in chunks."""
    seat = Employer.objects.filter(network_id=asking.network_id, organisation_id=asking.organisation_id).values_list(
        "organisation__municipality", flat=True
    )
    place = seat.first()
    rows = _staff(asking, chosen).select_related("person", "directorate").order_by("number")
    for worker in rows.iterator(chunk_size=_CHUNK):
        name = str(worker.person) if worker.person else ""
        yield PopulationRow(
            key=f"worker:{worker.pk}",
            name=name or gettext("Staff number %(number)s") % {"number": worker.number},
            contact=name,
            email=worker.email,
            municipality_id=place,
            stratum=worker.directorate.name[:60],
        )


def _count(asking: Asking, chosen: Chosen) -> int:
    return _staff(asking, chosen).count()


def register_staff_population() -> None:
    """Let the campaigns of an employer ask its staff; called once when the application starts."""
    register_population(
        PopulationSource(
            key="staff",
            label=N_("Staff of the employer"),
            unit_kind=AskedKind.PERSON,
            help=N_(
                "Who works here now, as the staff of agile work says: all, or by directorate, contract, agreement."
            ),
            of_organisation=True,
            may=_may,
            fields=_fields,
            rows=_rows,
            count=_count,
        )
    )

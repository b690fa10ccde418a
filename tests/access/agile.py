"""An employer with its staff, for the matrix to ask about."""

from contempo.agile.tests.factories import EmployerWorld, make_employer
from contempo.network.models import Organisation
from contempo.people.models import Person

Parts = dict[str, dict[str, object]]


def agile_parts(organisation_id: object, cast: dict[str, Person]) -> Parts:
    """The employer is the organisation of the cast, whose human resources manager keeps it.

    `worker` works in an office, `head` heads the directorate of that office, `safety` represents the workers for safety
    in another directorate.
    """
    organisation = Organisation.objects.select_related("network").get(pk=organisation_id)
    known = {"anna": cast["worker"], "diana": cast["head"], "sergio": cast["safety"]}
    world = make_employer(organisation, family=organisation.network.slug, known=known)
    employer = {"employer": organisation.slug}
    return {"employer": employer, **_staff_parts(world, employer)}


def _staff_parts(world: EmployerWorld, employer: dict[str, object]) -> Parts:
    """An office, and its worker of the cast."""
    return {
        "agile_unit": {**employer, "unit_id": world.counter.pk},
        "agile_worker": {**employer, "worker_id": world.anna.pk},
    }

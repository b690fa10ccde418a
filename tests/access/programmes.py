"""A plan with a bit of everything, and one nobody but its keepers sees, for the matrix to ask about.

The organisation of the cast is a partner of the first alliance and leads the second.
"""

from contempo.network.models import Network, Organisation
from contempo.network.tests.factories import OrganisationFactory
from contempo.people.models import Person
from contempo.programmes.models import PlanUpload
from contempo.programmes.rules.activities import PlanState
from contempo.programmes.rules.plan.tree import FORMAT
from contempo.programmes.tests.factories import BEGINNING, PlanFactory, plan_with_everything
from tests.access.claims import claim_parts

Parts = dict[str, dict[str, object]]


def plan_parts(network: Network, *, organisation_id: object, cast: dict[str, Person]) -> Parts:
    """The plans of a network. Their keys differ between networks."""
    lead = OrganisationFactory(network=network, name=f"Municipio {network.slug}")
    partner = Organisation.objects.get(pk=organisation_id)
    key = f"piano-{network.slug}"
    world = plan_with_everything(network, lead=lead, partner=partner, key=key)
    PlanFactory(network=network, key=f"bozza-{network.slug}", state=PlanState.DRAFT.value)
    plan = {"plan": world.plan.key}
    return {
        "plan": plan,
        "plan_draft": {"plan": f"bozza-{network.slug}"},
        "plan_alliance": {**plan, "alliance": world.homes.key},
        "plan_partner": {**plan, "organisation_id": partner.pk},
        "plan_upload": {"upload_id": _brought(network, cast["coordinator"])},
        "plan_activity": {**plan, "activity_id": world.activity.pk},
        **claim_parts(network, world, cast),
    }


def _brought(network: Network, coordinator: Person) -> int:
    """The file of a new plan that the coordinator has brought and not yet loaded."""
    text = (
        f"format: {FORMAT}\nkey: nuovo-{network.slug}\ntitle: Nuovo piano\nstarts_on: 2027-01-01\nends_on: 2029-12-31\n"
    )
    upload = PlanUpload.objects.create(
        network=network, person=coordinator, filename="nuovo.yaml", text=text, uploaded_at=BEGINNING
    )
    return upload.pk

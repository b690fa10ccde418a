"""A plan with a bit of everything, and one nobody but its keepers sees, for the matrix to ask about.

The organisation of the cast is a partner of the first alliance and leads the second.
"""

from contempo.network.models import Network, Organisation
from contempo.network.tests.factories import OrganisationFactory
from contempo.people.models import Person
from contempo.people.public import Actor, actor_for
from contempo.programmes.actions.revisions import draft_revision, propose_revision
from contempo.programmes.models import PlanUpload
from contempo.programmes.rules.activities import PlanState
from contempo.programmes.rules.plan.tree import FORMAT
from contempo.programmes.rules.revisions import Change
from contempo.programmes.tests.factories import BEGINNING, PlanFactory, PlanWorld, plan_with_everything
from tests.access.claims import claim_parts
from tests.access.indicators import indicator_parts

Parts = dict[str, dict[str, object]]


def plan_parts(network: Network, *, organisation_id: object, cast: dict[str, Person]) -> Parts:
    """The plans of a network. Their keys differ between networks."""
    lead = OrganisationFactory(network=network, name=f"Municipio {network.slug}")
    partner = Organisation.objects.get(pk=organisation_id)
    key = f"piano-{network.slug}"
    world = plan_with_everything(network, lead=lead, partner=partner, key=key)
    PlanFactory(network=network, key=f"bozza-{network.slug}", state=PlanState.DRAFT.value)
    _promise_reward(world)
    plan = {"plan": world.plan.key}
    return {
        "plan": plan,
        "plan_draft": {"plan": f"bozza-{network.slug}"},
        "plan_alliance": {**plan, "alliance": world.homes.key},
        "plan_partner": {**plan, "organisation_id": partner.pk},
        "plan_upload": {"upload_id": _brought(network, cast["coordinator"])},
        "plan_activity": {**plan, "activity_id": world.activity.pk},
        **revision_parts(world, actor_for(cast["coordinator"], network.pk)),
        **claim_parts(network, world, cast),
        **indicator_parts(network, world, cast),
    }


def _promise_reward(world: PlanWorld) -> None:
    weights = [{"indicator": world.indicator.key, "weight": 1}]
    world.plan.document = {"reward": {"amount": "1000.00", "weights": weights}}
    world.plan.save()


def revision_parts(world: PlanWorld, coordinator: Actor) -> Parts:
    """A draft of the coordinator's, and a revision that the coordinator has proposed."""
    changes = [
        Change(world.line.pk, world.fund.pk, None, -100),
        Change(world.line.pk, world.fund.pk, world.partner.pk, 100),
    ]
    drafted, proposed = (
        draft_revision(coordinator, plan_id=world.plan.pk, title="Poco", reason="Serve.", changes=changes)
        for _each in range(2)
    )
    propose_revision(coordinator, revision_id=proposed.pk)
    plan = {"plan": world.plan.key}
    return {
        "budget_revision_draft": {**plan, "number": drafted.number},
        "budget_revision_proposed": {**plan, "number": proposed.number},
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

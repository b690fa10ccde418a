"""Claims in each state the matrix asks about, all of the organisation of the cast.

The draft belongs to the alliance it is a partner of; the others to the one it leads, which the coordinator controls.
"""

from django.core.files.uploadedfile import SimpleUploadedFile

from contempo.core import files
from contempo.network.models import Network
from contempo.network.tests.factories import PDF
from contempo.people.models import Person
from contempo.people.tests.factories import PersonFactory
from contempo.programmes.actions.claims.story import DOCUMENT, EXPENSE
from contempo.programmes.models import Claim
from contempo.programmes.rules.claims import ClaimState
from contempo.programmes.tests.factories import AllocationFactory, ClaimFactory, ExpenseFactory, PlanWorld

Parts = dict[str, dict[str, object]]


def claim_parts(network: Network, world: PlanWorld, cast: dict[str, Person]) -> Parts:
    """A draft with its paper, a claim that was sent, one in control and one accepted."""
    own = AllocationFactory(plan=world.plan, line=world.times_line, source=world.fund)
    draft = ClaimFactory(plan=world.plan, alliance=world.homes, organisation=world.partner, number=1)
    paper = files.accept(
        SimpleUploadedFile("fattura.pdf", PDF),
        network_id=network.id,
        owner_kind=EXPENSE,
        owner_id=ExpenseFactory(claim=draft, allocation=world.set_aside, position=1).id,
        purpose=DOCUMENT,
        person_id=cast["editor"].id,
    )
    sent = {"alliance": world.times, "organisation": world.partner, "submitted_by": cast["representative"]}
    states = {
        2: {"state": ClaimState.SUBMITTED.value},
        3: {"state": ClaimState.IN_CONTROL.value, "controller": cast["coordinator"]},
        4: {"state": ClaimState.ACCEPTED.value, "controller": PersonFactory(), "accepted_cents": 12_200},
    }
    for number, state in states.items():
        claim = ClaimFactory(plan=world.plan, number=number, **sent, **state, claimed_cents=12_200, expense_count=1)
        ExpenseFactory(claim=claim, allocation=own, position=1, accepted_cents=claim.accepted_cents)
    Claim.objects.filter(id=draft.id).update(claimed_cents=12_200, expense_count=1)
    plan = {"plan": world.plan.key}
    return {
        "claim_draft": {**plan, "number": 1},
        "claim_expense": {**plan, "number": 1, "position": 1},
        "claim_paper": {**plan, "number": 1, "position": 1, "key": paper.key},
        "claim_sent": {**plan, "number": 2},
        "claim_in_control": {**plan, "number": 3},
        "claim_judged": {**plan, "number": 3, "position": 1},
        "claim_accepted": {**plan, "number": 4},
    }

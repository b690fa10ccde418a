"""The money of a plan in force, and who works with it."""

from dataclasses import dataclass

from contempo.network.tests.factories import OrganisationFactory, World, give, make_world
from contempo.people.models import Person
from contempo.people.public import Actor, NetworkRole, OrganisationRole
from contempo.people.tests.factories import person
from contempo.programmes.actions.revisions import draft_revision, propose_revision
from contempo.programmes.models import (
    Allocation,
    BudgetRevision,
    Expense,
)
from contempo.programmes.rules.claims import ClaimState
from contempo.programmes.rules.revisions import Change
from contempo.programmes.tests.factories import (
    AllocationFactory,
    ClaimFactory,
    ExpenseFactory,
    PlanWorld,
    plan_with_everything,
)


@dataclass(frozen=True)
class Money:
    """The plan of Milan. The municipality leads `homes`, where the co-operative Ponte is a partner.

    The plan's own line has 5.000 € of the fund. Marta and Giulio coordinate, Renato sits in the steering group,
    Elena observes; Chiara works for the municipality, Bruna for Ponte.
    """

    world: World
    it: PlanWorld
    own_line: Allocation
    bruna: Person

    def actor(self, somebody: Person | None) -> Actor:
        return self.world.actor(somebody)

    def change(self, allocation: Allocation, cents: int) -> Change:
        """More or less for what stands in a cell."""
        return Change(allocation.line_id, allocation.source_id, allocation.partner_id, cents)

    def shift(self, cents: int) -> tuple[Change, Change]:
        """`cents` from the line of `homes` to the line of the plan, of the same fund."""
        return self.change(self.it.allocation, -cents), self.change(self.own_line, cents)

    def draft(self, *changes: Change, by: Person | None = None, act: str = "") -> BudgetRevision:
        """A draft of Marta's, unless told otherwise."""
        return draft_revision(
            self.actor(by or self.world.marta),
            plan_id=self.it.plan.pk,
            title="Meno carta, più incontri",
            reason="Le imprese chiedono incontri.",
            changes=changes,
            act=act,
        )

    def proposed(self, *changes: Change, by: Person | None = None, act: str = "") -> BudgetRevision:
        """A revision proposed by who drafted it."""
        drafted = self.draft(*changes, by=by, act=act)
        return propose_revision(self.actor(by or self.world.marta), revision_id=drafted.pk)

    def spent(
        self, allocation: Allocation, claimed: int, accepted: int | None = None, paid: int = 0, **fields: object
    ) -> Expense:
        """An expense of Ponte that has been sent, and judged when `accepted` is told; the allocation follows it."""
        state = ClaimState.SUBMITTED if accepted is None else ClaimState.ACCEPTED_IN_PART
        claim = ClaimFactory(plan=self.it.plan, alliance=self.it.homes, organisation=self.it.partner, state=state.value)
        made = ExpenseFactory(
            claim=claim,
            allocation=allocation,
            net_cents=claimed,
            vat_cents=0,
            claimed_cents=claimed,
            accepted_cents=accepted,
            reason="" if accepted in (None, claimed) else "Senza quietanza.",
            paid_cents=paid,
            **fields,
        )
        if accepted:
            allocation.accepted_cents += accepted
            allocation.save()
        return made


def make_money() -> Money:
    """Milan, its plan, its people."""
    world = make_world()
    ponte = OrganisationFactory(network=world.milano, name="Cooperativa Ponte")
    it = plan_with_everything(world.milano, lead=world.comune, partner=ponte)
    bruna = person("Bruna", "Rota")
    give(bruna, OrganisationRole.REPRESENTATIVE, world.milano, ponte.pk)
    own_line = AllocationFactory(plan=it.plan, line=it.plan_line, source=it.fund, cents=500_000)
    return Money(world, it, own_line, bruna)


def second_in_steering(money: Money) -> Person:
    """Somebody else of the steering group."""
    return person("Lidia", "Bossi", (NetworkRole.STEERING, money.world.milano.pk, None))

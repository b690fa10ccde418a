"""A plan with an alliance of two partners and its money, and the people who claim, control and pay."""

from dataclasses import dataclass, replace
from datetime import date
from itertools import count

from django.core.files.uploadedfile import SimpleUploadedFile

from contempo.network.models import Network, Organisation
from contempo.network.tests.factories import PDF, NetworkFactory, OrganisationFactory
from contempo.people.models import Person
from contempo.people.public import Actor, NetworkRole, OrganisationRole, actor_for
from contempo.people.tests.factories import person
from contempo.programmes.actions.claims.control import begin_control, close_control, judge_rest
from contempo.programmes.actions.claims.drafting import add_expense, draft_claim
from contempo.programmes.actions.claims.sending import submit
from contempo.programmes.models import Alliance, Allocation, Claim, Expense, Plan
from contempo.programmes.rules.claims import ClaimState, DocumentKind
from contempo.programmes.rules.expenses import Details
from contempo.programmes.rules.plan.tree import SourceKind
from contempo.programmes.tests.factories import (
    AllianceFactory,
    AllocationFactory,
    BudgetLineFactory,
    PartnerFactory,
    PlanFactory,
    SourceFactory,
)

TODAY = "2026-11-20T10:00"
SUPPLIER = "00743110157"

_numbers = count(1)


@dataclass(frozen=True)
class Money:
    """The municipality leads, the co-operative and the bakery are partners; a thousand euro on each allocation.

    Lia works for the lead, Leo too; Carla for the co-operative, Bruno for the bakery; Marta and Giulio coordinate,
    Elena observes, Sara has no role. `fund`, `own` and `in_kind` are the allocations of the alliance.
    """

    network: Network
    plan: Plan
    alliance: Alliance
    lead: Organisation
    coop: Organisation
    bakery: Organisation
    fund: Allocation
    own: Allocation
    in_kind: Allocation
    people: dict[str, Person]

    def __getattr__(self, name: str) -> Actor:
        """The actor of one of the people: `money.carla`."""
        if name in (people := self.__dict__["people"]):
            return actor_for(people[name], self.network.id)
        raise AttributeError(name)

    def details(self, **changes: object) -> Details:
        """An invoice of 122 euro paid by transfer, all of it claimed out of the fund; another number at every call."""
        known = Details(
            allocation_id=self.fund.id,
            kind=DocumentKind.INVOICE,
            number=f"FT {next(_numbers)}/2026",
            dated_on=date(2026, 3, 2),
            supplier="Tipografia Navigli S.r.l.",
            supplier_code=SUPPLIER,
            description="Stampa degli inviti",
            net_cents=10_000,
            vat_cents=2_200,
            claimed_cents=12_200,
            paid_on=date(2026, 3, 20),
            payment="Bonifico del 20 marzo",
        )
        return replace(known, **changes)  # type: ignore[arg-type]

    def draft(self, who: Actor | None = None, organisation: Organisation | None = None) -> Claim:
        """An empty draft, of the co-operative unless told otherwise."""
        organisation = organisation or self.coop
        return draft_claim(
            who or self.carla,
            plan_id=self.plan.id,
            organisation_id=organisation.id,
            alliance_id=self.alliance.id,
            title="Primo semestre",
        )

    def expense(self, claim: Claim, who: Actor | None = None, **changes: object) -> Expense:
        """An expense of a draft with its papers."""
        return add_expense(
            who or self.carla,
            claim_id=claim.id,
            details=self.details(**changes),
            documents=[paper("fattura.pdf")],
            proofs=[paper("bonifico.pdf")],
        )

    def claim(
        self,
        state: str,
        *expenses: dict[str, object],
        who: Actor | None = None,
        organisation: Organisation | None = None,
        controller: Actor | None = None,
    ) -> Claim:
        """A claim that came to `state` by the ordinary path, everything accepted in full; one expense unless told."""
        who = who or self.carla
        controller = controller or self.lia
        claim = self.draft(who, organisation)
        for each in expenses or ({},):
            self.expense(claim, who, **each)
        if state != ClaimState.DRAFT:
            submit(who, claim_id=claim.id)
        if state not in (ClaimState.DRAFT, ClaimState.SUBMITTED):
            begin_control(controller, claim_id=claim.id)
        if state == ClaimState.ACCEPTED:
            judge_rest(controller, claim_id=claim.id)
            close_control(controller, claim_id=claim.id)
        return Claim.objects.get(id=claim.id)


def paper(name: str) -> SimpleUploadedFile:
    """A small PDF on its way in."""
    return SimpleUploadedFile(name, PDF, content_type="application/pdf")


def make_money() -> Money:
    """The plan and its people."""
    network = NetworkFactory(slug="milano", short_name="Milano")
    lead, coop, bakery = (
        OrganisationFactory(network=network, name=name)
        for name in ("Comune di Milano", "Cooperativa Girasole", "Panificio Aurora")
    )
    plan = PlanFactory(network=network, key="piano")
    alliance = AllianceFactory(plan=plan, lead=lead, name="Tempi di quartiere")
    for organisation in (coop, bakery):
        PartnerFactory(alliance=alliance, organisation=organisation)
    line = BudgetLineFactory(plan=plan, alliance=alliance, title="Comunicazione")
    fund, own, in_kind = (
        AllocationFactory(plan=plan, line=line, source=SourceFactory(plan=plan, kind=kind.value, name=name))
        for kind, name in (
            (SourceKind.FUND, "Fondo regionale"),
            (SourceKind.OWN_RESOURCES, "Risorse proprie"),
            (SourceKind.IN_KIND, "Valorizzazioni"),
        )
    )
    role = OrganisationRole.EDITOR
    people = {
        "lia": person("Lia", "Grandi", (role, network.id, lead.id)),
        "leo": person("Leo", "Fontana", (OrganisationRole.DELEGATE, network.id, lead.id)),
        "carla": person("Carla", "Riva", (OrganisationRole.REPRESENTATIVE, network.id, coop.id)),
        "bruno": person("Bruno", "Ferri", (role, network.id, bakery.id)),
        "marta": person("Marta", "Colnaghi", (NetworkRole.COORDINATOR, network.id, None)),
        "giulio": person("Giulio", "Restelli", (NetworkRole.COORDINATOR, network.id, None)),
        "elena": person("Elena", "Tironi", (NetworkRole.OBSERVER, network.id, None)),
        "sara": person("Sara", "Moretti"),
    }
    return Money(network, plan, alliance, lead, coop, bakery, fund, own, in_kind, people)

"""Who may see and do what with plans, indicators and money."""

from django.db.models import F, Q, QuerySet

from contempo.core.verdict import ALLOWED, Verdict, because
from contempo.core.words import N_
from contempo.people.public import Actor, NetworkRole, OrganisationRole
from contempo.programmes.models import (
    Activity,
    Allocation,
    BudgetRevision,
    Claim,
    Expense,
    Measurement,
    Payment,
    Plan,
    PlanUpload,
)
from contempo.programmes.rules.activities import PlanState, Who
from contempo.programmes.rules.budgets import RevisionState
from contempo.programmes.rules.claims import PAYABLE, ClaimState
from contempo.programmes.rules.sources import registered_sources

READERS = (NetworkRole.COORDINATOR, NetworkRole.STEERING, NetworkRole.EVALUATOR, NetworkRole.OBSERVER)
"""Network roles that read findings, whole figures and money; only some of them decide."""

_WORKERS = frozenset({OrganisationRole.REPRESENTATIVE, OrganisationRole.EDITOR, OrganisationRole.DELEGATE})
"""Organisation roles that work on what their organisation owes to a plan, claims included."""


def works_for(actor: Actor) -> frozenset[int]:
    """The organisations of the network whose part in plans `actor` carries out."""
    return frozenset(number for number, roles in actor.organisation_roles if roles & _WORKERS)


def visible_plans(actor: Actor, plans: QuerySet[Plan]) -> QuerySet[Plan]:
    """Plans of the actor's network: everybody reads those in force and closed, drafts only who prepares them."""
    if actor.network_id is None:
        return plans.none()
    plans = plans.filter(network_id=actor.network_id)
    if actor.has(NetworkRole.COORDINATOR, NetworkRole.STEERING):
        return plans
    return plans.exclude(state=PlanState.DRAFT)


def own_uploads(actor: Actor, uploads: QuerySet[PlanUpload]) -> QuerySet[PlanUpload]:
    """Files of plans that `actor` brought and has not loaded yet."""
    if actor.person_id is None or actor.network_id is None or not actor.has(NetworkRole.COORDINATOR):
        return uploads.none()
    return uploads.filter(network_id=actor.network_id, person_id=actor.person_id)


def may_keep_plans(actor: Actor) -> Verdict:
    """May `actor` load plans, put them in force and close them?"""
    if actor.has(NetworkRole.COORDINATOR):
        return ALLOWED
    return because(N_("Only the coordinators of the network may do this."))


def parts_in_plan(actor: Actor, plan: Plan) -> frozenset[Who]:
    """The parts of `actor` in the steps of a plan."""
    keeps = actor.network_id == plan.network_id and actor.has(NetworkRole.COORDINATOR)
    return frozenset({Who.COORDINATOR}) if keeps else frozenset()


def may_read_findings(actor: Actor) -> Verdict:
    """May `actor` read what the auditor found, and whole figures?"""
    if actor.has(*READERS):
        return ALLOWED
    return because(N_("This is for the people who run, fund or evaluate the network."))


def may_check_plans(actor: Actor) -> Verdict:
    """May `actor` have a plan checked again?"""
    return ALLOWED if actor.is_system else may_keep_plans(actor)


def may_read_money(actor: Actor) -> Verdict:
    """May `actor` read claims and reports of the whole plan?"""
    return may_read_findings(actor)


def may_run_installation(actor: Actor) -> Verdict:
    """May `actor` do what concerns every network at once: jobs, loaders, operators?"""
    return ALLOWED if actor.is_system else because(N_("Only whoever runs the installation may do this."))


def parts_in_activity(actor: Actor, activity: Activity, responsible: frozenset[int]) -> frozenset[Who]:
    """The parts of `actor` in an activity whose responsible organisations are given."""
    if actor.is_system:
        return frozenset({Who.COORDINATOR})
    parts: set[Who] = set()
    if actor.person_id is None or actor.network_id != activity.plan.network_id:
        return frozenset()
    if actor.has(NetworkRole.COORDINATOR):
        parts.add(Who.COORDINATOR)
    mine = works_for(actor)
    if activity.alliance is not None and activity.alliance.lead_id in mine:
        parts.add(Who.LEAD)
    if mine & responsible:
        parts.add(Who.RESPONSIBLE)
    return frozenset(parts)


def may_change_activity(parts: frozenset[Who]) -> Verdict:
    """May who has these parts in an activity change what is written of it: days, place, words, who is responsible?"""
    if parts & {Who.COORDINATOR, Who.LEAD}:
        return ALLOWED
    return because(N_("Only the coordinators and the lead of the alliance change what is written of an activity."))


def may_enter_values(actor: Actor, plan: Plan, lead_ids: frozenset[int]) -> Verdict:
    """May `actor` enter values of indicators? Coordinators, and who works for the lead of an alliance (`lead_ids`)."""
    if actor.network_id == plan.network_id and (actor.has(NetworkRole.COORDINATOR) or works_for(actor) & lead_ids):
        return ALLOWED
    return because(N_("Only the coordinators and the leads of the alliances enter values."))


def may_decide_values(actor: Actor, plan: Plan) -> Verdict:
    """May `actor` approve values that somebody else entered, and close periods?"""
    if actor.network_id == plan.network_id and actor.has(NetworkRole.COORDINATOR, NetworkRole.EVALUATOR):
        return ALLOWED
    return because(N_("Only the coordinators and the evaluation committee approve values."))


def may_list_values(actor: Actor) -> Verdict:
    """May `actor` read the versions of values: all of them, or those of the alliances it leads?"""
    if actor.has(*READERS) or works_for(actor):
        return ALLOWED
    return because(N_("This is for the people who run, fund or evaluate the network, and for the alliances."))


def visible_values(actor: Actor, values: QuerySet[Measurement], plan: Plan) -> QuerySet[Measurement]:
    """Versions of values of a plan: all for who reads whole figures, else those of the alliances `actor` leads.

    Counts of personal records are for who may open these.
    """
    if actor.person_id is None or actor.network_id != plan.network_id:
        return values.none()
    if actor.has(*READERS):
        return readable_values(actor, values)
    return values.filter(alliance__lead_id__in=works_for(actor))


def readable_values(actor: Actor, values: QuerySet[Measurement]) -> QuerySet[Measurement]:
    """Without those counted from personal records that `actor` may not open."""
    closed = [source.key for source in registered_sources() if source.personal and not source.may_open(actor)]
    return values.exclude(indicator__source__in=closed) if closed else values


def parts_in_revision(actor: Actor, plan: Plan) -> frozenset[Who]:
    """The parts of `actor` in the budget revisions of a plan."""
    parts: set[Who] = set()
    if actor.person_id is None or actor.network_id != plan.network_id:
        return frozenset()
    if actor.has(NetworkRole.COORDINATOR):
        parts.add(Who.COORDINATOR)
    if actor.has(NetworkRole.STEERING):
        parts.add(Who.STEERING)
    return frozenset(parts)


def visible_revisions(actor: Actor, revisions: QuerySet[BudgetRevision]) -> QuerySet[BudgetRevision]:
    """Revisions of the plans `actor` sees: everybody reads those approved, drafts only the coordinators, the others
    whoever reads the money of the network.
    """
    revisions = revisions.filter(plan__in=visible_plans(actor, Plan.objects.all()))
    if actor.has(NetworkRole.COORDINATOR):
        return revisions
    if actor.has(*READERS):
        return revisions.exclude(state=RevisionState.DRAFT)
    return revisions.filter(state=RevisionState.APPROVED)


def may_decide_revision(actor: Actor, revision: BudgetRevision) -> Verdict:
    """May `actor` approve or refuse a revision? Never who proposed it; the steering group alone when it is over the
    limit or brings new funds.
    """
    parts = parts_in_revision(actor, revision.plan)
    if not parts:
        return because(N_("Only the coordinators and the steering group decide on revisions."))
    if revision.proposed_by_id == actor.person_id:
        return because(N_("Who proposed a revision does not decide on it."))
    if revision.over_limit and Who.STEERING not in parts:
        return because(N_("This revision is up to the steering group."))
    return ALLOWED


def to_decide(actor: Actor) -> Q:
    """The proposed revisions, of those `actor` sees, that `may_decide_revision` leaves to them."""
    waiting = Q(state=RevisionState.PROPOSED) & ~Q(proposed_by_id=actor.person_id)
    if actor.has(NetworkRole.STEERING):
        return waiting
    return waiting & Q(over_limit=False) if actor.has(NetworkRole.COORDINATOR) else Q(pk__in=())


def may_read_reports(actor: Actor) -> Verdict:
    """May `actor` open the reports of a plan? Who reads the money reads all; an organisation what is its own."""
    if actor.has(*READERS) or works_for(actor):
        return ALLOWED
    return because(N_("This is for the people who run, fund or evaluate the network, and for partners."))


def visible_claims(actor: Actor, claims: QuerySet[Claim]) -> QuerySet[Claim]:
    """Claims of the organisations `actor` works for; the sent ones of the alliances they lead; for who reads the money
    of the network, all those sent.
    """
    if actor.person_id is None or actor.network_id is None:
        return claims.none()
    return claims.filter(_visible(actor, sent=~Q(state=ClaimState.DRAFT)), plan__network_id=actor.network_id)


def visible_expenses(actor: Actor, expenses: QuerySet[Expense]) -> QuerySet[Expense]:
    """The expenses of `visible_claims`, decided on the row itself."""
    if actor.person_id is None or actor.network_id is None:
        return expenses.none()
    return expenses.filter(_visible(actor, sent=~Q(stage=ClaimState.DRAFT)), plan__network_id=actor.network_id)


def visible_payments(actor: Actor, payments: QuerySet[Payment]) -> QuerySet[Payment]:
    """Payments to the organisations `actor` works for; all of them for who reads the money of the network."""
    if actor.person_id is None or actor.network_id is None:
        return payments.none()
    payments = payments.filter(plan__network_id=actor.network_id)
    if actor.has(*READERS):
        return payments
    return payments.filter(account__organisation_id__in=works_for(actor))


def _visible(actor: Actor, *, sent: Q) -> Q:
    mine = works_for(actor)
    found = Q(organisation_id__in=mine) | (sent & Q(alliance__lead_id__in=mine))
    return found | sent if actor.has(*READERS) else found


def may_claim_for(actor: Actor, organisation_id: int) -> Verdict:
    """May `actor` claim expenses of an organisation?"""
    if organisation_id in works_for(actor):
        return ALLOWED
    return because(N_("Only who acts for this organisation claims its expenses."))


def parts_in_claim(actor: Actor, claim: Claim) -> frozenset[Who]:
    """The parts of `actor` in a claim.

    The lead of the alliance controls the claims of its partners; those of the lead itself, and those of no alliance,
    are controlled by the coordinators. Nobody controls what they sent or what their own organisation claims, and nobody
    pays what they controlled or sent.
    """
    if actor.person_id is None or actor.network_id != claim.plan.network_id:
        return frozenset()
    parts: set[Who] = set()
    mine = works_for(actor)
    if claim.organisation_id in mine:
        parts.add(Who.PARTNER)
    lead = claim.alliance.lead_id if claim.alliance else None
    own = claim.organisation_id in mine or claim.submitted_by_id == actor.person_id
    by_lead = lead is not None and lead != claim.organisation_id
    if not own and (lead in mine if by_lead else actor.has(NetworkRole.COORDINATOR)):
        parts.add(Who.CONTROLLER)
    if actor.has(NetworkRole.COORDINATOR):
        parts.add(Who.COORDINATOR)
        if not own and claim.controller_id != actor.person_id:
            parts.add(Who.PAYER)
    return frozenset(parts)


def may_open_claims(actor: Actor) -> Verdict:
    """May `actor` open the pages of claims: who works for an organisation, and who reads the money of the network?"""
    if works_for(actor) or actor.has(*READERS):
        return ALLOWED
    return because(N_("Claims are for the organisations of the network and for those who run or fund it."))


def to_control(actor: Actor) -> Q:
    """Claims that wait for `actor` to control them, or to go on with a control they have begun."""
    mine = works_for(actor)
    own = Q(organisation_id__in=mine) | Q(submitted_by_id=actor.person_id, submitted_by__isnull=False)
    by_lead = Q(alliance__lead_id__in=mine) & ~Q(organisation_id=F("alliance__lead_id"))
    if actor.has(NetworkRole.COORDINATOR):
        by_lead |= Q(alliance__isnull=True) | Q(organisation_id=F("alliance__lead_id"))
    begun = Q(state=ClaimState.IN_CONTROL, controller_id=actor.person_id)
    return (Q(state=ClaimState.SUBMITTED) & by_lead & ~own) | begun


def to_pay(actor: Actor) -> Q:
    """Claims that wait for `actor` to pay them."""
    if not actor.has(NetworkRole.COORDINATOR):
        return Q(pk__in=())
    person = actor.person_id
    own = Q(organisation_id__in=works_for(actor)) | Q(submitted_by_id=person, submitted_by__isnull=False)
    return Q(state__in=PAYABLE) & ~own & ~Q(controller_id=person, controller__isnull=False)


def to_send(actor: Actor) -> Q:
    """Drafts of the organisations `actor` works for, given back ones included."""
    return Q(state=ClaimState.DRAFT, organisation_id__in=works_for(actor))


def may_advance(actor: Actor) -> Verdict:
    """May `actor` record an advance to a partner?"""
    return may_keep_plans(actor)


def chargeable(allocations: QuerySet[Allocation], plan: Plan, organisation_id: int) -> QuerySet[Allocation]:
    """The allocations of a plan that the expenses of an organisation may be charged to: those set aside for it, and
    those for no partner in particular of the alliances it takes part in, or of the plan itself.
    """
    takes_part = (
        Q(line__alliance__isnull=True)
        | Q(line__alliance__lead_id=organisation_id)
        | Q(line__alliance__partners__organisation_id=organisation_id)
    )
    return allocations.filter(
        Q(partner_id=organisation_id) | (Q(partner__isnull=True) & takes_part), plan=plan
    ).distinct()

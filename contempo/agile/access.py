"""Who may see and do what with agile work."""

from dataclasses import dataclass

from django.db.models import Exists, OuterRef, Q, QuerySet

from contempo.agile.models import (
    Account,
    Agreement,
    Appeal,
    Employer,
    Month,
    PlannedDay,
    Unit,
    WorkActivity,
    Worker,
    WorkPlan,
)
from contempo.agile.rules.agreements import Who
from contempo.core.verdict import ALLOWED, Verdict, because
from contempo.core.words import N_
from contempo.people.public import Actor, OrganisationRole


@dataclass(frozen=True)
class Part:
    """What an actor is at one employer: `worker` their own record there, `heads` the path of the unit they head.

    `hr` keeps everything of the employer. A visitor, and who works elsewhere, has no part at all.
    """

    employer: Employer
    worker: Worker | None = None
    heads: str = ""
    hr: bool = False
    person_id: int | None = None

    @property
    def any(self) -> bool:
        return self.hr or self.worker is not None

    @property
    def safety(self) -> bool:
        return self.worker is not None and self.worker.safety_representative


def visible_employers(actor: Actor, employers: QuerySet[Employer]) -> QuerySet[Employer]:
    """The employers of the actor's network: their names and published results are for everybody."""
    return employers.filter(network_id=actor.network_id) if actor.network_id else employers.none()


def keeps(actor: Actor, employer: Employer) -> bool:
    """Whether `actor` keeps the agile work of an employer as its human resources manager."""
    if actor.is_system:
        return True
    same = actor.network_id == employer.network_id
    return same and OrganisationRole.HR_MANAGER in actor.roles_for(employer.organisation_id)


def part_of(actor: Actor, employer: Employer) -> Part:
    """The part of `actor` at an employer. At most one SQL."""
    if actor.person_id is None or actor.network_id != employer.network_id:
        return Part(employer, hr=keeps(actor, employer))
    worker = (
        Worker.objects.select_related("unit", "directorate")
        .filter(employer=employer, person_id=actor.person_id, present=True)
        .first()
    )
    heads = worker.unit.path if worker is not None and worker.heads_unit else ""
    return Part(employer, worker, heads, keeps(actor, employer), actor.person_id)


def may_keep(part: Part) -> Verdict:
    """May who has this part keep staff, mapping, rules and months of the employer?"""
    if part.hr:
        return ALLOWED
    return because(N_("Only the human resources managers of the organisation may do this."))


def may_open(actor: Actor, organisation_id: int) -> Verdict:
    """May `actor` begin to run the agile work of an organisation here?"""
    if actor.is_system or OrganisationRole.HR_MANAGER in actor.roles_for(organisation_id):
        return ALLOWED
    return because(N_("Only the human resources managers of the organisation may do this."))


def may_read_inside(part: Part) -> Verdict:
    """May who has this part read what is for the people of the employer?"""
    if part.any:
        return ALLOWED
    return because(N_("This is for the people who work at the organisation."))


def may_manage(part: Part) -> Verdict:
    """May who has this part see to a team: who heads a unit, and human resources?"""
    if part.hr or part.heads:
        return ALLOWED
    return because(N_("This is for who heads a unit, and for human resources."))


def may_act_as_worker(part: Part) -> Verdict:
    """May who has this part plan days, donate and ask for them?"""
    if part.worker is not None:
        return ALLOWED
    return because(N_("This is for the people on the staff of the organisation."))


def _below(path: str, field: str) -> Q:
    return Q(**{f"{field}__path__startswith": path})


def visible_units(part: Part, units: QuerySet[Unit]) -> QuerySet[Unit]:
    """Units of the employer, for the people who work there."""
    return units.filter(employer=part.employer) if part.any else units.none()


def visible_workers(part: Part, workers: QuerySet[Worker]) -> QuerySet[Worker]:
    """The staff: all of it for human resources, one's units for who heads them, else oneself."""
    workers = workers.filter(employer=part.employer)
    if part.hr:
        return workers
    if part.worker is None:
        return workers.none()
    mine = Q(pk=part.worker.pk)
    return workers.filter(mine | _below(part.heads, "unit")) if part.heads else workers.filter(mine)


def visible_agreements(part: Part, agreements: QuerySet[Agreement]) -> QuerySet[Agreement]:
    """Agreements: all but others' drafts for human resources, those of one's units for who heads them, else one's
    own."""
    agreements = agreements.filter(employer=part.employer)
    own = Q(worker_id=part.worker.pk) if part.worker is not None else Q(pk__in=())
    sent = ~Q(state="draft")
    if part.hr:
        return agreements.filter(own | sent)
    if part.worker is None:
        return agreements.none()
    return agreements.filter(own | (_below(part.heads, "unit") & sent)) if part.heads else agreements.filter(own)


def parts_in_agreement(part: Part, agreement: Agreement) -> frozenset[Who]:
    """The parts in the steps of an agreement. Nobody decides on their own; the head of a unit is decided on by who
    heads a unit above it, or by human resources when there is none.
    """
    if part.employer.pk != agreement.employer_id:
        return frozenset()
    parts: set[Who] = set()
    own = part.worker is not None and part.worker.pk == agreement.worker_id
    if own:
        parts.add(Who.WORKER)
    if not own and part.heads and agreement.unit.path.startswith(part.heads):
        parts.add(Who.MANAGER)
    if part.hr and not own:
        parts |= {Who.HR, Who.MANAGER}
    return frozenset(parts)


def visible_accounts(part: Part, accounts: QuerySet[Account]) -> QuerySet[Account]:
    """Accounts of months: those of the workers that are visible."""
    accounts = accounts.filter(month__employer=part.employer)
    if part.hr:
        return accounts
    if part.worker is None:
        return accounts.none()
    mine = Q(worker_id=part.worker.pk)
    return accounts.filter(mine | _below(part.heads, "unit")) if part.heads else accounts.filter(mine)


def visible_days(part: Part, days: QuerySet[PlannedDay]) -> QuerySet[PlannedDay]:
    """Planned dates: all for human resources, those of the units one heads, those of one's own unit, one's own.

    That a colleague is elsewhere on a date may be seen in the same unit; why, and what a colleague asked for, never.
    """
    days = days.filter(worker__employer=part.employer)
    if part.hr:
        return days
    if part.worker is None:
        return days.none()
    near = Q(worker_id=part.worker.pk) | Q(unit_id=part.worker.unit_id)
    return days.filter(near | _below(part.heads, "unit")) if part.heads else days.filter(near)


def visible_appeals(part: Part, appeals: QuerySet[Appeal]) -> QuerySet[Appeal]:
    """Appeals: all for human resources, else one's own. Who heads a unit does not read them."""
    appeals = appeals.filter(month__employer=part.employer)
    if part.hr:
        return appeals
    return appeals.filter(account__worker_id=part.worker.pk) if part.worker is not None else appeals.none()


def claimable_workers(actor: Actor, workers: QuerySet[Worker], addresses: frozenset[str]) -> QuerySet[Worker]:
    """Rows of the staff that a person with these verified `addresses` may say to be theirs: of the network, present,
    nobody's yet, at an employer where the person has no row.
    """
    if actor.person_id is None or not addresses:
        return workers.none()
    mine = Worker.objects.filter(employer=OuterRef("employer"), person_id=actor.person_id)
    open_rows = workers.filter(employer__network_id=actor.network_id, present=True, person=None, email__in=addresses)
    return open_rows.filter(~Exists(mine))


def visible_work_plans(part: Part, plans: QuerySet[WorkPlan]) -> QuerySet[WorkPlan]:
    """Agile work plans: adopted ones for everybody, drafts for human resources."""
    plans = plans.filter(employer=part.employer)
    return plans if part.hr else plans.filter(adopted_on__isnull=False)


def manages(part: Part, unit: Unit) -> bool:
    """Whether who has this part sees to a unit: heads it or one above it, or keeps the employer."""
    return part.hr or bool(part.heads and unit.path.startswith(part.heads))


def visible_activities(part: Part, activities: QuerySet[WorkActivity]) -> QuerySet[WorkActivity]:
    """Activities of the units and how they are assessed: for the people of the employer."""
    return activities.filter(employer=part.employer) if part.any else activities.none()


def may_tend(part: Part, unit: Unit) -> Verdict:
    """May who has this part write and assess the activities of a unit: who heads it or one above, human resources?"""
    if manages(part, unit):
        return ALLOWED
    return because(N_("The activities of a unit are up to who heads it, and to human resources."))


def may_share_out(part: Part, worker: Worker) -> Verdict:
    """May who has this part say how a worker's time is shared between activities? Heads not for themselves."""
    if part.hr:
        return ALLOWED
    if part.worker is not None and part.worker.pk == worker.pk:
        return because(N_("Nobody shares out their own time: it is up to who heads a unit above, or human resources."))
    if manages(part, worker.unit):
        return ALLOWED
    return because(N_("The shares of a worker are up to who heads the unit, and to human resources."))


def may_run_installation(actor: Actor) -> Verdict:
    """May `actor` do what concerns every employer at once: jobs, loaders?"""
    return ALLOWED if actor.is_system else because(N_("Only whoever runs the installation may do this."))


def visible_months(part: Part, months: QuerySet[Month]) -> QuerySet[Month]:
    """Months: all for human resources, those that were opened for the people who work there."""
    months = months.filter(employer=part.employer)
    if part.hr:
        return months
    return months.exclude(state="draft") if part.any else months.none()


def may_read_months(part: Part) -> Verdict:
    """May who has this part read budgets, as who heads a unit and human resources may?"""
    return may_manage(part)

"""Tables of agile work."""

from contempo.agile.models.agreements import (
    Acknowledgement,
    Agreement,
    AgreementMove,
    AgreementWords,
    Communication,
    PriorityVerification,
    SafetyNotice,
)
from contempo.agile.models.clearing import Appeal, Clearing
from contempo.agile.models.ledger import Entry
from contempo.agile.models.mapping import Assessment, CriteriaVersion, Share, WorkActivity
from contempo.agile.models.months import (
    Account,
    Feed,
    Month,
    PlannedDay,
    Policy,
    Pool,
    PresenceRule,
    Request,
)
from contempo.agile.models.structure import Employer, Seat, Unit, UnitSpell, Worker, WorkerSpell
from contempo.agile.models.tallies import EmployerTally, MonthTally, PresenceDay, UnitDay
from contempo.agile.models.workplans import PlanAction, WorkPlan

__all__ = [
    "Account",
    "Acknowledgement",
    "Agreement",
    "AgreementMove",
    "AgreementWords",
    "Appeal",
    "Assessment",
    "Clearing",
    "Communication",
    "CriteriaVersion",
    "Employer",
    "EmployerTally",
    "Entry",
    "Feed",
    "Month",
    "MonthTally",
    "PlanAction",
    "PlannedDay",
    "Policy",
    "Pool",
    "PresenceDay",
    "PresenceRule",
    "PriorityVerification",
    "Request",
    "SafetyNotice",
    "Seat",
    "Share",
    "Unit",
    "UnitDay",
    "UnitSpell",
    "WorkActivity",
    "WorkPlan",
    "Worker",
    "WorkerSpell",
]

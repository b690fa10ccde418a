"""Tables of programmes."""

from contempo.programmes.models.alliances import Activity, Alliance, Partner, Phase, Responsible
from contempo.programmes.models.budgets import Allocation, BudgetLine, BudgetRevision, RevisionChange, Source
from contempo.programmes.models.claims import Account, Claim, ClaimMove, Expense, Payment
from contempo.programmes.models.indicators import (
    AllianceTarget,
    Indicator,
    MeasuredRecord,
    Measurement,
    MonitoringPeriod,
)
from contempo.programmes.models.plans import Plan, PlanFinding, PlanUpload, PlanVersion
from contempo.programmes.models.tallies import PlanTally

__all__ = [
    "Account",
    "Activity",
    "Alliance",
    "AllianceTarget",
    "Allocation",
    "BudgetLine",
    "BudgetRevision",
    "Claim",
    "ClaimMove",
    "Expense",
    "Indicator",
    "MeasuredRecord",
    "Measurement",
    "MonitoringPeriod",
    "Partner",
    "Payment",
    "Phase",
    "Plan",
    "PlanFinding",
    "PlanTally",
    "PlanUpload",
    "PlanVersion",
    "Responsible",
    "RevisionChange",
    "Source",
]

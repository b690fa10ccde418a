"""What questions are about: one list for every network, so that figures can be compared."""

from enum import StrEnum

from contempo.core.words import N_


class Topic(StrEnum):
    """Topics of the desk, from the territorial plan: leave, contracts, services of the territory."""

    MATERNITY = "maternity"
    PATERNITY = "paternity"
    PARENTAL_LEAVE = "parental_leave"
    HOURLY_LEAVE = "hourly_leave"
    SICK_CHILD = "sick_child"
    DISABILITY_CARE = "disability_care"
    ELDER_CARE = "elder_care"
    AGILE_WORK = "agile_work"
    WORKING_TIME = "working_time"
    DISMISSAL = "dismissal"
    SELF_EMPLOYED = "self_employed"
    ALLOWANCES = "allowances"
    CHILDCARE = "childcare"
    SCHOOL_CLOSURES = "school_closures"
    WELFARE = "welfare"
    BARGAINING = "bargaining"
    OTHER = "other"


TOPIC_LABELS: dict[str, str] = {
    Topic.MATERNITY: N_("Maternity"),
    Topic.PATERNITY: N_("Paternity"),
    Topic.PARENTAL_LEAVE: N_("Parental leave"),
    Topic.HOURLY_LEAVE: N_("Leave by the hour"),
    Topic.SICK_CHILD: N_("A child who is ill"),
    Topic.DISABILITY_CARE: N_("Disability and law 104"),
    Topic.ELDER_CARE: N_("Care of elderly relatives"),
    Topic.AGILE_WORK: N_("Agile work"),
    Topic.WORKING_TIME: N_("Working hours and part-time"),
    Topic.DISMISSAL: N_("Resignation and dismissal"),
    Topic.SELF_EMPLOYED: N_("Self-employed work"),
    Topic.ALLOWANCES: N_("Allowances and bonuses"),
    Topic.CHILDCARE: N_("Nurseries and childcare"),
    Topic.SCHOOL_CLOSURES: N_("When schools are closed"),
    Topic.WELFARE: N_("Company welfare and incentives"),
    Topic.BARGAINING: N_("Collective contracts and agreements"),
    Topic.OTHER: N_("Something else"),
}

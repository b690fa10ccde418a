"""The agile work plan of an employer: its sections and the states of its actions."""

from enum import StrEnum

from contempo.core.words import N_


class Section(StrEnum):
    REVIEW = "review"
    PLACES = "places"
    COMMUNICATION = "communication"
    TRAINING = "training"
    DIGITALISATION = "digitalisation"
    TECHNOLOGY = "technology"
    MONITORING = "monitoring"


SECTION_LABELS: dict[str, str] = {
    Section.REVIEW: N_("Continuous review of activities"),
    Section.PLACES: N_("Places other than home"),
    Section.COMMUNICATION: N_("Communication and collaboration tools"),
    Section.TRAINING: N_("Training"),
    Section.DIGITALISATION: N_("Digitalisation of processes"),
    Section.TECHNOLOGY: N_("Technology"),
    Section.MONITORING: N_("Monitoring"),
}


class ActionState(StrEnum):
    PLANNED = "planned"
    UNDER_WAY = "under_way"
    DONE = "done"
    DROPPED = "dropped"


ACTION_STATE_LABELS: dict[str, str] = {
    ActionState.PLANNED: N_("Planned"),
    ActionState.UNDER_WAY: N_("Under way"),
    ActionState.DONE: N_("Done"),
    ActionState.DROPPED: N_("Given up"),
}

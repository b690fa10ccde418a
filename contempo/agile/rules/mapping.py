"""Which activities can be done from elsewhere, and who may therefore ask for agile work."""

from enum import StrEnum

from contempo.core.words import N_


class Met(StrEnum):
    """Whether one criterion is met by one activity."""

    YES = "yes"
    PARTLY = "partly"
    NO = "no"


MET_LABELS: dict[str, str] = {Met.YES: N_("Yes"), Met.PARTLY: N_("In part"), Met.NO: N_("No")}


class Remoteness(StrEnum):
    """What the criteria say of an activity together."""

    REMOTE = "remote"
    PARTLY = "partly"
    NOT = "not"


REMOTENESS_LABELS: dict[str, str] = {
    Remoteness.REMOTE: N_("Can be done remotely"),
    Remoteness.PARTLY: N_("Can be done remotely in part"),
    Remoteness.NOT: N_("Cannot be done remotely"),
}

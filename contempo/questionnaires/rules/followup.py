"""What there is to do in a campaign, from its figures. Pure."""

from collections.abc import Iterator, Mapping
from dataclasses import dataclass
from enum import StrEnum

from contempo.questionnaires.rules.states import CampaignState, InvitationState

LATE = (InvitationState.SENT, InvitationState.OPENED, InvitationState.BEGUN, InvitationState.BOUNCED)
"""States of invitations that were sent and have no answer yet: the follow-up list."""


class Step(StrEnum):
    """Something to do, in the order in which it is proposed."""

    POPULATION = "population"
    INVITE = "invite"
    OPEN = "open"
    SEND = "send"
    MEND = "mend"
    SETTLE = "settle"
    FOLLOW = "follow"
    READ = "read"


@dataclass(frozen=True)
class Todo:
    """A step that is due, and how many things wait for it."""

    step: Step
    count: int = 0


def todos(
    state: str, standings: Mapping[str, int], *, units: int, disputed: int, public_link: bool
) -> tuple[Todo, ...]:
    """What to do next in a campaign, first what holds it up.

    `standings` counts its invitations by state, `units` its population, `disputed` the answers that wait to be settled.
    """
    return tuple(_todos(state, standings, units, disputed, public_link))


def _todos(state: str, standings: Mapping[str, int], units: int, disputed: int, public_link: bool) -> Iterator[Todo]:
    invited = sum(standings.values())
    if state == CampaignState.DRAFT:
        if not units and not public_link:
            yield Todo(Step.POPULATION)
        elif not invited and not public_link:
            yield Todo(Step.INVITE, units)
        else:
            yield Todo(Step.OPEN)
        return
    if state == CampaignState.OPEN:
        for step, waiting in ((Step.SEND, InvitationState.PREPARED), (Step.MEND, InvitationState.BOUNCED)):
            if count := standings.get(waiting, 0):
                yield Todo(step, count)
    if disputed:
        yield Todo(Step.SETTLE, disputed)
    if state == CampaignState.OPEN:
        if count := sum(standings.get(one, 0) for one in LATE):
            yield Todo(Step.FOLLOW, count)
    elif state == CampaignState.CLOSED:
        yield Todo(Step.READ)

"""What happens with questionnaires that others, and questionnaires themselves, may want to know."""

from dataclasses import dataclass


@dataclass(frozen=True)
class InvitationsAsked:
    """Invitations of a campaign are to be sent: some letters are still to be written."""

    campaign_id: int


@dataclass(frozen=True)
class CampaignClosed:
    """A campaign takes answers no more."""

    campaign_id: int


@dataclass(frozen=True)
class PracticePublished:
    """A good practice is told in the network's library, with the consent of who described it."""

    practice_id: int

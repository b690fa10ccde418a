"""What questionnaires do after what happened. Safe to run twice."""

from contempo.core.outbox import listen
from contempo.people.public import SYSTEM
from contempo.questionnaires.actions.columns import refresh
from contempo.questionnaires.actions.invitations.sending import write_letters
from contempo.questionnaires.events import CampaignClosed, InvitationsAsked


def when_invitations_asked(event: InvitationsAsked) -> None:
    """Write the letters, some at a time."""
    write_letters(SYSTEM, campaign_id=event.campaign_id)


def when_campaign_closed(event: CampaignClosed) -> None:
    """Write the columns, because results are read most in the hours after the closing."""
    refresh(SYSTEM, campaign_id=event.campaign_id)


def listen_to_questionnaires() -> None:
    """Hear of what is to be sent and read; called once when the application starts."""
    listen(InvitationsAsked, when_invitations_asked)
    listen(CampaignClosed, when_campaign_closed)

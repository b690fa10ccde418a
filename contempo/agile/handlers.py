"""What agile work does after what happened. Safe to run twice."""

from contempo.agile.actions.clearing.publishing import tell_who_asked
from contempo.agile.actions.months.joining import join_months
from contempo.agile.actions.staff.linking import send_invitations
from contempo.agile.events import AgreementSigned, InvitationsAsked, ResultPublished
from contempo.core.outbox import listen
from contempo.people.public import SYSTEM


def when_result_published(event: ResultPublished) -> None:
    """Tell who asked, some at a time."""
    tell_who_asked(SYSTEM, clearing_id=event.clearing_id, after=event.after)


def when_agreement_signed(event: AgreementSigned) -> None:
    """Grant the days of the months that are open already."""
    join_months(SYSTEM, agreement_id=event.agreement_id)


def when_invitations_asked(event: InvitationsAsked) -> None:
    """Write the letters, some at a time."""
    send_invitations(SYSTEM, employer_id=event.employer_id)


def listen_to_agile() -> None:
    """Hear of results to tell, of agreements and of people to invite; called once when the application starts."""
    listen(AgreementSigned, when_agreement_signed)
    listen(ResultPublished, when_result_published)
    listen(InvitationsAsked, when_invitations_asked)

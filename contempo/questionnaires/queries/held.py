"""What questionnaires hold about one person, for the download of one's own data."""

from contempo.people.public import verified_addresses
from contempo.questionnaires.models import Invitation, Practice, Response


def personal_data(person_id: int) -> dict[str, object]:
    """The invitations to the verified addresses of a person, what was answered to them, and the good practices whose
    consent was asked of these addresses. Four SQL.

    Anonymous answers are not here: nobody can tell whose they are. Answers on behalf of an organisation are, to whom
    the invitation was addressed.
    """
    addresses = verified_addresses(person_id)
    invitations = Invitation.objects.filter(email__in=addresses).select_related("campaign__network", "target")
    found = list(invitations.order_by("campaign", "pk"))
    answers = Response.objects.filter(invitation__in=[one.pk for one in found]).select_related("campaign")
    practices = Practice.objects.filter(email__in=addresses).select_related("campaign__network").order_by("pk")
    return {
        "invitations": [
            {
                "network": one.campaign.network.name,
                "campaign": one.campaign.title,
                "name": one.name,
                "email": one.email,
                "unit": one.target.name if one.target else None,
                "channel": one.channel,
                "state": one.state,
                "reason": one.reason,
                "sent_at": one.sent_at,
                "reminders": one.reminders,
            }
            for one in found
        ],
        "answers": [
            {
                "campaign": one.campaign.title,
                "state": one.state,
                "begun_at": one.begun_at,
                "completed_at": one.completed_at,
                "answers": one.answers,
                "attributes": one.attributes,
            }
            for one in answers.order_by("campaign", "pk")
        ],
        "good_practices": [
            {
                "network": one.campaign.network.name,
                "title": one.title,
                "text": one.text,
                "state": one.state,
                "asked_at": one.asked_at,
                "answered_at": one.answered_at,
                "published_at": one.published_at,
            }
            for one in practices
        ],
    }

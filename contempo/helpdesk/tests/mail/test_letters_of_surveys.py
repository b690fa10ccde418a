"""Letters of campaigns that come back: the invitation learns of it, the desk keeps no link by which one answers."""

import pytest
from django.test import Client

from contempo.helpdesk.models import RawMail
from contempo.helpdesk.rules.mail import Outcome
from contempo.helpdesk.tests.factories import Desk
from contempo.helpdesk.tests.mail.corpus import raw
from contempo.helpdesk.tests.mail.posting import MILANO, posted
from contempo.questionnaires.models import Invitation, Sending
from contempo.questionnaires.rules.states import InvitationState
from contempo.questionnaires.tests.factories import (
    CampaignFactory,
    InvitationFactory,
    QuestionnaireFactory,
    VersionFactory,
)

SENT = "<0f4b6c1e2d3a49b8a7c6d5e4f3a2b1c0@example.org>"
LINK = "/milano/r/aaaafeabfpvshp55dpklnhk3/"


@pytest.fixture
def invitation(post: Desk) -> Invitation:
    campaign = CampaignFactory(version=VersionFactory(questionnaire=QuestionnaireFactory(network=post.world.milano)))
    made: Invitation = InvitationFactory(campaign=campaign, email="nessuno@example.com")
    Sending.objects.create(invitation=made, at=made.sent_at, address=made.email, message_id=SENT)
    return made


def with_the_link(name: str) -> bytes:
    return raw(name).replace(b"La nostra lettera", f"Rispondi qui: https://example.org{LINK}".encode())


@pytest.mark.parametrize(
    ("name", "state"),
    [("bounce-postfix", InvitationState.BOUNCED), ("bounce-postfix-delayed", InvitationState.SENT)],
)
def test_of_a_letter_that_came_back_the_desk_keeps_only_the_head(
    invitation: Invitation, post: Desk, client: Client, name: str, state: InvitationState
) -> None:
    assert LINK.encode() in with_the_link(name)
    mail = posted(with_the_link(name), to=(MILANO,), sender="")
    invitation.refresh_from_db()
    assert (mail.verdict, invitation.state) == (Outcome.BOUNCE, state)
    kept = bytes(RawMail.objects.get(mail=mail).data)
    assert LINK.encode() not in kept
    assert b"MAILER-DAEMON" in kept
    assert LINK not in mail.text
    client.force_login(post.world.marta)
    page = client.get(f"/milano/esperti/posta/{mail.pk}/").content.decode()
    assert "Il testo non si conserva" in page
    assert LINK not in page


def test_what_comes_back_of_the_desk_itself_is_kept_whole(post: Desk) -> None:
    mail = posted(raw("bounce-postfix"), to=(MILANO,), sender="")
    assert b"La nostra lettera" in bytes(RawMail.objects.get(mail=mail).data)

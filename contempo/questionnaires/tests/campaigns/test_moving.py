"""Campaigns open, close and open again: by hand and on time."""

from datetime import datetime, timedelta

import pytest

from contempo.core.clock import ROME, now
from contempo.core.outbox import deliver_pending, kept_mails
from contempo.core.testing import At, published
from contempo.core.verdict import Refusal
from contempo.questionnaires.actions.campaigns.making import (
    CampaignRun,
    CampaignWritten,
    rewrite_campaign,
    set_run,
    take_newer_version,
)
from contempo.questionnaires.actions.campaigns.moving import (
    close_campaign,
    open_campaign,
    reopen_campaign,
    schedule_opening,
)
from contempo.questionnaires.actions.columns import campaigns_to_refresh
from contempo.questionnaires.events import CampaignClosed
from contempo.questionnaires.jobs.sending import open_and_close
from contempo.questionnaires.models import Campaign, ColumnPart, Invitation, Response
from contempo.questionnaires.tests.campaigns.conftest import Desk
from contempo.questionnaires.tests.factories import InvitationFactory, TargetFactory, VersionFactory

LATER = datetime(2027, 1, 20, 18, tzinfo=ROME)


def ready(desk: Desk) -> Campaign:
    InvitationFactory(campaign=desk.it.draft, target=TargetFactory(campaign=desk.it.draft), state="prepared")
    return desk.it.draft


def test_a_campaign_nobody_could_answer_does_not_open(desk: Desk) -> None:
    with pytest.raises(Refusal):
        open_campaign(desk.actor(), campaign_id=desk.it.draft.pk)


def test_a_scheduled_campaign_opens_on_time_and_invites_and_closes_on_time(desk: Desk, at: At) -> None:
    campaign = ready(desk)
    run = CampaignRun(opens_at=now() + timedelta(days=2), closes_at=LATER)
    set_run(desk.actor(), campaign_id=campaign.pk, run=run)
    schedule_opening(desk.actor(), campaign_id=campaign.pk, scheduled=True)
    open_and_close(timestamp=0)
    campaign.refresh_from_db()
    assert campaign.state == "draft"
    at("2026-11-22T10:01")
    open_and_close(timestamp=0)
    open_and_close(timestamp=0)
    deliver_pending()
    campaign.refresh_from_db()
    assert campaign.state == "open"
    assert len(kept_mails()) == 1
    at("2027-01-20T18:00")
    open_and_close(timestamp=0)
    campaign.refresh_from_db()
    assert campaign.state == "closed"
    assert CampaignClosed(campaign_id=campaign.pk) in published(CampaignClosed)


def test_closing_drops_letters_that_were_not_written(desk: Desk) -> None:
    Invitation.objects.filter(campaign=desk.it.named).update(asked_at=now())
    close_campaign(desk.actor(), campaign_id=desk.it.named.pk)
    assert not Invitation.objects.filter(campaign=desk.it.named, asked_at__isnull=False).exists()


def test_the_columns_of_a_campaign_that_closes_are_written_at_once(desk: Desk) -> None:
    answered = Response.objects.filter(campaign=desk.it.named, state="completed").count()
    close_campaign(desk.actor(), campaign_id=desk.it.named.pk)
    deliver_pending()
    assert ColumnPart.objects.get(campaign=desk.it.named).rows == answered > 0
    assert desk.it.named.pk not in campaigns_to_refresh()


def test_a_closed_campaign_opens_again_unless_it_is_anonymous(desk: Desk) -> None:
    assert reopen_campaign(desk.actor(), campaign_id=desk.it.closed.pk, closes_at=LATER).state == "open"
    close_campaign(desk.actor(), campaign_id=desk.it.anonymous.pk)
    with pytest.raises(Refusal):
        reopen_campaign(desk.actor(), campaign_id=desk.it.anonymous.pk, closes_at=LATER)


def test_what_was_promised_to_who_answers_stays(desk: Desk) -> None:
    written = CampaignWritten(version_id=desk.it.version.pk, title="Altro titolo", mode="identified")
    with pytest.raises(Refusal) as refused:
        rewrite_campaign(desk.actor(), campaign_id=desk.it.confidential.pk, written=written)
    assert refused.value.field == "mode"


def test_wording_is_corrected_during_a_campaign_by_a_newer_version_only(desk: Desk) -> None:
    newer = VersionFactory(questionnaire=desk.it.questionnaire, number=2)
    take_newer_version(desk.actor(), campaign_id=desk.it.named.pk, version_id=newer.pk)
    desk.it.named.refresh_from_db()
    assert desk.it.named.version_id == newer.pk
    for older_or_other in (desk.it.version.pk, 0):
        with pytest.raises(Refusal):
            take_newer_version(desk.actor(), campaign_id=desk.it.named.pk, version_id=older_or_other)


@pytest.mark.parametrize(
    "run",
    [
        CampaignRun(opens_at=LATER, closes_at=LATER - timedelta(days=1)),
        CampaignRun(opens_at=now(), closes_at=LATER, reminders=(7, 8)),
        CampaignRun(opens_at=now(), closes_at=LATER, public_most=0),
        CampaignRun(opens_at=now(), closes_at=LATER, keep_until=LATER.date() - timedelta(days=3)),
        CampaignRun(opens_at=now(), closes_at=LATER + timedelta(days=800)),
    ],
)
def test_a_run_that_cannot_be_is_refused_and_changes_nothing(desk: Desk, run: CampaignRun) -> None:
    with pytest.raises(Refusal) as refused:
        set_run(desk.actor(), campaign_id=desk.it.draft.pk, run=run)
    assert refused.value.field
    closes = desk.it.draft.closes_at
    desk.it.draft.refresh_from_db()
    assert desk.it.draft.closes_at == closes

"""Nothing in the database tells in which order the responses of an anonymous campaign came, or by which link."""

from typing import Any

import pytest
from django.db import connection

from contempo.people.public import SYSTEM
from contempo.questionnaires.actions.columns import refresh
from contempo.questionnaires.actions.mixing import mix
from contempo.questionnaires.models import Campaign, ColumnPart, Invitation, Response
from contempo.questionnaires.rules.anonymity import to_mix
from contempo.questionnaires.rules.states import CampaignState, InvitationState, Mode
from contempo.questionnaires.tests.columns.conftest import told, truth
from contempo.questionnaires.tests.factories import (
    CampaignFactory,
    InvitationFactory,
    TargetFactory,
    answer,
    make_surveys,
)

MANY = 40


def hidden_columns(table: str, campaign: Campaign) -> list[tuple[Any, ...]]:
    """What PostgreSQL knows of each row beside its columns: its number, the transaction that wrote it, its place."""
    with connection.cursor() as cursor:
        cursor.execute(
            f"SELECT id, xmin::text, ctid::text FROM {table} WHERE campaign_id = %s ORDER BY ctid", [campaign.pk]
        )
        return cursor.fetchall()


def campaign_with(count: int) -> tuple[Campaign, list[Any], list[int]]:
    """An anonymous campaign that so many answered, one in a transaction; responses and invitations in that order."""
    version = make_surveys().version
    campaign = CampaignFactory(version=version, mode=Mode.ANONYMOUS.value)
    responses, invitations = more(campaign, count)
    return campaign, responses, invitations


def more(campaign: Campaign, count: int) -> tuple[list[Any], list[int]]:
    responses, invitations = [], []
    for number in range(count):
        invitation = InvitationFactory(campaign=campaign, target=TargetFactory(campaign=campaign))
        responses.append(answer(invitation, workers=number).pk)
        invitations.append(invitation.pk)
    return responses, invitations


@pytest.mark.django_db(transaction=True)
@pytest.mark.parametrize("closed", [False, True])
def test_neither_order_nor_transaction_is_left(closed: bool) -> None:
    campaign, responses, invitations = campaign_with(MANY)
    one_by_one = hidden_columns("questionnaires_response", campaign)
    assert len({xmin for _pk, xmin, _ctid in one_by_one}) == MANY
    if closed:
        Campaign.objects.filter(pk=campaign.pk).update(state=CampaignState.CLOSED.value)
    before = told(campaign)
    assert mix(SYSTEM, campaign_id=campaign.pk) == MANY

    for table, came in (("questionnaires_response", responses), ("questionnaires_invitation", invitations)):
        rows = hidden_columns(table, campaign)
        assert len(rows) == MANY
        assert len({xmin for _pk, xmin, _ctid in rows}) == 1
        assert [pk for pk, _xmin, _ctid in rows] not in (came, came[::-1])
    orders = []
    for column in ("serial", "changed"):
        orders.append(list(Response.objects.filter(campaign=campaign).order_by(column).values_list("pk", flat=True)))
    assert responses not in orders
    assert set(Response.objects.filter(campaign=campaign).values_list("serial", flat=True)) == set(range(MANY))
    assert told(campaign) == before == truth(campaign)
    assert not Invitation.objects.filter(campaign=campaign).exclude(changed_at=None).exists()


@pytest.mark.django_db(transaction=True)
def test_responses_wait_until_so_many_hide_each_of_them() -> None:
    campaign, _responses, _invitations = campaign_with(4)
    assert mix(SYSTEM, campaign_id=campaign.pk) == 0
    assert refresh(SYSTEM, campaign_id=campaign.pk).placed == 0
    more(campaign, 1)
    assert refresh(SYSTEM, campaign_id=campaign.pk).placed == 5
    assert told(campaign) == truth(campaign)


@pytest.mark.django_db(transaction=True)
def test_once_closed_those_mixed_at_different_times_are_mixed_together() -> None:
    campaign, _responses, _invitations = campaign_with(6)
    refresh(SYSTEM, campaign_id=campaign.pk)
    more(campaign, 6)
    refresh(SYSTEM, campaign_id=campaign.pk)
    assert len({xmin for _pk, xmin, _ctid in hidden_columns("questionnaires_response", campaign)}) == 2
    assert not ColumnPart.objects.filter(campaign=campaign).exists()

    Campaign.objects.filter(pk=campaign.pk).update(state=CampaignState.CLOSED.value)
    refresh(SYSTEM, campaign_id=campaign.pk)

    assert len({xmin for _pk, xmin, _ctid in hidden_columns("questionnaires_response", campaign)}) == 1
    assert ColumnPart.objects.get(campaign=campaign).rows == 12
    rewritten = hidden_columns("questionnaires_response", campaign)
    assert refresh(SYSTEM, campaign_id=campaign.pk) == refresh(SYSTEM, campaign_id=campaign.pk)
    assert hidden_columns("questionnaires_response", campaign) == rewritten
    assert told(campaign) == truth(campaign)


@pytest.mark.django_db(transaction=True)
def test_what_hangs_on_a_response_stays_and_half_done_ones_are_left_alone() -> None:
    campaign, _responses, _invitations = campaign_with(5)
    begun = InvitationFactory(
        campaign=campaign, target=TargetFactory(campaign=campaign), state=InvitationState.BEGUN.value
    )
    before = hidden_columns("questionnaires_invitation", campaign)
    practice = campaign.practices.create(
        title="Orario",
        text="x",
        response=Response.objects.filter(campaign=campaign).first(),
        created_at=campaign.created_at,
    )
    mix(SYSTEM, campaign_id=campaign.pk)
    practice.refresh_from_db()
    assert practice.response is not None
    assert {row for row in before if row[0] == begun.pk} <= set(hidden_columns("questionnaires_invitation", campaign))


@pytest.mark.parametrize(
    ("waiting", "placed", "closed", "mixed", "mixes"),
    [
        (4, 0, False, False, False),
        (5, 0, False, False, True),
        (5, 101, False, False, False),
        (6, 101, False, False, True),
        (1, 100, True, True, True),
        (0, 100, True, False, True),
        (0, 100, True, True, False),
        (0, 0, True, False, False),
    ],
)
def test_when_responses_are_mixed(waiting: int, placed: int, closed: bool, mixed: bool, mixes: bool) -> None:
    assert to_mix(waiting, placed, closed=closed, mixed=mixed) is mixes

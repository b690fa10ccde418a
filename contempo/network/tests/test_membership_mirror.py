"""`Organisation.member_since` says what `Membership` says."""

from datetime import date

import pytest
from django.db import IntegrityError, transaction
from django.db.models import F, OuterRef, Subquery

from contempo.network.actions.accession.decisions import cease
from contempo.network.actions.organisations import begin_membership
from contempo.network.models import Membership, Organisation
from contempo.network.queries.tallies import tallies
from contempo.network.rules.accession import State
from contempo.network.tests.factories import REASON, OrganisationFactory

pytestmark = pytest.mark.django_db


def unlike():
    """Organisations whose mirror and open period differ."""
    period = Membership.objects.filter(organisation=OuterRef("id"), until__isnull=True).values("since")
    rows = Organisation.objects.annotate(open_since=Subquery(period))
    return rows.exclude(member_since=F("open_since")).exclude(member_since__isnull=True, open_since__isnull=True)


@pytest.mark.parametrize("state", State)
def test_at_every_step_of_a_request(world, state):
    request = world.request(state)
    assert not unlike().exists()
    if request.organisation:
        assert (request.organisation.member_since is not None) == (state == State.SIGNED)


def test_when_a_membership_begins_ends_and_begins_again(world, at):
    at("2026-03-01T10:00")
    request = world.request(State.SIGNED)
    at("2026-06-01T10:00")
    cease(world.actor(world.marta), request_id=request.id, reason=REASON)
    at("2026-09-01T10:00")
    begin_membership(
        world.actor(world.marta),
        organisation_id=request.organisation_id,
        since=date(2026, 7, 1),
        agreement_id=world.agreement.id,
    )
    assert not unlike().exists()
    assert Organisation.objects.get(id=request.organisation_id).member_since == date(2026, 7, 1)
    periods = Membership.objects.filter(organisation=request.organisation).order_by("since")
    assert list(periods.values_list("since", "until")) == [
        (date(2026, 3, 1), date(2026, 6, 1)),
        (date(2026, 7, 1), None),
    ]


def test_who_signs_and_leaves_on_one_day_was_a_member_for_no_day(world, at):
    at("2026-03-01T10:00")
    request = world.request(State.CEASED)
    period = Membership.objects.get(organisation=request.organisation)
    assert period.since == period.until == date(2026, 3, 1)
    assert not unlike().exists()


def test_members_are_all_who_joined_less_all_who_left(world):
    for state in (State.SIGNED, State.CEASED, State.SIGNED):
        world.request(state)
    figures = tallies(world.milano.id, "members", "joined", "left")
    came, went = (sum(figures[subject].values()) for subject in ("joined", "left"))
    assert figures["members"]["all"] == came - went == 3


def test_the_database_itself_refuses_a_second_open_period_and_one_that_ends_before_it_begins(world):
    known = OrganisationFactory(network=world.milano)
    for since, until in ((date(2026, 1, 1), date(2025, 12, 31)), (date(2026, 1, 1), None)):
        organisation = world.comune if until is None else known
        with pytest.raises(IntegrityError), transaction.atomic():
            Membership.objects.create(
                network=world.milano, organisation=organisation, since=since, until=until, agreement=world.agreement
            )

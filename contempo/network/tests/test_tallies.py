"""Whatever is written, and however, the tallies are what a recount finds."""

import uuid
from collections import Counter
from datetime import date
from random import Random

import pytest
from django.db import connection, transaction
from hypothesis import HealthCheck, given, settings
from hypothesis import strategies as st

from contempo.core.clock import now
from contempo.network.models import AccessionRequest, Membership, Network, Organisation, Tally
from contempo.network.queries.tallies import tallies
from contempo.network.rules.accession import OPEN_STATES, State
from contempo.network.rules.organisations import OrganisationKind, Priority, size_class
from contempo.network.tests.factories import BERGAMO, MILANO, SESTO, NetworkFactory, OrganisationFactory, place

pytestmark = pytest.mark.django_db

KINDS = list(OrganisationKind)
PLACES = [MILANO, BERGAMO, SESTO, None]
HEADCOUNTS = [None, 0, 9, 10, 49, 50, 250, 251]
DAYS = [date(2014, 1, 20), date(2014, 1, 31), date(2014, 2, 1), date(2026, 12, 31)]


def recount():
    """The figures, counted from the rows one by one."""
    found = Counter()
    for it in Organisation.objects.all():
        facts = [("", "all"), ("_by_kind", it.kind)]
        facts += [("_by_municipality", it.municipality_id)] if it.municipality_id else []
        facts += [("_by_priority", priority) for priority in set(it.priorities)]
        for subject, key in facts:
            found[it.network_id, f"organisations{subject}", key] += 1
            found[it.network_id, f"members{subject}", key] += it.member_since is not None
        if size := size_class(it.headcount):
            found[it.network_id, "organisations_by_size", size] += 1
    for it in Membership.objects.all():
        found[it.network_id, "joined", f"{it.since:%Y-%m}"] += 1
        if it.until:
            found[it.network_id, "left", f"{it.until:%Y-%m}"] += 1
    for it in AccessionRequest.objects.exclude(state=State.DRAFT):
        found[it.network_id, "requests", it.state] += 1
        found[it.network_id, "copies_to_confirm", "all"] += it.state == State.ADMITTED and it.signed_copy is not None
    return {key: count for key, count in found.items() if count}


def kept():
    """The figures, as the database keeps them."""
    rows = Tally.objects.values_list("network_id", "subject", "key", "count")
    return {(network, subject, key): count for network, subject, key, count in rows if count}


def some(random, rows):
    """Some of `rows`, perhaps none, perhaps all, as a queryset."""
    keys = list(rows.values_list("pk", flat=True))
    return rows.model.objects.filter(pk__in=random.sample(keys, random.randint(0, len(keys))))


def priorities(random):
    """Priorities, perhaps none, perhaps one of them twice."""
    return random.choices(list(Priority), k=random.randint(0, 4))


def add_organisations(random, networks):
    Organisation.objects.bulk_create(
        OrganisationFactory.build(
            network=random.choice(networks),
            slug=uuid.uuid4().hex,
            kind=random.choice(KINDS),
            municipality_id=random.choice(PLACES),
            municipality=None,
            headcount=random.choice(HEADCOUNTS),
            priorities=priorities(random),
            member_since=random.choice([None, *DAYS]),
        )
        for _number in range(random.randint(0, 6))
    )


def change_organisations(random, networks):
    change = random.choice(
        [
            {"kind": random.choice(KINDS)},
            {"municipality_id": random.choice(PLACES)},
            {"headcount": random.choice(HEADCOUNTS)},
            {"priorities": priorities(random)},
            {"member_since": random.choice([None, *DAYS])},
            {"network": random.choice(networks)},
            {"description": "niente che si conti"},
        ]
    )
    some(random, Organisation.objects.all()).update(**change)


def change_organisations_each_its_way(random, networks):
    rows = list(some(random, Organisation.objects.all()))
    for row in rows:
        row.kind, row.headcount = random.choice(KINDS), random.choice(HEADCOUNTS)
    Organisation.objects.bulk_update(rows, ["kind", "headcount"])


def save_one(random, networks):
    for row in some(random, Organisation.objects.all())[:1]:
        row.priorities, row.member_since = priorities(random), random.choice([None, *DAYS])
        row.save()


def write_sql(random, networks):
    with connection.cursor() as cursor:
        cursor.execute(
            "UPDATE network_organisation SET kind = 'school', member_since = CASE WHEN id %% 2 = 0 THEN since END"
            " FROM (VALUES (%s::date)) AS chosen (since) WHERE id %% 3 = %s",
            [random.choice(DAYS), random.randrange(3)],
        )


def remove_organisations(random, networks):
    without = Organisation.objects.filter(memberships__isnull=True, requests__isnull=True)
    some(random, without).delete()


def add_memberships(random, networks):
    free = some(random, Organisation.objects.exclude(memberships__until__isnull=True, memberships__isnull=False))
    Membership.objects.bulk_create(
        Membership(
            network_id=organisation.network_id,
            organisation=organisation,
            since=DAYS[0],
            until=random.choice([None, *DAYS]),
        )
        for organisation in free
    )


def change_memberships(random, networks):
    some(random, Membership.objects.all()).update(until=random.choice(DAYS))


def remove_memberships(random, networks):
    some(random, Membership.objects.all()).delete()


def add_requests(random, networks):
    last = AccessionRequest.objects.count()
    AccessionRequest.objects.bulk_create(
        AccessionRequest(
            network=random.choice(networks),
            number=int(f"{last}{number}{random.randrange(10**6)}") % 2**31,
            state=random.choice(list(State)),
            state_since=now(),
            submitted_at=now(),
            created_at=now(),
            changed_at=now(),
            signed_copy=random.choice([None, uuid.uuid4()]),
        )
        for number in range(random.randint(0, 4))
    )


def change_requests(random, networks):
    change = random.choice(
        [{"state": random.choice(list(State))}, {"signed_copy": random.choice([None, uuid.uuid4()])}]
    )
    some(random, AccessionRequest.objects.all()).update(**change)


def remove_requests(random, networks):
    some(random, AccessionRequest.objects.all()).delete()


def think_better_of_it(random, networks):
    with transaction.atomic():
        add_organisations(random, networks)
        change_organisations(random, networks)
        transaction.set_rollback(True)


WRITES = [
    add_organisations,
    change_organisations,
    change_organisations_each_its_way,
    save_one,
    write_sql,
    remove_organisations,
    add_memberships,
    change_memberships,
    remove_memberships,
    add_requests,
    change_requests,
    remove_requests,
    think_better_of_it,
]


@settings(max_examples=25, deadline=None, suppress_health_check=[HealthCheck.function_scoped_fixture])
@given(st.lists(st.sampled_from(WRITES), min_size=1, max_size=20), st.integers(0, 2**32))
def test_after_any_writes_the_tallies_are_what_a_recount_finds(db, writes, seed):
    with transaction.atomic():
        for code in (MILANO, BERGAMO, SESTO):
            place(code)
        networks, random = [NetworkFactory(), NetworkFactory()], Random(seed)
        for write in [add_organisations, add_memberships, add_requests, *writes]:
            write(random, networks)
            assert kept() == recount()
        transaction.set_rollback(True)


def test_by_the_ordinary_path_they_are_too(world):
    for state in State:
        world.request(state)
        assert kept() == recount()


def test_a_priority_written_twice_is_one_member_in_the_figure_and_one_row_in_the_list(world):
    Organisation.objects.filter(id=world.comune.id).update(priorities=[Priority.FLEXIBILITY] * 3)
    counted = tallies(world.milano.id, "members_by_priority")["members_by_priority"]
    listed = Organisation.objects.filter(member_since__isnull=False, priorities__contains=[Priority.FLEXIBILITY])
    assert counted == {Priority.FLEXIBILITY: listed.count()} == {Priority.FLEXIBILITY: 1}


def test_what_was_never_seen_counts_zero(world):
    assert tallies(world.bergamo.id, "members", "requests") == {"members": {}, "requests": {}}


def test_a_key_that_went_back_to_zero_is_not_shown(world):
    Organisation.objects.filter(id=world.comune.id).update(member_since=None)
    assert tallies(world.milano.id, "members", "organisations") == {"members": {}, "organisations": {"all": 1}}


def test_drafts_are_in_no_figure(world):
    world.draft()
    assert tallies(world.milano.id, "requests") == {"requests": {}}


def test_requests_under_way_are_the_sum_of_their_states(world):
    for state in OPEN_STATES:
        world.request(state)
    counted = tallies(world.milano.id, "requests")["requests"]
    assert sum(counted.values()) == AccessionRequest.objects.filter(state__in=OPEN_STATES).count() == 4


def test_a_network_that_is_removed_takes_its_tallies_with_it():
    network = NetworkFactory()
    OrganisationFactory(network=network).delete()
    network.delete()
    assert not Network.objects.filter(id=network.id).exists()
    assert not Tally.objects.filter(network_id=network.id).exists()

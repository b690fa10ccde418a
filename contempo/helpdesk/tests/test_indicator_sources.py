"""The list behind a value has exactly its length, whatever the source, the period, the filters and the division.

Here, and not in programmes, because here every source is known.
"""

from datetime import date, datetime, timedelta
from decimal import Decimal

import pytest
from django.http import QueryDict
from django.urls import reverse
from hypothesis import HealthCheck, given, settings
from hypothesis import strategies as st

from contempo.core.clock import ROME
from contempo.helpdesk.models import Question
from contempo.network.models import Membership, Organisation, Seat
from contempo.network.rules.organisations import OrganisationKind
from contempo.network.tests.factories import OrganisationFactory, place
from contempo.programmes.models import Activity, MeasuredRecord, Measurement
from contempo.programmes.public import Scope, measure, records, source_called
from contempo.programmes.queries.indicators.page import reading_of
from contempo.programmes.queries.indicators.records import record_page
from contempo.programmes.queries.opened import opened
from contempo.programmes.rules.sources import registered_sources
from contempo.programmes.tests.factories import ActivityFactory, PartnerFactory
from contempo.programmes.tests.indicators.conftest import make_measuring

TODAY = date(2026, 11, 20)
DIMENSIONS = {"kind", "size", "municipality", "sex", "other"}


def question(network, number, at, **given):
    """A question received at an instant, with the columns that are counted."""
    return Question.objects.create(
        network=network,
        number=number,
        channel="desk",
        topic=given.pop("topic", "maternity"),
        capacity="worker",
        subject="Domanda",
        received_at=at,
        state_since=at,
        due_at=at + timedelta(hours=48),
        **given,
    )


@pytest.fixture
def measuring(db, at):
    """The plan of Milan in November 2026."""
    at("2026-11-20T10:00")
    return make_measuring()


@pytest.fixture
def busy(measuring):
    """Members, seats, partners, activities and questions, some inside and some outside every period."""
    network = measuring.world.milano
    kinds, codes = list(OrganisationKind), ["015146", "016024", "015209"]
    for number in range(14):
        since = date(2026, 1, 1) + timedelta(days=37 * number)
        one = OrganisationFactory(
            network=network,
            kind=kinds[number % 5],
            headcount=[None, 3, 20, 100, 400][number % 5],
            municipality=place(codes[number % 3]),
            created_at=datetime(since.year, since.month, since.day, tzinfo=ROME),
        )
        if number % 4:
            Membership.objects.create(
                network=network,
                organisation=one,
                since=since,
                until=since + timedelta(days=90) if number % 3 == 0 else None,
            )
            Seat.objects.create(organisation=one, municipality=place(codes[number % 3]), address=f"Via {number}")
        if number % 3 == 0:
            PartnerFactory(alliance=measuring.homes, organisation=one)
        ActivityFactory(
            plan=measuring.plan,
            alliance=measuring.homes if number % 2 else None,
            state=["done", "planned", "under_way"][number % 3],
            state_since=datetime(2026, 1, 1, 12, tzinfo=ROME) + timedelta(days=29 * number),
        )
        question(
            network,
            number + 1,
            datetime(2026, 1, 1, 0, 0, tzinfo=ROME) + timedelta(days=26 * number),
            topic=["maternity", "agile_work"][number % 2] if number else "maternity",
            municipality=place(codes[number % 3]) if number % 4 else None,
            minutes_to_answer=None if number % 5 == 0 else 60,
            within=None if number % 5 == 0 else bool(number % 2),
        )
    return measuring


def scopes(busy, draw):
    since = date(2025, 12, 1) + timedelta(days=draw(st.integers(0, 420)))
    until = since + timedelta(days=draw(st.integers(1, 300)))
    alliance = draw(st.sampled_from([None, busy.homes.pk, busy.times.pk]))
    return Scope(busy.world.milano.pk, busy.plan.pk, since, until, alliance)


FILTERS = {
    "kind": ["company", "company+school", "public_body"],
    "size": ["micro", "micro+large"],
    "municipality": ["015146", "015146+016024"],
    "standing": ["member", "other"],
    "part": ["lead", "partner"],
    "area": ["alliance"],
    "topic": ["maternity", "maternity+agile_work"],
}


@settings(max_examples=60, suppress_health_check=[HealthCheck.function_scoped_fixture])
@given(data=st.data())
def test_every_list_is_as_long_as_its_value_and_divides_as_it_says(busy, data):
    source = data.draw(st.sampled_from(registered_sources()))
    scope = scopes(busy, data.draw)
    names = [name for name in sorted(source.filters) if name in FILTERS]
    filters = {name: data.draw(st.sampled_from(FILTERS[name])) for name in names if data.draw(st.booleans())}
    scope = Scope(scope.network_id, scope.plan_id, scope.since, scope.until, scope.alliance_id, filters)
    by = sorted(source.dimensions)
    found, listed = measure(source, scope, by), records(source, scope)
    assert found.numerator == sum(record.counted for record in listed)
    assert found.denominator in (None, len(listed))
    if found.denominator is None:
        assert found.numerator == len(listed)
    assert len({record.key for record in listed}) == len(listed)
    for dimension in by:
        counted = {}
        for record in listed:
            part, whole = counted.get(record.facets[dimension], (0, 0))
            counted[record.facets[dimension]] = (part + record.counted, whole + 1)
        assert found.breakdown[dimension] == counted
    offset, limit = data.draw(st.integers(0, 5)), data.draw(st.integers(1, 5))
    assert records(source, scope, offset=offset, limit=limit) == listed[offset : offset + limit]


def test_members_are_those_of_the_last_day_half_open(measuring):
    network, source = measuring.world.milano, source_called("network.members")
    one = OrganisationFactory(network=network)
    Membership.objects.create(network=network, organisation=one, since=date(2026, 3, 1), until=date(2026, 6, 30))
    count = lambda until: measure(source, Scope(network.pk, measuring.plan.pk, date(2026, 1, 1), until)).numerator  # noqa: E731
    assert [count(until) for until in (date(2026, 3, 1), date(2026, 3, 2), date(2026, 6, 30), date(2026, 7, 1))] == [
        1,
        2,
        2,
        1,
    ]


def listed(busy, who, what, query=""):
    """The list of an indicator as a page, for somebody."""
    actor = busy.world.actor(who)
    plan = opened(actor, busy.plan.key)
    reading = reading_of(actor, plan, what.key, today=TODAY)
    return reading, record_page(actor, plan, reading, QueryDict(query))


@pytest.mark.parametrize("method", ["sum", "last", "distinct"])
@pytest.mark.parametrize("source", ["network.members", "programmes.activities_done", "helpdesk.questions"])
def test_the_list_of_the_plan_is_as_long_as_its_value_with_sealed_and_open_periods(busy, source, method):
    what = busy.indicator(source=source, method=method, by=["kind"] if source == "network.members" else [])
    busy.close()
    reading, page = listed(busy, busy.world.marta, what)
    assert page.page.total == reading.plan.total.value.numerator
    assert [cell.live for cell in reading.plan.cells] == [False, True]
    for cell in reading.plan.cells:
        _reading, of_period = listed(busy, busy.world.marta, what, f"periodo={cell.period.key}")
        assert of_period.page.total == cell.value.numerator


def test_a_sealed_list_stays_what_it_was_when_the_records_change(busy):
    what = busy.indicator(source="programmes.activities_done", method="sum")
    busy.close()
    query = f"periodo={busy.first.key}"
    before = listed(busy, busy.world.elena, what, query)[1].page
    Activity.objects.filter(plan=busy.plan).update(state="cancelled")
    after = listed(busy, busy.world.elena, what, query)[1].page
    assert after.total == before.total > 0
    assert [row.label for row in after.rows] == [row.label for row in before.rows]


def test_personal_records_are_sealed_under_a_pseudonym(busy):
    what = busy.indicator(source="helpdesk.questions", by=["municipality"])
    busy.close()
    kept = MeasuredRecord.objects.filter(measurement__indicator=what)
    assert kept.count() == Measurement.objects.get(indicator=what).numerator
    numbers = {str(number) for number in Question.objects.values_list("number", flat=True)}
    for record in kept:
        assert record.key not in numbers
        assert len(record.key) == 64
        assert record.label == f"Domanda {record.key[:8]}"
        assert record.url == ""


def test_who_may_not_open_the_questions_reads_their_figures_as_everybody_does(busy):
    what = busy.indicator(source="helpdesk.questions", method="sum", by=["municipality"])
    actor = busy.world.actor(busy.world.elena)
    assert listed(busy, busy.world.elena, what)[1] is None
    reading = reading_of(actor, opened(actor, busy.plan.key), what.key, today=TODAY)
    assert not reading.whole
    assert all(cell.value is None for cell in reading.plan.cells)
    reading, page = listed(busy, busy.world.marta, what)
    assert page.page.rows[0].url.startswith("/milano/esperti/domande/")


def test_a_source_nobody_registered_is_said_to_be_missing(measuring):
    what = measuring.indicator(source="campus.places")
    actor = measuring.world.actor(measuring.world.elena)
    reading = reading_of(actor, opened(actor, measuring.plan.key), what.key, today=TODAY)
    assert reading.trouble
    assert reading.plan.total.value is None


def test_a_share_lists_its_denominator_and_marks_its_numerator(busy):
    what = busy.indicator(source="helpdesk.within", unit="share", method="sum", target="90%")
    reading, page = listed(busy, busy.world.marta, what)
    value = reading.plan.total.value
    assert page.page.total == value.denominator
    counted = listed(busy, busy.world.marta, what, "contati=si")[1]
    assert counted.page.total == value.numerator
    assert value.percent == value.numerator * 100 / value.denominator != Decimal(0)


def test_filters_and_order_keep_to_the_list(busy, client):
    what = busy.indicator(source="network.members", by=["kind"])
    _reading, page = listed(busy, busy.world.elena, what)
    kinds = {row.kind for row in page.page.rows}
    assert len(kinds) > 1
    client.force_login(busy.world.elena)
    url = reverse("programmes:records", args=["milano", busy.plan.key, what.key])
    some = client.get(f"{url}?tipo=school").context["records"].page
    assert {row.kind for row in some.rows} == {"Scuola"}
    back = client.get(f"{url}?ordina=-label").context["records"].page
    assert [row.label for row in back.rows] == sorted((row.label for row in page.page.rows), reverse=True)
    file = client.get(f"{url}?formato=csv")
    assert len(b"".join(file.streaming_content).splitlines()) == page.page.total + 1


def test_the_registry_counts_members_and_others_apart(busy):
    source = source_called("network.organisations")
    asked = (busy.world.milano.pk, busy.plan.pk, date(2026, 1, 1), date(2027, 1, 1), None)
    every, members, others = (
        measure(source, Scope(*asked, filters)).numerator
        for filters in ({}, {"standing": "member"}, {"standing": "other"})
    )
    assert every == members + others
    assert min(members, others) > 0
    assert every <= Organisation.objects.filter(network=busy.world.milano).count()

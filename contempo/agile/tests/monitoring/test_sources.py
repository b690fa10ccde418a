"""What agile work offers as indicators: the list behind each value has exactly its length."""

from datetime import date, datetime

import pytest
from django.utils import translation

from contempo.agile.models import Agreement
from contempo.agile.tests.monitoring.conftest import AT
from contempo.core.clock import ROME
from contempo.programmes.public import Dimension, Scope, measure, records, source_called

KEYS = ["agile.agreements", "agile.workers", "agile.days", "agile.people", "agile.awards", "agile.employers"]
SINCE, UNTIL = date(2026, 10, 1), date(2026, 11, 1)


@pytest.fixture
def signed(worked):
    """Anna's agreement began in October, Carla's in September; Ugo's ended then; Bruno's is a draft."""
    it = worked.comune.it
    for number, (worker, state, starts, until) in enumerate(
        [
            (it.anna, "in_force", date(2026, 10, 5), None),
            (it.carla, "in_force", date(2026, 9, 1), date(2027, 9, 1)),
            (it.ugo, "ended", date(2026, 3, 1), date(2026, 10, 1)),
            (it.bruno, "draft", date(2026, 10, 1), None),
        ],
        start=1,
    ):
        Agreement.objects.create(
            employer=it.employer,
            number=number,
            worker=worker,
            unit=worker.unit,
            directorate=worker.directorate,
            state=state,
            state_since=AT,
            created_at=datetime(2026, 1, 1, tzinfo=ROME),
            starts_on=starts,
            until=until,
        )
    return worked


def scope(worked, **given):
    whole = {"network_id": worked.comune.it.employer.network_id, "plan_id": 0, "since": SINCE, "until": UNTIL}
    return Scope(**{**whole, **given})


@pytest.mark.parametrize(
    ("key", "expected"),
    [
        ("agile.agreements", 1),
        ("agile.workers", 2),
        ("agile.days", 4),
        ("agile.people", 3),
        ("agile.awards", 3),
        ("agile.employers", 1),
    ],
)
def test_each_source_counts_what_it_says(signed, key, expected):
    assert measure(source_called(key), scope(signed)).numerator == expected


@pytest.mark.parametrize("key", KEYS)
@pytest.mark.parametrize(
    "given",
    [
        {},
        {"filters": {"sex": "f"}},
        {"filters": {"kind": "public_body"}},
        {"filters": {"kind": "company"}},
        {"since": date(2026, 1, 1), "until": date(2026, 2, 1)},
        {"network_id": 0},
    ],
)
def test_the_list_is_as_long_as_the_value_and_divides_as_it_says(signed, key, given):
    source = source_called(key)
    if set(given.get("filters", {})) - source.filters:
        given = {}
    asked = scope(signed, **given)
    by = sorted(source.dimensions)
    found, listed = measure(source, asked, by), records(source, asked)
    assert found.numerator == len(listed) == len({each.key for each in listed})
    for counts in found.breakdown.values():
        assert sum(count for count, _whole in counts.values()) == found.numerator


def test_people_are_divided_by_sex_in_words(signed):
    source = source_called("agile.people")
    found = measure(source, scope(signed), [Dimension.SEX]).breakdown[Dimension.SEX]
    assert {key: count for key, (count, _whole) in found.items()} == {"f": 2, "m": 1}
    with translation.override("it"):
        assert source.labels(Dimension.SEX, found)["f"] == "Donne"


def test_records_of_people_are_personal_and_open_no_page(signed):
    for key in KEYS[:-1]:
        source = source_called(key)
        assert source.personal
        assert not source.may_open(signed.comune.actor("paolo"))
        assert not any(each.url for each in records(source, scope(signed), network="milano"))


def test_an_employer_opens_its_public_page(signed):
    (found,) = records(source_called("agile.employers"), scope(signed), network="milano")
    assert signed.comune.get().request["PATH_INFO"] == found.url

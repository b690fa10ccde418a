"""The tools of the tests tell the truth themselves."""

from datetime import UTC, datetime

import pytest
from django.conf import settings
from django.contrib.auth.models import Group

from contempo.core import clock


def test_a_stopped_clock_stands_in_italian_time_and_can_be_moved(at):
    at("2026-11-27T18:00")
    assert clock.now() == datetime(2026, 11, 27, 17, tzinfo=UTC)
    at("2026-07-01T00:30")
    assert clock.now() == datetime(2026, 6, 30, 22, 30, tzinfo=UTC)
    assert clock.today().isoformat() == "2026-07-01"


@pytest.mark.django_db
def test_a_budget_that_is_kept_says_nothing(budget):
    with budget("one group"):
        Group.objects.create(name="A")


@pytest.mark.django_db
@pytest.mark.parametrize("groups", [0, 2])
def test_a_budget_overspent_or_underspent_fails_and_lists_the_statements(budget, groups):
    with pytest.raises(pytest.fail.Exception) as failed, budget("one group"):
        _create(groups)
    assert f"one group: {groups} SQL statements, queries.json says 1" in str(failed.value)
    assert str(failed.value).count("INSERT INTO") == groups


@pytest.mark.django_db
def test_a_budget_nobody_wrote_down_fails(budget):
    with pytest.raises(pytest.fail.Exception, match="says None"), budget("never written"):
        pass


def test_the_tests_leave_no_files_and_no_letters_outside(tmp_path_factory):
    assert str(settings.FILES_ROOT).startswith(str(tmp_path_factory.getbasetemp()))
    assert settings.EMAIL_BACKEND == "contempo.core.outbox.backend.OutboxBackend"


def _create(groups):
    for number in range(groups):
        Group.objects.create(name=f"group {number}")

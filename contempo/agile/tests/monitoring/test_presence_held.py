"""How presence ended each day: kept once, counted by directorate, opened day by day."""

from datetime import date

import pytest

from contempo.agile.actions.monitoring.presence import employers_to_record, record_presence
from contempo.agile.models import PresenceDay, UnitDay
from contempo.agile.tests.conftest import words
from contempo.agile.tests.monitoring.test_figures import stats, value
from contempo.core.verdict import NotPermitted
from contempo.people.public import SYSTEM

LABEL = "Presenza rispettata"


def record(worked):
    return [record_presence(SYSTEM, employer_id=employer) for employer in employers_to_record()]


def test_every_working_day_of_a_unit_with_somebody_at_work_is_kept(worked):
    record(worked)
    days = PresenceDay.objects.filter(unit=worked.comune.it.counter)
    assert days.count() == 22
    assert not days.filter(day__in=[date(2026, 10, 4), date(2026, 10, 3)]).exists()
    monday = days.get(day=date(2026, 10, 5))
    assert (monday.staff, monday.remote, monday.least) == (4, 2, 2)


def test_the_share_held_is_of_the_days_it_was_owed(worked):
    UnitDay.objects.update_or_create(unit=worked.comune.it.counter, day=date(2026, 10, 7), defaults={"count": 3})
    record(worked)
    total = PresenceDay.objects.count()
    page = worked.comune.see("monitoraggio/", "paolo", periodo="2026-10")
    assert f"{total - 1} di {total} giorni" in words(stats(page)[LABEL])


def test_the_days_behind_it_are_as_many_and_say_which_were_held(worked):
    record(worked)
    page = worked.comune.see("monitoraggio/elenco/", "paolo", cosa="presence", periodo="2026-10")
    total = PresenceDay.objects.count()
    assert page.select_one(".lead strong").get_text(strip=True).endswith(f"di {total}")


def test_what_is_kept_is_never_written_again(worked):
    assert sum(record(worked)) > 0
    UnitDay.objects.all().delete()
    assert record(worked) == [0]
    assert PresenceDay.objects.get(unit=worked.comune.it.counter, day=date(2026, 10, 5)).remote == 2


def test_presence_is_not_divided_by_what_only_people_have(worked):
    record(worked)
    page = worked.comune.see("monitoraggio/", "paolo", sesso="f")
    assert value(page, LABEL) == "– non noto"
    assert "riguarda le unità" in words(stats(page)[LABEL])


def test_only_the_installation_keeps_it(worked):
    with pytest.raises(NotPermitted):
        record_presence(worked.comune.actor("paolo"), employer_id=worked.comune.it.employer.pk)

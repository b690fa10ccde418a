"""The catalogue of what units do, and who may write it."""

from datetime import date

import pytest

from contempo.agile.actions.mapping.activities import add_activity, change_activity, end_activity, reopen_activity
from contempo.agile.models import EmployerTally
from contempo.agile.tests.mapping.conftest import ALL_YES, Mapped, by_the_rule, said
from contempo.core.verdict import NotPermitted, Refusal

pytestmark = pytest.mark.django_db


def test_an_activity_gets_a_code_of_its_unit_and_the_directorate(mapped: Mapped) -> None:
    assert [mapped.cards.code, mapped.archive.code] == ["S01-01", "S01-02"]
    assert mapped.cards.directorate_id == mapped.comune.it.civic.pk
    assert mapped.cards.search_title == "rilascio delle carte d identita"


def test_a_head_writes_the_activities_of_units_below_and_no_others(mapped: Mapped) -> None:
    assert mapped.add(mapped.comune.it.counter, "Certificati", who="diana").unit == mapped.comune.it.counter
    with pytest.raises(NotPermitted):
        mapped.add(mapped.comune.it.nurseries, "Iscrizioni", who="diana")
    with pytest.raises(NotPermitted):
        mapped.add(mapped.comune.it.counter, "Iscrizioni", who="anna")


def test_a_unit_has_an_activity_once(mapped: Mapped) -> None:
    with pytest.raises(Refusal) as refused:
        mapped.add(mapped.comune.it.counter, "Archivio dei CARTELLINI!")
    assert refused.value.field == "title"
    assert mapped.add(mapped.comune.it.nurseries, "Archivio dei cartellini").pk


def test_an_activity_cannot_be_handed_to_a_unit_of_somebody_else(mapped: Mapped) -> None:
    with pytest.raises(NotPermitted):
        change_activity(
            mapped.comune.actor("diana"),
            activity_id=mapped.cards.pk,
            unit_id=mapped.comune.it.nurseries.pk,
            title="Carte",
            description="",
        )


def test_an_activity_that_ends_counts_no_more_and_does_again_when_reopened(mapped: Mapped) -> None:
    anna = mapped.comune.it.anna
    mapped.assess(mapped.cards, ALL_YES)
    mapped.share(anna, cards=80)
    assert said(anna) == (80, True)
    actor = mapped.comune.actor("ugo")
    end_activity(actor, activity_id=mapped.cards.pk, last_day=date(2026, 11, 20))
    assert said(anna) == by_the_rule(anna) == (None, False)
    reopen_activity(actor, activity_id=mapped.cards.pk)
    assert said(anna) == by_the_rule(anna) == (80, True)


def test_an_activity_does_not_end_in_the_future_nor_before_it_began(mapped: Mapped) -> None:
    actor = mapped.comune.actor("paolo")
    for day in (date(2026, 11, 21), date(2026, 11, 19)):
        with pytest.raises(Refusal) as refused:
            end_activity(actor, activity_id=mapped.cards.pk, last_day=day)
        assert refused.value.field == "last_day"


def test_reopening_is_refused_when_somebody_would_work_more_than_the_whole_time(mapped: Mapped) -> None:
    actor = mapped.comune.actor("paolo")
    mapped.share(mapped.comune.it.anna, cards=80)
    end_activity(actor, activity_id=mapped.cards.pk, last_day=date(2026, 11, 20))
    mapped.share(mapped.comune.it.anna, archive=30)
    with pytest.raises(Refusal) as refused:
        reopen_activity(actor, activity_id=mapped.cards.pk)
    assert refused.value.params == {"count": 1}


def test_nobody_of_another_organisation_writes(mapped: Mapped) -> None:
    with pytest.raises(Refusal):
        add_activity(
            mapped.comune.actor("ivo"),
            employer_id=mapped.comune.it.employer.pk,
            unit_id=mapped.comune.it.counter.pk,
            title="Altro",
        )


def test_figures_follow_what_is_running(mapped: Mapped) -> None:
    mapped.assess(mapped.cards, ALL_YES)
    end_activity(mapped.comune.actor("paolo"), activity_id=mapped.archive.pk, last_day=date(2026, 11, 20))
    rows = EmployerTally.objects.filter(facet="activity", employer=mapped.comune.it.employer, count__gt=0)
    civic, schools = mapped.comune.it.civic.pk, mapped.comune.it.schools.pk
    assert dict(rows.values_list("key", "count")) == {f"{civic}|remote": 1, f"{schools}|0": 1}

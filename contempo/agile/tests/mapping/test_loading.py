"""Activities and shares brought from files, and taken back."""

from datetime import date

import pytest
from django.db import connection
from django.test.utils import CaptureQueriesContext

from contempo.agile.actions.mapping.activities import end_activity
from contempo.agile.actions.mapping.loading_shares import write_shares
from contempo.agile.models import Share, WorkActivity
from contempo.agile.queries.mapping.loading import activities_in_files, shares_in_files
from contempo.agile.tests.factories import WorkerFactory
from contempo.agile.tests.mapping.conftest import ALL_YES, Mapped, by_the_rule, said
from contempo.agile.tests.staff.loading import Loader, counts, errors_of
from contempo.core.imports import Change

pytestmark = pytest.mark.django_db

ACTIVITIES = "Codice;Titolo;Codice unità;Descrizione;Dal;Al\n"
SHARES = "Matricola;Codice attività;Quota\n"


def activities(mapped: Mapped) -> Loader:
    return Loader(mapped.comune, "agile.activities")


def shares(mapped: Mapped) -> Loader:
    return Loader(mapped.comune, "agile.shares")


def test_activities_are_added_and_changed_and_keep_their_assessments(mapped: Mapped) -> None:
    mapped.assess(mapped.cards, ALL_YES)
    text = ACTIVITIES + "S01-01;Carte d’identità;S02;;20/11/2026;\nX9;Certificati;S01;Di nascita;01/02/2024;\n"
    run = activities(mapped).load(text)
    assert counts(run) == (1, 1, 0, 0, 0)
    cards = WorkActivity.objects.get(pk=mapped.cards.pk)
    assert (cards.title, cards.unit.code, cards.directorate.code, cards.result) == (
        "Carte d’identità",
        "S02",
        "D02",
        "remote",
    )
    assert WorkActivity.objects.get(code="X9").search_title == "certificati"


def test_an_activity_that_the_file_ends_counts_no_more_and_undoing_brings_it_back(mapped: Mapped) -> None:
    anna = mapped.comune.it.anna
    mapped.assess(mapped.cards, ALL_YES)
    mapped.share(anna, cards=80)
    loader = activities(mapped)
    run = loader.load(ACTIVITIES + "S01-01;Rilascio delle carte d’identità;S01;;20/11/2026;20/11/2026\n")
    assert said(anna) == by_the_rule(anna) == (None, False)
    loader.undo(run)
    assert said(anna) == by_the_rule(anna) == (80, True)


def test_activities_the_file_leaves_out_end_when_asked(mapped: Mapped) -> None:
    activities(mapped).load(ACTIVITIES + "X9;Certificati;S01;;01/02/2024;\n", ends=True)
    assert list(WorkActivity.objects.filter(until__isnull=True).values_list("code", flat=True)) == ["X9"]


def test_wrong_activities_are_told_by_row_and_column(mapped: Mapped) -> None:
    text = ACTIVITIES + (
        "A1;Una;S99;;01/02/2024;\n"
        "A2;Due;S01;;01/02/2027;\n"
        "A3;!!!;S01;;01/02/2024;\n"
        "A4;Quattro;S01;;01/02/2024;01/01/2024\n"
    )
    found = errors_of(activities(mapped).preview(text))
    assert {line: [field for field, _reason in each] for line, each in found.items()} == {
        2: ["unit"],
        3: ["since"],
        4: ["title"],
        5: ["last"],
    }


def test_an_undone_import_leaves_what_is_used_by_now(mapped: Mapped) -> None:
    loader = activities(mapped)
    run = loader.load(ACTIVITIES + "X8;Prima;S01;;01/02/2024;\nX9;Seconda;S01;;01/02/2024;\n")
    mapped.assess(WorkActivity.objects.get(code="X8"), ALL_YES)
    loader.undo(run)
    assert set(WorkActivity.objects.filter(code__startswith="X").values_list("code", flat=True)) == {"X8"}


def test_shares_are_written_and_who_may_ask_follows(mapped: Mapped) -> None:
    it = mapped.comune.it
    mapped.assess(mapped.cards, ALL_YES)
    run = shares(mapped).load(SHARES + "000103;S01-01;60%\n000103;S01-02;40\n000104;S01-01;49\n")
    assert counts(run) == (3, 0, 0, 0, 0)
    assert [said(it.anna), said(it.bruno)] == [(60, True), (49, False)]
    assert [by_the_rule(it.anna), by_the_rule(it.bruno)] == [(60, True), (49, False)]


def test_shares_lowered_and_raised_in_one_file_are_both_written(mapped: Mapped) -> None:
    anna = mapped.comune.it.anna
    mapped.share(anna, cards=80, archive=20)
    loader = shares(mapped)
    run = loader.load(SHARES + "000103;S01-02;80\n000103;S01-01;20\n")
    assert dict(Share.objects.values_list("activity__code", "percent")) == {"S01-01": 20, "S01-02": 80}
    loader.undo(run)
    assert dict(Share.objects.values_list("activity__code", "percent")) == {"S01-01": 80, "S01-02": 20}


def test_shares_the_file_leaves_out_are_taken_away_when_asked(mapped: Mapped) -> None:
    anna, bruno = mapped.comune.it.anna, mapped.comune.it.bruno
    mapped.assess(mapped.cards, ALL_YES)
    mapped.share(anna, cards=80)
    mapped.share(bruno, cards=80)
    loader = shares(mapped)
    run = loader.load(SHARES + "000103;S01-01;80\n", ends=True)
    assert said(bruno) == by_the_rule(bruno) == (None, False)
    loader.undo(run)
    assert said(bruno) == (80, True)


def test_wrong_shares_are_told_by_row_and_column(mapped: Mapped) -> None:
    mapped.share(mapped.comune.it.anna, meals=30)
    end_activity(mapped.comune.actor("paolo"), activity_id=mapped.archive.pk, last_day=date(2026, 11, 20))
    text = SHARES + "999999;S01-01;50\n000104;S01-02;50\n000103;S01-01;71\n000105;S01-01;0\n"
    found = errors_of(shares(mapped).preview(text))
    assert {line: [field for field, _reason in each] for line, each in found.items()} == {
        2: ["number"],
        3: ["activity"],
        4: ["percent"],
        5: ["percent"],
    }


def test_what_no_longer_fits_when_it_is_written_is_left_out(mapped: Mapped) -> None:
    mapped.share(mapped.comune.it.anna, meals=50)
    values = {"number": "000103", "activity": "S01-01", "percent": 60}
    employer = mapped.comune.it.employer.pk
    found = write_shares(mapped.comune.actor("paolo"), about_id=employer, changes=[Change(2, None, values)])
    assert [(each.line, each.field) for each in found] == [(2, "percent")]
    assert Share.objects.get().percent == 50


def test_bringing_an_export_back_changes_nothing(mapped: Mapped) -> None:
    mapped.share(mapped.comune.it.anna, cards=60, archive=40)
    end_activity(mapped.comune.actor("paolo"), activity_id=mapped.meals.pk, last_day=date(2026, 11, 20))
    employer = mapped.comune.it.employer.pk

    def line(values: object) -> str:
        cells = (f"{each:%d/%m/%Y}" if isinstance(each, date) else str(each or "") for each in values)  # type: ignore[attr-defined]
        return ";".join(cells)

    text = ACTIVITIES + "\n".join(line(each.values()) for each in activities_in_files(employer, None))
    assert counts(activities(mapped).preview(text)) == (0, 0, 3, 0, 0)
    text = SHARES + "\n".join(line(each.values()) for each in shares_in_files(employer, None))
    assert counts(shares(mapped).preview(text)) == (0, 0, 2, 0, 0)


def test_shares_take_as_many_statements_for_many_as_for_few(mapped: Mapped) -> None:
    actor, employer = mapped.comune.actor("paolo"), mapped.comune.it.employer.pk
    workers = [WorkerFactory(unit=mapped.comune.it.counter, number=f"W{number}") for number in range(40)]

    def sent(some: list[object]) -> int:
        changes = [
            Change(line, None, {"number": each.number, "activity": "S01-01", "percent": 60})  # type: ignore[attr-defined]
            for line, each in enumerate(some, start=2)
        ]
        with CaptureQueriesContext(connection) as captured:
            write_shares(actor, about_id=employer, changes=changes)
        return len(captured)

    assert sent(workers[:2]) == sent(workers[2:])

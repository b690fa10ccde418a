"""The calendar: a table whose cells say what they draw, and the same by month for a narrow page."""

from contempo.programmes.models import Activity
from contempo.programmes.queries.plans.calendar import PER_PAGE
from contempo.programmes.tests.factories import ActivityFactory
from contempo.programmes.tests.plans.conftest import Piano, words


def test_a_row_says_where_the_activity_begins_goes_on_and_ends(piano: Piano) -> None:
    ActivityFactory(plan=piano.it.plan, alliance=piano.it.homes, title="Lunga", since="2026-05-01", until="2026-08-01")
    page = piano.see("calendario/")
    row = next(each for each in page.select(".gantt tbody tr") if "Lunga" in each.get_text())
    cells = [words(each) for each in row.select("td")]
    assert len(cells) == 36
    assert cells[4:7] == ["inizia", "continua", "finisce"]
    assert not any(cells[:4] + cells[7:])


def test_columns_have_their_months_in_full_and_today_is_named(piano: Piano) -> None:
    page = piano.see("calendario/")
    heads = page.select(".gantt thead th[scope=col] abbr")
    assert [heads[0]["title"], heads[-1]["title"]] == ["gennaio 2026", "dicembre 2028"]
    assert [words(each) for each in page.select(".gantt thead th.now")] == ["N oggi"]
    assert [words(each) for each in page.select(".gantt thead th.year")] == ["2026", "2027", "2028"]


def test_late_is_said_in_a_word(piano: Piano) -> None:
    row = next(row for row in piano.see("calendario/").select(".gantt tbody tr") if "imprese" in row.get_text())
    assert "In ritardo" in words(row.th)


def test_a_narrow_page_reads_the_activities_by_month(piano: Piano) -> None:
    months = piano.see("calendario/").select_one(".gantt-months")
    assert [words(each) for each in months.select("h2")] == ["Marzo 2026", "Senza date"]


def test_the_calendar_is_narrowed_by_alliance_and_state(piano: Piano) -> None:
    def rows(**params: str) -> int:
        return len(piano.see("calendario/", **params).select(".gantt tbody th[scope=row]"))

    assert rows() == 2
    assert rows(alleanza="case-e-tempi") == 1
    assert rows(alleanza="case-e-tempi", stato="done") == 0


def test_activities_stand_by_alliance_and_phase_whatever_their_order_in_the_file(piano: Piano) -> None:
    Activity.objects.filter(pk=piano.it.activity.pk).update(position=99)
    ActivityFactory(plan=piano.it.plan, alliance=piano.it.homes, position=98, title="Senza fase")
    groups = [words(each) for each in piano.see("calendario/").select(".gantt-group")]
    assert groups == ["Case e tempi · Avvio", "Case e tempi", "Comunicazione"]


def test_a_page_draws_no_more_rows_than_can_be_read(piano: Piano) -> None:
    Activity.objects.bulk_create(ActivityFactory.build(plan=piano.it.plan) for _row in range(PER_PAGE * 2))
    page = piano.see("calendario/")
    assert len(page.select(".gantt tbody th[scope=row]")) == PER_PAGE
    assert f"{PER_PAGE * 2 + 2} attività" in words(page)

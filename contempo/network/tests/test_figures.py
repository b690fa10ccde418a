"""What the charts of the network say in words."""

from datetime import date

import pytest
from django.utils import translation

from contempo.network.queries.figures import Count, counts_chart, growth_chart
from contempo.network.rules.growth import GrowthPoint, next_month


def months(*members: int) -> tuple[GrowthPoint, ...]:
    """One point a month from January 2024, with these members at its end."""
    points, month = [], date(2024, 1, 1)
    for count in members:
        points.append(GrowthPoint(month, 0, 0, count))
        month = next_month(month)
    return tuple(points)


@pytest.mark.parametrize(
    ("members", "title"),
    [
        ([3] * 12 + [5], "La rete ha 5 enti aderenti: 2 in più di un anno fa"),
        ([5] * 12 + [4], "La rete ha 4 enti aderenti: 1 in meno di un anno fa"),
        ([5] * 13, "La rete ha 5 enti aderenti, come un anno fa"),
        ([2, 7], "La rete ha 7 enti aderenti: 7 in più di un anno fa"),
    ],
)
def test_the_title_states_the_finding(members: list[int], title: str) -> None:
    with translation.override("it"):
        assert growth_chart(months(*members)).title == title


def test_a_young_network_is_shown_by_month_and_an_older_one_by_year() -> None:
    with translation.override("it"):
        young, older = growth_chart(months(*range(36))), growth_chart(months(*range(37)))
    assert (len(young.categories), young.category) == (36, "Mese")
    assert (older.categories, older.series[0].values) == (("2024", "2025", "2026", "2027"), (11, 23, 35, 36))


def test_without_members_there_is_no_chart() -> None:
    assert growth_chart(()) is None
    assert counts_chart("by-kind", (), "Tipo", "%(label)s (%(count)s)") is None


def test_many_categories_are_cut_and_said_to_be() -> None:
    counts = tuple(Count(f"Comune {number}", 20 - number, f"?comune={number}") for number in range(14))
    with translation.override("it"):
        chart = counts_chart("by-place", counts, "Comune", "Primo: %(label)s (%(count)s)")
    assert chart.title == "Primo: Comune 0 (20)"
    assert len(chart.categories) == len(chart.links) == 12
    assert chart.summary == "Altri 2 non sono disegnati."

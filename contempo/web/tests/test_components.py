"""Components: what they say when a value is there, when it is zero, and when it is not known."""

from datetime import UTC, date, datetime
from pathlib import Path

import pytest
from bs4 import BeautifulSoup
from django.template import engines
from django.utils import translation
from django_cotton.compiler_regex import CottonCompiler

from contempo.web.charts import Chart, Series
from contempo.web.maps import Place, Point, data
from contempo.web.steps import Step
from contempo.web.templatetags.web import at_time, by_day, on_day
from contempo.web.tests.gallery import CHARTS, ENTRIES, LOOKS


def shown(source: str, **context: object) -> BeautifulSoup:
    template = engines["django"].from_string(CottonCompiler().process(source))
    return BeautifulSoup(template.render(context), "html.parser")


def text(source: str, **context: object) -> str:
    return " ".join(shown(source, **context).get_text(" ").split())


def test_zero_is_a_value_and_missing_is_not_zero() -> None:
    assert text('<c-stat :value="value" label="soggetti" />', value=0) == "0 soggetti"
    assert text('<c-stat :value="value" label="soggetti" />', value=None) == "– non noto soggetti"
    assert text('<c-stat :value="value" label="soggetti" />', value=6581) == "6.581 soggetti"


def test_a_figure_opens_its_list() -> None:
    link = shown('<c-stat value="3" label="soggetti" href="/elenco/" />').a
    assert link is not None
    assert link["href"] == "/elenco/"


def test_a_state_has_colour_icon_and_word() -> None:
    badge = shown('<c-badge :look="look" />', look=LOOKS[2])
    assert "tone-success" in badge.span["class"]
    assert str(badge.use["href"]).endswith("#it-check-circle")
    assert badge.get_text(strip=True) == "Admitted"


def test_a_fact_that_is_not_given_says_so() -> None:
    assert text('<c-facts :rows="rows" />', rows=(("Sito", ""), ("Soci", 0))) == "Sito Non indicato Soci 0"


def test_facts_are_written_as_text() -> None:
    assert "<b>" not in str(shown('<c-facts :rows="rows" />', rows=(("Nome", "<b>x</b>"),)))


def test_the_story_names_when_what_and_who() -> None:
    first = shown('<c-timeline :entries="entries" />', entries=ENTRIES).li
    assert first is not None
    assert " ".join(first.get_text(" ").split()) == "Domanda inviata 12 novembre 2026, 14:30 · Ivo Fornai"


def test_steps_say_where_one_is_and_lead_back_but_not_ahead() -> None:
    steps = (Step("a", "Uno", "/1/", done=True), Step("b", "Due", "/2/"), Step("c", "Tre"))
    page = shown('<c-steps :steps="steps" current="b" />', steps=steps)
    assert page.select_one("[aria-current=step]").get_text(strip=True) == "Due"
    assert [link["href"] for link in page.find_all("a")] == ["/1/"]
    assert page.select_one(".steps-now").get_text() == "Passo 2 di 3: Due"


@pytest.mark.parametrize(
    ("language", "day", "instant"),
    [("it", "12 novembre 2026", "12 novembre 2026, 00:30"), ("en", "12 November 2026", "12 November 2026, 00:30")],
)
def test_days_are_read_as_people_in_italy_live_them(language: str, day: str, instant: str) -> None:
    with translation.override(language):
        assert on_day(date(2026, 11, 12)) == day
        assert at_time(datetime(2026, 11, 11, 23, 30, tzinfo=UTC)) == instant
    assert on_day(None) == at_time(None) == ""


@pytest.mark.parametrize(("language", "day"), [("it", "martedì 8 dicembre 2026"), ("en", "Tuesday 8 December 2026")])
def test_a_day_to_be_kept_comes_with_its_weekday(language: str, day: str) -> None:
    with translation.override(language):
        assert by_day(date(2026, 12, 8)) == day
    assert by_day(None) == ""


def test_a_chart_has_its_numbers_in_a_table_and_a_summary() -> None:
    page = shown('<c-chart :chart="chart" />', chart=CHARTS[2])
    rows = [[cell.get_text() for cell in row.find_all(["th", "td"])] for row in page.select("tbody tr")]
    assert rows[0] == ["gen", "1.200", "600"]
    assert rows[2] == ["mar", "1.500", "–"]
    assert page.details is not None
    assert page.details.has_attr("open")
    assert page.select_one("script[type='application/json']")["id"] == "contacts-data"


def test_a_series_has_a_value_for_each_category() -> None:
    with pytest.raises(ValueError, match="Soggetti"):
        Chart("x", "x", "bar", ("a", "b"), (Series("Soggetti", (1,)),))


def test_a_map_lists_its_points_and_cannot_be_broken_out_of() -> None:
    points = (Point("</script><b>Forno</b>", "/1/", 45.46, 9.19, "Milano"),)
    page = shown('<c-map :points="points" title="Dove" />', points=points)
    assert [(item.a.get_text(), item.a["href"]) for item in page.select(".map-list li")] == [
        ("</script><b>Forno</b>", "/1/")
    ]
    assert not page.find_all("b")


def test_tiles_are_asked_only_where_the_installation_names_them(settings: object) -> None:
    assert data((), (Place("Milano", 45.46, 9.19),))["tiles"] == ""
    settings.MAP_TILES_URL = "https://tiles.example.org/{z}/{x}/{y}.png"  # type: ignore[attr-defined]
    assert data(())["tiles"].startswith("https://tiles.example.org/")


def test_every_component_is_explained() -> None:
    guide = (Path(__file__).parents[3] / "docs" / "components.md").read_text(encoding="utf-8")
    components = (Path(__file__).parents[1] / "templates" / "cotton").glob("*.html")
    parts_of_the_frame = {"breadcrumbs"}
    assert [
        path.stem for path in components if f"<c-{path.stem}" not in guide and path.stem not in parts_of_the_frame
    ] == []

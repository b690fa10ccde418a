"""The summary, the homogeneity report and who may ask: every figure opens a list of its length."""

import pytest
from bs4 import BeautifulSoup

from contempo.agile.tests.conftest import Comune, words
from contempo.agile.tests.factories import WorkerFactory
from contempo.agile.tests.mapping.conftest import ALL_YES, AT_THE_COUNTER, ON_PAPER, Mapped

pytestmark = pytest.mark.django_db


def follow(comune: Comune, page: BeautifulSoup, who: str) -> list[tuple[int, int]]:
    """For every figure with a link, the figure and the number of records its list has."""
    found = []
    for link in page.select("table a, .stat a"):
        holder = link.find_parent(class_="stat")
        figure = holder.select_one(".stat-value") if holder else link
        listed = comune.client(who).get(link["href"])
        count = BeautifulSoup(listed.content, "html.parser").select_one(".list-count strong")
        found.append((int(figure.text), int(count.text.split()[0])))
    return found


def test_every_figure_of_the_summary_opens_a_list_of_its_length(mapped: Mapped) -> None:
    mapped.assess(mapped.cards, ALL_YES)
    mapped.assess(mapped.meals, AT_THE_COUNTER)
    page = mapped.comune.see("attivita/riepilogo/", "anna")
    found = follow(mapped.comune, page, "anna")
    assert len(found) == 17
    assert all(figure == listed for figure, listed in found)
    assert sum(figure for figure, _listed in found) == 14


def test_a_figure_counts_every_record_and_not_only_those_of_a_page(mapped: Mapped) -> None:
    for number in range(30):
        mapped.add(mapped.comune.it.counter, f"Pratica {number}")
    found = follow(mapped.comune, mapped.comune.see("attivita/riepilogo/", "paolo"), "paolo")
    assert (33, 33) in found
    assert all(figure == listed for figure, listed in found)


def same_in_both(mapped: Mapped) -> None:
    """The office of the nurseries keeps an archive too, and finds it cannot be done remotely."""
    twin = mapped.add(mapped.comune.it.nurseries, "archivio dei CARTELLINI")
    mapped.assess(mapped.archive, ON_PAPER)
    mapped.assess(twin, AT_THE_COUNTER)


def test_an_activity_assessed_differently_shows_where_and_leads_to_each(mapped: Mapped) -> None:
    same_in_both(mapped)
    page = mapped.comune.see("omogeneita/", "anna")
    assert "1 attività valutata in modo diverso" in words(page)
    assert "Strumenti e documenti si raggiungono a distanza" in words(page)
    assert "Lo sportello è in sede." in words(page)
    assert len(page.select("tbody td a")) == 2
    for link in page.select("tbody td a"):
        assert mapped.comune.client("anna").get(link["href"]).status_code == 200


def test_the_same_result_by_other_answers_is_reported_too(mapped: Mapped) -> None:
    twin = mapped.add(mapped.comune.it.nurseries, "Archivio dei cartellini")
    mapped.assess(mapped.archive, ON_PAPER)
    mapped.assess(twin, {**ALL_YES, "output": ON_PAPER["tools"]})
    assert mapped.comune.see("omogeneita/", "paolo", differenza="risposte").select("tbody tr")
    assert not mapped.comune.see("omogeneita/", "paolo", differenza="esito").select("tbody tr")


def test_equal_assessments_ended_ones_and_those_of_one_unit_are_no_difference(mapped: Mapped) -> None:
    twin = mapped.add(mapped.comune.it.nurseries, "Archivio dei cartellini")
    mapped.assess(mapped.archive, ON_PAPER)
    mapped.assess(twin, ON_PAPER)
    assert "Nessuna differenza" in words(mapped.comune.see("omogeneita/", "paolo"))


def test_the_report_is_narrowed_and_exported(mapped: Mapped) -> None:
    same_in_both(mapped)
    it = mapped.comune.it
    assert mapped.comune.see("omogeneita/", "paolo", direzione=str(it.schools.pk)).select("tbody tr")
    assert not mapped.comune.see("omogeneita/", "paolo", cerca="menu").select("tbody tr")
    answer = mapped.comune.get("omogeneita/", "paolo", formato="csv")
    lines = b"".join(answer.streaming_content).decode("utf-8-sig").splitlines()
    assert len(lines) == 3


def make_staff(mapped: Mapped) -> None:
    """Forty more people, so that some figures may be told: half of them may ask."""
    it = mapped.comune.it
    for number in range(40):
        unit = it.counter if number % 4 < 2 else it.nurseries
        sex = "f" if number % 3 else "m"
        born = 1962 + number % 40
        named = f"W{number}"
        WorkerFactory(unit=unit, number=named, sex=sex, birth_year=born, eligible=number % 2 == 0, remote_percent=40)
    WorkerFactory(unit=it.nurseries, number="W99", sex="x", birth_year=None)


def test_human_resources_read_exact_figures_that_open_lists_of_their_length(mapped: Mapped) -> None:
    make_staff(mapped)
    page = mapped.comune.see("idoneita/", "paolo")
    found = follow(mapped.comune, page, "paolo")
    assert len(found) >= 20
    assert all(figure == listed for figure, listed in found)
    narrowed = mapped.comune.see("idoneita/", "paolo", direzione=str(mapped.comune.it.schools.pk))
    assert all(figure == listed for figure, listed in follow(mapped.comune, narrowed, "paolo"))


def test_heads_and_workers_read_no_small_cell_and_get_no_list(mapped: Mapped) -> None:
    make_staff(mapped)
    for who in ("diana", "anna"):
        page = mapped.comune.see("idoneita/", who, direzione=str(mapped.comune.it.schools.pk))
        assert not page.select("table a, .stat a")
        assert not page.select("select")
        assert "non detto" in words(page)
        for cell in page.select("td.numeric"):
            text = words(cell)
            assert not text.isdecimal() or int(text) == 0 or int(text) >= 5
    assert mapped.comune.get("idoneita/persone/", "anna").status_code == 403

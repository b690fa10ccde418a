"""What questionnaires tell others: needs by municipality, and what people think of agile work."""

import re

from playwright.sync_api import expect

from tests.journeys.agile import EMPLOYER
from tests.journeys.conftest import Comes
from tests.journeys.survey import SURVEYS
from tests.journeys.survey_reading import csv_of, number_in, opens_its_list, sheets_of

NEEDS = f"{SURVEYS}bisogni/"


def test_every_need_opens_its_answers_and_the_file_is_the_page(comes: Comes) -> None:
    marta = comes("marta", phone=False)
    marta.goes_to(NEEDS)
    marta.looks_at("survey-needs-keeper")
    total = number_in(marta.page.locator("main .list-count strong").first.inner_text())
    opens_its_list(marta, marta.page.get_by_role("link", name="Mostrale").first.get_attribute("href"), total)
    marta.looks_at("survey-need-answers")
    marta.goes_to(NEEDS)
    table = marta.page.locator('main [aria-labelledby="by-place"] table')
    links = table.locator("tbody td a").all()
    counted = [(link.get_attribute("href"), number_in(link.inner_text())) for link in links[:4]]
    needs = [one.inner_text().strip() for one in table.locator("thead th").all()][2:]
    sums = [number_in(one.inner_text()) for one in table.locator("tfoot td").all()][1:]
    _head, *lines = csv_of(marta)
    for need, count in zip(needs, sums, strict=True):
        assert sum(int(row[-1]) for row in lines if row[0] == need) == count, need
    assert [list(map(str, row)) for row in next(iter(sheets_of(marta).values()))[1:]] == lines
    for href, count in counted:
        opens_its_list(marta, href, count)


def test_an_evaluator_reads_needs_as_figures_alone(comes: Comes) -> None:
    elena = comes("elena")
    elena.goes_to(NEEDS)
    expect(elena.page.locator("main table.rows tbody td a")).to_have_count(0)
    assert elena.goes_to(f"{NEEDS}risposte/") in (403, 404)


def test_an_employer_reads_what_its_people_think_and_opens_the_question(comes: Comes) -> None:
    paolo = comes("paolo", phone=False)
    paolo.goes_to(f"{EMPLOYER}monitoraggio/")
    opinion = paolo.page.locator("main li", has_text="Soddisfazione per il lavoro agile").last
    good, answers = map(int, re.search(r"(\d+) di (\d+)", opinion.inner_text()).groups())
    assert 0 < good < answers
    paolo.looks_at("agile-monitoring-opinions")
    paolo.follows("Soddisfazione per il lavoro agile")
    question = paolo.page.locator("main section", has_text="quanto ti soddisfa il lavoro agile?").last
    expect(question).to_contain_text(f"Hanno risposto {answers} su")
    paolo.looks_at("survey-results-satisfaction")

"""The board of a campaign: every number opens its list, territories still missing, who is late, days."""

import re

from playwright.sync_api import expect

from tests.journeys.conftest import Comes
from tests.journeys.people import Visitor
from tests.journeys.survey import MAPPING, SATISFACTION, opens_the_campaign
from tests.journeys.survey_reading import Rows, count_of, csv_of, number_in, opens_each


def sees_that_rates_are_told(reader: Visitor) -> None:
    """The rates stand with what they are made of: so many out of so many."""
    for rate in ("RR1", "RR2"):
        stat = reader.page.locator("main .stat-grid li", has_text=rate).first
        part, whole = (
            int(one.replace(".", "")) for one in re.search(r"([\d.]+) di ([\d.]+)", stat.inner_text()).groups()
        )
        share = float(re.search(r"([\d,]+)\s*%", stat.inner_text())[1].replace(",", "."))
        assert abs(100 * part / whole - share) < 0.1, rate


def total_of(rows: Rows, head: str) -> int:
    """The sum of a column."""
    place = rows[0].index(head)
    return sum(number_in(row[place]) for row in rows[1:])


def test_rates_by_invitation_and_by_unit_open_their_lists(comes: Comes) -> None:
    marta = comes("marta", phone=False)
    mapping = opens_the_campaign(marta, MAPPING)
    sees_that_rates_are_told(marta)
    denominators = set()
    for divided in ("canale", "tipo", "dimensione", "comune"):
        marta.goes_to(f"{mapping}tassi/?per={divided}")
        sees_that_rates_are_told(marta)
        rows = csv_of(marta)
        denominators.add(total_of(rows, "Denominatore"))
        assert count_of(marta) == len(rows) - 1
        opens_each(marta, 4)
    assert len(denominators) == 1, denominators
    marta.goes_to(f"{mapping}tassi/?conta=unita&per=tipo")
    marta.looks_at("survey-rates-units")
    opens_each(marta, 5)


def test_territories_still_missing_are_on_the_map_and_in_the_list(comes: Comes) -> None:
    marta = comes("marta", phone=False)
    mapping = opens_the_campaign(marta, MAPPING)
    marta.goes_to(f"{mapping}mappa/?stato=missing")
    marta.looks_at("survey-territories-missing")
    marta.goes_to(f"{mapping}mappa/")
    places = count_of(marta)
    assert len(csv_of(marta)) == places + 1
    if marta.javascript:
        expect(marta.page.locator("main .leaflet-container")).to_be_visible()


def test_who_is_late_is_found_and_taken_along(comes: Comes) -> None:
    marta = comes("marta", phone=False)
    mapping = opens_the_campaign(marta, MAPPING)
    marta.goes_to(f"{mapping}ritardi/")
    late = count_of(marta)
    assert len(csv_of(marta)) == late + 1
    link = marta.page.locator("main table.rows tbody th a").first
    name = link.inner_text()
    link.click()
    expect(marta.page.locator("main h1")).to_contain_text(name)
    marta.looks_at("survey-late-one")


def test_the_board_of_a_running_survey_tells_its_days(comes: Comes) -> None:
    paolo = comes("paolo", phone=False)
    running = opens_the_campaign(paolo, SATISFACTION)
    paolo.sees("Si risponde entro", "Il giorno con più risposte è")
    paolo.looks_at("survey-board-running")
    paolo.goes_to(f"{running}tassi/")
    opens_each(paolo, 3)

"""The figures of a period: what each counts, that its records come to exactly that, what is missing."""

from datetime import date
from urllib.parse import parse_qsl, urlsplit

import pytest

from contempo.agile.rules.months import MonthState
from contempo.agile.tests.conftest import words
from contempo.agile.tests.monitoring.conftest import account_of, month_of

HR = "paolo"


def stats(page):
    """Value, label and notes of each figure of a page, by label."""
    return {each.select_one(".stat-label").get_text(" ", strip=True): each for each in page.select(".stat")}


def value(page, label):
    return " ".join(stats(page)[label].select_one(".stat-value").get_text(" ").split())


EXPECTED = {
    "Può chiedere il lavoro agile": "7",
    "Con un accordo in vigore": "6",
    "Attivi: con almeno una giornata agile": "3",
    "Giornate pianificate": "5",
    "Giornate usate": "4",
    "Giornate donate": "3",
    "Giornate chieste alla banca": "6",
    "Giornate ottenute dalla banca": "5",
    "Quota di giornate rifiutate": "33,3 %",
    "Tragitto evitato": "51,0 km",
    "CO₂ evitata": "6,7 kg",
    "Giornate con tragitto noto": "3",
}


@pytest.mark.parametrize(("label", "expected"), EXPECTED.items())
def test_each_figure_says_what_happened(worked, label, expected):
    assert value(worked.comune.see("monitoraggio/", HR), label) == expected


def test_a_month_before_any_was_opened_has_no_figures_and_says_so(comune):
    assert "Ancora nessuna cifra" in words(comune.see("monitoraggio/", HR))


def test_what_was_never_measured_is_not_zero(worked):
    page = worked.comune.see("monitoraggio/", HR)
    for label in ("Presenza rispettata", "Soddisfazione per il lavoro agile"):
        assert value(page, label) == "– non noto"
        assert "non ancora misurato" in words(stats(page)[label])


def test_nothing_asked_of_the_bank_is_no_share_of_refused(comune):
    account_of(month_of(comune, date(2026, 10, 1)), comune.it.anna)
    page = comune.see("monitoraggio/", HR)
    assert value(page, "Quota di giornate rifiutate") == "– non noto"
    assert value(page, "Giornate chieste alla banca") == "0"


def linked(page):
    """(value, address) of every figure that opens its records."""
    for each in page.select(".stat"):
        if link := each.select_one("a"):
            yield each.select_one(".stat-value").get_text(strip=True), link["href"]
    for link in page.select("td a[href*=elenco]"):
        yield link.get_text(strip=True), link["href"]


@pytest.mark.parametrize("params", [{}, {"direzione": "civic"}, {"sesso": "f"}, {"eta": "40-49"}, {"periodo": "2026"}])
def test_every_figure_opens_records_that_come_to_exactly_it(worked, params):
    comune = worked.comune
    if "direzione" in params:
        params = {"direzione": str(comune.it.civic.pk)}
    found = list(linked(comune.see("monitoraggio/", HR, **params)))
    assert len(found) > 10
    for shown, address in found:
        asked = dict(parse_qsl(urlsplit(address).query))
        page = comune.see("monitoraggio/elenco/", HR, **asked)
        said = page.select_one(".lead strong").get_text(strip=True)
        if not shown.endswith("%"):
            assert said == shown, address


def test_the_records_of_the_eligible_are_as_many_as_the_figure(worked):
    page = worked.comune.see("monitoraggio/elenco/", HR, cosa="eligible", periodo="2026-10")
    assert len(page.select("tbody tr")) == 7


def test_a_share_of_refused_is_made_of_the_days_its_records_sum(worked):
    page = worked.comune.see("monitoraggio/elenco/", HR, cosa="refused", periodo="2026-10")
    assert page.select_one(".lead strong").get_text(strip=True) == "2"


def test_a_quarter_sums_days_and_keeps_the_people_of_its_last_month(worked):
    november = month_of(worked.comune, date(2026, 11, 1), MonthState.OPEN)
    account_of(november, worked.comune.it.anna)
    page = worked.comune.see("monitoraggio/", HR, periodo="2026-T4")
    assert value(page, "Può chiedere il lavoro agile") == "1"
    assert "novembre 2026, l’ultimo mese con cifre" in words(stats(page)["Può chiedere il lavoro agile"])
    assert value(page, "Giornate usate") == "4"


def test_a_month_is_compared_with_the_one_before(worked):
    november = month_of(worked.comune, date(2026, 11, 1), MonthState.OPEN)
    account_of(november, worked.comune.it.anna)
    page = worked.comune.see("monitoraggio/", HR, periodo="2026-11")
    assert "6 in meno di prima (ottobre 2026)" in words(stats(page)["Può chiedere il lavoro agile"])


def test_a_month_in_preparation_has_no_figures(worked):
    month_of(worked.comune, date(2026, 12, 1), MonthState.DRAFT)
    assert worked.comune.get("monitoraggio/", HR, periodo="2026-12").status_code == 200
    page = worked.comune.see("monitoraggio/", HR, periodo="2026-12")
    assert "Di questo periodo non ci sono cifre" in words(page)


def test_a_period_that_is_none_is_answered_beside_its_field(worked):
    assert "Di questo periodo non ci sono cifre" in words(worked.comune.see("monitoraggio/", HR, periodo="mai"))


def test_an_unknown_figure_has_no_records(worked):
    assert worked.comune.get("monitoraggio/elenco/", HR, cosa="segreti", periodo="2026-10").status_code == 404


def test_the_page_says_of_how_many_days_the_way_to_work_is_known(worked):
    note = words(stats(worked.comune.see("monitoraggio/", HR))["Giornate con tragitto noto"])
    assert "3 di 4" in note


def test_the_file_has_the_figures_of_the_page(worked):
    answer = worked.comune.get("monitoraggio/", HR, formato="csv")
    text = b"".join(answer.streaming_content).decode("utf-8-sig")
    lines = [line.split(";") for line in text.splitlines()]
    assert ["2026", "Tutti", "Giornate usate", "4", "", "", "", ""] in lines
    assert ["2026", "Tutti", "Quota di giornate rifiutate", "2", "", "6", "33,3", ""] in lines

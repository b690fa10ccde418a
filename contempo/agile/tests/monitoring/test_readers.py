"""Who reads which figures: exact ones human resources, the others what speaks of nobody."""

import pytest
from django.db import connection
from django.test.utils import CaptureQueriesContext

from contempo.agile.tests.conftest import words
from contempo.agile.tests.monitoring.test_figures import stats, value


@pytest.mark.parametrize("who", ["anna", "diana"])
def test_who_works_there_reads_no_figure_of_so_few_people(worked, who):
    page = worked.comune.see("monitoraggio/", who)
    for label in ("Attivi: con almeno una giornata agile", "Giornate usate", "Giornate donate", "Tragitto evitato"):
        assert value(page, label) == "– non noto"
        assert "le persone sono troppo poche" in words(stats(page)[label])


def test_of_many_people_everybody_reads_the_figures_but_opens_no_record(worked, crowd):
    page = worked.comune.see("monitoraggio/", "anna")
    assert value(page, "Giornate usate") == "36"
    assert not page.select("a[href*=elenco]")


def test_a_small_directorate_is_hidden_with_its_complement(worked, crowd):
    exact, told = (worked.comune.see("monitoraggio/", who, periodo="2026-10") for who in ("paolo", "diana"))
    assert "non detto" not in words(exact)
    rows = {row.th.get_text(): row.select("td") for row in told.select("tbody tr") if len(row.select("td")) > 10}
    bank = [rows[unit.name][7].get_text(strip=True) for unit in (worked.comune.it.civic, worked.comune.it.schools)]
    used = [rows[unit.name][4].get_text(strip=True) for unit in (worked.comune.it.civic, worked.comune.it.schools)]
    assert bank == ["non detto", "non detto"]
    assert used == ["23", "13"]


def test_a_worker_cannot_narrow_the_figures_nor_choose_a_longer_period(worked, crowd):
    page = worked.comune.see("monitoraggio/", "anna", direzione=str(worked.comune.it.schools.pk), sesso="f")
    assert value(page, "Giornate usate") == "36"
    assert [option["value"] for option in page.select("select[name=periodo] option")] == ["2026-10"]
    assert "Di questo periodo non ci sono cifre" in words(worked.comune.see("monitoraggio/", "anna", periodo="2026"))


def test_a_file_tells_no_more_than_the_page(worked, crowd):
    answer = worked.comune.get("monitoraggio/", "anna", formato="csv")
    text = b"".join(answer.streaming_content).decode("utf-8-sig")
    told = [line.split(";") for line in text.splitlines() if ";Giornate ottenute dalla banca;" in line]
    assert all(line[3] == "" or int(line[3]) == 0 or int(line[3]) >= 5 for line in told)


@pytest.mark.parametrize(("who", "status"), [("anna", 403), ("diana", 403), ("paolo", 200), (None, 302)])
def test_records_are_for_human_resources(worked, who, status):
    found = worked.comune.get("monitoraggio/elenco/", who, cosa="used", periodo="2026-10")
    assert found.status_code == status


def test_the_page_costs_the_same_with_more_people(worked, request):
    client, address = worked.comune.client("paolo"), worked.comune.it.url("monitoraggio/")
    client.get(address)
    with CaptureQueriesContext(connection) as few:
        client.get(address)
    request.getfixturevalue("crowd")
    with CaptureQueriesContext(connection) as many:
        client.get(address)
    assert len(many) == len(few)

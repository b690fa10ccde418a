"""The page of the figures: whole for who coordinates, safe for everybody else, and the same in every file."""

import csv
import io
import re
from random import Random

import pytest
from bs4 import BeautifulSoup
from django.test import Client
from django.urls import reverse
from openpyxl import load_workbook

from contempo.helpdesk.models import Question
from contempo.helpdesk.tests.factories import Desk
from contempo.helpdesk.tests.invented import entry_of, invented, of_the_catalogue
from contempo.network.tests.factories import BERGAMO, MILANO, SESTO, give, place
from contempo.people.public import NetworkRole

NOW = "2026-11-20T12:00"


@pytest.fixture
def busy(desk: Desk, at) -> Desk:
    """The desk of Milan with 300 questions of 2025 and 2026, on 20 November 2026."""
    at(NOW)
    for code in (MILANO, BERGAMO, SESTO):
        place(code)
    random = Random(11)
    Question.objects.bulk_create(
        invented(desk.world.milano, random, number, asker=desk.sara, experts=[desk.nadia, desk.tullio])
        for number in range(1, 301)
    )
    of_the_catalogue(entry_of(desk.world.milano), random, 40)
    return desk


def browser(who):
    client = Client()
    client.force_login(who)
    return client


def url(desk):
    return reverse("helpdesk:figures", kwargs={"network": desk.world.milano.slug})


def page(desk, who, query=""):
    response = browser(who).get(url(desk) + query)
    assert response.status_code == 200
    return BeautifulSoup(response.content, "html.parser")


def stats(soup):
    return {
        each.select_one(".stat-label").get_text(strip=True): each.select_one(".stat-value").get_text(" ", strip=True)
        for each in soup.select(".stat")
    }


def numbers(soup):
    """Every whole number in the tables and headlines."""
    cells = [cell.get_text(strip=True) for cell in soup.select(".stat-value, td.numeric")]
    return [int(cell) for cell in cells if re.fullmatch(r"\d+", cell)]


def test_who_coordinates_reads_every_figure_of_the_months_chosen(busy):
    soup = page(busy, busy.world.marta, "?dal=2026-03&al=2026-04")
    received = Question.objects.filter(received_at__year=2026, received_at__month__in=(3, 4))
    assert stats(soup)["domande ricevute"] == str(received.count())


def links(soup):
    """Every figure that opens a list: its number and the address."""
    for each in soup.select(".stat"):
        if link := each.select_one(".stat-label a[href]"):
            value, meaning = each.select_one(".stat-value").get_text(strip=True), each.get_text(" ", strip=True)
            some = re.search(r"(\d+) di \d+|di (\d+) rispost", meaning)
            yield int(value if value.isdecimal() else some[1] or some[2]), link["href"]
    for row in soup.select("table.rows tbody tr"):
        if link := row.select_one("th a[href]"):
            yield int(row.select_one("td").get_text(strip=True)), link["href"]


@pytest.mark.parametrize(
    "query",
    [
        "?dal=2025-01&al=2026-11",
        "?dal=2026-02&al=2026-05",
        "?dal=2025-01&al=2026-11&argomento=childcare&settore=ignoto",
    ],
)
def test_each_figure_opens_a_list_just_as_long(busy, query):
    marta = browser(busy.world.marta)
    found = list(links(page(busy, busy.world.marta, query)))
    assert len(found) > 10
    for count, address in dict.fromkeys(found):
        listed = marta.get(f"{address}&formato=csv")
        assert marta.get(address).status_code == 200
        rows = b"".join(listed.streaming_content).decode("utf-8-sig").splitlines()
        assert len(rows) - 1 == count, address


@pytest.mark.parametrize("role", ["nadia", "elena", "renato"])
def test_whoever_else_reads_figures_finds_no_small_count_and_no_list(busy, role):
    who = getattr(busy, role, None) or getattr(busy.world, role)
    for query in (
        "",
        "?periodo=2025",
        "?periodo=2025-2",
        "?periodo=2025&argomento=childcare",
        "?periodo=2025&canale=mail",
    ):
        soup = page(busy, who, query)
        assert not [number for number in numbers(soup) if 0 < number < 5], query
        assert "esperti/domande" not in str(soup.select_one("main"))
        assert busy.nadia.full_name not in str(soup.select_one("main"))


def test_only_whole_quarters_that_have_ended_are_told_to_others(busy):
    offered = [each["value"] for each in page(busy, busy.world.elena).select("select[name=periodo] option")]
    assert offered == ["2026", "2026-1", "2026-2", "2026-3", "2025", "2025-1", "2025-2", "2025-3", "2025-4"]
    soup = page(busy, busy.world.elena)
    told = Question.objects.filter(received_at__year=2026, received_at__month__lte=9).count()
    assert stats(soup)["domande ricevute"] == str(told)


def test_two_filters_at_once_would_speak_of_too_few(busy):
    soup = page(busy, busy.world.elena, "?periodo=2025-2&argomento=childcare")
    assert "una cosa alla volta" in soup.get_text(" ", strip=True)
    assert not soup.select(".stat")
    assert soup.select_one("select[name=argomento] option[selected]")["value"] == "childcare"


@pytest.mark.parametrize("query", ["?dal=2026-05&al=2026-04", "?dal=2026-13&al=2026-04", "?dal=x&al=y", "?argomento=z"])
def test_a_period_that_is_none_is_told_beside_its_field(busy, query):
    soup = page(busy, busy.world.marta, query)
    assert soup.select(".form-errors, .errorlist, [role=alert]")
    assert not soup.select(".stat")


def test_an_empty_desk_says_so(desk, at):
    at(NOW)
    assert "Nessuna domanda" in page(desk, desk.world.marta).get_text(" ", strip=True)
    assert "Ancora nessuna cifra" in page(desk, desk.world.elena).get_text(" ", strip=True)


def test_fewer_than_five_questions_are_not_told_even_in_number(busy):
    give(busy.world.ivo, NetworkRole.OBSERVER, busy.world.milano)
    Question.objects.exclude(pk__in=Question.objects.filter(received_at__year=2025)[:4]).delete()
    soup = page(busy, busy.world.ivo, "?periodo=2025")
    assert "Troppo poche domande" in soup.get_text(" ", strip=True)
    assert not soup.select(".stat")


def lines_of(response):
    text = b"".join(response.streaming_content).decode("utf-8-sig")
    return list(csv.reader(io.StringIO(text), delimiter=";"))


def test_the_files_hold_the_published_figures_whoever_takes_them(busy):
    query = "?dal=2025-01&al=2025-12&formato="
    marta, elena = browser(busy.world.marta), browser(busy.world.elena)
    mine = lines_of(marta.get(url(busy) + query + "csv"))
    theirs = lines_of(elena.get(f"{url(busy)}?periodo=2025&formato=csv"))
    assert mine == theirs
    counts = [line[2] for line in mine[1:] if line[2]]
    assert counts
    assert not [count for count in counts if re.fullmatch(r"[1-4]", count)]
    sheet = load_workbook(io.BytesIO(b"".join(marta.get(url(busy) + query + "xlsx").streaming_content))).active
    assert [[cell if cell is not None else "" for cell in row][2] for row in sheet.iter_rows(values_only=True)][1:] == [
        float(line[2].replace(",", ".")) if line[2] else "" for line in mine[1:]
    ]


@pytest.mark.parametrize(("language", "title"), [("it", "Cifre dello Sportello"), ("en", "Figures of the desk")])
def test_the_pdf_is_tagged_and_in_the_language_of_the_reader(busy, language, title):
    client = browser(busy.world.marta)
    client.cookies["django_language"] = language
    response = client.get(f"{url(busy)}?dal=2025-01&al=2025-12&formato=pdf")
    assert response["Content-Type"] == "application/pdf"
    assert response.content.startswith(b"%PDF-1.")
    for part in (b"pdfuaid", b"/StructTreeRoot", f"/Lang({language})".encode()):
        assert part in response.content, part
    assert title.encode() in response.content or title.encode("utf-16-be") in response.content


def test_the_load_of_experts_is_for_who_coordinates(busy):
    assert busy.nadia.full_name in page(busy, busy.world.marta).get_text()
    assert busy.nadia.full_name not in page(busy, busy.world.renato).select_one("main").get_text()

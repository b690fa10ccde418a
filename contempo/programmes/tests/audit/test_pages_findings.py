"""The page of what the auditor found: readable findings, exact counts, filters, files, and checking again."""

import csv
import io
from datetime import datetime
from random import Random

import pytest
from bs4 import BeautifulSoup
from django.test import Client
from django.urls import reverse
from openpyxl import load_workbook

from contempo.core.clock import ROME
from contempo.network.tests.factories import World, make_world
from contempo.people.models import Person
from contempo.programmes.models import Plan, PlanFinding
from contempo.programmes.rules.audit import check
from contempo.programmes.rules.plan import tree
from contempo.programmes.tests.audit.planters import PLANTERS
from contempo.programmes.tests.audit.sound import Shape, sound_plan
from contempo.programmes.tests.factories import PlanFactory

pytestmark = pytest.mark.django_db

PLANTED = ("money-total", "cell-partner", "activity-responsible", "document-days")


@pytest.fixture
def world() -> World:
    """Milan with a plan in force and what was found in it, where four things were planted."""
    made = make_world()
    said = sound_plan(Shape(seed=2, alliances=2, organisations=6, activities=2, lines=2, sources=3, periods=2))
    for rule in PLANTED:
        PLANTERS[rule](said, Random(4))
    plan = PlanFactory(network=made.milano, key="piano", checked_at=datetime(2026, 11, 20, 9, tzinfo=ROME))
    PlanFinding.objects.bulk_create(
        PlanFinding(
            plan=plan,
            position=position,
            rule=found.rule,
            severity=found.severity.value,
            subject=found.subject,
            place=found.place,
            path=found.path,
            declared=found.declared,
            computed=found.computed,
            difference=found.difference,
            explanation=found.explanation,
            params=dict(found.params),
        )
        for position, found in enumerate(check(tree.Plan.model_validate(said)), start=1)
    )
    return made


def asked(who: Person, query: str = "", plan: str = "piano", name: str = "findings"):
    client = Client()
    client.force_login(who)
    return client.get(reverse(f"programmes:{name}", kwargs={"network": "milano", "plan": plan}) + query)


def rows(answer) -> list[str]:
    soup = BeautifulSoup(answer.content, "html.parser")
    return [" ".join(row.get_text(" ").split()) for row in soup.select("#list tbody tr")]


def count(answer) -> str:
    return BeautifulSoup(answer.content, "html.parser").select_one(".list-count").get_text(" ", strip=True)


def test_every_finding_is_a_row_with_place_figures_and_explanation(world: World) -> None:
    answer = asked(world.marta)
    found = PlanFinding.objects.count()
    assert len(rows(answer)) == found
    assert count(answer) == f"{found} rilievi"
    first = next(row for row in rows(answer) if "Totale del bilancio" in row)
    finding = PlanFinding.objects.get(rule="money-total")
    for figure in (finding.place, finding.declared, finding.computed, finding.difference):
        assert " ".join(figure.split()) in first


def test_a_finding_shows_the_words_of_the_document_and_reads_as_sentences(world: World) -> None:
    PlanFinding.objects.filter(rule="money-total").update(subject="118 Enti Gestori", place="Servizi, p. 11")
    answer = asked(world.marta, "?cerca=gestori")
    (row,) = rows(answer)
    assert row.startswith("“118 Enti Gestori” ")
    assert "Servizi, p. 11. Regola: Totale del bilancio, declared[" in row


def test_errors_come_first_and_the_counts_open_lists_of_that_length(world: World) -> None:
    answer = asked(world.elena)
    assert "Errore" in rows(answer)[0]
    soup = BeautifulSoup(answer.content, "html.parser")
    stats = soup.select(".stat")
    assert len(stats) == 3
    for stat in stats:
        listed = asked(world.elena, "?" + stat.select_one("a")["href"].split("?")[1])
        assert len(rows(listed)) == int(stat.select_one(".stat-value").get_text())


@pytest.mark.parametrize(
    ("query", "rule"),
    [
        ("?regola=activity-responsible", "activity-responsible"),
        ("?sezione=work", "activity-responsible"),
        ("?cerca=zona", "document-days"),
        ("?gravita=note&sezione=time", "document-days"),
        ("?cerca=estraneo", "cell-partner"),
    ],
)
def test_findings_are_narrowed_by_severity_rule_section_and_words(world: World, query: str, rule: str) -> None:
    answer = asked(world.marta, query)
    finding = PlanFinding.objects.get(rule=rule)
    assert len(rows(answer)) == 1
    assert finding.path in rows(answer)[0]


def test_a_filter_without_sense_keeps_what_was_typed_and_breaks_nothing(world: World) -> None:
    assert asked(world.marta, "?gravita=terribile&sezione=boh&regola=x&pagina=99&ordina=zzz").status_code == 200
    assert "Nessun" in asked(world.marta, "?cerca=introvabile").content.decode()


def test_the_files_hold_what_the_page_holds(world: World) -> None:
    found = PlanFinding.objects.count()
    text = b"".join(asked(world.marta, "?formato=csv").streaming_content).decode("utf-8-sig")
    table = list(csv.reader(io.StringIO(text), delimiter=";" if ";" in text.splitlines()[0] else ","))
    assert len(table) == found + 1
    assert "Percorso nel file del piano" in table[0]
    answer = asked(world.marta, "?formato=xlsx")
    book = load_workbook(io.BytesIO(b"".join(answer.streaming_content)))
    assert book.active.max_row == found + 1


def test_a_coordinator_has_the_plan_checked_again_and_others_have_no_button(world: World) -> None:
    client = Client()
    client.force_login(world.marta)
    url = reverse("programmes:findings_again", kwargs={"network": "milano", "plan": "piano"})
    answer = client.post(url, follow=True).content.decode()
    assert "Il piano è stato verificato: 0 rilievi." in answer
    assert "Controlla di nuovo" in answer
    assert "Tutto concorda" in answer
    assert not PlanFinding.objects.exists()
    assert "Controlla di nuovo" not in asked(world.elena).content.decode()


def test_a_plan_never_checked_says_so_and_shows_no_counts(world: World) -> None:
    PlanFactory(network=world.milano, key="nuovo")
    answer = asked(world.marta, plan="nuovo")
    assert "non è ancora stato verificato" in answer.content.decode()
    assert not BeautifulSoup(answer.content, "html.parser").select(".stat")


def test_a_plan_that_agrees_tells_what_was_asked(world: World) -> None:
    PlanFinding.objects.all().delete()
    answer = asked(world.marta).content.decode()
    assert "Tutto concorda" in answer
    assert "Attività senza responsabile" in answer


def test_findings_are_not_for_everybody(world: World) -> None:
    assert asked(world.chiara).status_code == 403
    assert asked(world.sara).status_code == 403
    assert (
        Client().get(reverse("programmes:findings", kwargs={"network": "milano", "plan": "piano"})).status_code == 302
    )


def test_in_english_the_findings_are_english(world: World) -> None:
    client = Client(headers={"accept-language": "en"})
    client.force_login(world.marta)
    client.cookies["django_language"] = "en"
    url = reverse("programmes:findings", kwargs={"network": "milano", "plan": "piano"})
    assert "Total of the budget" in client.get(url).content.decode()


def test_the_page_sends_the_same_statements_for_any_number_of_findings(world, django_assert_max_num_queries) -> None:
    plan = Plan.objects.get(key="piano")
    PlanFinding.objects.bulk_create(
        PlanFinding(plan=plan, position=1000 + n, rule="sum", severity="error", place="x", path="y", explanation="z")
        for n in range(500)
    )
    client = Client()
    client.force_login(world.marta)
    url = reverse("programmes:findings", kwargs={"network": "milano", "plan": "piano"})
    client.get(url)
    with django_assert_max_num_queries(10):
        assert len(rows(client.get(url))) == 25

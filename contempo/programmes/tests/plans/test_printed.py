"""The whole plan on paper: a document everybody can read, with every part of the plan."""

from typing import Any

from django.utils import translation

from contempo.core.clock import now
from contempo.programmes.models import Activity, Plan
from contempo.programmes.queries.opened import opened
from contempo.programmes.queries.plans.printed import printed
from contempo.programmes.queries.plans.printed_calendar import MOST_DRAWN
from contempo.programmes.tests.factories import ActivityFactory
from contempo.programmes.tests.plans.conftest import Piano
from contempo.programmes.tests.plans.test_pages_plans import DOCUMENT


def content(piano: Piano) -> dict[str, Any]:
    found = opened(piano.actor(None), "piano")
    assert found is not None
    with translation.override("it"):
        return printed(found, author="Rete di Milano", made_at=now())


def test_the_document_is_a_tagged_pdf(piano: Piano) -> None:
    answer = piano.get("documento/")
    assert answer["Content-Type"] == "application/pdf"
    assert answer.content.startswith(b"%PDF-")
    assert b"pdfuaid" in answer.content


def test_the_document_holds_every_part_of_the_plan(piano: Piano) -> None:
    Plan.objects.update(document=DOCUMENT)
    titles = [block["text"] for block in content(piano)["blocks"] if block["kind"] == "title"]
    for part in (
        "Finalità",
        "Contesto",
        "Obiettivi",
        "Atti",
        "Strumenti di programmazione",
        "Alleanza: Case e tempi",
        "Alleanza: Orari amici",
        "Attività del piano nel suo insieme",
        "Azioni pianificate",
        "Livelli di governo",
        "Periodi di monitoraggio",
        "Indicatori",
        "Bilancio",
    ):
        assert part in titles


def test_the_matrix_of_the_document_adds_up(piano: Piano) -> None:
    tables = [block for block in content(piano)["blocks"] if block["kind"] == "table" and block["totalled"]]
    matrix = tables[1]
    assert matrix["head"][1:] == ["Fondo regionale", "Risorse proprie", "Totale"]
    assert [cell.replace("\u00a0", " ") for cell in matrix["rows"][-1][1:]] == [
        "15.000,00 €",
        "2.500,00 €",
        "17.500,00 €",
    ]


def test_the_calendar_of_the_document_says_in_letters_what_it_draws(piano: Piano) -> None:
    (calendar,) = (block for block in content(piano)["blocks"] if block["kind"] == "calendar")
    (row,) = calendar["rows"]
    assert (row["title"], row["cells"][1:4]) == ("Incontri con le imprese", ["", "IF", ""])
    assert "Senza date nel piano: 1." in calendar["note"]


def test_of_a_plan_too_large_to_draw_the_phases_are_drawn(piano: Piano) -> None:
    Activity.objects.bulk_create(
        ActivityFactory.build(plan=piano.it.plan, alliance=piano.it.homes, phase=piano.it.phase)
        for _row in range(MOST_DRAWN)
    )
    blocks = content(piano)["blocks"]
    (calendar,) = (block for block in blocks if block["kind"] == "calendar")
    assert [row["title"] for row in calendar["rows"]] == ["Case e tempi · Avvio"]
    assert any(f"{MOST_DRAWN + 1} attività: Prevista {MOST_DRAWN + 1}." in block.get("text", "") for block in blocks)

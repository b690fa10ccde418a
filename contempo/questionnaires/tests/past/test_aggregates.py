"""Aggregates of a survey whose single responses are gone: apart from everything else, and marked so."""

import pytest
from django.core.files.uploadedfile import SimpleUploadedFile

from contempo.core.verdict import NotPermitted, Refusal
from contempo.questionnaires.actions.past.loading import write_responses
from contempo.questionnaires.models import Aggregate, Campaign, Response
from contempo.questionnaires.queries.needs.told import asking
from contempo.questionnaires.rules.states import Origin
from contempo.questionnaires.tests.sharing.conftest import words

TABLE = """Domanda;Gruppo;Risposta;Conteggio;Base;Fonte
C’è un orario flessibile?;;Sì;60;100;Rapporto 2014, tavola 3
C’è un orario flessibile?;;No;40;100;Rapporto 2014, tavola 3
C’è un orario flessibile?;Imprese;Sì;20;30;Rapporto 2014, tavola 4
Avete un asilo?;;Sì;7;90;
C’è un orario flessibile?;Imprese;No;11;31;
Avete un asilo?;Enti;Sì;9;8;
"""


@pytest.fixture
def brought(past):
    campaign = past.begin(title="Mappatura 2014", origin=Origin.AGGREGATES, results_public=True)
    run = past.preview(campaign, TABLE)
    return past, campaign, run


def test_rows_become_figures_and_those_that_cannot_be_say_why(brought):
    past, campaign, run = brought
    assert (run.new, run.wrong) == (4, 2)
    assert [(row.line, row.errors[0]["field"]) for row in run.rows.filter(status="wrong").order_by("line")] == [
        (6, "base"),
        (7, "count"),
    ]
    past.write(run)
    found = Aggregate.objects.filter(campaign=campaign).values_list("question", "group", "option", "count", "base")
    assert set(found) == {
        ("flexible", "", "yes", 60, 100),
        ("flexible", "", "no", 40, 100),
        ("flexible", "Imprese", "yes", 20, 30),
        ("Avete un asilo?", "", "Sì", 7, 90),
    }


def test_the_same_figures_again_change_nothing_and_an_import_is_taken_back(brought):
    past, campaign, run = brought
    past.write(run)
    assert past.preview(campaign, TABLE).unchanged == 4
    assert past.undo(run).undone == 4
    assert not Aggregate.objects.exists()


def test_the_page_says_everywhere_that_they_are_only_aggregates(brought):
    past, campaign, run = brought
    past.write(run)
    page = past.pages.see(f"questionari/{campaign.number}/aggregati/")
    told = words(page)
    assert "Solo dati d’insieme" in told
    assert "60,0" in told
    assert "Rapporto 2014, tavola 3" in told
    lines = b"".join(past.pages.get(f"questionari/{campaign.number}/aggregati/", formato="csv").streaming_content)
    rows = lines.decode("utf-8-sig").strip().splitlines()
    assert len(rows) == 5
    assert all("Solo dati d’insieme" in row for row in rows[1:])


def test_they_never_mix_with_responses(brought):
    past, campaign, run = brought
    past.write(run)
    assert not Response.objects.filter(campaign=campaign).exists()
    assert campaign.pk not in [one.pk for one in asking(campaign.network_id).campaigns]
    with pytest.raises(Refusal, match="no longer here"):
        write_responses(past.marta, about_id=campaign.pk, changes=())
    Campaign.objects.filter(pk=campaign.pk).update(results_public=False)
    assert past.pages.get(f"questionari/{campaign.number}/aggregati/", "chiara").status_code == 403


def test_a_campaign_answered_here_has_no_page_of_aggregates(past):
    number = past.pages.it.closed.number
    assert past.pages.get(f"questionari/{number}/aggregati/", "marta").status_code == 404
    assert past.pages.get(f"questionari/passate/{number}/", "marta").status_code == 404


def test_who_may_not_bring_is_told(past):
    assert past.pages.get("questionari/passate/", "elena").status_code == 403
    assert past.pages.get("questionari/passate/").status_code == 302
    with pytest.raises(NotPermitted):
        write_responses(past.pages.it.actor("elena"), about_id=1, changes=())


def test_it_is_noted_and_its_columns_are_told_in_the_browser(past):
    said = {
        "title": "Indagine",
        "purpose": "needs",
        "since": "2018-01-01",
        "last": "2018-02-01",
        "origin": "imported",
        "unit_kind": "person",
        "mode": "confidential",
        "version_id": "",
    }
    wrong = past.pages.post("questionari/passate/nuova/", "marta", **said)
    assert wrong.status_code == 422
    assert Campaign.objects.filter(origin=Origin.IMPORTED).count() == 0
    table = SimpleUploadedFile("i.csv", b"ID;Di che cosa?\n1;Nido\n2;Mensa\n3;Nido\n4;Nido\n")
    there = past.pages.post("questionari/passate/nuova/", "marta", **said, file=table)
    campaign = Campaign.objects.get(origin=Origin.IMPORTED)
    assert there.url == f"/milano/questionari/passate/{campaign.number}/"
    path = f"questionari/passate/{campaign.number}/colonne/"
    assert "Di che cosa?" in words(past.pages.see(path, "marta"))
    typed = {"c0_use": "number_of", "c0_label": "ID", "c1_use": "single", "c1_label": "Di che cosa hai bisogno?"}
    answer = past.pages.post(path, "marta", **typed, c1_options="Nido = Nido d’infanzia\nMensa")
    assert "/importazioni/questionnaires.past-" in answer.url
    assert past.pages.get(answer.url.removeprefix("/milano/"), "marta").status_code == 200
    campaign.refresh_from_db()
    (asked,) = campaign.version.document["pages"][0]["items"]
    assert [(o["key"], o["label"]["it"]) for o in asked["options"]] == [("nido", "Nido d’infanzia"), ("mensa", "Mensa")]

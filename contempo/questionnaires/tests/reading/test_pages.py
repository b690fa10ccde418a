"""The pages of results as people open them: what they show, whom they refuse, what they keep."""

import pytest
from django.http import QueryDict
from django.test import Client

from contempo.core.small_cells import LEAST
from contempo.questionnaires.forms.reading.tables import TableForm
from contempo.questionnaires.models import SavedTable
from contempo.questionnaires.queries.opened import opened
from contempo.questionnaires.queries.reading.tables import offered, tables_page
from contempo.questionnaires.rules.states import CampaignState, Mode
from contempo.questionnaires.tests.reading.surveyed import surveyed


@pytest.fixture
def browser(surveys):
    def signed_in(who):
        client = Client()
        if who is not None:
            client.force_login(surveys.person(who))
        return client

    return signed_in


def _page(surveys, client, campaign, path):
    answer = client.get(surveys.url(campaign, path))
    return answer.status_code, answer.content.decode() if answer.status_code == 200 else ""


def test_results_tell_who_answered_of_who_was_asked(surveys, browser):
    campaign = surveyed(surveys)
    status, page = _page(surveys, browser("elena"), campaign, "risultati/?sezione=measures")
    assert status == 200
    assert "Hanno risposto 60 su 60 a cui è stato chiesto." in page
    assert "C’è un orario flessibile?" in page


def test_answers_of_an_anonymous_campaign_are_read_once_it_is_closed(surveys, browser):
    campaign = surveyed(surveys, mode=Mode.ANONYMOUS, state=CampaignState.OPEN)
    for path in ("risultati/", "tabelle/", "testi/", "dati/", "rapporto/", "confronto/"):
        assert _page(surveys, browser("marta"), campaign, path)[0] == 403


def test_public_results_are_for_everybody_and_hide_small_counts(surveys, browser):
    campaign = surveyed(surveys, results_public=True)
    table = "righe=q.satisfied&colonne=a.kind"
    status, public = _page(surveys, browser(None), campaign, f"tabelle/?{table}")
    _status, own = _page(surveys, browser("marta"), campaign, f"tabelle/?{table}")
    assert status == 200
    assert "Qui nessuna persona è riconoscibile" in public
    assert "Qui nessuna persona è riconoscibile" not in own

    def small(who):
        reading = opened(surveys.actor(who), campaign.number)
        params = QueryDict(table)
        page = tables_page(reading, TableForm(params, offered(reading)).asked, params)
        return [line.count for line in page.cross.lines if line.count in range(1, LEAST)]

    assert small("marta")
    assert not small(None)
    assert _page(surveys, browser(None), campaign, "testi/")[0] == 302
    assert _page(surveys, browser(None), campaign, "dati/csv/")[0] == 302


def test_a_filter_that_says_nothing_here_is_passed_over(surveys, browser):
    campaign = surveyed(surveys)
    status, page = _page(surveys, browser("marta"), campaign, "risultati/?vale=q.gone:yes&vale=a.size:small&vale=")
    assert status == 200
    assert page.count('class="filter-chip"') == 1


def test_the_same_question_twice_is_refused_beside_its_field(surveys, browser):
    campaign = surveyed(surveys)
    _status, page = _page(surveys, browser("marta"), campaign, "tabelle/?righe=q.flexible&colonne=q.flexible")
    assert "La stessa domanda" in page or "The same question stands here twice" in page
    assert '<option value="q.flexible" selected>' in page


@pytest.mark.parametrize(("wanted", "begins"), [("csv", b"\xef\xbb\xbf"), ("xlsx", b"PK"), ("pdf", b"%PDF")])
@pytest.mark.parametrize(
    "table",
    [
        "righe=q.how",
        "righe=q.workers&colonne=a.size&percento=riga",
        "righe=q.flexible&colonne=q.needs&strati=a.kind&vale=channel:email&pesi=1",
    ],
)
def test_every_table_is_taken_as_a_file(surveys, browser, table, wanted, begins):
    campaign = surveyed(surveys)
    answer = browser("elena").get(surveys.url(campaign, f"tabelle/?{table}&formato={wanted}"))
    content = b"".join(answer.streaming_content) if answer.streaming else answer.content
    assert content.startswith(begins)


def test_tables_are_kept_in_an_order_and_put_into_the_report(surveys, browser):
    campaign, client = surveyed(surveys), browser("marta")
    for title, table in (("Prima", "righe=q.flexible&colonne=a.size"), ("Seconda", "righe=q.how&percento=riga")):
        answer = client.post(surveys.url(campaign, f"tabelle/conserva/?{table}"), {"title": title})
        assert answer.status_code == 302
    first, second = SavedTable.objects.filter(campaign=campaign).order_by("position")
    assert (first.title, first.report, first.spec["columns"]) == ("Prima", True, "a.size")
    client.post(surveys.url(campaign, f"tabelle/{second.pk}/"), {"fai": "su"})
    client.post(surveys.url(campaign, f"tabelle/{first.pk}/"), {"title": "Ultima"})
    kept = list(SavedTable.objects.filter(campaign=campaign).order_by("position"))
    assert [(one.title, one.report) for one in kept] == [("Seconda", True), ("Ultima", False)]
    client.post(surveys.url(campaign, f"tabelle/{first.pk}/"), {"fai": "elimina"})
    assert not SavedTable.objects.filter(pk=first.pk).exists()


def test_a_table_without_title_is_not_kept_and_what_was_asked_stays(surveys, browser):
    campaign = surveyed(surveys)
    answer = browser("marta").post(surveys.url(campaign, "tabelle/conserva/?righe=q.flexible"), {"title": " "})
    assert answer.status_code == 200
    assert not SavedTable.objects.exists()
    assert '<option value="q.flexible" selected>' in answer.content.decode()


def test_waves_are_compared_and_the_population_too(surveys, browser):
    before = surveyed(surveys)
    campaign = surveyed(surveys, seed=11, wave_of=before)
    status, page = _page(surveys, browser("elena"), campaign, "confronto/?sezione=measures")
    assert status == 200
    assert 'id="c-q-flexible"' in page
    assert 'id="p-kind"' in page


def test_single_responses_are_read_only_with_name(surveys, browser):
    named, confidential = surveyed(surveys), surveyed(surveys, mode=Mode.CONFIDENTIAL)
    assert _page(surveys, browser("marta"), named, "risposte/")[0] == 200
    assert _page(surveys, browser("elena"), named, "risposte/")[0] == 403
    assert _page(surveys, browser("marta"), confidential, "risposte/")[0] == 403


def test_a_campaign_without_answers_says_what_will_be_there(surveys, browser):
    campaign = surveyed(surveys, count=0, asked=5)
    for path in (
        "risultati/",
        "tabelle/?righe=q.flexible&colonne=a.size",
        "testi/",
        "confronto/",
        "dati/",
        "rapporto/",
    ):
        assert browser("marta").get(surveys.url(campaign, path)).status_code == 200

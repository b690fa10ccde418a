"""The pages of the money, as those who use them see them."""

import io
import json

import pytest
from django.test import Client
from openpyxl import load_workbook

from contempo.core.money import in_euro
from contempo.people.models import Person
from contempo.programmes.actions.revisions import approve_revision
from contempo.programmes.models import BudgetRevision
from contempo.programmes.tests.money.factories import Money

PLAN = "/milano/piani/piano/"


def page(who: Person | None, address: str, **params: str) -> str:
    client = Client()
    if who:
        client.force_login(who)
    answer = client.get(f"{PLAN}{address}", params)
    assert answer.status_code == 200, answer.status_code
    return answer.content.decode().replace("\u00a0", " ").replace("&nbsp;", " ")


def euro(cents: int) -> str:
    return in_euro(cents).replace("\u00a0", " ")


def test_everybody_reads_the_budget_with_its_sums(money: Money) -> None:
    text = page(None, "bilancio/")
    for amount in (1_500_000, 250_000, 1_750_000, 500_000, 2_250_000):
        assert euro(amount) in text
    assert "11,11 %" in text
    assert "accettato" not in text


def test_who_reads_the_money_sees_what_is_accepted_and_what_remains(money: Money) -> None:
    money.spent(money.it.allocation, 120_000, 100_000)
    text = page(money.world.elena, "bilancio/")
    assert euro(100_000) in text
    assert euro(1_400_000) in text
    assert f"voce={money.it.line.pk}&amp;fonte={money.it.fund.pk}" in text


def test_after_a_revision_the_budget_tells_what_there_was_at_first(money: Money) -> None:
    revision = money.proposed(*money.shift(100_000))
    approve_revision(money.actor(money.world.giulio), revision_id=revision.pk)
    text = page(None, "bilancio/")
    assert euro(1_400_000) in text
    assert euro(1_500_000) in text


def test_the_budget_is_a_file_too(money: Money) -> None:
    client = Client()
    answer = client.get(f"{PLAN}bilancio/", {"formato": "csv"})
    lines = b"".join(answer.streaming_content).decode("utf-8-sig").splitlines()
    assert len(lines) == 1 + 4
    assert "10000,00" in lines[1]


def test_a_coordinator_writes_a_revision_with_amounts_as_italians_write_them(money: Money) -> None:
    client = Client()
    client.force_login(money.world.marta)
    it = money.it
    rows = {
        "line_0": it.line.pk,
        "source_0": it.fund.pk,
        "amount_0": "−1.234,56",
        "line_1": it.plan_line.pk,
        "source_1": it.fund.pk,
        "amount_1": "+1234.56",
    }
    address = f"{PLAN}bilancio/rimodulazioni/nuova/"
    typed = {"rows": 4, "title": "Più incontri", "reason": "Servono.", **rows}
    sums = client.post(f"{PLAN}bilancio/rimodulazioni/conti/", typed).content.decode().replace("\u00a0", " ")
    assert "8.765,44 €" in sums
    answer = client.post(address, typed)
    assert answer.status_code == 302
    revision = BudgetRevision.objects.get()
    assert sorted(revision.changes.values_list("cents", flat=True)) == [-123_456, 123_456]
    assert "8.765,44 €" in page(money.world.marta, "bilancio/rimodulazioni/1/")


@pytest.mark.parametrize(
    ("rows", "sentence"),
    [
        ({"amount_0": "dodici"}, "1.234,56"),
        ({"amount_0": "12"}, "Scegli la voce"),
        ({}, "almeno"),
    ],
)
def test_what_is_wrong_is_said_beside_its_field_and_nothing_is_lost(
    money: Money, rows: dict[str, str], sentence: str
) -> None:
    client = Client()
    client.force_login(money.world.marta)
    answer = client.post(
        f"{PLAN}bilancio/rimodulazioni/nuova/", {"rows": 4, "title": "Un titolo mio", "reason": "Perché sì", **rows}
    )
    text = answer.content.decode()
    assert answer.status_code == 200
    assert sentence in text
    assert "Un titolo mio" in text
    assert not BudgetRevision.objects.exists()


def test_more_rows_keep_what_was_typed_and_save_nothing(money: Money) -> None:
    client = Client()
    client.force_login(money.world.marta)
    typed = {"rows": 4, "title": "", "reason": "", "amount_0": "-5", "more": "1"}
    text = client.post(f"{PLAN}bilancio/rimodulazioni/nuova/", typed).content.decode()
    assert 'name="amount_7"' in text
    assert 'value="-5"' in text
    assert "errorlist" not in text
    assert not BudgetRevision.objects.exists()


def test_a_revision_is_proposed_and_decided_on_its_page(money: Money) -> None:
    money.draft(*money.shift(400_000))
    address = f"{PLAN}bilancio/rimodulazioni/1/"
    marta, giulio, renato = Client(), Client(), Client()
    marta.force_login(money.world.marta)
    giulio.force_login(money.world.giulio)
    renato.force_login(money.world.renato)
    assert marta.post(f"{address}proponi/").status_code == 302
    assert giulio.post(f"{address}approva/").status_code == 403
    assert "approva/" not in page(money.world.giulio, "bilancio/rimodulazioni/1/")
    assert "approva/" in page(money.world.renato, "bilancio/rimodulazioni/1/")
    assert renato.post(f"{address}rifiuta/", {"reason": ""}).status_code == 200
    assert renato.post(f"{address}approva/", {"reason": "Va bene."}).status_code == 302
    text = page(None, "bilancio/rimodulazioni/1/")
    assert "Va bene." in text
    assert euro(600_000) in text


def test_the_page_of_an_old_revision_tells_what_there_was_then(money: Money) -> None:
    for _each in range(2):
        revision = money.proposed(*money.shift(100_000))
        approve_revision(money.actor(money.world.renato), revision_id=revision.pk)
    first, second = page(None, "bilancio/rimodulazioni/1/"), page(None, "bilancio/rimodulazioni/2/")
    assert euro(1_000_000) in first
    assert euro(800_000) not in first
    assert euro(800_000) in second


def test_everybody_reads_only_what_was_approved(money: Money) -> None:
    money.proposed(*money.shift(100))
    assert Client().get(f"{PLAN}bilancio/rimodulazioni/1/").status_code == 404
    assert "Meno carta" not in page(None, "bilancio/rimodulazioni/")
    assert "Meno carta" in page(money.world.elena, "bilancio/rimodulazioni/")


@pytest.mark.parametrize("per", ["soggetto", "alleanza", "voce", "fonte", "mese", "semestre"])
def test_a_report_tells_the_sums_of_its_rows(money: Money, per: str) -> None:
    money.spent(money.it.allocation, 120_000, 100_000, 60_000)
    money.spent(money.it.cofinancing, 30_000)
    text = page(money.world.elena, "conti/", per=per)
    for amount in (150_000, 100_000, 30_000, 20_000, 60_000):
        assert euro(amount) in text


def test_a_report_takes_one_filter_and_says_so(money: Money) -> None:
    money.spent(money.it.allocation, 120_000)
    text = page(money.world.elena, "conti/", voce=str(money.it.line.pk), fonte=str(money.it.fund.pk))
    assert "errorlist" in text


def test_a_partner_reads_its_own_and_another_nothing(money: Money) -> None:
    money.spent(money.it.allocation, 120_000, 100_000)
    assert euro(120_000) in page(money.bruna, "conti/")
    assert "1 spesa" in page(money.bruna, "conti/spese/")
    client = Client()
    client.force_login(money.world.ivo)
    assert client.get(f"{PLAN}conti/").status_code == 403
    client.force_login(money.bruna)
    assert client.get(f"{PLAN}conti/previsione/").status_code == 403
    assert client.get(f"{PLAN}conti/tabelle/").status_code == 403


def test_the_forecast_is_not_told_in_the_first_quarter_and_then_is_a_straight_line(money: Money, at) -> None:
    money.spent(money.it.allocation, 120_000, 100_000)
    at("2026-05-01T10:00")
    assert "Non ancora calcolabile" in page(money.world.elena, "conti/previsione/")
    at("2027-01-01T10:00")
    text = page(money.world.elena, "conti/previsione/")
    assert "Non ancora calcolabile" in text
    assert euro(100_000 * 1096 // 365) in text


def test_the_funder_gets_a_workbook_with_every_expense_and_a_document(money: Money) -> None:
    money.spent(money.it.allocation, 120_000, 100_000)
    money.spent(money.it.cofinancing, 30_000)
    client = Client()
    client.force_login(money.world.elena)
    answer = client.get(f"{PLAN}conti/tabelle/")
    book = load_workbook(io.BytesIO(b"".join(answer.streaming_content)))
    assert len(book.sheetnames) == 6
    spent = book.worksheets[-1]
    assert spent.max_row == 3
    claimed = [cell.value for cell in spent[1]].index("Rendicontato")
    assert sum(row[claimed].value for row in spent.iter_rows(min_row=2)) == 1500
    document = client.get(f"{PLAN}conti/documento/")
    assert document.content.startswith(b"%PDF")


def test_a_plan_without_reward_says_so(money: Money) -> None:
    assert "premialità" in page(None, "premialita/")
    assert Client().get(f"{PLAN}premialita/dati.json").status_code == 404


def test_the_reward_is_reckoned_shown_and_reckoned_again_from_its_file(money: Money) -> None:
    from contempo.programmes.rules.reward import redone
    from contempo.programmes.tests.factories import MeasurementFactory

    it = money.it
    it.plan.document = {"reward": {"amount": "1000.00", "weights": [{"indicator": it.indicator.key, "weight": 1}]}}
    it.plan.save()
    MeasurementFactory(
        indicator=it.indicator,
        period=it.period,
        state="approved",
        decided_by=money.world.giulio,
        decided_at=it.plan.created_at,
    )
    text = page(money.world.elena, "premialita/")
    assert "40,00 %" in text
    assert "400,00 €" in text
    client = Client()
    client.force_login(money.world.elena)
    file = json.loads(client.get(f"{PLAN}premialita/dati.json").content)
    assert redone(file) == file["result"]
    assert sum(file["result"]["split"].values()) == 40_000

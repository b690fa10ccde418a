"""The pages of claims: what partners, controllers and coordinators see and do there, wrong input included."""

import re
from datetime import date
from io import BytesIO

from django.test import Client
from django.urls import reverse
from openpyxl import load_workbook

from contempo.core.money import in_euro
from contempo.programmes.actions.claims.control import judge_rest
from contempo.programmes.actions.payments import advance, pay
from contempo.programmes.models import Claim, Expense, Payment
from contempo.programmes.rules.claims import ClaimState
from contempo.programmes.tests.claims.world import SUPPLIER, Money, paper

PAID_ON = date(2026, 11, 20)


def page(name: str, **parts: object) -> str:
    return reverse(f"programmes:{name}", kwargs={"network": "milano", "plan": "piano", **parts})


def browser(money: Money, who: str) -> Client:
    client = Client()
    client.force_login(money.people[who])
    return client


def typed(money: Money, **changes: str) -> dict[str, object]:
    """An expense as a person types it."""
    return {
        "allocation": str(money.fund.id),
        "kind": "invoice",
        "number": "FT 12/2026",
        "dated_on": "2026-03-02",
        "supplier": "Tipografia Navigli S.r.l.",
        "supplier_code": SUPPLIER,
        "description": "Stampa degli inviti",
        "net": "1.00,00" if changes.get("net") == "wrong" else "100,00",
        "vat": "22.00",
        "claimed": "€ 122,00",
        "paid_on": "2026-03-20",
        "payment": "Bonifico del 20 marzo",
        **{name: value for name, value in changes.items() if value != "wrong"},
    }


def test_a_partner_begins_a_claim_adds_an_expense_and_sends_it(money):
    client = browser(money, "carla")
    assert "Nessuna rendicontazione" in client.get(page("claims")).content.decode()
    begun = client.post(page("claim_new"), {"title": "Primo semestre", "note": ""})
    assert begun["Location"] == page("claim", number=1)
    files = {"documents": [paper("fattura.pdf")], "proofs": [paper("bonifico.pdf")]}
    saved = client.post(page("expense_new", number=1), {**typed(money), **files})
    assert saved["Location"] == page("claim", number=1) + "#spesa-1"
    expense = Expense.objects.get()
    assert (expense.net_cents, expense.vat_cents, expense.claimed_cents) == (10_000, 2_200, 12_200)
    shown = client.get(page("claim", number=1)).content.decode()
    assert in_euro(12_200) in shown
    assert client.post(page("claim_send", number=1))["Location"] == page("claim", number=1)
    assert Claim.objects.get().state == ClaimState.SUBMITTED
    assert client.get(page("expense", number=1, position=1)).status_code == 404
    link = re.search(r'href="([^"]+/documenti/[^"]+)"', client.get(page("claim", number=1)).content.decode())
    assert link
    assert client.get(link.group(1)).status_code == 200
    assert browser(money, "bruno").get(link.group(1)).status_code == 404


def test_what_was_typed_stays_and_every_error_is_beside_its_field(money):
    client = browser(money, "carla")
    claim = money.draft()
    no_number = client.post(page("expense_new", number=claim.number), typed(money, claimed="1.00,00")).content.decode()
    assert "Questo non è un numero: scrivilo come 1.234,56" in no_number
    wrong = typed(money, supplier_code="00743110158", claimed="200", dated_on="2025-06-01", description="")
    shown = client.post(page("expense_new", number=claim.number), wrong).content.decode()
    assert "Scrivi a che cosa serve" in shown
    again = client.post(page("expense_new", number=claim.number), {**wrong, "description": "Stampa"}).content.decode()
    assert "L’ultima cifra" in again or "ultima cifra" in again
    assert "dal 01/01/2026 al 31/12/2028" in again
    assert f"al massimo {in_euro(12_200)}" in again
    assert 'value="200"' in again
    assert 'value="Tipografia Navigli S.r.l."' in again
    assert not Expense.objects.exists()


def test_a_claim_that_is_not_ready_tells_all_there_is_to_mend_at_once(money):
    claim = money.draft()
    client = browser(money, "carla")
    for number in ("1", "2"):
        client.post(page("expense_new", number=claim.number), typed(money, number=number))
    shown = client.post(page("claim_send", number=claim.number)).content.decode()
    for position in (1, 2):
        assert f"Spesa {position}: Manca il documento" in shown
        assert f"Spesa {position}: Manca la prova" in shown


def test_the_same_document_is_told_with_a_link_in_own_claims_and_without_a_name_in_those_of_others(money):
    money.claim(ClaimState.SUBMITTED, {"number": "FT 12/2026"})
    money.claim(ClaimState.DRAFT, {"number": "12"})
    own = browser(money, "carla").get(page("claim", number=2)).content.decode()
    assert f"{page('claim', number=1)}#spesa-1" in own
    money.claim(ClaimState.DRAFT, {"number": "n. 12"}, who=money.bruno, organisation=money.bakery)
    theirs = browser(money, "bruno").get(page("claim", number=3)).content.decode()
    assert "di un’altra organizzazione" in theirs
    assert "Girasole" not in theirs


def test_what_is_left_of_the_money_is_said_while_typing(money):
    claim = money.draft()
    client = browser(money, "carla")
    asked = {"allocation": money.fund.id, "claimed": "1.200,00"}
    shown = client.get(page("expense_left", number=claim.number), asked).content.decode()
    assert in_euro(100_000) in shown
    assert in_euro(20_000) in shown
    assert client.get(page("expense_left", number=claim.number), {"allocation": "x", "claimed": "y"}).status_code == 200


def test_the_lead_controls_expense_by_expense(money):
    claim = money.claim(ClaimState.SUBMITTED, {}, {}, {})
    client = browser(money, "lia")
    assert client.post(page("claim_begin", number=claim.number))["Location"] == page(
        "claim_control", number=claim.number
    )
    address = page("expense_judge", number=claim.number, position=1)
    wrong = client.post(address, {"do": "part", "accepted": "50,00", "reason": ""}).content.decode()
    assert "Scrivi perché non è ammessa per intero" in wrong
    assert 'value="50,00"' in wrong
    client.post(address, {"do": "part", "accepted": "50,00", "reason": "Metà è di un altro progetto."})
    client.post(page("expense_judge", number=claim.number, position=2), {"do": "nothing", "reason": "Non riguarda."})
    stopped = client.post(page("claim_close", number=claim.number)).content.decode()
    assert "La spesa 3 non è ancora stata giudicata" in stopped
    client.post(page("claim_accept_rest", number=claim.number))
    client.post(page("claim_close", number=claim.number))
    claim.refresh_from_db()
    assert (claim.state, claim.accepted_cents) == (ClaimState.ACCEPTED_IN_PART, 17_200)
    shown = browser(money, "carla").get(page("claim", number=claim.number)).content.decode()
    assert "Metà è di un altro progetto." in shown


def test_the_coordinator_pays_and_the_figures_say_so(money):
    claim = money.claim(ClaimState.ACCEPTED)
    client = browser(money, "marta")
    shown = client.post(page("claim_pay", number=claim.number), {"paid_on": "2026-11-20", "reference": ""})
    assert "Scrivi il riferimento del pagamento" in shown.content.decode()
    client.post(page("claim_pay", number=claim.number), {"paid_on": "2026-11-20", "reference": "Mandato 12"})
    assert Payment.objects.get().cents == 12_200
    assert "Mandato 12" in client.get(page("payments")).content.decode()


def test_nobody_opens_what_is_not_theirs(money):
    claim = money.claim(ClaimState.DRAFT)
    for who in ("bruno", "lia", "marta", "elena", "sara"):
        assert browser(money, who).get(page("claim", number=claim.number)).status_code == 404
    assert browser(money, "sara").get(page("claims")).status_code == 403
    assert Client().get(page("claims")).status_code == 302
    sent = money.claim(ClaimState.IN_CONTROL)
    for who, status in (("lia", 200), ("marta", 200), ("elena", 200), ("bruno", 404), ("sara", 404)):
        assert browser(money, who).get(page("claim", number=sent.number)).status_code == status
    assert browser(money, "elena").get(page("claim_control", number=sent.number)).status_code == 403
    assert browser(money, "elena").get(page("claim_pay", number=sent.number)).status_code == 403
    assert browser(money, "elena").get(page("advance_new")).status_code == 403


def test_the_list_has_exactly_what_each_may_see_and_as_a_file_too(money):
    money.claim(ClaimState.DRAFT)
    money.claim(ClaimState.SUBMITTED)
    money.claim(ClaimState.ACCEPTED, who=money.bruno, organisation=money.bakery)
    totals = {"carla": 2, "bruno": 1, "lia": 2, "marta": 2, "elena": 2}
    for who, total in totals.items():
        listed = browser(money, who).get(page("claims")).context["page"]
        assert (listed.total, len(listed.rows)) == (total, total), who
    waiting = {"carla": (1, "invio"), "lia": (1, "controllo"), "marta": (1, "pagamento"), "elena": (0, "tutte")}
    for who, (total, kind) in waiting.items():
        assert browser(money, who).get(page("claims"), {"attesa": kind}).context["page"].total == total, who
    assert browser(money, "marta").get(page("claims"), {"stato": "accepted"}).context["page"].total == 1
    assert browser(money, "marta").get(page("claims"), {"cerca": "girasole"}).context["page"].total == 1
    assert browser(money, "marta").get(page("claims"), {"cerca": "3"}).context["page"].total == 1
    assert browser(money, "marta").get(page("claims"), {"alleanza": "0"}).context["page"].total == 0
    answer = browser(money, "marta").get(page("claims"), {"formato": "xlsx"})
    rows = list(load_workbook(BytesIO(b"".join(answer))).active.values)
    assert len(rows) == 3
    assert rows[1][6:8] == (122, 122)


def test_balances_add_up_to_what_their_lists_hold(money):
    ask = {"plan_id": money.plan.id, "organisation_id": money.coop.id, "alliance_id": money.alliance.id}
    advance(money.marta, **ask, cents=10_000, reference="Mandato 1", paid_on=PAID_ON)
    paid = money.claim(ClaimState.ACCEPTED)
    pay(money.marta, claim_id=paid.id, reference="Mandato 2", paid_on=PAID_ON)
    money.claim(ClaimState.ACCEPTED, {"allocation_id": money.own.id}, {"claimed_cents": 700})
    shown = browser(money, "marta").get(page("payments")).context["page"]
    [balance] = shown.balances
    assert (balance.advanced_cents, balance.recovered_cents, balance.open_cents) == (10_000, 10_000, 0)
    assert (balance.accepted_cents, balance.settled_cents, balance.due_cents) == (25_100, 12_200, 700)
    assert balance.paid_cents == sum(Payment.objects.values_list("cents", flat=True)) == 12_200
    assert shown.total.texts == balance.texts
    for partner, count in (("carla", 1), ("bruno", 0)):
        assert len(browser(money, partner).get(page("payments")).context["page"].balances) == count
    as_file = browser(money, "marta").get(page("balances"), {"formato": "csv"})
    assert b"Cooperativa Girasole" in b"".join(as_file)


def test_an_advance_is_recorded_with_its_errors_told(money):
    client = browser(money, "marta")
    place = f"{money.coop.id}-{money.alliance.id}"
    typed_in = {"partner": place, "amount": "2.000,00", "paid_on": "2026-11-20", "reference": "Mandato 1"}
    assert "non può essere di più" in client.post(page("advance_new"), typed_in).content.decode()
    client.post(page("advance_new"), {**typed_in, "amount": "500"})
    assert Payment.objects.get().cents == 50_000


def test_a_control_taken_by_somebody_else_is_told_on_the_page(money):
    claim = money.claim(ClaimState.IN_CONTROL)
    shown = browser(money, "leo").get(page("claim", number=claim.number)).content.decode()
    assert "Prendi in carico il controllo" in shown
    browser(money, "leo").post(page("claim_take_over", number=claim.number))
    claim.refresh_from_db()
    assert claim.controller == money.people["leo"]


def test_a_claim_is_given_back_from_its_page(money):
    claim = money.claim(ClaimState.IN_CONTROL)
    judge_rest(money.lia, claim_id=claim.id)
    client = browser(money, "lia")
    assert client.get(page("claim_give_back", number=claim.number)).status_code == 200
    client.post(page("claim_give_back", number=claim.number), {"reason": "Aggiungi il contratto."})
    assert "Aggiungi il contratto." in browser(money, "carla").get(page("claim", number=claim.number)).content.decode()
    assert browser(money, "carla").get(page("claim_edit", number=claim.number)).status_code == 200


def opened_on(client: Client, url: str) -> str:
    """The edition in the form of a page."""
    return re.search(r'name="edition" value="(\w+)"', client.get(url).content.decode())[1]


def test_two_windows_on_one_expense_do_not_undo_each_other_unseen(money):
    money.expense(money.draft(), number="FT 12/2026")
    client, url = browser(money, "carla"), page("expense", number=1, position=1)
    edition = opened_on(client, url)
    client.post(url, {**typed(money, description="Stampa dei manifesti"), "edition": edition})
    answer = client.post(url, {**typed(money, description="Altro"), "edition": edition}).content.decode()
    assert "È cambiato dopo che hai aperto la pagina" in answer
    assert "Stampa dei manifesti" in answer
    assert Expense.objects.get().description == "Stampa dei manifesti"
    known = re.search(r'name="edition" value="(\w+)"', answer)[1]
    assert client.post(url, {**typed(money, description="Altro"), "edition": known}).status_code == 302
    assert Expense.objects.get().description == "Altro"


def test_two_windows_on_one_claim_do_not_undo_each_other_unseen(money):
    money.draft()
    client, url = browser(money, "carla"), page("claim_edit", number=1)
    edition = opened_on(client, url)
    client.post(url, {"title": "Gennaio", "note": "Con le tariffe nuove", "edition": edition})
    answer = client.post(url, {"title": "Febbraio", "note": "", "edition": edition}).content.decode()
    assert "Con le tariffe nuove" in answer
    assert Claim.objects.get().title == "Gennaio"

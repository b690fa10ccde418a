"""The pages of months and of the bank, as those who use them see them."""

from io import StringIO

import pytest
from django.core.management import call_command

from contempo.agile.actions.appeals import uphold
from contempo.agile.actions.clearing.making import clear_again, clear_bank
from contempo.agile.actions.clearing.publishing import publish_result
from contempo.agile.models import Account, Appeal, Entry, Month, MonthTally, Policy, Pool, Request
from contempo.agile.rules.clearing.file import read
from contempo.agile.rules.months import Reason
from contempo.agile.tests.bank.world import DURING, OVER, POLICY, PREPARED, PUBLISHED, Bank
from contempo.agile.tests.conftest import words

pytestmark = pytest.mark.django_db

KINDS = ("grant", "plan", "return", "use", "donate", "request", "award", "expire")
BANK_PAGE, MONTH_PAGE = "banca/2026-12/", "mesi/2026-12/"


def rules_form(**changes: object) -> dict[str, object]:
    """The form of rules as it is filled with POLICY, for December."""
    told: dict[str, object] = {
        "first_month": "2026-12",
        "note": "",
        "days_otherwise": POLICY.days_otherwise,
        "days": "Dirigenti: 4",
        "own_presence": POLICY.own_presence,
        "carry_cap": POLICY.carry_cap,
        "bank_cap": POLICY.bank_cap,
        "shared_pool": "on",
    }
    told |= {f"presence_{number}": percent for number, percent in enumerate(POLICY.presence)}
    told |= {f"class_{reason}": POLICY.class_of(reason) for reason in Reason}
    for name, moment in POLICY.moments.items():
        told |= {f"{name}_day": moment.day, f"{name}_time": f"{moment.minutes // 60:02}:00"}
    return told | changes


def published(bank: Bank, at) -> None:
    at(OVER)
    clear_bank(bank.hr, month_id=bank.month_id)
    at(PUBLISHED)
    publish_result(bank.hr, month_id=bank.month_id)


def test_rules_are_written_previewed_and_published(comune, at):
    at(PREPARED)
    shown = comune.post("regole/nuove/", "paolo", **rules_form(preview="1"))
    assert shown.status_code == 200
    assert not Policy.objects.exists()
    assert "dicembre 2026" in shown.content.decode()
    assert comune.post("regole/nuove/", "paolo", **rules_form()).status_code == 302
    page = words(comune.see("regole/"))
    assert "8 giornate" in page
    assert "Dirigenti" in page


@pytest.mark.parametrize(
    "changes",
    [
        {"first_month": "dicembre"},
        {"days": "Dirigenti quattro"},
        {"bank_cap": "tanti"},
        {"own_presence": "101"},
        {"class_other": "9"},
        {"class_other": "7", "class_distance": "7"},
        {"plan_until_day": "-30"},
        {"clear_at_time": "nove"},
        {"publish_at_day": "200"},
    ],
)
def test_rules_that_contradict_themselves_are_told_and_kept_on_the_page(comune, at, changes):
    at(PREPARED)
    answer = comune.post("regole/nuove/", "paolo", **rules_form(**changes))
    assert answer.status_code == 200
    assert "error-summary" in answer.content.decode() or "aria-invalid" in answer.content.decode()
    for typed in changes.values():
        assert str(typed) in answer.content.decode()
    assert not Policy.objects.exists()


def test_a_month_is_prepared_looked_at_and_opened(comune, at):
    at(PREPARED)
    comune.post("regole/nuove/", "paolo", **rules_form())
    assert comune.post("mesi/nuovo/", "paolo", month="2026-12").status_code == 302
    page = words(comune.see(MONTH_PAGE, "paolo"))
    assert "56 giornate" in page
    assert comune.get(MONTH_PAGE, "diana").status_code == 404
    assert comune.post(f"{MONTH_PAGE}apri/", "paolo", budget="55").status_code == 409
    assert Month.objects.get().state == "draft"
    comune.post(f"{MONTH_PAGE}apri/", "paolo", budget="56")
    assert Month.objects.get().state == "open"
    assert "I conti tornano" in words(comune.see(MONTH_PAGE, "paolo"))


def test_dates_of_a_month_in_preparation_are_changed_and_wrong_ones_told(comune, at):
    at(PREPARED)
    comune.post("regole/nuove/", "paolo", **rules_form())
    comune.post("mesi/nuovo/", "paolo", month="2026-12")
    form = comune.see(f"{MONTH_PAGE}date/", "paolo").form
    typed = {field["name"]: field.get("value", "") for field in form.select("input[name]")}
    wrong = comune.post(f"{MONTH_PAGE}date/", "paolo", **{**typed, "publish_at": "2026-11-01T10:00"})
    assert wrong.status_code == 200
    right = comune.post(f"{MONTH_PAGE}date/", "paolo", **{**typed, "publish_at": "2026-11-25T10:00"})
    assert right.status_code == 302
    assert Month.objects.get().publish_at.isoformat().startswith("2026-11-25T09:00")


def test_a_worker_gives_asks_changes_and_takes_back_on_one_page(bank):
    comune = bank.comune
    assert comune.get("banca/", "anna").url.endswith(BANK_PAGE)
    assert comune.post(f"{BANK_PAGE}dona/", "anna", days="3").status_code == 302
    assert comune.post(f"{BANK_PAGE}chiedi/", "anna", days="2", reason="care").status_code == 302
    page = words(comune.see(BANK_PAGE, "anna"))
    assert "classe 3" in page
    assert bank.balance("anna").reserved == 2
    assert comune.post(f"{BANK_PAGE}ritira/", "anna").status_code == 302
    assert Request.objects.get().state == "withdrawn"


@pytest.mark.parametrize(
    ("path", "typed"),
    [
        ("dona/", {"days": "tre"}),
        ("dona/", {"days": ""}),
        ("dona/", {"days": "99"}),
        ("dona/", {"days": "-1"}),
        ("chiedi/", {"days": "2", "reason": ""}),
        ("chiedi/", {"days": "77", "reason": "care"}),
        ("chiedi/", {"days": "1,5", "reason": "care"}),
        ("chiedi/", {"days": "2", "reason": "noia"}),
    ],
)
def test_wrong_input_is_told_beside_its_field_and_changes_nothing(bank, path, typed):
    answer = bank.comune.post(f"{BANK_PAGE}{path}", "anna", **typed)
    assert answer.status_code == 200
    assert 'aria-invalid="true"' in answer.content.decode()
    assert bank.kinds("anna") == [("grant", 8)]


def test_the_result_tells_why_and_the_appeal_reaches_human_resources(bank, at):
    comune = bank.comune
    comune.post(f"{BANK_PAGE}dona/", "diana", days="1")
    comune.post(f"{BANK_PAGE}chiedi/", "anna", days="2", reason="other")
    comune.post(f"{BANK_PAGE}chiedi/", "bruno", days="1", reason="care")
    at(OVER)
    assert comune.post(f"{MONTH_PAGE}assegna/", "paolo").status_code == 302
    # Cleared but not published: a worker does not see it yet.
    assert "Perché io" not in words(comune.see(BANK_PAGE, "bruno"))
    assert "8 disponibili" in words(comune.see(BANK_PAGE, "bruno"))
    assert comune.get("esiti/2026-12/1/").status_code == 404
    at(PUBLISHED)
    assert comune.post(f"{MONTH_PAGE}pubblica/", "paolo").status_code == 302
    page = words(comune.see(BANK_PAGE, "anna"))
    assert "0 giornate delle 2" in page
    assert "classe 6" in page
    assert f"{bank.account('anna').pseudonym:016x}" in page
    assert comune.post(f"{BANK_PAGE}ricorso/", "anna", text="").status_code == 200
    assert comune.post(f"{BANK_PAGE}ricorso/", "anna", text="Assisto mia madre.").status_code == 302
    appeal = Appeal.objects.get()
    path = f"{MONTH_PAGE}ricorsi/{appeal.pk}/"
    assert "Assisto mia madre." in words(comune.see(path, "paolo"))
    assert comune.post(path, "paolo", decision="uphold").status_code == 200
    answered = comune.post(path, "paolo", decision="uphold", answer="Verificato.", reason="health", days="2")
    assert answered.status_code == 302
    assert comune.post(f"{MONTH_PAGE}riassegna/", "paolo", why="Ricorso accolto").status_code == 302
    comune.post(f"{MONTH_PAGE}pubblica/", "paolo")
    assert "1 giornata delle 2" in words(comune.see(BANK_PAGE, "anna"))
    assert "Verificato." in words(comune.see(BANK_PAGE, "anna"))
    for number in (1, 2):
        assert comune.get(f"esiti/2026-12/{number}/").status_code == 200
    assert "Ricorso accolto" in words(comune.see("esiti/2026-12/2/"))


def test_anybody_reads_what_is_fixed_of_the_draw_before_requests_close(bank, at):
    month = Month.objects.get()
    assert month.seed_hash in words(bank.comune.see("esiti/"))
    published(bank, at)
    assert month.seed_hash not in words(bank.comune.see("esiti/"))
    assert month.seed_hash in words(bank.comune.see("esiti/2026-12/1/"))


@pytest.mark.parametrize("number", [1, 2])
def test_the_downloaded_file_gives_the_published_result_again(bank, at, tmp_path, number):
    comune = bank.comune
    comune.post(f"{BANK_PAGE}dona/", "diana", days="3")
    for who, days, reason in (("anna", 2, "other"), ("bruno", 2, "other"), ("ugo", 1, "care"), ("carla", 2, "health")):
        comune.post(f"{BANK_PAGE}chiedi/", who, days=days, reason=reason)
    published(bank, at)
    if number == 2:
        comune.post(f"{BANK_PAGE}urgenza/", "carla", days="1")
        comune.post(f"{BANK_PAGE}ricorso/", "anna", text="Assisto mia madre.")
        uphold(bank.hr, appeal_id=Appeal.objects.get().pk, answer="Sì.", reason=Reason.CARE, days=1)
        clear_again(bank.hr, month_id=bank.month_id, why="Ricorso")
        publish_result(bank.hr, month_id=bank.month_id)
    answer = comune.get(f"esiti/2026-12/{number}/dati/")
    path = tmp_path / "banca.jsonl"
    path.write_bytes(b"".join(answer.streaming_content))
    out = StringIO()
    call_command("agile", "recompute", str(path), stdout=out)
    assert "The result is the one that was published." in out.getvalue()
    with path.open("rb") as stream:
        bank_of_file, claims = read(stream)
    report = words(comune.see(f"esiti/2026-12/{number}/"))
    assert bank_of_file.input_hash in report
    assert bank_of_file.result_hash in report
    assert len(claims) == 4
    told = path.read_text()
    for secret in ("Anna", "000103", bytes(bank.month.salt).hex(), "Servizi civici"):
        assert secret not in told


def test_who_gave_days_is_nowhere_in_what_receivers_read(bank, at):
    comune = bank.comune
    comune.post(f"{BANK_PAGE}dona/", "diana", days="3")
    comune.post(f"{BANK_PAGE}chiedi/", "anna", days="1", reason="care")
    published(bank, at)
    donor = comune.it.people["diana"].full_name
    for path, who in ((BANK_PAGE, "anna"), ("esiti/2026-12/1/", "anna"), ("miei-dati/", "anna")):
        page = words(comune.see(path, who))
        assert donor not in page
        assert "000101" not in page
    received = Entry.objects.filter(account=bank.account("anna"), kind="award").get()
    assert received.person_id is None


def test_sums_of_the_ledger_page_are_those_of_its_entries(bank, at):
    comune = bank.comune
    comune.post(f"{BANK_PAGE}dona/", "diana", days="3")
    comune.post(f"{BANK_PAGE}chiedi/", "anna", days="2", reason="care")
    published(bank, at)
    civic = comune.it.civic.pk
    for narrowed in ({}, {"direzione": civic}, {"numero": "000103"}, {"direzione": civic, "numero": "000101"}):
        page = comune.see(f"{MONTH_PAGE}registro/", "paolo", **narrowed)
        boxes = [int(stat.text) for stat in page.select(".stat-value")]
        for kind, days in zip(KINDS, boxes, strict=True):
            answer = comune.get(f"{MONTH_PAGE}registro/", "paolo", **narrowed, tipo=kind, formato="csv")
            rows = b"".join(answer.streaming_content).decode("utf-8-sig").splitlines()[1:]
            assert sum(int(row.split(";")[5]) for row in rows) == days, (narrowed, kind)
    assert "tornano" in words(page)


def test_the_list_of_a_budget_has_exactly_its_days(bank):
    comune = bank.comune
    for pool in Pool.objects.filter(month=bank.month_id, directorate__isnull=False):
        path = f"{MONTH_PAGE}budget/{pool.directorate_id}/"
        assert f"{pool.budget} giornate" in words(comune.see(path, "paolo"))
        answer = comune.get(path, "paolo", formato="csv")
        rows = b"".join(answer.streaming_content).decode("utf-8-sig").splitlines()[1:]
        assert sum(int(row.split(";")[7]) for row in rows) == pool.budget
        assert len(rows) == Account.objects.filter(month=bank.month_id, directorate=pool.directorate_id).count()


def test_a_ledger_that_was_tampered_with_is_said_not_to_be_square(bank):
    MonthTally.objects.filter(month=bank.month_id, measure="grant").update(count=1)
    assert "non tornano" in words(bank.comune.see(f"{MONTH_PAGE}registro/", "paolo"))


def test_days_are_drawn_in_an_emergency_from_the_page(bank, at):
    comune = bank.comune
    comune.post(f"{BANK_PAGE}dona/", "diana", days="3")
    published(bank, at)
    at(DURING)
    assert "3 giornate" in words(comune.see(BANK_PAGE, "anna"))
    assert comune.post(f"{BANK_PAGE}urgenza/", "anna", days="9").status_code == 200
    assert comune.post(f"{BANK_PAGE}urgenza/", "anna", days="2").status_code == 302
    assert bank.balance("anna").available == 10


def test_who_heads_a_directorate_reads_its_month_and_keeps_nothing(bank):
    comune = bank.comune
    page = words(comune.see(MONTH_PAGE, "diana"))
    assert "Servizi civici" in page
    assert comune.get(f"{MONTH_PAGE}registro/", "diana").status_code == 403
    assert comune.get(f"{MONTH_PAGE}richieste/", "diana").status_code == 403
    assert comune.get("mesi/", "anna").status_code == 403


def test_requests_are_listed_for_human_resources(bank):
    comune = bank.comune
    comune.post(f"{BANK_PAGE}chiedi/", "anna", days="1", reason="care")
    assert "000103" in words(comune.see(f"{MONTH_PAGE}richieste/", "paolo"))
    assert "000103" not in words(comune.see(f"{MONTH_PAGE}richieste/", "paolo", motivo="health"))


def test_a_month_that_is_none_is_not_found(bank):
    for month in ("2026-13", "2027-01", "dicembre", "2026-1"):
        assert bank.comune.get(f"banca/{month}/", "anna").status_code == 404
        assert bank.comune.get(f"mesi/{month}/", "paolo").status_code == 404

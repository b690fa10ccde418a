"""The pages of agreements as people use them, wrong input included."""

from datetime import date
from io import BytesIO

import pytest
from openpyxl import load_workbook

from contempo.agile.actions.agreements import priorities
from contempo.agile.models import Agreement, AgreementWords, Communication, PriorityVerification, SafetyNotice, Worker
from contempo.agile.queries.agreements.document import document
from contempo.agile.queries.agreements.page import agreement_page
from contempo.agile.queries.opened import opened
from contempo.agile.rules.agreements import AgreementState, Ground
from contempo.agile.tests.conftest import Comune, words
from contempo.core import clock

STEPS: dict[str, dict[str, object]] = {
    "lavoro": {"activities": "Istruire pratiche", "objectives": "Chiudere 40 pratiche\nRispondere in tre giorni"},
    "giorni": {"days_per_month": "8", "weekdays": ["0", "2"], "contact_bands": "9:30-12:30\n14.00 - 15.30"},
    "riposo": {"rest": "Dalle 19 alle 8."},
    "luoghi": {"places": ["home"], "tools": "Computer", "tools_of_employer": "yes"},
    "direzione": {"control": "Riunione ogni lunedì", "training": ""},
    "durata": {"term": "fixed", "starts_on": "2026-12-01", "until": "2027-06-30", "notice_days": "30"},
}


def write(comune: Comune, who: str = "anna") -> Agreement:
    """Write an agreement through the pages of the wizard."""
    begun = comune.post("accordi/nuovo/", who)
    assert begun.status_code == 302
    made = Agreement.objects.latest("id")
    for step, typed in STEPS.items():
        answer = comune.post(f"accordi/{made.number}/passo/{step}/", who, go="on", **typed)
        assert answer.status_code == 302, (step, answer.content.decode()[-3000:])
    made.refresh_from_db()
    return made


def test_a_worker_writes_sends_signs_and_withdraws_on_the_pages(comune) -> None:
    assert "Scrivi il mio accordo" in words(comune.see("accordi/", "anna"))
    assert comune.get("accordi/nuovo/", "anna").status_code == 200
    made = write(comune)
    assert made.contact_bands == [["09:30", "12:30"], ["14:00", "15:30"]]
    assert made.until == date(2027, 7, 1)
    shown = words(comune.see("accordi/1/riepilogo/", "anna"))
    assert "30 giugno 2027" in shown
    assert "dalle 09:30 alle 12:30" in shown
    assert comune.post("accordi/1/invia/", "anna").status_code == 302
    assert "Aspettano te" in words(comune.see("accordi/", "ugo"))
    assert "Approva" in words(comune.see("accordi/1/", "ugo"))
    assert comune.post("accordi/1/approva/", "ugo").status_code == 302
    assert "Leggi e firma" in words(comune.see("accordi/1/", "anna"))
    unsigned = comune.post("accordi/1/firma/", "anna", agreed="")
    assert "Per firmare, conferma la dichiarazione" in unsigned.content.decode()
    assert comune.post("accordi/1/firma/", "anna", agreed="on").status_code == 302
    made.refresh_from_db()
    assert made.state == AgreementState.IN_FORCE
    assert made.statement.startswith("Ho letto l’accordo individuale di lavoro agile numero 1")
    shown = words(comune.see("accordi/1/recesso/", "anna"))
    assert "data di fine" in shown
    missing = comune.post("accordi/1/recesso/", "anna", way="reason", sure="on").content.decode()
    assert "Scrivi il giustificato motivo" in missing
    assert comune.post("accordi/1/recesso/", "anna", way="reason", sure="on", reason="Trasloco").status_code == 302
    made.refresh_from_db()
    assert (made.state, made.justified_reason) == (AgreementState.WITHDRAWN, "Trasloco")


def test_each_step_is_kept_as_it_is_left_and_says_what_is_missing(comune) -> None:
    comune.post("accordi/nuovo/", "anna")
    answer = comune.post("accordi/1/passo/lavoro/", "anna", go="on", activities="Pratiche", objectives="")
    assert "Scrivi almeno un obiettivo" in answer.content.decode()
    assert Agreement.objects.get().activities == "Pratiche"
    bad = comune.post("accordi/1/passo/giorni/", "anna", go="on", days_per_month="otto", contact_bands="mattina")
    shown = bad.content.decode()
    assert "Scrivi un numero intero" in shown
    assert "due orari" in shown
    assert "mattina" in shown
    closed = comune.post("accordi/1/passo/riposo/", "anna", go="close", rest="Dalle 19")
    assert closed.status_code == 302
    resumed = comune.get("accordi/1/riprendi/", "anna")
    assert resumed["Location"].endswith("/passo/lavoro/")
    late = comune.post(
        "accordi/1/passo/durata/", "anna", go="on", term="fixed", starts_on="2026-12-10", until="2026-12-01"
    )
    assert "L’ultimo giorno non può venire prima del primo" in late.content.decode()


def test_the_summary_lists_everything_that_is_missing_with_links(comune) -> None:
    comune.post("accordi/nuovo/", "anna")
    page = comune.see("accordi/1/riepilogo/", "anna")
    links = [link["href"] for link in page.select(".error-summary a")]
    assert any(link.endswith("/passo/riposo/#id_rest") for link in links)
    assert "Invia a chi decide" not in words(page)


def test_a_draft_is_seen_by_nobody_else(comune) -> None:
    comune.post("accordi/nuovo/", "anna")
    assert [comune.get("accordi/1/", who).status_code for who in ("ugo", "paolo", "bruno")] == [404, 404, 404]


def test_the_manager_asks_for_changes_and_sees_what_changed(comune, sent) -> None:
    sent()
    empty = comune.post("accordi/1/decidi/", "ugo", decision="changes", text="")
    assert "che cosa va cambiato" in empty.content.decode()
    comune.post("accordi/1/decidi/", "ugo", decision="changes", text="Meno giornate")
    assert "Meno giornate" in words(comune.see("accordi/1/", "anna"))
    comune.post("accordi/1/passo/giorni/", "anna", go="on", **STEPS["giorni"] | {"days_per_month": "6"})
    comune.post("accordi/1/invia/", "anna")
    changes = comune.see("accordi/1/", "ugo").select_one("#changes").parent
    assert words(changes) == "Che cosa è cambiato dall’invio precedente Giornate agili al mese Prima: 8 Ora: 6"


def test_requests_with_a_verified_ground_come_first_and_the_manager_does_not_see_why(comune, sent) -> None:
    sent("bruno")
    sent("anna")
    priorities.verify(
        comune.actor("paolo"),
        employer_id=comune.it.employer.pk,
        number="000103",
        ground=Ground.DISABLED_CHILD,
        verified_on=date(2026, 11, 2),
    )
    page = comune.see("accordi/", "ugo")
    assert [words(each) for each in page.select("#waiting ~ .card-grid h3")] == ["Anna Rossetti", "Bruno Rossetti"]
    shown = words(page)
    assert "Priorità" in shown
    assert "disabilità," not in shown
    assert "Figli con disabilità" not in words(comune.see("accordi/2/", "ugo"))


def test_one_tap_approves_from_the_list(comune, sent) -> None:
    sent()
    form = comune.see("accordi/", "ugo").select_one("form[action$='/approva/']")
    assert comune.client("ugo").post(form["action"]).status_code == 302
    assert Agreement.objects.get().state == AgreementState.APPROVED


def test_the_register_filters_sorts_and_exports(comune, signed, sent) -> None:
    signed("anna", starts_on=date(2026, 11, 20))
    sent("bruno")
    assert "2 accordi" in words(comune.see("accordi/registro/", "paolo"))
    assert "1 accordo" in words(comune.see("accordi/registro/", "paolo", stato="in_force"))
    assert "1 accordo" in words(comune.see("accordi/registro/", "paolo", cerca="bruno"))
    assert "1 accordo" in words(comune.see("accordi/registro/", "paolo", solo="vigore"))
    assert "1 accordo" in words(comune.see("accordi/registro/", "ugo", solo="decidere"))
    assert "1 accordo" in words(comune.see("accordi/registro/", "paolo", al="2026-11-25"))
    assert "2 accordi" in words(comune.see("accordi/registro/", "paolo", direzione=str(comune.it.civic.pk)))
    assert "1 accordo" in words(comune.see("accordi/registro/", "anna"))
    answer = comune.get("accordi/registro/", "paolo", formato="xlsx")
    rows = list(load_workbook(BytesIO(b"".join(answer.streaming_content))).active.values)
    assert len(rows) == 3


def test_the_document_has_what_the_law_asks_for(comune, signed) -> None:
    signed()
    answer = comune.get("accordi/1/pdf/", "anna")
    assert answer["Content-Type"] == "application/pdf"
    assert answer.content.startswith(b"%PDF-")
    assert b"pdfuaid:part" in answer.content


def test_the_document_keeps_the_terms_that_were_signed(comune, signed) -> None:
    signed(starts_on=date(2026, 11, 20))
    comune.post("accordi/1/recesso/", "anna", way="reason", sure="on", reason="Trasloco")
    opened_page = opened(comune.actor("anna"), comune.it.employer.organisation.slug)
    content = document(opened_page, agreement_page(opened_page, 1, clock.today()), clock.now())
    rows = [row for section in content["sections"] for row in section["rows"]]
    assert ["Ultimo giorno", "30 giugno 2027"] in rows
    assert content["facts"][-1] == ["È stato valido fino al", "20 novembre 2026"]


def test_who_is_not_eligible_reads_why(comune) -> None:
    Worker.objects.filter(number="000103").update(eligible=False, remote_percent=20)
    page = comune.see("accordi/", "anna")
    assert "20 per cento" in words(page)
    assert page.select_one("a[href$='/idoneita/perche/']")
    assert "troppo poco" in words(comune.see("accordi/nuovo/", "anna"))


def test_human_resources_tell_the_ministry_with_a_file_and_note_the_receipt(comune, signed) -> None:
    signed(starts_on=date(2026, 11, 20))
    AgreementWords.objects.create(employer=comune.it.employer, inail_position="123456789", inail_rate="0722")
    assert "1 comunicazione" in words(comune.see("comunicazioni/", "paolo", stato="dovute"))
    answer = comune.post("comunicazioni/file/started/", "paolo", formato="xlsx")
    head, row = list(load_workbook(BytesIO(b"".join(answer.streaming_content))).active.values)
    found = dict(zip(head, row, strict=True))
    assert found["DataInizioPeriodo"] == "2026-11-20"
    assert found["DataFinePeriodo"] == "2027-06-30"
    assert (found["TipologiaDurataPeriodo"], found["CodTipologiaComunicazione"]) == ("TD", "I")
    assert (found["PosizioneINAIL"], found["Matricola"]) == ("123456789", "000103")
    assert not found["CodiceFiscaleLavoratore"]
    owed = Communication.objects.get()
    assert owed.exported_at is not None
    assert owed.told_on is None
    wrong = comune.post(f"comunicazioni/{owed.pk}/", "paolo", told_on="2026-11-20", protocol="")
    assert "Scrivi il codice della ricevuta" in wrong.content.decode()
    assert comune.post(f"comunicazioni/{owed.pk}/", "paolo", told_on="2026-11-20", protocol="77").status_code == 302
    assert "0 comunicazioni" in words(comune.see("comunicazioni/", "paolo", stato="dovute"))


def test_a_withdrawal_refers_to_the_receipt_of_the_beginning(comune, signed) -> None:
    signed(starts_on=date(2026, 11, 20))
    Communication.objects.update(told_on=date(2026, 11, 20), protocol="CODICE-1")
    comune.post("accordi/1/recesso/", "anna", way="reason", sure="on", reason="Trasloco")
    answer = comune.post("comunicazioni/file/ended/", "paolo", formato="csv")
    text = b"".join(answer.streaming_content).decode("utf-8-sig")
    assert "CODICE-1;2026-11-20;R" in text


def test_the_safety_notice_is_published_read_and_confirmed(comune, signed) -> None:
    signed(starts_on=date(2026, 11, 20))
    assert "non è ancora pubblicata" in words(comune.see("accordi/1/", "anna"))
    wrong = comune.post("informativa/nuova/", "paolo", year="2026", title="", text="")
    assert "Dai un titolo" in wrong.content.decode()
    assert comune.get("informativa/nuova/", "paolo").status_code == 200
    comune.post("informativa/nuova/", "paolo", year="2026", title="Rischi", text="## Postura\nSiedi bene.")
    assert SafetyNotice.objects.get().year == 2026
    assert "Manca la conferma" in words(comune.see("accordi/1/", "anna"))
    assert "2 persone" in words(comune.see("informativa/2026/mancano/", "paolo"))
    assert comune.post("informativa/2026/sollecita/", "paolo").status_code == 302
    assert "Ho ricevuto e letto" in words(comune.see("informativa/", "anna"))
    comune.post("informativa/2026/conferma/", "anna")
    assert "Hai confermato il" in words(comune.see("informativa/", "anna"))
    assert "Manca la conferma" not in words(comune.see("accordi/1/", "anna"))
    assert "1 persona" in words(comune.see("informativa/2026/mancano/", "paolo"))
    assert comune.get("informativa/2025/", "anna").status_code == 404


def test_a_ground_is_noted_and_ended_without_words_or_files(comune) -> None:
    page = comune.see("priorita/nuova/", "paolo")
    assert not page.select("textarea, input[type=file]")
    typed = {"number": "000103", "ground": "caregiver", "verified_on": "2026-11-10"}
    comune.post("priorita/nuova/", "paolo", **typed)
    found = PriorityVerification.objects.get()
    assert "Paolo" in words(comune.see("priorita/", "paolo"))
    again = comune.post("priorita/nuova/", "paolo", **typed)
    assert "È già annotato" in again.content.decode()
    comune.post(f"priorita/{found.pk}/fine/", "paolo")
    found.refresh_from_db()
    assert found.until == date(2026, 11, 20)


def test_new_agreements_begin_with_the_words_of_the_employer(comune) -> None:
    short = comune.post("accordi/testi/", "paolo", rest="Dalle 20 alle 7.", notice_days="10")
    assert "La legge chiede almeno 30 giorni" in short.content.decode()
    kept = comune.post("accordi/testi/", "paolo", rest="Dalle 20 alle 7.", notice_days="45")
    assert kept.status_code == 302
    comune.post("accordi/nuovo/", "anna")
    made = Agreement.objects.get()
    assert (made.rest, made.notice_days) == ("Dalle 20 alle 7.", 45)


def test_a_renewal_begins_with_the_terms_of_the_old_one(comune, signed, at) -> None:
    signed(starts_on=date(2026, 11, 20), until=date(2026, 12, 11))
    assert "Sta per finire" in words(comune.see("accordi/1/", "anna"))
    assert comune.get("accordi/nuovo/", "anna", da="1").status_code == 200
    comune.post("accordi/nuovo/", "anna", da="1")
    made = Agreement.objects.get(number=2)
    assert (made.days_per_month, made.starts_on, made.until) == (8, date(2026, 12, 11), None)
    assert "rispetto all’accordo 1" in words(comune.see("accordi/2/riepilogo/", "anna"))


def test_both_sides_evaluate_on_a_page(comune, signed, at) -> None:
    signed(starts_on=date(2026, 11, 20), until=date(2026, 12, 11))
    incomplete = comune.post("accordi/1/valutazione/", "anna", mark_0="reached")
    assert "Di’ se è stato raggiunto" in incomplete.content.decode()
    comune.post("accordi/1/valutazione/", "anna", mark_0="reached", mark_1="partly", note="Bene")
    assert "Raggiunto in parte" in words(comune.see("accordi/1/valutazione/", "ugo"))
    comune.post("accordi/1/valutazione/", "ugo", mark_0="reached", mark_1="missed")
    assert "Non raggiunto" in words(comune.see("accordi/1/", "anna"))


@pytest.mark.parametrize(
    "path", ["comunicazioni/", "priorita/", "priorita/nuova/", "accordi/testi/", "informativa/nuova/"]
)
def test_what_human_resources_keep_is_not_for_managers(comune, path: str) -> None:
    assert comune.get(path, "ugo").status_code == 403
    assert comune.get(path, "chiara").status_code == 403

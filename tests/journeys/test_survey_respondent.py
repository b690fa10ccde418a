"""Who gets the link of a questionnaire, and answers it on the phone."""

from playwright.sync_api import expect

from tests.journeys.agile import downloads
from tests.journeys.conftest import Comes
from tests.journeys.people import Visitor
from tests.journeys.survey import SATISFACTION, chooses, goes_on_to_the_summary, is_chosen, value_of


def test_one_answers_with_mistakes_pauses_and_second_thoughts(comes: Comes, mode: str) -> None:
    sara = comes(phone=True)
    link = sara.site.waiting_link(SATISFACTION, place=("levante", "ponente").index(mode))
    sara.goes_to(link)
    sara.sees(SATISFACTION, "Che cosa sapremo di te", "Le risposte sono riservate")
    sara.looks_at("survey-landing")
    sara.presses("Comincia")

    makes_mistakes(sara)
    goes_back_and_reloads(sara)
    sara.presses("Salva, continuo più tardi")
    sara.sees("Salvato: continua quando vuoi", "Per continuare apri lo stesso indirizzo di oggi")
    sara.looks_at("survey-later")

    later = comes(phone=False)
    later.goes_to(link)
    later.presses("Continua a rispondere")
    later.sees("Pagina 2 di 6")
    assert is_chosen(later, "soddisfazione", "7")
    later.presses("Continua")
    later.looks_at("survey-page-likert")
    goes_on_to_the_summary(later)
    later.sees("45", "Nessuna risposta")
    later.looks_at("survey-summary")
    later.presses("Invia le mie risposte")
    later.sees("Le tue risposte sono arrivate: grazie")
    later.looks_at("survey-done")
    assert downloads(later, "Scarica le mie risposte (PDF)").startswith(b"%PDF")
    changes_an_answer(later)


def makes_mistakes(someone: Visitor) -> None:
    """Nothing, then no number where one is asked: both are told beside the question, and what was typed stays."""
    someone.sees("Pagina 1 di")
    someone.looks_at("survey-page")
    someone.presses("Continua")
    someone.sees("C’è una cosa da correggere prima di proseguire", "Rispondi a questa domanda.")
    someone.looks_at("survey-page-wrong", again=False)
    someone.picks("giorni", "due")
    if not someone.javascript:
        someone.presses("Continua")
        someone.sees("in questa pagina c’è qualche domanda in più")
    someone.picks("luogo", "casa", "altra_sede")
    someone.writes(minuti="parecchi")
    someone.presses("Continua")
    someone.sees("C’è una cosa da correggere prima di proseguire")
    assert value_of(someone, "minuti") == "parecchi"
    someone.writes(minuti="45")
    someone.presses("Continua")
    someone.sees("Pagina 2 di 6")


def goes_back_and_reloads(someone: Visitor) -> None:
    """What was answered is there after going back and after a reload; with scripts also what is not sent yet."""
    someone.looks_at("survey-page-scale")
    chooses(someone, soddisfazione="7", produttivita="meglio")
    someone.presses("Torna indietro")
    someone.page.reload()
    assert value_of(someone, "minuti") == "45"
    assert is_chosen(someone, "luogo", "altra_sede")
    someone.presses("Continua")
    assert is_chosen(someone, "soddisfazione", "7")
    if someone.javascript:
        chooses(someone, giudizio_capo="molto")
        expect(someone.page.locator("main [data-status]")).to_contain_text("Salvato")
        someone.page.reload()
        assert is_chosen(someone, "giudizio_capo", "molto")


def changes_an_answer(someone: Visitor) -> None:
    """After the sending, until the campaign closes."""
    someone.follows("Cambia le mie risposte")
    someone.follows("Modifica Il tuo lavoro agile")
    someone.sees("Stai cambiando risposte già inviate")
    someone.looks_at("survey-page-again")
    someone.writes(minuti="50")
    goes_on_to_the_summary(someone)
    someone.sees("50")
    someone.presses("Conferma le mie risposte")
    someone.sees("Le tue risposte sono arrivate: grazie")


def test_who_is_not_concerned_says_so_with_one_click_and_may_think_again(comes: Comes, mode: str) -> None:
    someone = comes(phone=True)
    link = someone.site.waiting_link(SATISFACTION, place=2 + ("levante", "ponente").index(mode))
    someone.goes_to(link)
    someone.follows("Passa il questionario a un’altra persona")
    someone.looks_at("survey-hand-on")
    someone.goes_to(link)
    someone.follows("Non voglio rispondere")
    someone.looks_at("survey-decline")
    someone.goes_to(link)
    someone.follows("Non sono io, o non è di nostra competenza")
    someone.looks_at("survey-not-concerned")
    someone.presses("Sì, non è di nostra competenza")
    someone.sees("Segnato: non lo chiediamo più")
    someone.looks_at("survey-not-concerned-done", again=False)
    someone.goes_to(link)
    someone.sees("Se hai cambiato idea, puoi ancora farlo.")
    someone.presses("Comincia")
    someone.sees("Pagina 1 di")

    assert someone.goes_to(link[:-3] + "aa/") == 404
    someone.sees("Questo indirizzo non vale")
    someone.looks_at("survey-no-link")

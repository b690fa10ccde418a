"""Letters of a running campaign: reminders, addresses that were wrong, people who pass it on or are not concerned."""

import re

from tests.journeys.conftest import Comes
from tests.journeys.survey_keeping import answers_from, gets_a_letter, opens_the_invitation, takes_all

STILL = "C’è ancora tempo per rispondere"
MISSING = "Risposte che mancano ancora"


def test_reminders_reach_only_who_waits_and_nobody_twice_in_a_few_days(comes: Comes, mode: str) -> None:
    marta, title = comes("marta", phone=False), f"Chi sollecitare, {mode}"
    does, refuses, waits = (f"{who}.{mode}@example.org" for who in ("risponde", "rifiuta", "aspetta"))
    names = ("Ada Risponde", "Ivo Rifiuta", "Ugo Aspetta")
    units = [f"{name} <{email}>" for name, email in zip(names, (does, refuses, waits), strict=True)]
    campaign = marta.site.opens_a_survey(title, *units)
    handing = f"categoria.{mode}@example.org"
    delegate = marta.site.hands_two_links(title, handing)

    ada = comes(phone=True)
    answers_from(ada, gets_a_letter(ada, does, title))
    ivo = comes(phone=True)
    ivo.goes_to(gets_a_letter(ivo, refuses, title))
    ivo.follows("Non voglio rispondere")
    ivo.writes(reason="Ho già risposto l’anno scorso.")
    ivo.presses("Non voglio rispondere")
    ivo.sees("Segnato: non lo chiediamo più")
    marta.site.newest_mail(waits, title)

    takes_all(marta, campaign, "Sollecita")
    marta.sees("Nessuno da sollecitare")
    marta.looks_at("survey-remind-nobody", again=False)
    marta.site.lets_days_pass(title, 3)
    takes_all(marta, campaign, "Sollecita")
    marta.sees("1 lettera in partenza.")
    marta.site.newest_mail(waits, STILL)
    takes_all(marta, campaign, "Sollecita")
    marta.sees("Nessuno da sollecitare")

    marta.goes_to(f"{campaign}inviti/solleciti/")
    marta.sees("Previsti dopo 7, 14 giorni", "2 inviti in attesa sono affidati ad altri.")
    marta.looks_at("survey-reminders")
    assert marta.site.lets_days_pass(title, 4) == 1
    assert "2 aspettano ancora una risposta" in marta.site.newest_mail(handing, MISSING)
    assert marta.site.lets_days_pass(title, 0) == 0
    marta.goes_to(delegate)
    marta.sees("2 inviti consegnati aspettano una risposta.", "Ultimo sollecito al delegato")
    marta.looks_at("survey-delegate-reminded")
    marta.presses("Sollecita ora il delegato")
    marta.sees("ha ricevuto una lettera negli ultimi 2 giorni")

    assert [sum(STILL in subject for subject in marta.site.mails(to)) for to in (does, refuses)] == [0, 0]
    opens_the_invitation(marta, campaign, "Ivo Rifiuta")
    marta.sees("Non vuole rispondere", "Ho già risposto l’anno scorso.")
    opens_the_invitation(marta, campaign, "Ugo Aspetta")
    marta.sees("Sollecito 1 inviato")
    marta.does_not_see("Sollecito 2 inviato")


def test_a_wrong_address_is_corrected_and_the_old_link_dies(comes: Comes, mode: str) -> None:
    marta, title = comes("marta", phone=False), f"Un indirizzo sbagliato, {mode}"
    wrong, right, other = (f"{who}.{mode}@example.org" for who in ("teressa", "teresa", "carlo"))
    campaign = marta.site.opens_a_survey(title, f"Teresa Crippa <{wrong}>", f"Carlo Vismara <{other}>")
    old = gets_a_letter(marta, wrong, title)

    opens_the_invitation(marta, campaign, "Teresa Crippa")
    invitation = marta.page.url
    marta.follows("Correggi o cambia il contatto")
    marta.looks_at("survey-contact")
    marta.writes(email=other)
    marta.presses("Salva il contatto")
    marta.sees("A questo indirizzo è già arrivato un invito")
    marta.looks_at("survey-contact-wrong", again=False)
    marta.writes(email=right)
    marta.presses("Salva il contatto")
    marta.sees("Il link inviato prima a un altro indirizzo non vale più.", right)

    teresa = comes(phone=True)
    new = gets_a_letter(teresa, right, title)
    assert new != old
    assert teresa.goes_to(old) == 404
    teresa.sees("Questo indirizzo non vale", "un altro ha preso il suo posto")
    answers_from(teresa, new)
    marta.page.goto(invitation)
    marta.sees(wrong, right, "Con risposta")
    marta.looks_at("survey-invitation-corrected")


def test_who_is_not_concerned_says_so_and_who_knows_better_passes_it_on(comes: Comes, mode: str) -> None:
    marta, title = comes("marta", phone=False), f"A chi tocca, {mode}"
    nobody, boss, colleague = (f"{who}.{mode}@example.org" for who in ("silvio", "bianca", "delia"))
    campaign = marta.site.opens_a_survey(title, f"Silvio Galli <{nobody}>", f"Bianca Pozzi <{boss}>")

    silvio = comes(phone=True)
    silvio.goes_to(gets_a_letter(silvio, nobody, title))
    silvio.follows("Non sono io, o non è di nostra competenza")
    silvio.presses("Sì, non è di nostra competenza")
    silvio.sees("Segnato: non lo chiediamo più")

    bianca = comes(phone=True)
    mine = gets_a_letter(bianca, boss, title)
    bianca.goes_to(mine)
    bianca.follows("Passa il questionario a un’altra persona")
    bianca.presses("Passa il questionario")
    bianca.looks_at("survey-hand-on-wrong", again=False)
    bianca.writes(name="Delia Pozzi", email=colleague)
    bianca.presses("Passa il questionario")
    bianca.sees("Passato ad altri: grazie", "Delia Pozzi")
    bianca.looks_at("survey-handed-on", again=False)
    bianca.goes_to(mine)
    bianca.sees("Questo questionario è passato ad altri")
    bianca.looks_at("survey-passed")

    delia = comes(phone=True)
    answers_from(delia, gets_a_letter(delia, colleague, title))

    opens_the_invitation(marta, campaign, "Silvio Galli")
    marta.sees("Non di competenza")
    marta.looks_at("survey-invitation-not-concerned")
    marta.goes_to(f"{campaign}copertura/?stato=scoperte")
    marta.does_not_see("Silvio Galli")
    marta.goes_to(f"{campaign}inviti/?stato=replaced")
    marta.page.locator("main table.rows tbody a").first.click()
    marta.page.wait_for_url(re.compile(r"/inviti/\d+/"))
    marta.sees("Passato a un altro contatto")
    marta.does_not_see("Link da consegnare")
    marta.looks_at("survey-invitation-replaced")
    marta.follows("Ora risponde un’altra persona: apri il suo invito")
    marta.sees("Delia Pozzi", "Al posto di", "Con risposta")

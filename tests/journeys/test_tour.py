"""Every page that people of each role come to opens, looks right and is accessible."""

import pytest

from tests.journeys.conftest import Comes

VISITOR = {
    "reti": "/",
    "home": "/milano/",
    "chi-siamo": "/milano/chi-siamo/",
    "contatti": "/milano/contatti/",
    "cerca": "/milano/cerca/?q=cooperativa",
    "cerca-niente": "/milano/cerca/?q=zzzz",
    "accordo": "/milano/accordo/",
    "accordo-prima-versione": "/milano/accordo/1/",
    "soggetti-niente": "/milano/soggetti/?cerca=zzzz",
    "home-bergamo": "/bergamo/",
    "registrati": "/accesso/registrati/",
    "password-dimenticata": "/accesso/password/dimenticata/",
    "privacy": "/privacy/",
    "note-legali": "/note-legali/",
    "accessibilita": "/accessibilita/",
    "posta-demo": "/posta-demo/",
    "non-trovata": "/milano/non-esiste/",
}
COORDINATOR = {
    "agenzia-soggetti": "/milano/agenzia/soggetti/",
    "agenzia-soggetto-nuovo": "/milano/agenzia/soggetti/nuovo/",
    "agenzia-rete": "/milano/agenzia/rete/",
    "agenzia-accordo": "/milano/agenzia/rete/accordo/",
    "agenzia-persone": "/milano/agenzia/persone/",
    "agenzia-invita": "/milano/agenzia/persone/invita/",
    "notifiche": "/milano/notifiche/",
}
REPRESENTATIVE = {"scrivania-rappresentante": "/milano/scrivania/"}
OBSERVER = {
    "scrivania-osservatrice": "/milano/scrivania/",
    "agenzia-adesioni-osservatrice": "/milano/agenzia/adesioni/",
}
PERSON = {
    "scrivania-vuota": "/milano/scrivania/",
    "mie-richieste-nessuna": "/milano/adesione/mie/",
    "profilo": "/profilo/",
    "profilo-modifica": "/profilo/modifica/",
    "profilo-notifiche": "/profilo/notifiche/",
    "profilo-chiudi": "/profilo/chiudi/",
    "email": "/accesso/email/",
    "password": "/accesso/password/",
    "due-passaggi": "/accesso/due-passaggi/",
    "esci": "/accesso/esci/",
}
APPLICANT = {"scrivania-richiedente": "/milano/scrivania/", "mie-richieste": "/milano/adesione/mie/"}

TOURS = {
    None: VISITOR,
    "marta": COORDINATOR,
    "chiara": REPRESENTATIVE,
    "elena": OBSERVER,
    "sara": PERSON,
    "ivo": APPLICANT,
}


@pytest.mark.parametrize("who", TOURS, ids=lambda who: who or "visitor")
def test_each_page_opens_and_is_accessible(comes: Comes, who: str | None) -> None:
    someone = comes(who)
    for name, path in TOURS[who].items():
        assert someone.goes_to(path) == (404 if name == "non-trovata" else 200), path
        someone.looks_at(name)


def test_the_record_of_an_organisation_is_kept_by_its_own_people(comes: Comes) -> None:
    chiara = comes("chiara")
    chiara.goes_to("/milano/organizzazione/")
    chiara.looks_at("organizzazione")
    here = chiara.page.url
    for name in ("scheda", "contatti", "sedi", "persone", "storia"):
        assert chiara.page.goto(f"{here}{name}/").status == 200
        chiara.looks_at(f"organizzazione-{name}")


def test_a_record_of_the_registry_opens_with_its_parts(comes: Comes) -> None:
    marta = comes("marta")
    marta.goes_to("/milano/agenzia/soggetti/?cerca=filo+lungo")
    marta.follows("Il Filo Lungo (demo)")
    marta.looks_at("agenzia-soggetto")
    here = marta.page.url
    for name in ("scheda", "contatti", "sedi", "storia"):
        assert marta.page.goto(f"{here}{name}/").status == 200
        marta.looks_at(f"agenzia-soggetto-{name}")

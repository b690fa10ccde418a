"""An organisation joins: begun by a visitor, examined by the agency, signed, and seen by the public."""

from tests.journeys.conftest import Comes
from tests.journeys.tasks import (
    begins_a_request,
    key_in,
    new_tax_code,
    registers_on_the_way,
    tells_the_organisation,
    tells_the_rest,
)


def members_today(visitor) -> int:
    visitor.goes_to("/milano/crescita/")
    return int(visitor.page.locator("main .stat-value").first.inner_text())


def test_a_visitor_joins_and_the_public_sees_the_network_grow(comes: Comes, mode: str) -> None:
    name, email = f"Forno Prova {mode.capitalize()}", f"ada.prova.{mode}@example.org"
    ada, marta = comes(), comes("marta")
    before = members_today(ada)

    ada.goes_to("/milano/adesione/")
    ada.looks_at("adesione")
    begins_a_request(ada)
    ada.looks_at("adesione-organizzazione")
    tells_the_organisation(ada, name, new_tax_code())
    ada.looks_at("adesione-territorio")
    tells_the_rest(ada, "Ada Prova", email)
    ada.sees("Riepilogo", name, "Pane e dolci di quartiere.")
    ada.looks_at("adesione-riepilogo")
    ada.follows("Entra o registrati per inviare")
    ada.looks_at("entra")
    registers_on_the_way(ada, "Ada Prova", email)
    ada.sees(name)
    ada.presses("Invia la richiesta")
    ada.sees("Inviata")
    ada.looks_at("adesione-inviata")
    key = key_in(ada.page.url)
    assert name in ada.site.newest_mail(email, name)

    marta.goes_to("/milano/scrivania/")
    marta.sees(name)
    marta.looks_at("scrivania-coordinatrice")
    marta.goes_to("/milano/agenzia/adesioni/")
    marta.looks_at("agenzia-adesioni")
    marta.follows(name)
    marta.looks_at("agenzia-adesione")
    marta.follows("Chiedi modifiche")
    marta.looks_at("agenzia-chiedi-modifiche")
    marta.writes(reason="Aggiungi quante persone lavorano la notte.")
    marta.presses("Chiedi modifiche")
    marta.sees("Modifiche richieste")

    ada.goes_to(f"/milano/adesione/{key}/")
    ada.sees("Aggiungi quante persone lavorano la notte.")
    ada.looks_at("adesione-modifiche-chieste")
    ada.goes_to(f"/milano/adesione/{key}/territorio/")
    ada.writes(experience="Turni scelti insieme: tre persone lavorano la notte.")
    ada.presses("Salva e continua")
    ada.goes_to(f"/milano/adesione/{key}/riepilogo/")
    ada.presses("Invia le modifiche")
    ada.sees("In esame")

    marta.goes_to("/milano/agenzia/adesioni/")
    marta.follows(name)
    marta.sees("tre persone lavorano la notte")
    marta.presses("Ammetti")
    marta.sees("Ammessa, da firmare")

    ada.goes_to(f"/milano/adesione/{key}/")
    ada.follows("Leggi e firma")
    ada.looks_at("adesione-firma")
    ada.presses("Firma a nome dell’organizzazione")
    ada.sees("conferma")
    ada.page.locator('main [name="agreed"]').check(force=True)
    ada.presses("Firma a nome dell’organizzazione")
    ada.sees("Firmata")
    ada.looks_at("adesione-firmata")

    anyone = comes()
    anyone.goes_to(f"/milano/soggetti/mappa/?cerca=prova+{mode}")
    anyone.sees(name)
    anyone.looks_at("mappa")
    anyone.goes_to(f"/milano/soggetti/?cerca=prova+{mode}")
    anyone.looks_at("soggetti")
    anyone.follows(name)
    anyone.sees(name, "Pane e dolci di quartiere.")
    anyone.does_not_see("info@forno.example.org", "Via dei Mulini", "Un nido vicino al forno")
    anyone.looks_at("soggetto")
    assert members_today(anyone) == before + 1
    anyone.looks_at("crescita")


def test_strangers_and_the_coordinator_of_another_network_are_refused_everywhere(comes: Comes) -> None:
    paths = [
        "/milano/agenzia/adesioni/",
        "/milano/agenzia/adesioni/1/",
        "/milano/agenzia/soggetti/",
        "/milano/agenzia/soggetti/1/",
        "/milano/agenzia/rete/",
        "/milano/agenzia/persone/",
    ]
    stranger = comes()
    for path in paths:
        stranger.goes_to(path)
        assert "/accesso/" in stranger.page.url
    for key in ("sara", "davide"):
        someone = comes(key)
        for path in paths:
            assert someone.goes_to(path) == 403
        someone.looks_at("non-permesso")

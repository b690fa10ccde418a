"""The wizard loses nothing: closed browsers, other devices, wrong codes, doubles, files that are not what they say."""

import re

from tests.journeys.conftest import Comes
from tests.journeys.tasks import PDF, begins_a_request, new_tax_code, tells_the_organisation


def value_of(visitor, name: str) -> str:
    return visitor.page.locator(f'main [name="{name}"]').first.input_value()


def test_a_draft_survives_a_closed_browser(comes: Comes, mode: str) -> None:
    ada = comes()
    begins_a_request(ada)
    tells_the_organisation(ada, f"Forno Chiuso {mode}", new_tax_code())
    ada.writes(territory="Il quartiere di Niguarda.")
    ada.presses("Salva e chiudi")
    ada.looks_at("adesione-salvata")

    ada.close_and_reopen_browser()
    ada.goes_to("/milano/adesione/")
    ada.follows("Continua")
    ada.page.goto(re.sub(r"/[a-z]+/$", "/territorio/", ada.page.url))
    assert value_of(ada, "territory") == "Il quartiere di Niguarda."


def test_a_draft_goes_on_from_another_device_with_the_link_in_the_mail(comes: Comes, mode: str) -> None:
    ada, email = comes(), f"ada.link.{mode}@example.org"
    begins_a_request(ada)
    ada.writes(name=f"Forno Lontano {mode}")
    ada.presses("Salva e chiudi")
    ada.writes(email=email)
    ada.presses("Mandami il collegamento")
    link = re.search(r"https?://[^\s<>]+/riprendi/[^\s<>]+", ada.site.newest_mail(email, "adesione"))[0]

    elsewhere = comes()
    elsewhere.page.goto(link)
    elsewhere.page.goto(re.sub(r"/[a-z]+/$", "/organizzazione/", elsewhere.page.url))
    assert value_of(elsewhere, "name") == f"Forno Lontano {mode}"


def test_a_wrong_code_gets_its_sentence_and_keeps_what_was_typed(comes: Comes, mode: str) -> None:
    ada = comes()
    begins_a_request(ada)
    tells_the_organisation(ada, f"Forno Storto {mode}", "RSSMRA80A01F20")
    ada.sees("14 caratteri")
    ada.looks_at("adesione-codice-sbagliato", again=False)
    assert value_of(ada, "name") == f"Forno Storto {mode}"
    assert value_of(ada, "tax_code") == "RSSMRA80A01F20"
    ada.page.reload()
    assert value_of(ada, "name") == f"Forno Storto {mode}"


def test_an_organisation_that_is_a_member_is_told_so_and_nothing_is_lost(comes: Comes, mode: str) -> None:
    ada = comes()
    begins_a_request(ada)
    tells_the_organisation(ada, f"Ancora noi {mode}", doubled_code(comes))
    ada.sees("già")
    assert value_of(ada, "name") == f"Ancora noi {mode}"


def doubled_code(comes: Comes) -> str:
    """The tax code of an organisation whose request is being examined."""
    marta = comes("marta")
    marta.goes_to("/milano/agenzia/adesioni/")
    marta.follows("Tempo Buono")
    return re.search(r"\b99\d{9}\b", marta.page.locator("main").inner_text())[0]


def test_a_disguised_or_oversized_file_is_refused_kindly(comes: Comes, mode: str) -> None:
    ada = comes()
    begins_a_request(ada)
    tells_the_organisation(ada, f"Forno Allegro {mode}", new_tax_code())
    ada.writes(territory="Il quartiere di Affori.")
    upload = ada.page.locator('main [name="documents"]')

    upload.set_input_files({"name": "statuto.pdf", "mimeType": "application/pdf", "buffer": b"MZ\x90\x00" + bytes(400)})
    ada.presses("Salva e continua")
    ada.sees("statuto.pdf")
    ada.looks_at("adesione-file-travestito", again=False)
    assert value_of(ada, "territory") == "Il quartiere di Affori."

    upload = ada.page.locator('main [name="documents"]')
    upload.set_input_files(
        {"name": "grande.pdf", "mimeType": "application/pdf", "buffer": PDF + bytes(10 * 1024 * 1024)}
    )
    ada.presses("Salva e continua")
    ada.sees("10 MB")
    assert value_of(ada, "territory") == "Il quartiere di Affori."

    ada.page.locator('main [name="documents"]').set_input_files(
        {"name": "statuto.pdf", "mimeType": "application/pdf", "buffer": PDF}
    )
    ada.presses("Salva e continua")
    assert "/obiettivi/" in ada.page.url


def test_a_summary_says_what_is_missing_and_links_to_it(comes: Comes, mode: str) -> None:
    ada = comes()
    begins_a_request(ada)
    tells_the_organisation(ada, f"Forno Breve {mode}", new_tax_code())
    ada.page.goto(re.sub(r"/[a-z]+/$", "/riepilogo/", ada.page.url))
    ada.looks_at("adesione-riepilogo-incompleto")
    ada.follows(re.compile("Passo “Obiettivi e priorità”"))
    assert "/obiettivi/" in ada.page.url

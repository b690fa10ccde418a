"""People come in and out: codes, invitations, another language, acting for an organisation."""

import re

from playwright.sync_api import expect

from tests.journeys.conftest import Comes
from tests.journeys.tasks import code_in, registers


def test_an_invitation_is_taken_by_whoever_was_invited_and_by_nobody_else(comes: Comes, mode: str) -> None:
    email = f"lia.invitata.{mode}@example.org"
    marta = comes("marta")
    marta.goes_to("/milano/agenzia/persone/invita/")
    marta.writes(email=email)
    marta.picks("role", "expert")
    marta.presses("Manda l’invito")
    link = re.search(r"https?://[^\s<>]+/invito/[^\s<>]+", marta.site.newest_mail(email, "invit"))[0]

    sara = comes("sara")
    sara.page.goto(link)
    sara.sees("L’invito è per", email)
    sara.looks_at("invito-di-altri")

    lia = comes()
    lia.page.goto(link)
    lia.looks_at("invito")
    lia.follows("Registrati e accetta")
    registers(lia, "Lia Invitata", email)
    lia.presses("Accetta l’invito")
    lia.goes_to("/profilo/")
    lia.sees("Persona esperta")
    lia.page.goto(link)
    expect(lia.page.get_by_role("button", name="Accetta l’invito")).to_have_count(0)


def test_one_signs_in_with_a_code(comes: Comes) -> None:
    sara = comes()
    sara.goes_to("/accesso/")
    sara.writes(login="sara.moretti@example.org")
    sara.presses("Mandami invece un codice")
    sara.looks_at("codice", again=False)
    sara.writes(code=code_in(sara.site.newest_mail("sara.moretti@example.org", "codice")))
    sara.presses("Entra")
    sara.goes_to("/profilo/")
    sara.sees("Sara Moretti")


def test_the_language_changes_and_stays(comes: Comes) -> None:
    someone = comes()
    someone.goes_to("/milano/")
    with someone.page.expect_event("load"):
        someone.page.get_by_role("button", name="English").click()
    expect(someone.page.locator("html")).to_have_attribute("lang", "en")
    someone.goes_to("/milano/soggetti/")
    expect(someone.page.locator("h1")).to_contain_text("Members")


def test_somebody_of_two_organisations_chooses_which_to_act_for(comes: Comes) -> None:
    teresa = comes("teresa")
    teresa.goes_to("/milano/scrivania/")
    teresa.page.locator("header summary").first.click()
    with teresa.page.expect_event("load"):
        teresa.page.locator("header").get_by_role("button", name="Il Filo Lungo (demo)").click()
    expect(teresa.page.locator("header summary").first).to_contain_text("Il Filo Lungo")

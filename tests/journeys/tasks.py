"""What people do in several journeys, in the words they read on the page."""

import re
import time
from itertools import count

import pytest
from stdnum.luhn import calc_check_digit

from tests.journeys.people import Visitor
from tests.journeys.site import breathe

PDF = b"%PDF-1.7\n1 0 obj\n<< >>\nendobj\ntrailer\n<< >>\n%%EOF\n"
_codes = count(1)
MINUTE = 60


def new_tax_code() -> str:
    """A tax code nobody has: right check digit, a series never given, another one at every call."""
    digits = f"992{next(_codes):04d}888"
    return digits + calc_check_digit(digits)


def begins_a_request(visitor: Visitor, network: str = "milano") -> None:
    """From the home of a network to the first step of the wizard."""
    visitor.goes_to(f"/{network}/")
    visitor.follows("Aderisci alla rete")
    visitor.presses("Inizia la richiesta")


def tells_the_organisation(visitor: Visitor, name: str, tax_code: str, *, kind: str = "company") -> None:
    """The first step, all right."""
    visitor.writes(name=name, tax_code=tax_code, headcount="6", municipality="Milano")
    visitor.picks("kind", kind)
    visitor.writes(address="Via dei Mulini 4", postcode="20125", email="info@forno.example.org")
    visitor.presses("Salva e continua")


def tells_the_rest(visitor: Visitor, contact: str, email: str) -> None:
    """The other three steps, all right."""
    visitor.writes(territory="Il quartiere di Greco.")
    visitor.picks("experience_kinds", "flexible_hours")
    visitor.writes(experience="Turni scelti insieme.")
    visitor.presses("Salva e continua")
    visitor.writes(description="Pane e dolci di quartiere.", aims="Un nido vicino al forno.")
    visitor.picks("priorities", "organisational_flexibility", "company_welfare_networks")
    visitor.presses("Salva e continua")
    visitor.picks("standing", "representative")
    visitor.writes(contact_name=contact, contact_position="Titolare", contact_email=email)
    visitor.picks("published", "description")
    visitor.page.locator('main [name="privacy_accepted"]').check(force=True)
    visitor.presses("Salva e continua")


def registers_on_the_way(visitor: Visitor, full_name: str, email: str) -> None:
    """From the sign-in page, a new account by the code in the mail; back to where one was going."""
    visitor.follows("Registrati")
    registers(visitor, full_name, email)


def registers(visitor: Visitor, full_name: str, email: str) -> None:
    """A new account by the code in the mail, from the page where one registers."""
    visitor.looks_at("registrati-sulla-via")
    visitor.writes(full_name=full_name, email=email)
    visitor.page.locator('main input[type="checkbox"]').first.check(force=True)
    visitor.presses("Registrati")
    visitor.writes(code=code_in(visitor.site.newest_mail(email, "codice")))
    visitor.presses("Conferma l’indirizzo")


def code_in(mail: str) -> str:
    """The code that a sign-in mail holds."""
    return re.search(r"\b([A-Z0-9]{3,4}-?[A-Z0-9]{3,4})\b", mail)[1]


def key_in(url: str) -> str:
    """The key of a request in an address of the wizard."""
    return re.search(r"/adesione/([0-9a-f-]{36})/", url)[1]


def awaits(visitor: Visitor, text: str) -> None:
    """Open the page again until the text is there; a minute at most."""
    end = time.monotonic() + MINUTE
    while text not in visitor.page.locator("main").inner_text():
        if time.monotonic() > end:
            pytest.fail(f"“{text}” did not come within a minute")
        breathe()
        visitor.page.reload()

"""Delicate steps and two-step verification, as a browser meets them."""

import pytest
from allauth.mfa.models import Authenticator
from allauth.mfa.recovery_codes.internal.auth import RecoveryCodes
from allauth.mfa.totp.internal import auth as totp

from contempo.core.outbox import kept_mails
from contempo.people.adapter import TwoStepAdapter
from contempo.people.tests.factories import PASSWORD
from contempo.people.tests.reading import code_sent_to, confirm_identity, errors, page, signed_in

SIGN_IN, ASK_CODE, WRITE_CODE = "/accesso/", "/accesso/codice/", "/accesso/codice/conferma/"


def test_a_delicate_step_asks_who_one_is_and_goes_on(visit, sara):
    browser = visit(sara)
    answer = browser.get("/accesso/due-passaggi/attiva/")
    assert answer["Location"].startswith("/accesso/conferma-identita/?next=")
    wrong = browser.post(answer["Location"], {"password": "sbagliata"})
    assert errors(wrong) == ["Password: Questa non è la tua password."]
    answer = browser.post(answer["Location"], {"password": PASSWORD})
    assert answer["Location"] == "/accesso/due-passaggi/attiva/"
    page(browser.get(answer["Location"]))


def turn_on_two_steps(browser):
    confirm_identity(browser)
    secret = page(browser.get("/accesso/due-passaggi/attiva/")).select_one("code").get_text()
    answer = browser.post("/accesso/due-passaggi/attiva/", {"code": digits(secret)})
    assert answer["Location"] == "/accesso/due-passaggi/recupero/"
    return secret


def digits(secret, step=0):
    """What the app shows; `step` 1 is the next code, for codes may not be used twice."""
    counter = list(totp.yield_hotp_counters_from_time())[1 + step]
    return totp.format_hotp_value(totp.hotp_value(secret, counter))


@pytest.mark.django_db(transaction=True)
def test_two_steps_are_turned_on_used_and_turned_off(visit, sara):
    browser = visit(sara)
    secret = turn_on_two_steps(browser)
    assert kept_mails(to=sara.email)[0].subject == "La verifica in due passaggi è attiva"
    assert "È attiva" in page(browser.get("/accesso/due-passaggi/")).get_text()
    browser.post("/accesso/esci/")

    answer = browser.post(SIGN_IN, {"login": sara.email, "password": PASSWORD, "next": "/milano/"})
    assert answer["Location"] == "/accesso/due-passaggi/codice/"
    assert signed_in(browser) is None
    assert errors(browser.post("/accesso/due-passaggi/codice/", {"code": "000000"}))
    answer = browser.post("/accesso/due-passaggi/codice/", {"code": digits(secret)})
    assert answer["Location"] == "/milano/"

    confirm_identity(browser)
    page(browser.get("/accesso/due-passaggi/disattiva/"))
    answer = browser.post("/accesso/due-passaggi/disattiva/")
    assert answer["Location"] == "/accesso/due-passaggi/"
    assert not Authenticator.objects.exists()
    assert kept_mails(to=sara.email)[0].subject == "La verifica in due passaggi è spenta"


def test_two_steps_also_guard_the_code_by_mail(visit, sara):
    secret = turn_on_two_steps(visit(sara))
    browser = visit(None)
    browser.post(ASK_CODE, {"email": sara.email})
    answer = browser.post(WRITE_CODE, {"action": "verify", "code": code_sent_to(sara.email)})
    assert answer["Location"] == "/accesso/due-passaggi/codice/"
    browser.post(answer["Location"], {"code": digits(secret)})
    assert signed_in(browser) == str(sara.pk)


def test_a_recovery_code_opens_once(visit, sara):
    owner = visit(sara)
    turn_on_two_steps(owner)
    shown = [each.get_text() for each in page(owner.get("/accesso/due-passaggi/recupero/")).select("li code")]
    assert len(shown) == 10
    file = owner.get("/accesso/due-passaggi/recupero/scarica/")
    assert file.content.decode().split() == shown
    for expected in (str(sara.pk), None):
        browser = visit(None)
        browser.post(SIGN_IN, {"login": sara.email, "password": PASSWORD})
        browser.post("/accesso/due-passaggi/codice/", {"code": shown[0]})
        assert signed_in(browser) == expected


def test_new_recovery_codes_replace_the_old(visit, sara):
    owner = visit(sara)
    turn_on_two_steps(owner)
    before = RecoveryCodes(Authenticator.objects.get(type="recovery_codes")).get_unused_codes()
    page(owner.get("/accesso/due-passaggi/recupero/nuovi/"))
    owner.post("/accesso/due-passaggi/recupero/nuovi/")
    after = RecoveryCodes(Authenticator.objects.get(type="recovery_codes")).get_unused_codes()
    assert not set(before) & set(after)


def test_the_secret_of_two_steps_is_encrypted_at_rest(visit, sara, settings):
    secret = turn_on_two_steps(visit(sara))
    assert secret not in str(Authenticator.objects.get(type="totp").data)
    hidden = TwoStepAdapter().encrypt(secret)
    settings.SECRET_KEY_FALLBACKS = [settings.SECRET_KEY]
    settings.SECRET_KEY = "a new key"
    assert TwoStepAdapter().decrypt(hidden) == secret
